// Three kinds of spec, told apart by name: *.spec.ts touches no disk, network or process; *.int.spec.ts
// talks to a real PostgreSQL; *.e2e.spec.ts boots applications. The last two share one server per run.
const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@tripoint/adapters/(.*)/testing$': '<rootDir>/libs/adapters/$1/src/testing/index.ts',
    '^@tripoint/adapters/(.*)$': '<rootDir>/libs/adapters/$1/src/index.ts',
    '^@tripoint/(.*)/testing$': '<rootDir>/libs/$1/src/testing/index.ts',
    '^@tripoint/(.*)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

export default {
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e)\\.spec\\.ts$'],
    },
    {
      ...base,
      displayName: 'int',
      testMatch: [
        '<rootDir>/{apps,libs}/**/*.int.spec.ts',
        '<rootDir>/{apps,libs}/**/*.e2e.spec.ts',
      ],
      setupFilesAfterEnv: ['<rootDir>/scripts/patience.mjs'],
      globalSetup: '<rootDir>/libs/adapters/embedded/src/testing/global-setup.js',
      globalTeardown: '<rootDir>/libs/adapters/embedded/src/testing/global-teardown.js',
    },
  ],
};
