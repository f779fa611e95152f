#!/usr/bin/env node
// Fetches what others have written of OpenPGP, as two releases of Debian have it: each with the libraries that it was built for, in
// a folder of its own, and nothing of the machine's is installed or changed. Where that cannot be done, it is said and left out: the
// tests that look for these programs are counted as skipped.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMIT_MS = 60_000;
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** By release, the programs, which are packages of the same names there. */
const RELEASES = {
  trixie: ['sq', 'sqop', 'rsop', 'gosop', 'gpg'],
  bookworm: ['sq', 'gpg'],
};

const folder = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'tripoint',
  'openpgp-tools-1',
);

/** Where a program of a release is, when it is there. */
export const openPgpTool = (release, name) => join(folder, release, 'bin', name);

/** Why a program cannot be used here, or null. */
export const missingOpenPgpTool = (release, name) =>
  existsSync(openPgpTool(release, name))
    ? null
    : `${name} of Debian's ${release} is not here: node scripts/openpgp-tools.mjs`;

const run = (program, args) =>
  execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS }).toString();

/** Where this machine's own apt has Debian from. */
const archive = () => {
  const targets = run('apt-get', [
    ...['indextargets', '--format', '$(REPO_URI)'],
    ...['Created-By: Packages', 'Component: main'],
  ]);
  const found = targets.split('\n').find((uri) => /\/debian\/?$/.test(uri));
  if (found === undefined) throw new Error('apt has no archive of Debian');
  return found;
};

/** Settings by which apt has nothing to do with the machine: none of its sources, and nothing installed. */
const settings = (own) => [
  ...['-o', 'Dir::Etc::SourceList=/dev/null', '-o', `Dir::Etc::SourceParts=${join(own, 'etc')}`],
  ...['-o', `Dir::State=${own}`, '-o', `Dir::State::status=${join(own, 'status')}`],
  ...['-o', `Dir::Cache=${own}`, '-o', 'APT::Sandbox::User=', '-o', 'Acquire::Languages=none'],
  ...['-o', 'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false'],
];

/** How a program is started by the loader and with the libraries that were fetched with it. */
const launched = (root) => {
  const files = readdirSync(root, { recursive: true }).map(String);
  const loader = files.find((name) => /^ld-linux.*\.so\.\d+$/.test(basename(name)));
  const libc = files.find((name) => basename(name) === 'libc.so.6');
  if (loader === undefined || libc === undefined) throw new Error('the C library is missing');
  const libraries = new Set(
    files
      .filter((name) => /\.so\.\d+$/.test(name))
      .map((name) => dirname(name))
      .filter((name) => basename(name) === basename(dirname(libc))),
  );
  return (at, name) => {
    const own = [...libraries].map((library) => join(at, library)).join(':');
    return `#!/bin/sh\nexec '${join(at, loader)}' --library-path '${own}' '${join(at, 'usr/bin', name)}' "$@"\n`;
  };
};

const fetched = (release, names) => {
  const [whole, part] = [join(folder, release), join(folder, `${release}-${process.pid}`)];
  try {
    for (const name of ['etc', 'lists/partial', 'archives/partial', 'root', 'bin'])
      mkdirSync(join(part, name), { recursive: true });
    writeFileSync(join(part, 'status'), '');
    const trusted = existsSync(KEYRING) ? ` [signed-by=${KEYRING}]` : '';
    writeFileSync(join(part, 'etc', 'debian.list'), `deb${trusted} ${archive()} ${release} main\n`);
    run('apt-get', [...settings(part), '-qq', 'update']);
    run('apt-get', [
      ...[...settings(part), '-qq', 'install', '--yes', '--download-only'],
      ...['--no-install-recommends', ...names],
    ]);
    const archives = join(part, 'archives');
    for (const file of readdirSync(archives).filter((name) => name.endsWith('.deb')))
      run('dpkg-deb', ['--extract', join(archives, file), join(part, 'root')]);
    const launch = launched(join(part, 'root'));
    for (const name of names) {
      const at = join(part, 'bin', name);
      writeFileSync(at, launch(join(whole, 'root'), name));
      chmodSync(at, 0o755);
    }
    for (const name of ['lists', 'archives']) rmSync(join(part, name), { recursive: true });
    renameSync(part, whole);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
};

const install = () => {
  for (const [release, names] of Object.entries(RELEASES)) {
    if (names.some((name) => missingOpenPgpTool(release, name) !== null)) {
      try {
        fetched(release, names);
      } catch (error) {
        const words = String(error.stderr || error.message).trim();
        process.stderr.write(`not fetched: ${release}: ${words.split('\n').at(-1)}\n`);
      }
    }
    for (const name of names)
      process.stdout.write(`${missingOpenPgpTool(release, name) ?? openPgpTool(release, name)}\n`);
  }
};

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  install();
