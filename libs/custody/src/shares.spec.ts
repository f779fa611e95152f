import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import { entrustedContent, parseEntrusted } from './entrusted.js';
import { type HeldShare, joinKey, splitKey } from './shares.js';

/** F3: how many keys are split. */
const KEYS = Number(process.env['TRIPOINT_KEYS_IN_SHARES'] ?? 5);
const HOLDERS = ['a', 'b', 'c', 'd', 'e'];

const subsets = <T>(from: readonly T[], size: number): readonly (readonly T[])[] =>
  size === 0
    ? [[]]
    : from.flatMap((one, at) =>
        subsets(from.slice(at + 1), size - 1).map((rest) => [one, ...rest]),
      );

const custody = async (): Promise<{
  readonly key: Uint8Array;
  readonly held: readonly HeldShare[];
  readonly fits: (key: Uint8Array) => boolean;
}> => {
  const key = new Uint8Array(randomBytes(32));
  const shares = await splitKey(key, 5, 3);
  const held = shares.map((share, at) => ({ holder: HOLDERS[at] ?? '', share }));
  return { key, held, fits: (other) => Buffer.compare(key, other) === 0 };
};

const damaged = (one: HeldShare, at: number): HeldShare => {
  const share = Uint8Array.from(one.share);
  share[at] = (share[at] ?? 0) ^ 0x55;
  return { ...one, share };
};

describe('a key in shares of which three are needed of five', () => {
  it('is given back by every three, by four and by all', async () => {
    for (let count = 0; count < KEYS; count += 1) {
      const { key, held, fits } = await custody();
      for (const size of [3, 4, 5])
        for (const chosen of subsets(held, size))
          expect(await joinKey(chosen, 3, fits)).toEqual({ key, wrong: [] });
    }
  });

  it('is given back by no two, nor by two that are taken for enough', async () => {
    for (let count = 0; count < KEYS; count += 1) {
      const { held, fits } = await custody();
      for (const chosen of subsets(held, 2)) {
        expect(await joinKey(chosen, 3, fits)).toMatchObject({ refused: 'shares-too-few' });
        expect(await joinKey(chosen, 2, fits)).toMatchObject({ refused: 'shares-do-not-fit' });
      }
    }
  });

  it('names whoever handed over a damaged share, whichever byte it is', async () => {
    const { key, held, fits } = await custody();
    for (let byte = 0; byte < 33; byte += 1)
      for (const at of held.keys()) {
        const given = held.map((one, place) => (place === at ? damaged(one, byte) : one));
        expect(await joinKey(given, 3, fits)).toEqual({ key, wrong: [HOLDERS[at]] });
      }
  });

  it('is never another key for a damaged share among just enough', async () => {
    const { held, fits } = await custody();
    for (const chosen of subsets(held, 3))
      for (const at of chosen.keys()) {
        const given = chosen.map((one, place) => (place === at ? damaged(one, 7) : one));
        expect(await joinKey(given, 3, fits)).toMatchObject({ refused: 'shares-do-not-fit' });
      }
  });

  it('takes the share of somebody else, one of another length and one given twice for wrong', async () => {
    const { held, fits, key } = await custody();
    const [a, b, c, d] = held;
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error();
    const short = { holder: 'short', share: a.share.slice(1) };
    const again = { holder: 'again', share: b.share };
    expect(await joinKey([a, b, c, short], 3, fits)).toEqual({ key, wrong: ['short'] });
    expect(isRefusal(await joinKey([a, b, again], 3, fits))).toBe(true);
    const stranger = (await custody()).held[3];
    if (stranger === undefined) throw new Error();
    expect(await joinKey([stranger, a, b, c], 3, fits)).toEqual({ key, wrong: ['d'] });
  });
});

describe('what a custodian is entrusted with', () => {
  const entrusted = {
    threshold: 3,
    count: 5,
    shares: [{ descriptor: 'ab'.repeat(32) as never, share: new Uint8Array(33) }],
  };

  it('is read as it was written', () => {
    expect(parseEntrusted(entrustedContent(entrusted))).toEqual(entrusted);
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['a threshold of one', { ...entrustedContent(entrusted), threshold: 1 }],
    ['a threshold beyond the count', { ...entrustedContent(entrusted), threshold: 6 }],
    ['too many custodians', { ...entrustedContent(entrusted), count: 9 }],
    ['one member more', { ...entrustedContent(entrusted), more: true }],
    ['no shares', { ...entrustedContent(entrusted), shares: [] }],
    ['a share without its descriptor', { ...entrustedContent(entrusted), shares: [['ab', 1]] }],
    ['half a pair', { ...entrustedContent(entrusted), shares: [['ab'.repeat(32)]] }],
    [
      'a short share',
      { ...entrustedContent(entrusted), shares: [['ab'.repeat(32), new Uint8Array(3)]] },
    ],
  ])('is not %s', (_, value) => {
    expect(parseEntrusted(value)).toBeUndefined();
  });
});
