import {
  isReadOf,
  namesNothing,
  parseReadRowText,
  type ReadRow,
  type ReadSubject,
} from '@tripoint/domain';
import { sha256, utf8 } from '@tripoint/envelope';
import { type Digest } from '@tripoint/kernel';

/** A record of reads as far as it was shown: that each row stands under the root of this size was checked before. */
export type ShownRecord = {
  readonly size: number;
  readonly rows: readonly { readonly text: string }[];
};

/** What a record of reads holds of what somebody asks about. */
export type ReadsOf = {
  /** In order. */
  readonly rows: readonly ReadRow[];
  /** How many searches over everything it holds: what they showed is in no record. */
  readonly searches: number;
  /** How many of its rows were not shown: nothing is known of these. */
  readonly missing: number;
};

/** What of a record that was shown is of these subjects, and whether it was shown whole. */
export const readsOf = (
  { size, rows: shown }: ShownRecord,
  subjects: readonly ReadSubject[],
): ReadsOf => {
  const known = new Map<number, ReadRow>();
  for (const { text } of shown) {
    const row = parseReadRowText(text);
    if (row !== undefined && row.number < BigInt(size))
      known.set(Number(row.number), { ...row, hash: sha256(utf8(text)) });
  }
  const rows = [...known].sort(([a], [b]) => a - b).map(([, row]) => row);
  return {
    rows: rows.filter((row) => isReadOf(subjects, row)),
    searches: rows.filter((row) => namesNothing(row) && row.fields.includes('search')).length,
    missing: size - known.size,
  };
};

/** What an agency has given to whoever asked about themselves, as far as its record of reads can be held against it. */
export type GivenTranscript = {
  readonly about: readonly ReadSubject[];
  /** How many reads the root covers that it names; 0 where it names none. */
  readonly covered: number;
  readonly reads: readonly GivenRead[];
};

export type GivenRead = {
  readonly number: number;
  readonly hash: Digest;
  readonly purpose: string;
  readonly at: string;
  readonly legalBasis?: string;
};

/** Which rows of the record a transcript leaves out, and which of those that it gives say something else there or are not there. */
export const againstRecord = (
  { about, covered, reads }: GivenTranscript,
  record: ShownRecord,
): { readonly leftOut: readonly number[]; readonly differ: readonly number[] } => {
  const { rows } = readsOf(record, about);
  const given = new Map(reads.map((read) => [read.number, read]));
  const there = new Map(rows.map((row) => [Number(row.number), row]));
  // What came after the newest that it covers or gives was not yet to be told.
  const until = Math.max(covered, ...reads.map(({ number }) => number + 1));
  return {
    leftOut: [...there.keys()].filter((number) => number < until && !given.has(number)),
    differ: reads.flatMap((read) =>
      read.number < record.size && !isSame(read, there.get(read.number)) ? read.number : [],
    ),
  };
};

const isSame = (read: GivenRead, row: ReadRow | undefined): boolean =>
  read.hash === row?.hash &&
  read.purpose === row.purpose &&
  read.at === row.at &&
  read.legalBasis === row.legalBasis;
