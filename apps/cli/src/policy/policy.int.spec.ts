import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256 } from '@tripoint/envelope';
import { isRefusal, type Instant } from '@tripoint/kernel';
import { loadBundle } from '@tripoint/policy';
import { runCommand } from '../dispatch.js';
import { policy } from './policy.command.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tripoint-policy-'));
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

const run = async (...words: string[]): Promise<{ code: number; said: string }> => {
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const code = await runCommand(policy, words, {
    out: say,
    err: say,
    environment: {},
    now: () => '2026-11-25T12:00:00.000Z' as Instant,
    fetch,
  });
  return { code, said: lines.join('\n') };
};

describe('a bundle of rules', () => {
  it('says for how long what of a class is kept, where it is told to', async () => {
    const path = join(dir, 'kept');
    await run('bundle', '--out', path, '--keep', 'STANDARD=30');
    expect(loadBundle(new Uint8Array(await readFile(path)))).toMatchObject({
      retention: [{ retention: 'STANDARD', seconds: 2_592_000 }],
    });
    const short = join(dir, 'short');
    await run('bundle', '--out', short, '--keep', 'STANDARD=45s');
    expect(loadBundle(new Uint8Array(await readFile(short)))).toMatchObject({
      retention: [{ retention: 'STANDARD', seconds: 45 }],
    });
    for (const keep of ['STANDARD', 'STANDARD=0', '=3', 'a=1', 'STANDARD=0s', 'STANDARD=3y'])
      expect((await run('bundle', '--out', join(dir, 'none'), '--keep', keep)).code).not.toBe(0);
  });

  it('keeps nothing of a class as which nobody says anything, and says which there are', async () => {
    for (const keep of ['STANDART=30', 'OTHER=8h', 'standard=30']) {
      const { code, said } = await run('bundle', '--out', join(dir, 'none'), '--keep', keep);
      expect([code, said]).toEqual([
        2,
        expect.stringContaining('nothing is said as of that class; there is STANDARD'),
      ]);
    }
    const twice = ['--keep', 'STANDARD=30', '--keep', 'STANDARD=45s'];
    expect((await run('bundle', '--out', join(dir, 'none'), ...twice)).code).toBe(2);
    expect(await readdir(dir)).not.toContain('none');
  });

  it('is written as the hub will read it, under the digest by which the roots sign it', async () => {
    const path = join(dir, 'bundle');
    const { code, said } = await run('bundle', '--out', path);
    expect(code).toBe(0);
    const bytes = new Uint8Array(await readFile(path));
    expect(said).toBe(`bundle ${sha256(bytes)}: ${path}`);
    expect(isRefusal(loadBundle(bytes))).toBe(false);
  });

  it('takes the place of nothing', async () => {
    const path = join(dir, 'twice');
    await run('bundle', '--out', path);
    expect(await run('bundle', '--out', path)).toMatchObject({
      code: 1,
      said: expect.stringContaining('key-exists') as unknown,
    });
  });
});
