import { type AgencyId, type Digest, type Instant, refuse, type Refusal } from '@tripoint/kernel';
import { type Countersignature, type MailboxEnd } from '@tripoint/ledger';
import { type LeafRecord } from './records.js';

/** How long after its leaf a mailbox's head is to be countersigned, in milliseconds of leaf time. */
export const COUNTERSIGNED_WITHIN = 30 * 60 * 1000;

/** Heads that are remembered of an agency that says nothing; the oldest of all stays. */
const MOST_REMEMBERED = 288;

/** A head that was logged and that the agency has not countersigned, nor any later one. */
type Outstanding = {
  readonly leaf: number;
  readonly leafHash: Digest;
  readonly time: number;
  readonly number: number;
  readonly head: Digest;
};

/** How an agency's mailbox stands. */
export type MailboxStanding = {
  readonly agency: AgencyId;
  /** The newest head that the agency has countersigned, where that stands, and when. */
  readonly countersigned:
    | {
        readonly heads: number;
        readonly leaf: number;
        readonly at: Instant;
        /** The agency signed that it was handed another mailbox than the log says. */
        readonly contradicts: boolean;
      }
    | undefined;
  /** The oldest head since then, and when it was logged. */
  readonly outstanding: { readonly heads: number; readonly at: Instant } | undefined;
  readonly overdue: boolean;
};

/** What a countersignature came to. */
export type Countersigning = {
  readonly agency: AgencyId;
  /** Leaves below this one are covered. */
  readonly heads: number;
  readonly contradicts: boolean;
};

/** Who has countersigned which heads of mailboxes, folded from leaves: whoever folds the same ones arrives at the same. */
export class Countersigns {
  readonly #outstanding = new Map<AgencyId, readonly Outstanding[]>();
  readonly #newest = new Map<AgencyId, NonNullable<MailboxStanding['countersigned']>>();

  /** Heads were logged. */
  logged(
    place: { readonly leaf: number; readonly leafHash: Digest; readonly time: number },
    records: readonly LeafRecord[],
  ): void {
    for (const record of records) {
      if (record.about !== 'head') continue;
      const { agency, number, head } = record;
      const before = this.#outstanding.get(agency) ?? [];
      const kept = before.length < MOST_REMEMBERED ? before : before.toSpliced(1, 1);
      this.#outstanding.set(agency, [...kept, { ...place, number, head }]);
    }
  }

  /** Whether a countersignature is of a head that was logged, and newer than the last one. */
  fault({ agency, leaf, leafHash }: Countersignature): Refusal | undefined {
    const found = this.#find(agency, leaf);
    if (found === undefined)
      return refuse('countersignature-stale', 'it is of no head that waits for one');
    return found.leafHash === leafHash
      ? undefined
      : refuse('countersignature-elsewhere', 'it is of another log');
  }

  /** Takes one in that has no {@link fault}. */
  take(
    { agency, leaf: heads }: Countersignature,
    { number, head }: MailboxEnd,
    place: { readonly leaf: number; readonly time: number },
  ): Countersigning {
    const found = this.#find(agency, heads);
    const contradicts = found?.number !== number || found.head !== head;
    this.#newest.set(agency, {
      heads,
      leaf: place.leaf,
      at: new Date(place.time).toISOString() as Instant,
      contradicts,
    });
    this.#outstanding.set(
      agency,
      (this.#outstanding.get(agency) ?? []).filter(({ leaf }) => leaf > heads),
    );
    return { agency, heads, contradicts };
  }

  /** How every mailbox stands at `time`, by agency. */
  standings(time: number): readonly MailboxStanding[] {
    return [...this.#outstanding.keys()].sort().map((agency) => {
      const [oldest] = this.#outstanding.get(agency) ?? [];
      return {
        agency,
        countersigned: this.#newest.get(agency),
        outstanding: oldest && {
          heads: oldest.leaf,
          at: new Date(oldest.time).toISOString() as Instant,
        },
        overdue: oldest !== undefined && time - oldest.time > COUNTERSIGNED_WITHIN,
      };
    });
  }

  #find(agency: AgencyId, leaf: number): Outstanding | undefined {
    return this.#outstanding.get(agency)?.find((one) => one.leaf === leaf);
  }
}
