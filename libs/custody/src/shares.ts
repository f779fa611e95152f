import { refuse, type Refusal } from '@tripoint/kernel';
import { combine, split } from 'shamir-secret-sharing';

/** A share, and who holds it. */
export type HeldShare = { readonly holder: string; readonly share: Uint8Array };

/** A key that fits, and the holders whose share was not one of it. */
export type JoinedKey = { readonly key: Uint8Array; readonly wrong: readonly string[] };

export type JoinRefusal = Refusal<'shares-too-few' | 'shares-do-not-fit'>;

/** Makes `count` shares of a key, of which any `threshold` give it back. */
export const splitKey = (
  key: Uint8Array,
  count: number,
  threshold: number,
): Promise<readonly Uint8Array[]> => split(key, count, threshold);

/**
 * Gives the key back whose shares these are, if it fits. Whoever handed them over controls every byte: as many are tried
 * together as it takes, and holders whose share does not lie with those that fit are named.
 */
export const joinKey = async (
  held: readonly HeldShare[],
  threshold: number,
  fits: (key: Uint8Array) => boolean,
): Promise<JoinedKey | JoinRefusal> => {
  if (held.length < threshold)
    return refuse('shares-too-few', 'fewer shares are here than it takes');
  for (const chosen of chosenOf(held, threshold)) {
    const key = await joined(chosen);
    if (key === undefined || !fits(key)) continue;
    const [, ...all] = chosen;
    const wrong: string[] = [];
    for (const one of held) {
      if (chosen.includes(one)) continue;
      const other = await joined([one, ...all]);
      if (other === undefined || !fits(other)) wrong.push(one.holder);
      other?.fill(0);
    }
    return { key, wrong };
  }
  return refuse('shares-do-not-fit', 'no shares that are here give the key that was committed to');
};

/** Undefined for shares that cannot be of one key: of different lengths, or one of them twice. */
const joined = async (shares: readonly HeldShare[]): Promise<Uint8Array | undefined> => {
  try {
    return await combine(shares.map(({ share }) => share));
  } catch {
    return undefined;
  }
};

function* chosenOf<T>(from: readonly T[], count: number): Generator<readonly T[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (const [at, first] of from.entries())
    for (const others of chosenOf(from.slice(at + 1), count - 1)) yield [first, ...others];
}
