import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataFolder } from './data-folder.js';
import { startStandalone } from './standalone.js';

describe('the data folder', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'tripoint-folder-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  it('is made with all that is above it, for its owner alone', async () => {
    const path = join(home, 'a', 'b c', 'данни');
    const folder = await DataFolder.open(path);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    await folder.close();
    const again = await DataFolder.open(path);
    await again.close();
  });

  it.each([
    ['where no folder can be', '/proc/tripoint', 'no folder can be made there'],
    ['below a file', join('file', 'below'), 'something in its path is not a folder'],
    ['in the place of a file', 'file', 'it is not a folder'],
  ])('is refused %s, in words', async (_where, path, why) => {
    await writeFile(join(home, 'file'), 'a file');
    const at = path.startsWith('/') ? path : join(home, path);
    await expect(DataFolder.open(at)).rejects.toMatchObject({
      code: 'data-folder-denied',
      message: `\`${at}\` cannot be used: ${why}`,
    });
  });

  it('is refused when it holds what is not ours', async () => {
    const path = join(home, 'foreign');
    await mkdir(path);
    await writeFile(join(path, 'thesis.txt'), 'years of work');
    await expect(DataFolder.open(path)).rejects.toMatchObject({ code: 'data-folder-foreign' });
    expect(await readdir(path)).toEqual(['thesis.txt']);
  });

  it('is one start’s at a time, named as it was given', async () => {
    const path = join(home, 'held');
    const folder = await DataFolder.open(path);
    await expect(DataFolder.open(path)).rejects.toMatchObject({
      code: 'data-folder-in-use',
      message: expect.stringContaining(`\`${path}\``),
    });
    await folder.close();
    await (await DataFolder.open(path)).close();
  });

  it('keeps one line as programs read a secret from a file', async () => {
    const folder = await DataFolder.open(join(home, 'line'));
    expect(await folder.keptLine('token', () => 'first')).toBe('first');
    expect(await folder.keptLine('token', () => 'second')).toBe('first');
    expect((await stat(join(folder.path, 'token'))).mode & 0o777).toBe(0o600);
    await folder.close();
  });

  it('is neither filled nor forgotten when a port is taken', async () => {
    const path = join(home, 'busy');
    const folder = await DataFolder.open(path);
    await folder.write('kept.json', { all: 'that was there' });
    await folder.close();
    const before = await readdir(path);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    // One of the doors after the first.
    const first = { data: path, port: port - 3, fresh: true };
    await expect(startStandalone(first, (_what, work) => work())).rejects.toMatchObject({
      code: 'port-busy',
    });
    expect(await readdir(path)).toEqual(before);
    other.close();
    await once(other, 'close');
  });
});
