import { type Delivery } from '@tripoint/read-model';
import { type TrustPolicy } from '@tripoint/transparency';
import { type ProjectorOptions } from '../projector.options.js';
import { alsoEvidence } from './without-parts.js';

/** How much goes at once. */
const TOGETHER = 64;

const asksForQuorum = (policy: TrustPolicy | undefined): boolean =>
  policy !== undefined && policy.quorum !== 'none';

/**
 * Whoever asks for a quorum deletes nothing because of a leaf that none has seen. What was just handed over never is: its tree has
 * first to be tied to one that witnesses have cosigned.
 */
export const sealedOff = (
  { trustPolicy }: Pick<ProjectorOptions, 'trustPolicy'>,
  deliveries: readonly Delivery[],
): readonly Delivery[] =>
  asksForQuorum(trustPolicy)
    ? deliveries.map((delivery) =>
        delivery.purges === undefined
          ? delivery
          : {
              ...delivery,
              purges: delivery.purges.map((purge) => ({ ...purge, unwitnessed: true as const })),
            },
      )
    : deliveries;

/** Deletes what was sealed off, as far as a quorum has seen by now that it is to go. */
export const letWitnessedGo = async ({
  journal,
  trustPolicy,
  witnessed,
}: Pick<ProjectorOptions, 'journal' | 'trustPolicy' | 'witnessed'>): Promise<void> => {
  for (;;) {
    const size = asksForQuorum(trustPolicy) ? await witnessed.size() : Number.MAX_SAFE_INTEGER;
    const orders = await journal.sealedOff(size, TOGETHER);
    if (orders.length === 0) return;
    await journal.letGo(await alsoEvidence(journal, orders));
  }
};
