// What has to be there before anything of ours can run: the packages of package-lock.json, and a build of the present
// sources. Runs on any Node from 20.19 on, before a single package is installed, so it imports nothing but Node.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const bin = (name) => at('node_modules', '.bin', name);
const windows = process.platform === 'win32';

/** The Node that package-lock.json pins; whoever has none for this platform uses the one that is running. */
export const node = () =>
  [bin(windows ? 'node.exe' : 'node'), process.execPath].find((file) => existsSync(file));

/** The environment in which our programs run: the pinned Node comes first, whoever asks for `node`. */
export const environment = (more = {}) => ({
  ...process.env,
  PATH: `${at('node_modules', '.bin')}${windows ? ';' : ':'}${process.env.PATH ?? ''}`,
  ...more,
});

/** Something the person at the terminal can act on. */
export class Stop extends Error {
  constructor(message, code = 1) {
    super(message);
    this.exitCode = code;
  }
}

const INSTALL_STAMP = at('node_modules', '.tripoint-install');
const BUILD_STAMP = at('dist', '.tripoint-build');
const CONSOLE_STAMP = at('dist', '.tripoint-console');

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Shows that something long is going on: a line that counts on a terminal, one line at each end elsewhere. */
const step = async (name, work) => {
  const began = performance.now();
  const live = process.stderr.isTTY === true && process.env.CI === undefined;
  const say = (text) => process.stderr.write(text);
  const ticking = live
    ? setInterval(() => say(`\r\u001b[K  … ${name}  ${seconds(began)}`), 250)
    : undefined;
  if (!live) say(`  … ${name}\n`);
  const end = (mark) => {
    clearInterval(ticking);
    say(`${live ? '\r\u001b[K' : ''}  ${mark} ${name}  ${seconds(began)}\n`);
  };
  try {
    const result = await work();
    end('✓');
    return result;
  } catch (thrown) {
    end('✗');
    throw thrown;
  }
};

/** Runs a program to its end, its output kept for the case that it fails. */
const quietly = (command, args, options = {}) =>
  new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      cwd: root,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: windows,
      ...options,
    });
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ status: 127, output: `${output}${error.message}\n` }));
    child.on('close', (status, signal) => resolve({ status: status ?? 1, signal, output }));
  });

/**
 * Where whoever started this stands, so that a path on a command line means the same as to any other program. npm moves to the
 * folder of package.json before it runs a script, and says where it was called.
 */
export const callersFolder = () => {
  const { INIT_CWD: initial, npm_lifecycle_event: script } = process.env;
  const moved = script !== undefined && initial !== undefined && process.cwd() === root;
  return moved ? initial : process.cwd();
};

/** Runs a program in the foreground, hands signals on to it, and resolves with its exit code. */
export const foreground = (command, args, { env = environment(), cwd = root } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    // A terminal sends Ctrl-C to the whole group: the child has it already, and would take a copy for a second one.
    const hand = (signal) => {
      if (signal === 'SIGINT' && process.stdin.isTTY === true) return;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, hand);
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      for (const each of signals) process.off(each, hand);
      const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
      resolve(status ?? 128 + (numbers[signal] ?? 0));
    });
  });

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/**
 * One install or build at a time, whoever starts them. The lock holds the pid of its owner; when that process is
 * gone, the lock is stale and the next one takes it.
 */
const locked = async (work) => {
  // Not inside node_modules or dist, both of which are deleted while the lock is held.
  const lock = at('.tripoint-lock');
  let told = false;
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code === 'EACCES' || error.code === 'EROFS')
        throw new Stop(
          `cannot write to ${root}: this user has to own the folder, or prepare it as its owner`,
        );
      if (error.code !== 'EEXIST') throw error;
    }
    let owner;
    let age = 0;
    try {
      owner = Number.parseInt(readFileSync(lock, 'utf8'), 10);
      age = Date.now() - statSync(lock).mtimeMs;
    } catch {
      continue; // It was released meanwhile.
    }
    // A lock without a number is being written this very moment, or its writer died between two system calls.
    if (Number.isNaN(owner) ? age > 5_000 : !alive(owner)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!told) process.stderr.write(`  … waiting for another start to finish (process ${owner})\n`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const release = () => rmSync(lock, { force: true });
  const stopped = (signal) => {
    release();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', stopped);
  process.on('SIGTERM', stopped);
  try {
    return await work();
  } finally {
    process.off('SIGINT', stopped);
    process.off('SIGTERM', stopped);
    release();
  }
};

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');

/** npm notes what it has put into node_modules; whoever ran `npm ci` by hand need not wait for it again. */
const installedByHand = () => {
  const noted = read(at('node_modules', '.package-lock.json'));
  if (noted === undefined) return false;
  const there = JSON.parse(noted).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages);
  return wanted.every(
    ([path, { version, integrity, optional, peer }]) =>
      path === '' ||
      (there[path] === undefined
        ? optional === true || peer === true
        : there[path].version === version && there[path].integrity === integrity),
  );
};

