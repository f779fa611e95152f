import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { type Lease } from '../lease.js';

const LONG = 600;
const SHORT = 0.2;

/** Asks until the lease is had: it waits for the store's clock. */
const had = async (take: () => Promise<boolean>): Promise<true> => {
  while (!(await take())) await new Promise((resolve) => setTimeout(resolve, 20));
  return true;
};

/**
 * Holds an adapter to the words of {@link Lease}. Every call of `open` answers another instance over the same store,
 * as another process would have it; whoever calls this closes them.
 */
export const describeLease = (name: string, open: () => Promise<Lease>): void => {
  describe(`${name}, a lease`, () => {
    let lease: Lease;
    let elsewhere: Lease;
    beforeAll(async () => {
      lease = await open();
      elsewhere = await open();
    });

    it('is had by one, who may renew it', async () => {
      const it = randomUUID();
      expect(await lease.take(it, 'a', LONG)).toBe(true);
      expect(await elsewhere.take(it, 'b', LONG)).toBe(false);
      expect(await lease.take(it, 'a', LONG)).toBe(true);
      // The same holder, after a start of its process.
      expect(await elsewhere.take(it, 'a', LONG)).toBe(true);
    });

    it('is had by one of many who take it at once', async () => {
      const it = randomUUID();
      const taken = await Promise.all(
        Array.from({ length: 16 }, (_, n) => (n % 2 ? lease : elsewhere).take(it, `${n}`, LONG)),
      );
      expect(taken.filter((one) => one)).toHaveLength(1);
    });

    it('is lost by whoever does not renew it, and is not had again while somebody else has it', async () => {
      const it = randomUUID();
      expect(await lease.take(it, 'a', SHORT)).toBe(true);
      expect(await had(() => elsewhere.take(it, 'b', LONG))).toBe(true);
      expect(await lease.take(it, 'a', LONG)).toBe(false);
    });

    it('is free at once when it is given back, and only by whoever has it', async () => {
      const it = randomUUID();
      await lease.take(it, 'a', LONG);
      await elsewhere.release(it, 'b');
      expect(await elsewhere.take(it, 'b', LONG)).toBe(false);
      await lease.release(it, 'a');
      expect(await elsewhere.take(it, 'b', LONG)).toBe(true);
      await lease.release(it, 'a');
      expect(await lease.take(it, 'c', LONG)).toBe(false);
    });

    it('is one of many, each by its name', async () => {
      const [one, other] = [randomUUID(), randomUUID()];
      expect(await lease.take(one, 'a', LONG)).toBe(true);
      expect(await elsewhere.take(other, 'b', LONG)).toBe(true);
      await lease.release(randomUUID(), 'a');
    });
  });
};
