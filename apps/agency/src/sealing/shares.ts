import { entrustedContent, SHARES_ENTRUSTED, splitKey } from '@tripoint/custody';
import { type CompartmentDraft, type SealedCompartment } from '@tripoint/envelope';
import { type Registry } from '@tripoint/federation';
import { type Digest } from '@tripoint/kernel';
import { CUSTODY_COMPARTMENTS } from '@tripoint/policy';

/** No officer entrusts anything: it is agreed among all. */
const NO_OFFICER = 'agency';

/**
 * What custodians are entrusted with, where the registry names any: to each, in a compartment of its own and as highly marked, one
 * share of each key that is to be in custody. A custodian to whom nobody may seal at present has no share of this event.
 */
export const sharesOf = async (
  sealed: readonly SealedCompartment[],
  registry: Registry,
): Promise<readonly CompartmentDraft[]> => {
  const { custody } = registry;
  const kept = sealed.filter(({ name }) => custody?.compartments.includes(name) === true);
  const [first] = kept;
  if (custody === undefined || first === undefined) return [];
  const { custodians, threshold } = custody;
  const count = custodians.length;
  const byCustodian = custodians.map((): { descriptor: Digest; share: Uint8Array }[] => []);
  for (const { descriptorDigest, sessionKey } of kept)
    for (const [at, share] of (await splitKey(sessionKey, count, threshold)).entries())
      byCustodian[at]?.push({ descriptor: descriptorDigest, share });
  return custodians.flatMap((custodian, at): readonly CompartmentDraft[] => {
    const recipient = registry.recipient(custodian);
    const [name, shares] = [CUSTODY_COMPARTMENTS[at], byCustodian[at]];
    if (recipient === undefined || name === undefined || shares === undefined) return [];
    const { classification, handling, retention } = first.descriptor;
    return [
      {
        name,
        classification,
        handling,
        retention,
        facts: {},
        frame: {
          event: { type: SHARES_ENTRUSTED, data: entrustedContent({ threshold, count, shares }) },
          officer: NO_OFFICER,
          causation: null,
          correlation: null,
        },
        to: [recipient],
      },
    ];
  });
};
