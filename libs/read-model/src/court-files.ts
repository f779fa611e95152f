import {
  type Digest,
  type EventId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type RecordedEntry } from './entry.js';

/** Something that the mailbox handed over, as it came, and how it hangs together with a cosigned checkpoint. */
export type HandedOver = {
  /** The delivery without its wraps: whoever kept it knows the form. */
  readonly bytes: Uint8Array;
  /** The checkpoint that it came under is continued by this one; absent while that has not been shown. */
  readonly tie?: Tie;
};

/** That a tree that was handed over is continued by one that a quorum has cosigned. */
export type Tie = {
  readonly note: string;
  readonly size: number;
  /** Consistency proof; 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
};

/** An event of an item with all that came of it. */
export type EventHandedOver = {
  readonly entry: RecordedEntry;
  /** One, or several where a part came later. */
  readonly handed: readonly HandedOver[];
};

/** A disclosure outside the exchange: it is on record before anything leaves. */
export type CourtFile = {
  readonly id: string;
  readonly officer: OfficerId;
  readonly purpose: string;
  readonly item: ItemId;
  /** Under which officers' names are hidden in the bundle; whoever is shown it can resolve them. */
  readonly salt: Digest;
  readonly at: Instant;
  /** Compartments whose session keys go along. */
  readonly keys: readonly { readonly descriptor: Digest; readonly event: EventId }[];
};

export type WantedKey = { readonly file: string; readonly descriptor: Digest };
export type DisclosedKey = { readonly descriptor: Digest; readonly sessionKey: Uint8Array };

/**
 * Session keys on their way from the process that unwraps to the one that officers talk to. That a key was disclosed stays on
 * record for good; the key itself does not stay.
 * @throws {HubError} `store-away` (retriable), `disk-full` (retriable), from every method
 */
export abstract class CourtFiles {
  /** Keys that were asked for and are not there, the oldest file first. */
  abstract wanted(limit: number): Promise<readonly WantedKey[]>;
  /** Waits until a key is asked for after this call, or `signal` aborts; may resolve without cause. */
  abstract waiting(signal: AbortSignal): Promise<void>;
  /** Hands a key over. Repeating it changes nothing. */
  abstract give(wanted: WantedKey, sessionKey: Uint8Array): Promise<void>;
  /** Nobody waits for the keys of a file any more: they are forgotten, none is unwrapped for it again, and none has gone out. */
  abstract abandon(file: string, at: Instant): Promise<void>;
  /** One transaction: all keys of the file, which are deleted with it; undefined while one of them is missing. */
  abstract take(file: string, at: Instant): Promise<readonly DisclosedKey[] | undefined>;
  /** Waits until a key has been handed over after this call, or `signal` aborts; may resolve without cause. */
  abstract given(signal: AbortSignal): Promise<void>;
  /**
   * Gives up what was asked for before `before` and was never taken out: whoever asked may be gone. Answers how many keys were
   * lying there.
   */
  abstract expire(before: Instant, at: Instant): Promise<number>;
  /** Files with which the key to this compartment went out: it cannot be made unreadable any more. */
  abstract filesWith(descriptor: Digest): Promise<readonly string[]>;
}
