// `node scripts/run.mjs <task> [arguments]`: every other npm script that needs the packages, or a build, to be there.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  callersFolder,
  environment,
  foreground,
  leaveWith,
  mainOf,
  node,
  prepare,
  root,
  Stop,
} from './prepare.mjs';

const at = (...parts) => join(root, ...parts);
const packaged = (...parts) => at('node_modules', ...parts);

const jest = (args) =>
  foreground(
    node(),
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      packaged('jest', 'bin', 'jest.js'),
      '--reporters=default',
      `--reporters=${at('scripts', 'totals-reporter.mjs')}`,
      // Nobody watches there who could end a run that a failing test's left-over keeps open.
      ...(process.env.CI === undefined ? [] : ['--forceExit']),
      ...args,
    ],
    // Jest's workers are processes of their own and are given their flags this way.
    {
      env: environment({
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules`.trim(),
      }),
    },
  );

const cli = async (args, cwd = root) => {
  await prepare({ built: true });
  return foreground(node(), ['--enable-source-maps', mainOf('cli'), ...args], { cwd });
};

const gates = [
  [
    'formatting',
    () =>
      foreground(node(), [
        packaged('prettier', 'bin', 'prettier.cjs'),
        '--check',
        '--cache',
        '--cache-strategy=content',
        '--log-level',
        'warn',
        '.',
      ]),
  ],
  [
    'lint',
    () =>
      foreground(node(), [
        '--max-old-space-size=4096',
        packaged('eslint', 'bin', 'eslint.js'),
        '.',
        '--max-warnings',
        '0',
      ]),
  ],
  ['types', () => foreground(node(), [packaged('typescript', 'bin', 'tsc'), '--noEmit'])],
  [
    'types of the console',
    () =>
      foreground(node(), [
        packaged('typescript', 'bin', 'tsc'),
        '--noEmit',
        '--project',
        at('apps', 'console', 'src'),
      ]),
  ],
  [
    'boundaries',
    () =>
      foreground(node(), [
        packaged('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
        'apps',
        'libs',
        '--config',
        '.dependency-cruiser.cjs',
      ]),
  ],
];

const tasks = {
  jest: async (args) => {
    await prepare();
    return jest(args);
  },
  /** Looks where `npm start` keeps its data by default. */
  demo: (args) => cli(['demo', ...args]),
  tripoint: (args) => cli(args, callersFolder()),
  /** bench/main.ts is not part of a build: @swc/core transpiles it, and what it imports, as it is loaded. */
  bench: async (args) => {
    await prepare();
    const loader = pathToFileURL(at('scripts', 'typescript.mjs')).href;
    return foreground(node(), [
      '--expose-gc',
      '--enable-source-maps',
      // The driver of Kafka sets timers to moments that are over.
      '--disable-warning=TimeoutNegativeWarning',
      '--import',
      loader,
      at('bench', 'main.ts'),
      ...args,
    ]);
  },
  /** `--no-tests` is for whoever has just run them. */
  check: async (args) => {
    await prepare();
    const withTests = !args.includes('--no-tests');
    const all = withTests ? [...gates, ['tests', () => jest([])]] : gates;
    for (const [name, gate] of all) {
      process.stderr.write(`\n== ${name}\n`);
      const status = await gate();
      if (status !== 0) throw new Stop(`the check stops here: ${name} failed`, status);
    }
    process.stderr.write('\nthe check passed\n');
    return 0;
  },
};

await leaveWith(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  if (!Object.hasOwn(tasks, name))
    throw new Stop(`there is no task \`${name}\`; there are ${Object.keys(tasks).join(', ')}`, 64);
  return tasks[name](args);
});
