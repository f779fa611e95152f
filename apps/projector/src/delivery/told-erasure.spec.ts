import { expect, it } from '@jest/globals';
import { type AgencyId, type Digest } from '@tripoint/kernel';
import { isRepeated } from './told-erasure.js';

const [own, oversight] = ['bg-gdbop' as AgencyId, 'oversight' as AgencyId];
const [FACTS, SOURCE] = ['a'.repeat(64) as Digest, 'b'.repeat(64) as Digest];
const naming = (index: number, by: AgencyId | undefined, ...descriptors: readonly Digest[]) => ({
  leaf: { index },
  by,
  descriptors,
});
const ours = naming(5, own, FACTS);

it.each<[string, readonly ReturnType<typeof naming>[], boolean]>([
  ['alone', [], false],
  ['read once more', [ours], false],
  ['after one that names it', [naming(3, own, FACTS, SOURCE)], true],
  ['after an authority’s', [naming(3, oversight, FACTS)], true],
  ['after one that names something else', [naming(3, own, SOURCE)], false],
  // Its own line was read behind that of the other.
  ['before another', [naming(7, own, FACTS)], false],
  // Custodians let go of their shares by an order alone, and the log waits for everybody then.
  ['after a term', [naming(3, undefined, FACTS)], false],
])('an order of ours, %s, says nothing that was not said: %#', (_what, others, isVain) => {
  expect(isRepeated(ours, others)).toBe(isVain);
});
