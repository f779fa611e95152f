// Five kinds of spec, told apart by name: *.spec.ts touches no disk, network or process; *.int.spec.ts
// talks to a real PostgreSQL; *.e2e.spec.ts boots applications; these two share one server per run.
// *.browser.spec.ts looks at the console in a real browser, or is skipped where there is none.
// *.kafka.spec.ts talks to a real Kafka broker, one per run, or is skipped where none can be had.
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
  testSequencer: '<rootDir>/scripts/longest-first.mjs',
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,deploy}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e|kafka|browser)\\.spec\\.ts$'],
      setupFilesAfterEnv: ['<rootDir>/scripts/patience.mjs'],
    },
    {
      ...base,
      displayName: 'int',
      testMatch: [
        '<rootDir>/{apps,libs,deploy}/**/*.int.spec.ts',
        '<rootDir>/{apps,libs,deploy}/**/*.e2e.spec.ts',
      ],
      setupFilesAfterEnv: ['<rootDir>/scripts/patience.mjs'],
      globalSetup: '<rootDir>/libs/adapters/embedded/src/testing/global-setup.js',
      globalTeardown: '<rootDir>/libs/adapters/embedded/src/testing/global-teardown.js',
    },
    {
      ...base,
      displayName: 'browser',
      testMatch: ['<rootDir>/{apps,libs}/**/*.browser.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/scripts/patience.mjs'],
      globalSetup: '<rootDir>/apps/standalone/src/console/testing/global-setup.js',
    },
    {
      ...base,
      displayName: 'kafka',
      testMatch: ['<rootDir>/{apps,libs}/**/*.kafka.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/scripts/patience.mjs'],
      globalSetup: '<rootDir>/libs/adapters/kafka/src/testing/global-setup.js',
      globalTeardown: '<rootDir>/libs/adapters/kafka/src/testing/global-teardown.js',
    },
  ],
};
