import { type AgencyId } from '@tripoint/kernel';

/** How long something that an agency has said may stand in the log unattested, in milliseconds: a week, and a day to gather the roots. */
export const ATTESTED_WITHIN = 8 * 24 * 60 * 60 * 1000;
/** Of what is said within this long only the first and the last are remembered. */
const TOGETHER = 60 * 60 * 1000;

/** How an agency stands to what it is said to have said. */
export type AttestationStanding = {
  readonly agency: AgencyId;
  /** The newest leaf through which it has attested, and the leaf that says so; absent while it never has. */
  readonly attested?: { readonly through: number; readonly leaf: number; readonly time: number };
  /** The oldest leaf behind that with something of its own, within an hour; absent where there is none. */
  readonly owed?: { readonly leaf: number; readonly time: number };
};

type Word = { readonly leaf: number; readonly time: number };
type Kept = {
  readonly attested?: AttestationStanding['attested'];
  /** Ascending; the last of them begins an hour that the newest is in. */
  readonly words: readonly Word[];
  readonly newest?: Word;
};

/** Since when nobody has attested what agencies are said to have said: a compromise could be dated as far back. */
export class Attestations {
  readonly #kept = new Map<AgencyId, Kept>();

  /** An agency has said something, or given up a number. */
  said(agency: AgencyId, word: Word): void {
    const kept = this.#kept.get(agency) ?? { words: [] };
    const { newest } = kept;
    const first = kept.words.at(-1);
    const isLater = first === undefined || word.time - first.time >= TOGETHER;
    const last = first === undefined || newest === undefined || newest === first ? [] : [newest];
    const words = isLater ? [...kept.words, ...last, word] : kept.words;
    this.#kept.set(agency, { ...kept, words, newest: word });
  }

  /** The roots have said at leaf `leaf` that what stands there through leaf `through` is its own word. */
  attested(agency: AgencyId, through: number, { leaf, time }: Word): void {
    const kept = this.#kept.get(agency) ?? { words: [] };
    if (kept.attested !== undefined && through <= kept.attested.through) return;
    const left = kept.words.filter((word) => word.leaf > through);
    // The first of the hour is attested, and the newest is not.
    const words =
      left.length === 0 && kept.newest !== undefined && kept.newest.leaf > through
        ? [kept.newest]
        : left;
    this.#kept.set(agency, { ...kept, words, attested: { through, leaf, time } });
  }

  /** Everybody who has ever said something, by id. */
  standings(): readonly AttestationStanding[] {
    return [...this.#kept]
      .map(
        ([
          agency,
          {
            attested,
            words: [owed],
          },
        ]) => ({
          agency,
          ...(attested === undefined ? {} : { attested }),
          ...(owed === undefined ? {} : { owed }),
        }),
      )
      .sort((one, other) => (one.agency < other.agency ? -1 : 1));
  }

  /** Of whom something has stood there unattested for too long at `time`. */
  overdue(time: number): readonly AttestationStanding[] {
    return this.standings().filter(
      ({ owed }) => owed !== undefined && time - owed.time > ATTESTED_WITHIN,
    );
  }
}
