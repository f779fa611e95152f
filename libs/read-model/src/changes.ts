import { type ExchangeId } from '@tripoint/kernel';

/** Something that a screen may be showing has changed. Carries no content. */
export type Change = {
  /** Counts from 1n without gaps, in commit order. */
  readonly id: bigint;
  readonly kind:
    | 'exchange'
    | 'request'
    | 'contribution'
    | 'referral'
    | 'release'
    | 'recall'
    | 'disclosure'
    | 'hold'
    | 'submission'
    | 'finding'
    | 'registry';
  readonly exchange?: ExchangeId;
  /** The item, or for a submission the event. */
  readonly item?: string;
  /** The changed row's version, what its ETag shows. */
  readonly version: bigint;
};

/**
 * The live-update feed: every change once, in commit order, durable (kept at least a day).
 * @throws {HubError} `store-away` (retriable) from the promise-returning methods
 */
export abstract class Changes {
  /** The newest change's id, 0n when there is none. */
  abstract newest(): Promise<bigint>;
  /** At most `limit` changes after `after`, in order. */
  abstract after(after: bigint, limit: number): Promise<readonly Change[]>;
  /**
   * Yields changes after `after` in batches that are never empty, then waits for more until `signal` aborts; ends without
   * throwing. Survives a restart of the store by reconnecting; nothing is skipped or repeated.
   */
  abstract follow(after: bigint, signal: AbortSignal): AsyncIterable<readonly Change[]>;
  /** Deletes changes older than `seconds`, a day at least. Answers how many. */
  abstract prune(seconds: number): Promise<number>;
}
