import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..', '..');
const prepare = pathToFileURL(join(root, 'scripts', 'prepare.mjs')).href;
/** Starts a program as `node scripts/run.mjs tripoint` does, and has it say where it stands. */
const PROGRAM = `import { callersFolder, foreground } from '${prepare}';
await foreground(process.execPath, ['-p', 'process.cwd()'], { cwd: callersFolder() });`;

describe('a program that a script of ours starts', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'tripoint-caller-')));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const standsIn = async (cwd: string, npm: Readonly<Record<string, string>>): Promise<string> => {
    const env = { ...process.env };
    delete env['npm_lifecycle_event'];
    delete env['INIT_CWD'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', PROGRAM],
      { cwd, env: { ...env, ...npm } },
    );
    return stdout.trim();
  };

  it('stands where its caller does, by way of npm too', async () => {
    expect(await standsIn(folder, {})).toBe(folder);
    const npm = { npm_lifecycle_event: 'tripoint', INIT_CWD: folder };
    expect(await standsIn(root, npm)).toBe(folder);
  });

  it('believes npm about its own scripts only', async () => {
    expect(await standsIn(root, { INIT_CWD: folder })).toBe(root);
    const npm = { npm_lifecycle_event: 'test', INIT_CWD: root };
    expect(await standsIn(folder, npm)).toBe(folder);
  });
});
