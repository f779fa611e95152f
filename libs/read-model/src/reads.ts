import {
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type ReadRow, type ReadSubject } from '@tripoint/domain';
import { type Content } from './content.js';

export { readRowText, type ReadRow, type ReadSubject } from '@tripoint/domain';

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

/** A root that this agency has published, or has decided to publish. */
export type PublishedRoot = {
  readonly event: EventId;
  readonly size: number;
  readonly root: Digest;
  readonly at: Instant;
};

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
  /** Every read of one of these, in order; and how many searches there were that name nothing they were of. */
  abstract about(
    subjects: readonly ReadSubject[],
  ): Promise<{ readonly rows: readonly ReadRow[]; readonly searches: number }>;
  /** At most `limit` rows from number `from` on, in order. */
  abstract rows(from: bigint, limit: number): Promise<readonly ReadRow[]>;
  /** Row hashes from number 0 up to, not including, `upTo`, in order: the leaves of the read log's Merkle tree. */
  abstract hashes(upTo: bigint): Promise<readonly Digest[]>;
  /** The newest root that was published, on its way or in the log; undefined before the first. */
  abstract published(): Promise<PublishedRoot | undefined>;
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
