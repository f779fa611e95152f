import { type Digest, type Fingerprint } from '@tripoint/kernel';

/** A session key wrapped to one agency, for one compartment of one envelope. */
export type Wrap = {
  /** Digest of the compartment's descriptor. */
  readonly descriptor: Digest;
  readonly agency: Fingerprint;
  /** One OpenPGP v6 PKESK packet. */
  readonly wrap: Uint8Array;
};

/** What the log decided of one staged wrap. */
export type Settlement = {
  readonly descriptor: Digest;
  readonly agency: Fingerprint;
  readonly allowed: boolean;
};

/** A wrap that is to be had no longer. */
export type Withdrawal = {
  readonly descriptor: Digest;
  readonly agency: Fingerprint;
  /** SHA-256 of the wrap that was staged, also where another one stands in its place by now; any, where it is left out. */
  readonly wrap?: Digest;
};

/**
 * Keeps what makes ciphertext readable, apart from the ciphertext: deleting a wrap forgets, adding one grants.
 * Every call is idempotent and durable when it resolves.
 */
export abstract class Vault {
  /**
   * Keeps wraps that no leaf has judged yet: inserted if absent, useless until settled.
   * A wrap whose descriptor has a tombstone is not kept.
   */
  abstract stage(wraps: readonly Wrap[]): Promise<void>;
  /** Makes allowed wraps usable and deletes denied ones that never were. Repeating it changes nothing. */
  abstract settle(settlements: readonly Settlement[]): Promise<void>;
  /**
   * Puts these wraps in the place of usable ones, of the same session keys: their holder has another key now. Where no usable one
   * is, nothing comes. Repeating it changes nothing.
   */
  abstract replace(wraps: readonly Wrap[]): Promise<void>;
  /** Deletes just these wraps, usable or not; another one for the same place stays, and a later one may come. */
  abstract withdraw(wraps: readonly Withdrawal[]): Promise<void>;
  /** The usable wraps of `agency` among `descriptors`; what is staged, denied or erased is absent. */
  abstract usable(agency: Fingerprint, descriptors: readonly Digest[]): Promise<readonly Wrap[]>;
  /** Those of `wraps` that are not there, staged or usable, though nobody has erased them. */
  abstract missing(wraps: readonly Omit<Wrap, 'wrap'>[]): Promise<readonly Omit<Wrap, 'wrap'>[]>;
  /** Those of `descriptors` that have a tombstone. */
  abstract erased(descriptors: readonly Digest[]): Promise<ReadonlySet<Digest>>;
  /** Deletes every wrap of these descriptors and refuses them for ever. */
  abstract erase(descriptors: readonly Digest[]): Promise<void>;
  /** Deletes staged wraps older than `seconds` that no leaf has settled. Answers how many. */
  abstract sweep(seconds: number): Promise<number>;
}
