import { type Delivery, type Journal } from '@tripoint/read-model';
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

/** What is sealed off for so many seconds, a day, has people look into it. */
const SEALED_FOR_LONG = 24 * 60 * 60;
const LOOK_EVERY = 60_000;
const UNWITNESSED = 'unwitnessed-for-long';

/**
 * Notices what stays sealed off. A hub that neither ties a leaf to what witnesses have cosigned nor lets it be contradicted keeps it so for
 * ever: deleted it may not be, for it may have been made for this agency alone, nor read, for it may be true.
 */
export class SealedForLong {
  #said: string | undefined;
  #lookedAt = -Infinity;

  constructor(
    private readonly journal: Pick<Journal, 'sealedOffFor' | 'aside'>,
    private readonly elapsed: () => number,
  ) {}

  /** Says so once for what is the oldest of it, and that it is over when nothing is left. */
  async look(): Promise<void> {
    if (this.elapsed() - this.#lookedAt < LOOK_EVERY) return;
    this.#lookedAt = this.elapsed();
    const [oldest] = await this.journal.sealedOffFor(SEALED_FOR_LONG);
    const found = oldest === undefined ? '' : String(oldest);
    if (found === this.#said) return;
    this.#said = found;
    await this.journal.aside({
      resolved: [UNWITNESSED],
      findings:
        oldest === undefined
          ? []
          : [
              {
                code: UNWITNESSED,
                detail: 'something is sealed off for a day by a leaf that no quorum has seen',
                leaf: oldest,
              },
            ],
    });
  }
}

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
