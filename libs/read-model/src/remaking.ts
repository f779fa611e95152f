import { type Digest, type Fingerprint, type Instant } from '@tripoint/kernel';

/** A wrap of this agency's own. */
export type OwnWrap = { readonly descriptor: Digest; readonly wrap: Uint8Array };

/** Wraps that were made again for the next epoch, and that the hub has not confirmed yet. */
export type RemadeBatch = {
  /** Names the wraps as they were when they were made; one that was forgotten meanwhile is missing. */
  readonly batch: Digest;
  /** In the order of their descriptors. */
  readonly wraps: readonly OwnWrap[];
  /** By the holder of the signing key; absent until it has signed. */
  readonly signature?: Uint8Array;
};

/** What is still wrapped to an epoch, or was made again and is not confirmed. */
export type LeftOf = {
  /** Kept wraps that were made to the subkey. */
  readonly kept: number;
  /** Lines of the mailbox that are wrapped to the subkey and were never opened. */
  readonly unopened: number;
  /** Wraps that were made again, and that the hub has not confirmed, whichever epoch they were of. */
  readonly unconfirmed: number;
};

/**
 * An agency's own wraps on their way from one epoch to the next. The process that opens makes them again, the one that signs signs
 * for them by their digest, and the hub confirms that it keeps them.
 * @throws {HubError} `store-away` (retriable), `disk-full` (retriable), from every method
 */
export abstract class Remaking {
  /** Wraps that were made to this subkey, at most `limit`, in the order of their descriptors. */
  abstract wrappedTo(subkey: Fingerprint, limit: number): Promise<readonly OwnWrap[]>;
  /**
   * One transaction: the wraps `made` to subkey `to` stand in the place of those made to `from`, and are owed to the hub as `batch`.
   * What is not there any more, because it was forgotten, does not come back. Repeating it changes nothing.
   */
  abstract remade(
    batch: Digest,
    from: Fingerprint,
    to: Fingerprint,
    made: readonly OwnWrap[],
  ): Promise<void>;
  /** What the hub has not confirmed. */
  abstract unconfirmed(): Promise<readonly RemadeBatch[]>;
  /** One transaction: what is left of a batch, of which something was forgotten, is a batch of its own name; none, where nothing is. */
  abstract rename(batch: Digest, to: Digest | undefined): Promise<void>;
  /** The hub keeps these wraps. Repeating it, or for a batch that is not there, changes nothing. */
  abstract confirmed(batch: Digest): Promise<void>;
  /** A signature that nobody takes is made again. */
  abstract unsign(batch: Digest): Promise<void>;
  /** Waits until a batch was made, signed or confirmed after this call, or `signal` aborts; may resolve without cause. */
  abstract waiting(signal: AbortSignal): Promise<void>;

  /** For the holder of the signing key: batches that lack a signature. */
  abstract unsigned(): Promise<readonly Digest[]>;
  abstract sign(batch: Digest, signature: Uint8Array): Promise<void>;

  /** What keeps the subkey's secret from being destroyed. */
  abstract left(subkey: Fingerprint): Promise<LeftOf>;
  /** The time of a leaf that is a statement of the registry, and that of the newest leaf that was taken; undefined while it was not. */
  abstract timeOf(
    leaf: bigint,
  ): Promise<{ readonly at: Instant; readonly now: Instant } | undefined>;
}
