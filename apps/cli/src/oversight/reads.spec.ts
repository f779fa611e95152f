import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgencyId, HubError } from '@tripoint/kernel';
import { checkedAt, shownIn } from './reads.js';

const agency = 'gr-police' as AgencyId;
const row = (number: string) => ({ number, text: `read ${number}`, path: '' });

describe('reads that somebody has shown', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tripoint-shown-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  const read = async (size: unknown, ...numbers: readonly unknown[]) => {
    const path = join(dir, 'shown.json');
    const rows = numbers.map((number) => ({ ...row(''), number }));
    await writeFile(path, JSON.stringify({ agency, size, rows }));
    return shownIn(path);
  };

  it('are named by numbers as they are written, and in no other way', async () => {
    expect((await read('11', '0', '10')).rows).toHaveLength(2);
    // The same row twice would stand for one that was left out.
    for (const number of ['00', '07', '7.0', ' 7', '0x7', '7e0', '-0', '', 7])
      await expect(read('11', '0', number)).rejects.toMatchObject({ code: 'bad-arguments' });
    for (const size of ['', '011', '1e1', 'many', 11])
      await expect(read(size, '0')).rejects.toMatchObject({ code: 'bad-arguments' });
  });

  it('are held against a root, however few they are', async () => {
    const asked: unknown[] = [];
    const door = {
      get: () => Promise.reject(new Error('nothing is fetched')),
      post: (path: string, body: unknown) => {
        asked.push([path, body]);
        return Promise.reject(new HubError('not-found', 'there is no such root', false));
      },
    };
    await expect(checkedAt(door, { agency, size: '0', rows: [] })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(asked).toEqual([['agencies/gr-police/reads', { agency, size: '0', rows: [] }]]);
  });
});
