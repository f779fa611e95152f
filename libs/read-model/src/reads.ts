import {
  type Digest,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type Content } from './content.js';

/** Who reads what, and why. The row that is kept names it; the free text is kept apart, where it can be erased. */
export type Access = {
  readonly officer: OfficerId;
  /** Coded purpose. */
  readonly purpose: string;
  /** In the officer's own words. Only its salted digest enters the record. */
  readonly text?: string;
  readonly legalBasis?: string;
  readonly exchange?: ExchangeId;
  readonly item?: ItemId;
  /** Which parts were asked for; never their values. */
  readonly fields: readonly string[];
  readonly at: Instant;
};

/** One row of the read log. `hash` covers everything else, `previous` included. */
export type ReadRow = {
  /** Counts from 0n without gaps. */
  readonly number: bigint;
  readonly officer: OfficerId;
  readonly purpose: string;
  /** SHA-256 of salt and text; absent when no text was given. */
  readonly textDigest?: Digest;
  readonly legalBasis?: string;
  readonly exchange?: ExchangeId;
  readonly item?: ItemId;
  readonly fields: readonly string[];
  readonly at: Instant;
  readonly previous: Digest;
  readonly hash: Digest;
};

/** The text whose SHA-256 is a read row's hash: a JSON array of its members in this order, `null` for what is absent. */
export const readRowText = (row: Omit<ReadRow, 'hash'>): string =>
  JSON.stringify([
    'tripoint/read/v1',
    row.number.toString(),
    row.officer,
    row.purpose,
    row.textDigest ?? null,
    row.legalBasis ?? null,
    row.exchange ?? null,
    row.item ?? null,
    row.fields,
    row.at,
    row.previous,
  ]);

/**
 * The read log. Content leaves the database only through `release`.
 * @throws {HubError} `store-away` (retriable), `disk-full` (retriable), from every method
 */
export abstract class Reads {
  /**
   * Runs `read` and inserts the row that records it in one transaction; resolves with what `read` returned after that row
   * is durable. When the row cannot be kept, nothing is released. A read that finds nothing is recorded too;
   * one that throws is not, since nothing was shown.
   */
  abstract release<T>(access: Access, read: (content: Content) => Promise<T>): Promise<T>;

  /** Every read of the item, in order. */
  abstract ofItem(item: ItemId): Promise<readonly ReadRow[]>;
  /** At most `limit` rows from number `from` on, in order. */
  abstract rows(from: bigint, limit: number): Promise<readonly ReadRow[]>;
  /** Row hashes from number 0 up to, not including, `upTo`, in order: the leaves of the read log's Merkle tree. */
  abstract hashes(upTo: bigint): Promise<readonly Digest[]>;
  /** How many rows there are and the newest row's hash (64 zeros when there is none). */
  abstract head(): Promise<{ readonly size: bigint; readonly hash: Digest }>;
  /** The first row whose hash or link is wrong, undefined when the whole log recomputes. */
  abstract firstBroken(): Promise<bigint | undefined>;
  /** The free text and its salt, undefined when none was given or it was erased. */
  abstract purposeText(
    number: bigint,
  ): Promise<{ readonly salt: string; readonly text: string } | undefined>;
  /** Deletes the free texts of rows read before `before`; the record stays verifiable. Answers how many. */
  abstract eraseTexts(before: Instant): Promise<number>;
}