const installed = () => {
  if (read(INSTALL_STAMP) === lockDigest()) return true;
  if (!installedByHand()) return false;
  writeFileSync(INSTALL_STAMP, lockDigest());
  return true;
};

const whyInstallFailed = (output) => {
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|network/i.test(output))
    return 'the package registry cannot be reached: connect this machine to the network, or set `npm config set registry`';
  if (/ENOSPC/.test(output)) return 'the disk is full';
  if (/EACCES|EPERM/.test(output)) return `this user may not write to ${root}`;
  if (/gyp ERR|not found: make|no compiler|g\+\+/i.test(output))
    return 'a package has to be compiled and there is no compiler: install one (`apt-get install build-essential python3`)';
  return 'npm could not install the packages';
};

const install = () =>
  step('installing packages', async () => {
    rmSync(INSTALL_STAMP, { force: true });
    const { status, output } = await quietly('npm', [
      'ci',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]);
    if (status !== 0) throw new Stop(`${output.trim()}\n\n${whyInstallFailed(output)}`);
    writeFileSync(INSTALL_STAMP, lockDigest());
  });

/** The console is built from these; everything else from the rest and from the libraries as well. */
const CONSOLE = at('apps', 'console');
const CONSOLE_SOURCES = [CONSOLE, at('libs', 'domain'), at('libs', 'kernel')];

/** What a build depends on. Specs and what is beside them do not reach it, so that a test never costs a build. */
const sources = (folders, without = []) => {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!without.includes(path)) walk(path);
      } else if (!entry.name.endsWith('.spec.ts')) found.push(path);
    }
  };
  for (const folder of folders) if (existsSync(folder)) walk(folder);
  for (const file of ['tsconfig.json', 'nest-cli.json', 'package.json', 'package-lock.json'])
    found.push(at(file));
  return found.sort();
};

const digestOf = (files) => {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
};

const sourceDigest = () => digestOf(sources([at('apps'), at('libs'), at('bench')], [CONSOLE]));
const consoleDigest = () => digestOf(sources(CONSOLE_SOURCES));

const nest = at('node_modules', '@nestjs', 'cli', 'bin', 'nest.js');

const build = async (digest) => {
  rmSync(at('dist'), { recursive: true, force: true });
  for (const app of ['standalone', 'cli'])
    await step(`building ${app}`, async () => {
      const { status, output } = await quietly(node(), [nest, 'build', app]);
      if (status !== 0) throw new Stop(`${output.trim()}\n\nthe build of ${app} failed`);
    });
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(BUILD_STAMP, digest);
};

const buildConsole = (digest) =>
  step('building the console', async () => {
    rmSync(CONSOLE_STAMP, { force: true });
    mkdirSync(at('dist'), { recursive: true });
    const vite = at('node_modules', 'vite', 'bin', 'vite.js');
    const config = join(CONSOLE, 'vite.config.mjs');
    // As it is delivered, whoever asks for it: under a test runner, React and React Aria would build themselves for tests.
    const { status, output } = await quietly(node(), [vite, 'build', '--config', config], {
      env: environment({ NODE_ENV: 'production' }),
    });
    if (status !== 0) throw new Stop(`${output.trim()}\n\nthe build of the console failed`);
    writeFileSync(CONSOLE_STAMP, digest);
  });

/** The main file of a built application, wherever the compiler's common root put it. */
export const mainOf = (app) => {
  const candidates = [
    at('dist', 'apps', app, 'src', 'main.js'),
    at('dist', 'apps', app, 'apps', app, 'src', 'main.js'),
    at('dist', 'apps', app, 'main.js'),
  ];
  const main = candidates.find((file) => existsSync(file));
  if (main === undefined)
    throw new Stop(
      `the build left no main file for ${app}: delete the folder dist and start again`,
    );
  return main;
};

const builtFor = (digest) => read(BUILD_STAMP) === digest;
const consoleBuiltFor = (digest) => read(CONSOLE_STAMP) === digest;

/** Installs and builds what is missing, and nothing else. */
export const prepare = async ({ built = false, withConsole = built } = {}) => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Stop(
      `Node ${process.versions.node} is too old to install the packages: 20.19 or newer is needed`,
    );
  if (!installed()) await locked(async () => installed() || (await install()));
  if (built && !builtFor(sourceDigest()))
    await locked(async () => {
      const digest = sourceDigest();
      if (!builtFor(digest)) await build(digest);
    });
  if (withConsole && !consoleBuiltFor(consoleDigest()))
    await locked(async () => {
      const digest = consoleDigest();
      if (!consoleBuiltFor(digest)) await buildConsole(digest);
    });
};

/** Runs `work` and leaves with its exit code; what a person can act on is said without a stack. */
export const leaveWith = async (work) => {
  try {
    process.exitCode = await work();
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    process.stderr.write(`\n${thrown.message}\n`);
    process.exitCode = thrown.exitCode;
  }
};
