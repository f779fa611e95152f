import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type Instant } from '@tripoint/kernel';
import { agency } from './agency/agency.command.js';
import { dispatch, runCommand } from './dispatch.js';
import { evidence } from './evidence/evidence.command.js';
import { intoNewFile } from './into-new-file.js';
import { oversight } from './oversight/oversight.command.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tripoint-out-'));
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

const fetched = (text: string) => () => Promise.resolve({ bytes: Buffer.from(text), answer: text });

it('writes what comes for its owner alone, and replaces nothing', async () => {
  const path = join(dir, 'once');
  expect(await intoNewFile(path, fetched('first'))).toBe('first');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await expect(intoNewFile(path, fetched('second'))).rejects.toThrow('is not replaced');
  expect(await readFile(path, 'utf8')).toBe('first');
});

it('leaves nothing where nothing comes', async () => {
  const fails = intoNewFile(join(dir, 'never'), () => Promise.reject(new Error('refused')));
  await expect(fails).rejects.toThrow('refused');
  expect(await readdir(dir)).not.toContain('never');
});

const DOOR = ['--door', 'http://127.0.0.1:1', '--officer', 'k.alexiou'];
const ID = '00000000-0000-4000-8000-000000000001';
const ASKED = {
  evidence: ['evidence', 'build', ...DOOR, '--item', ID, '--compartment', 'core', '--keys'],
  reads: ['oversight', 'take-reads', ...DOOR, '--size', '9'],
  transcript: ['agency', 'transcript', ...DOOR, '--about', ID],
};

it.each(Object.keys(ASKED) as (keyof typeof ASKED)[])(
  'asks no door for %s that would find no place, and says so in one line',
  async (what) => {
    const taken = join(dir, `taken-${what}`);
    await intoNewFile(taken, fetched('there'));
    const asked = jest.fn<typeof fetch>();
    const said: string[] = [];
    const run = (out: string) =>
      runCommand(
        dispatch('tripoint', 'for a test', { agency, evidence, oversight }),
        [
          ...ASKED[what],
          ...(what === 'evidence' ? ['--purpose', 'PROSECUTION'] : []),
          '--out',
          out,
        ],
        {
          out: (line) => said.push(line),
          err: (line) => said.push(line),
          environment: { TRIPOINT_OFFICER_PASSWORD: 'of nobody' },
          now: () => '2026-03-02T00:00:00.000Z' as Instant,
          fetch: asked,
        },
      );
    expect(await run(taken)).toBe(2);
    expect(await run(join(taken, 'below'))).toBe(2);
    expect(said).toEqual([
      `tripoint: bad-arguments: --out: ${taken} exists and is not replaced`,
      `tripoint: bad-arguments: --out: ${join(taken, 'below')} cannot be written`,
    ]);
    expect(asked).not.toHaveBeenCalled();
  },
);
