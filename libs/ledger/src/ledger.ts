import { type Brand, HubError } from '@tripoint/kernel';

/** Opaque place in the whole ledger; comparable only by the adapter that made it. Hashed nowhere. */
export type Position = Brand<string, 'Position'>;

/** One recorded entry. `bytes` are exactly what was appended. */
export type LedgerEntry = {
  readonly stream: string;
  /** Counts from 0n within the stream, without gaps. */
  readonly revision: bigint;
  readonly position: Position;
  readonly bytes: Uint8Array;
};

/** Somebody else appended first; nothing of this call was recorded. */
export class LedgerConflict extends HubError {
  constructor(
    readonly stream: string,
    readonly expected: bigint,
    /** The stream's newest revision, -1n when it is empty. */
    readonly actual: bigint,
    options?: ErrorOptions,
  ) {
    super(
      'ledger-conflict',
      `stream ${stream} stands at ${actual.toString()}, not at ${expected.toString()}`,
      false,
      options,
    );
  }
}

/**
 * Append-only streams of bytes in one total order.
 *
 * Stream names: `chain-<chain>`, `log`, `mailbox-<agency>`. What is in the ledger is ciphertext,
 * signatures and digests; adapters never look inside.
 */
export abstract class Ledger {
  /**
   * Appends `entries` in order, all or none, if the newest revision of `stream` is `expected`
   * (-1n: the stream is empty). Resolves with the new newest revision once they are durable, never before.
   *
   * Idempotent: when the stream already holds exactly these bytes at `expected + 1…`, the call
   * resolves as the first one did. So a caller whose first call's answer was lost may repeat it.
   * @throws {LedgerConflict} when the stream moved on with other bytes; retrying is then pointless
   * @throws {HubError} `ledger-away`, or `disk-full` where that is why, retriable, when the store cannot be used
   */
  abstract append(
    stream: string,
    expected: bigint,
    entries: readonly Uint8Array[],
  ): Promise<bigint>;

  /** At most `limit` entries of `stream` from revision `from` on, in order. An unknown stream is empty. */
  abstract read(stream: string, from: bigint, limit: number): Promise<readonly LedgerEntry[]>;

  /** The newest entry of `stream`, or undefined when it is empty. */
  abstract last(stream: string): Promise<LedgerEntry | undefined>;

  /** Names of the streams that start with `prefix`, sorted. */
  abstract streams(prefix: string): Promise<readonly string[]>;

  /**
   * Yields, in ledger order and in batches that are never empty, every entry after `after` whose stream
   * starts with one of `prefixes`; then waits for more until `signal` aborts (the iteration then ends without throwing).
   * An entry is yielded only when every entry before it is final: nothing is ever inserted behind a reader.
   * Survives a restart of the store by reconnecting.
   */
  abstract follow(
    prefixes: readonly string[],
    after: Position | 'start',
    signal: AbortSignal,
  ): AsyncIterable<readonly LedgerEntry[]>;
}
