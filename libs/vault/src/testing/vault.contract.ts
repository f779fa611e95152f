import { createHash, randomBytes } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Digest, type Fingerprint } from '@tripoint/kernel';

import { type Vault, type Wrap } from '../vault.js';

const digest = (): Digest => randomBytes(32).toString('hex') as Digest;
const fingerprint = (): Fingerprint => randomBytes(32).toString('hex') as Fingerprint;
const wrapOf = (descriptor: Digest, agency: Fingerprint): Wrap => ({
  descriptor,
  agency,
  wrap: new Uint8Array(randomBytes(120)),
});
const digestOf = ({ wrap }: Wrap): Digest =>
  createHash('sha256').update(wrap).digest('hex') as Digest;
const settled = ({ descriptor, agency }: Wrap, allowed: boolean) => ({
  descriptor,
  agency,
  allowed,
});

/**
 * Holds an adapter to the words of {@link Vault}. Every call of `open` answers another instance over the same store,
 * as another process would have it; whoever calls this closes them.
 */
export const describeVault = (name: string, open: () => Promise<Vault>): void => {
  describe(`${name}, a vault`, () => {
    let vault: Vault;
    let elsewhere: Vault;
    beforeAll(async () => {
      vault = await open();
      elsewhere = await open();
    });

    const usableOf = ({ descriptor, agency }: Wrap): Promise<readonly Wrap[]> =>
      elsewhere.usable(agency, [descriptor]);

    it('keeps a staged wrap useless', async () => {
      const wrap = wrapOf(digest(), fingerprint());
      await vault.stage([wrap]);
      expect(await usableOf(wrap)).toEqual([]);
    });

    it('makes an allowed wrap usable, byte for byte', async () => {
      const wrap = wrapOf(digest(), fingerprint());
      await vault.stage([wrap]);
      await vault.settle([settled(wrap, true)]);
      expect(await usableOf(wrap)).toEqual([wrap]);
    });

    it('deletes a denied wrap, and allowing it afterwards finds nothing', async () => {
      const wrap = wrapOf(digest(), fingerprint());
      await vault.stage([wrap]);
      await vault.settle([settled(wrap, false)]);
      await vault.settle([settled(wrap, true)]);
      expect(await usableOf(wrap)).toEqual([]);
    });

    it('judges each wrap of a descriptor by itself', async () => {
      const descriptor = digest();
      const [allowed, denied] = [
        wrapOf(descriptor, fingerprint()),
        wrapOf(descriptor, fingerprint()),
      ];
      await vault.stage([allowed, denied]);
      await vault.settle([settled(allowed, true), settled(denied, false)]);
      expect(await usableOf(allowed)).toEqual([allowed]);
      expect(await usableOf(denied)).toEqual([]);
    });

    it('gives an agency its own wraps only, and only those asked for', async () => {
      const [ours, theirs] = [fingerprint(), fingerprint()];
      const [asked, unasked] = [digest(), digest()];
      const wraps = [wrapOf(asked, ours), wrapOf(unasked, ours), wrapOf(asked, theirs)];
      await vault.stage(wraps);
      await vault.settle(wraps.map((wrap) => settled(wrap, true)));
      expect(await elsewhere.usable(ours, [asked, digest()])).toEqual([wraps[0]]);
    });

    it('keeps the first of two wraps for one place, settled or not', async () => {
      const first = wrapOf(digest(), fingerprint());
      const second = wrapOf(first.descriptor, first.agency);
      await vault.stage([first, second]);
      await vault.stage([second]);
      await vault.settle([settled(first, true)]);
      await vault.stage([second]);
      expect(await usableOf(first)).toEqual([first]);
    });

    it('is settled the same when it is settled twice', async () => {
      const [allowed, denied] = [wrapOf(digest(), fingerprint()), wrapOf(digest(), fingerprint())];
      await vault.stage([allowed, denied]);
      const settlements = [settled(allowed, true), settled(denied, false)];
      await vault.settle(settlements);
      await vault.settle(settlements);
      expect(await usableOf(allowed)).toEqual([allowed]);
      expect(await usableOf(denied)).toEqual([]);
    });

    it('allows nothing by settling what was never staged', async () => {
      const wrap = wrapOf(digest(), fingerprint());
      await vault.settle([settled(wrap, true)]);
      await vault.stage([wrap]);
      expect(await usableOf(wrap)).toEqual([]);
    });

    it('puts another wrap in the place of a usable one, and of nothing else', async () => {
      const [usable, staged, erased] = [1, 2, 3].map(() => wrapOf(digest(), fingerprint())) as [
        Wrap,
        Wrap,
        Wrap,
      ];
      const other = (wrap: Wrap): Wrap => wrapOf(wrap.descriptor, wrap.agency);
      const elsewhereOf = wrapOf(usable.descriptor, fingerprint());
      await vault.stage([usable, staged, erased, elsewhereOf]);
      await vault.settle([usable, erased, elsewhereOf].map((wrap) => settled(wrap, true)));
      await vault.erase([erased.descriptor]);
      const [first, second] = [other(usable), other(usable)];
      const others = [first, other(staged), other(erased), wrapOf(digest(), usable.agency)];
      await vault.replace(others);
      await vault.replace(others);
      expect(await usableOf(usable)).toEqual([first]);
      expect(await usableOf(elsewhereOf)).toEqual([elsewhereOf]);
      for (const none of others.slice(1)) expect(await usableOf(none)).toEqual([]);
      await vault.replace([second]);
      expect(await usableOf(usable)).toEqual([second]);
      await vault.settle([settled(staged, true)]);
      expect(await usableOf(staged)).toEqual([staged]);
    });

    it('withdraws by the wrap that was staged also what stands in its place', async () => {
      const wrap = wrapOf(digest(), fingerprint());
      const other = wrapOf(wrap.descriptor, wrap.agency);
      await vault.stage([wrap]);
      await vault.settle([settled(wrap, true)]);
      await vault.replace([other]);
      await vault.withdraw([{ ...wrap, wrap: digestOf(other) }]);
      expect(await usableOf(wrap)).toEqual([other]);
      await vault.withdraw([{ ...wrap, wrap: digestOf(wrap) }]);
      expect(await usableOf(wrap)).toEqual([]);
    });

    it('leaves usable what a later leaf denies', async () => {
      const wrap = wrapOf(digest(), fingerprint());
      await vault.stage([wrap]);
      await vault.settle([settled(wrap, true)]);
      await vault.settle([settled(wrap, false)]);
      expect(await usableOf(wrap)).toEqual([wrap]);
    });

    it('withdraws just the wrap that is named, and takes a later one in its place', async () => {
      const first = wrapOf(digest(), fingerprint());
      const second = wrapOf(first.descriptor, first.agency);
      await vault.stage([first]);
      await vault.settle([settled(first, true)]);
      await vault.withdraw([{ ...second, wrap: digestOf(second) }]);
      expect(await usableOf(first)).toEqual([first]);
      await vault.withdraw([{ ...first, wrap: digestOf(first) }]);
      expect(await usableOf(first)).toEqual([]);
      await vault.stage([second]);
      await vault.settle([settled(second, true)]);
      await vault.withdraw([{ ...first, wrap: digestOf(first) }]);
      expect(await usableOf(first)).toEqual([second]);
      const { descriptor, agency } = first;
      await vault.withdraw([{ descriptor, agency }]);
      expect(await usableOf(first)).toEqual([]);
    });

    it('erases every wrap of a descriptor, staged and usable, and no other', async () => {
      const descriptor = digest();
      const usable = wrapOf(descriptor, fingerprint());
      const staged = wrapOf(descriptor, fingerprint());
      const other = wrapOf(digest(), usable.agency);
      await vault.stage([usable, staged, other]);
      await vault.settle([settled(usable, true), settled(other, true)]);
      await vault.erase([descriptor]);
      await vault.settle([settled(staged, true)]);
      expect(await usableOf(usable)).toEqual([]);
      expect(await usableOf(staged)).toEqual([]);
      expect(await usableOf(other)).toEqual([other]);
    });

    it('refuses for ever what has been erased, seen before or not', async () => {
      const seen = wrapOf(digest(), fingerprint());
      const unseen = wrapOf(digest(), fingerprint());
      const other = wrapOf(digest(), seen.agency);
      await vault.stage([seen]);
      await vault.settle([settled(seen, true)]);
      await vault.erase([seen.descriptor, unseen.descriptor]);
      await vault.erase([seen.descriptor]);
      await elsewhere.stage([seen, other, unseen]);
      await elsewhere.settle([seen, unseen, other].map((wrap) => settled(wrap, true)));
      expect(await usableOf(seen)).toEqual([]);
      expect(await usableOf(unseen)).toEqual([]);
      expect(await usableOf(other)).toEqual([other]);
    });

    it('says which wraps are not there, though nobody has erased them', async () => {
      const [staged, usable, denied, erased, unseen] = Array.from({ length: 5 }, () =>
        wrapOf(digest(), fingerprint()),
      ) as [Wrap, Wrap, Wrap, Wrap, Wrap];
      const others = { ...usable, agency: fingerprint() };
      await vault.stage([staged, usable, denied, erased]);
      await vault.settle([settled(usable, true), settled(denied, false)]);
      await vault.erase([erased.descriptor]);
      const missing = await elsewhere.missing([staged, usable, denied, erased, unseen, others]);
      const name = ({ descriptor, agency }: Omit<Wrap, 'wrap'>): string => descriptor + agency;
      expect(missing.map(name).sort()).toEqual([denied, unseen, others].map(name).sort());
    });

    it('names what has been erased', async () => {
      const [erased, kept] = [digest(), digest()];
      await vault.stage([wrapOf(kept, fingerprint())]);
      await vault.erase([erased]);
      expect(await elsewhere.erased([kept, erased])).toEqual(new Set([erased]));
    });

    it('forgets what is staged and settled while it is being erased', async () => {
      for (let round = 0; round < 40; round += 1) {
        const wrap = wrapOf(digest(), fingerprint());
        await Promise.all([
          vault.stage([wrap]).then(() => vault.settle([settled(wrap, true)])),
          elsewhere.erase([wrap.descriptor]),
        ]);
        expect(await usableOf(wrap)).toEqual([]);
      }
    });

    it('is staged, settled and erased by many at once', async () => {
      const wraps = Array.from({ length: 60 }, () => wrapOf(digest(), fingerprint()));
      const backwards = wraps.toReversed();
      await Promise.all([vault.stage(wraps), elsewhere.stage(backwards), vault.stage(backwards)]);
      const settlements = wraps.map((wrap) => settled(wrap, true));
      await Promise.all([vault.settle(settlements), elsewhere.settle(settlements.toReversed())]);
      const erased = wraps.slice(0, 30).map(({ descriptor }) => descriptor);
      await Promise.all([vault.erase(erased), elsewhere.erase(erased.toReversed())]);
      const left = await Promise.all(wraps.map((wrap) => usableOf(wrap)));
      expect(left.flat()).toEqual(wraps.slice(30));
    });

    it('sweeps what no leaf has settled in time, and only that', async () => {
      const settledWrap = wrapOf(digest(), fingerprint());
      await vault.sweep(0);
      await vault.stage([settledWrap]);
      await vault.settle([settled(settledWrap, true)]);
      const staged = [wrapOf(digest(), fingerprint()), wrapOf(digest(), fingerprint())];
      await vault.stage(staged);
      expect(await vault.sweep(3600)).toBe(0);
      expect(await vault.sweep(0)).toBe(2);
      expect(await vault.sweep(0)).toBe(0);
      await vault.settle(staged.map((wrap) => settled(wrap, true)));
      expect(await usableOf(staged[0]!)).toEqual([]);
      expect(await usableOf(settledWrap)).toEqual([settledWrap]);
    });

    it('keeps a wrap that is staged again after it was swept', async () => {
      const wrap = wrapOf(digest(), fingerprint());
      await vault.stage([wrap]);
      await vault.sweep(0);
      await vault.stage([wrap]);
      await vault.settle([settled(wrap, true)]);
      expect(await usableOf(wrap)).toEqual([wrap]);
    });

    it('takes thousands in one call', async () => {
      const agency = fingerprint();
      const wraps = Array.from({ length: 25_000 }, () => ({
        descriptor: digest(),
        agency,
        wrap: new Uint8Array([1, 2, 3]),
      }));
      const descriptors = wraps.map(({ descriptor }) => descriptor);
      await vault.stage(wraps);
      await vault.settle(wraps.map((wrap) => settled(wrap, true)));
      expect(await elsewhere.usable(agency, descriptors)).toHaveLength(wraps.length);
      await vault.erase(descriptors);
      expect((await elsewhere.erased(descriptors)).size).toBe(wraps.length);
      expect(await elsewhere.usable(agency, descriptors)).toEqual([]);
    }, 60_000);

    it('does nothing when asked for nothing', async () => {
      await vault.stage([]);
      await vault.settle([]);
      await vault.erase([]);
      await vault.withdraw([]);
      expect(await vault.usable(fingerprint(), [])).toEqual([]);
      expect(await vault.erased([])).toEqual(new Set());
      expect(await vault.missing([])).toEqual([]);
    });
  });
};
