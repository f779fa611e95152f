import { type DoubtedCertificate, type Registry } from '@tripoint/federation';
import { type AgencyId } from '@tripoint/kernel';

/** Leaves of an agency that a key signed which may have been in other hands. */
export type InDoubt = { readonly agency: AgencyId; readonly leaves: readonly number[] };

/** What stands in the log under a certificate that is said to have been in other hands, from a leaf to another, that one excluded. */
export type Doubt = DoubtedCertificate & {
  /** Every leaf that was put in doubt, ascending. */
  readonly leaves: readonly number[];
  /** Those of them that the agency has attested since, by other keys: they are its own word again. */
  readonly attested: readonly number[];
};

/** Who said something at which leaf: an event or a number given up. */
type Word = { readonly agency: AgencyId; readonly leaf: number };

/** What of these words the newest registry puts in doubt, certificate by certificate, the oldest first. */
export const doubtsOf = (words: Iterable<Word>, registry: Registry): readonly Doubt[] => {
  const doubted = registry.doubtedCertificates().map((one) => ({ one, leaves: new Set<number>() }));
  if (doubted.length === 0) return [];
  for (const { agency, leaf } of words)
    doubted
      .find(({ one }) => one.agency === agency && one.since <= leaf && leaf < one.until)
      ?.leaves.add(leaf);
  return doubted.map(({ one, leaves: found }) => {
    const leaves = [...found].sort((a, b) => a - b);
    const attested = leaves.filter((leaf) => !registry.isTainted(one.agency, BigInt(leaf)));
    return { ...one, leaves, attested };
  });
};

/** What nobody has taken out of doubt, by agency. */
export const inDoubtOf = (doubts: readonly Doubt[]): readonly InDoubt[] => {
  const found = new Map<AgencyId, number[]>();
  for (const { agency, leaves, attested } of doubts) {
    const settled = new Set(attested);
    const left = leaves.filter((leaf) => !settled.has(leaf));
    if (left.length > 0) found.set(agency, [...(found.get(agency) ?? []), ...left]);
  }
  return [...found]
    .map(([agency, leaves]) => ({ agency, leaves: leaves.sort((a, b) => a - b) }))
    .sort((one, other) => (one.agency < other.agency ? -1 : 1));
};

/** Neighbouring leaves in one: the first and the last of each run. */
export const runsOf = (leaves: readonly number[]): readonly (readonly [number, number])[] => {
  const runs: [number, number][] = [];
  for (const leaf of leaves) {
    const run = runs.at(-1);
    if (run?.[1] === leaf - 1) run[1] = leaf;
    else runs.push([leaf, leaf]);
  }
  return runs;
};
