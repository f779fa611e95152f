import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tripoint/adapters/embedded/testing';
import { type Digest, type Instant } from '@tripoint/kernel';
import { type Delivery, type SignedTree } from '@tripoint/read-model';
import { AgencyDatabase } from './agency-database.js';

const AT = '2026-11-26T12:00:00.000Z' as Instant;
const tree = (size: number, byte = 'a'): SignedTree => ({ size, root: byte.repeat(64) });
const cosigned = (size: number) => ({ ...tree(size), note: `a note over ${size} leaves\n` });

describe('what stands under a cosigned checkpoint', () => {
  let fresh: FreshDatabase;
  let database: AgencyDatabase;
  let hand: (leaf: number, checkpoint: SignedTree) => Promise<void>;

  beforeEach(async () => {
    fresh = await freshDatabase('witnessed');
    database = new AgencyDatabase(fresh.config);
    await database.migrate();
    let number = 0n;
    let previous = '0'.repeat(64) as Digest;
    hand = async (index, checkpoint) => {
      const digest = randomBytes(32).toString('hex') as Digest;
      const leaf = { index, time: AT };
      const delivery: Delivery = { number, previous, digest, leaf, at: AT, checkpoint };
      await database.journal.append([delivery]);
      number += 1n;
      previous = digest;
    };
  });
  afterEach(async () => {
    await database.close();
    await fresh.drop();
  });

  it('is nothing before the first one', async () => {
    expect(await database.witnessed.newest()).toBeUndefined();
    expect(await database.witnessed.size()).toBe(0);
    expect(await database.witnessed.covers(0)).toBe(false);
    await hand(3, tree(9));
    expect(await database.witnessed.size()).toBe(0);
  });

  it('is only what was shown to be continued by it', async () => {
    const { witnessed } = database;
    await hand(3, tree(9));
    await hand(11, tree(14));
    await hand(12, tree(14));
    expect(await witnessed.untied(20, 10)).toEqual([tree(9), tree(14)]);
    expect(await witnessed.untied(13, 10)).toEqual([tree(9)]);
    expect(await witnessed.untied(20, 1)).toEqual([tree(9)]);

    await witnessed.keep(cosigned(20), [{ ...tree(9), hashes: [] }]);
    expect(await witnessed.newest()).toEqual(cosigned(20));
    expect(await witnessed.size()).toBe(11);
    expect(await witnessed.covers(3)).toBe(true);
    expect(await witnessed.covers(11)).toBe(false);

    await witnessed.keep(cosigned(20), [{ ...tree(14), hashes: [] }]);
    expect(await witnessed.size()).toBe(20);
    expect(await witnessed.untied(20, 10)).toEqual([]);
  });

  it('goes back for an earlier leaf that is handed over late', async () => {
    const { witnessed } = database;
    await witnessed.keep(cosigned(20), []);
    await hand(5, tree(22));
    expect(await witnessed.size()).toBe(5);
    await witnessed.keep(cosigned(25), [{ ...tree(22), hashes: [] }]);
    expect(await witnessed.size()).toBe(25);
  });

  it('never goes back for an older cosigned checkpoint, nor takes one root for another', async () => {
    const { witnessed } = database;
    await witnessed.keep(cosigned(20), []);
    await witnessed.keep(cosigned(19), []);
    expect(await witnessed.size()).toBe(20);
    await hand(5, tree(22, 'b'));
    await witnessed.keep(cosigned(25), [{ ...tree(22, 'a'), hashes: [] }]);
    expect(await witnessed.size()).toBe(5);
  });
});
