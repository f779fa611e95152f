import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type ItemId,
  type OfficerId,
  type Refusal,
} from '@tripoint/kernel';
import { type PendingEntry } from './entry.js';
import { type Leaf } from './leaf.js';

/** Where a chain goes on: its next number, and the digest that the next header's `prev` must name. */
export type ChainHead = {
  readonly chain: ChainId;
  readonly next: bigint;
  /** Digest of the newest header's bytes; 64 zeros while the chain is empty. */
  readonly prev: Digest;
};

/** The key of one compartment, kept only until the leaf has come back (a late member may still be offered a grant). */
export type HeldKey = {
  readonly compartment: string;
  readonly descriptor: Digest;
  readonly sessionKey: Uint8Array;
};

/** A sealed envelope that takes the next number of its chain. */
export type SealedRow = {
  readonly event: EventId;
  /** The coarse family that the header shows. */
  readonly family: string;
  readonly header: Digest;
  /** The whole container, wraps included. */
  readonly container: Uint8Array;
  readonly keys: readonly HeldKey[];
  /** To how many agencies, the author's own not counted, it is addressed. */
  readonly addressees: number;
};

/** An officer's command, remembered so that its repetition is answered and not carried out again. */
export type CommandKey = {
  readonly officer: OfficerId;
  readonly key: string;
  /** Digest of the whole request: the same key with another request is refused. */
  readonly request: Digest;
  /** What was answered, JSON-compatible. */
  readonly response: unknown;
};

/** What a command decided, encrypted but not yet signed. */
export type CommitPlan = {
  readonly chain: ChainId;
  readonly exchange: ExchangeId;
  /** `ExchangeHistory.version` of the history that was decided upon. */
  readonly decidedUpon: bigint;
  readonly at: Instant;
  /** The decided events, in the order in which `finish` returns their envelopes. */
  readonly entries: readonly PendingEntry[];
  readonly command?: CommandKey;
  /** To-sign rows that these events carry out. */
  readonly resolves?: readonly bigint[];
  /**
   * Signs, under the chain's lock, one envelope for each entry, numbered from `head.next` on. Everything that does not
   * need the number was done before. It must not touch the database: the lock is held meanwhile.
   */
  readonly finish: (head: ChainHead) => Promise<readonly SealedRow[]>;
};

/** What became of a plan that was not refused. */
export type Committed =
  | { readonly outcome: 'committed'; readonly first: bigint; readonly head: ChainHead }
  /** The command was carried out before; `response` is what was answered then. */
  | { readonly outcome: 'repeated'; readonly response: unknown };

export type CommitRefusal = Refusal<
  /** The exchange is no longer the one decided upon: fold and decide again. */
  | 'exchange-moved'
  /** The officer used this key for another request. */
  | 'command-key-reused'
  /** Somebody else has carried out one of the to-sign rows. */
  | 'already-signed'
  /** Nobody opened this chain with `openChain`. */
  | 'chain-unknown'
  /** The chain was given up after a restore. */
  | 'chain-retired'
>;

/** An envelope to be relayed. */
export type Unsent = {
  readonly seq: bigint;
  readonly event: EventId;
  readonly header: Digest;
  readonly container: Uint8Array;
};

/** How far an envelope has come. Each stage includes those before it. */
export type SubmissionStage = 'sealed' | 'sent' | 'recorded' | 'delivered' | 'opened';

/** Whom the rules let have something of an event, and by which leaf it has signed that it came, with what. */
export type DeliveredTo = {
  readonly agency: AgencyId;
  readonly proven?: Leaf;
  readonly countersignature?: Digest;
};

/** The way of one envelope to its readers, without content. */
export type SubmissionRow = {
  readonly event: EventId;
  readonly chain: ChainId;
  readonly seq: bigint;
  readonly exchange: ExchangeId;
  readonly item?: ItemId;
  readonly family: string;
  readonly officer?: OfficerId;
  readonly stage: SubmissionStage;
  readonly header: Digest;
  readonly addressees: number;
  readonly sealedAt: Instant;
  readonly sentAt?: Instant;
  readonly leaf?: Leaf;
  /** Agencies whose mailboxes were given it. */
  readonly deliveredTo: number;
  /** Whom the rules let have something of it, by name, and the leaf by which each has signed that it came, where it has. */
  readonly deliveries: readonly DeliveredTo[];
  /** Agencies that have answered with a signed receipt. */
  readonly openedBy: readonly AgencyId[];
  /** Why the hub would not have it, recorded it as rejected, or denied recipients: codes. Before the leaf: it was taken back. */
  readonly refusals: readonly string[];
};

/** A signed void that takes a number of the chain in place of the envelope that was refused. */
export type SealedVoid = { readonly header: Digest; readonly container: Uint8Array };

/** An envelope that the hub refused for good, to be taken back with all that was signed after it. */
export type Withdrawal = {
  readonly chain: ChainId;
  readonly seq: bigint;
  /** Header of the refused envelope: another one at its number is left alone. */
  readonly header: Digest;
  /** The hub's code. */
  readonly code: string;
  /** The to-sign row by which the refusal was told. */
  readonly resolves: bigint;
  /** What the agency itself had to say with the refused envelope is asked for again. */
  readonly again: boolean;
  /** What was refused may be a void: the key that signed it is good no more. */
  readonly evenVoids?: boolean;
  /** Signs, under the chain's lock, `count` voids numbered from `from.next` on. It must not touch the database. */
  readonly finish: (from: ChainHead, count: number) => Promise<readonly SealedVoid[]>;
};

/** How many envelopes were taken back; `unchanged` when the number is no longer held by that envelope. */
export type Withdrawn =
  { readonly outcome: 'withdrawn'; readonly count: number } | { readonly outcome: 'unchanged' };

/** What a delivery says of an envelope of our own. Facts accumulate; repeating one changes nothing. */
export type SubmissionProgress = {
  readonly event: EventId;
  readonly leaf?: Leaf;
  /** The header that the leaf stands for. */
  readonly header?: Digest;
  readonly deliveredTo?: number;
  /** Those, by name. */
  readonly named?: readonly AgencyId[];
  readonly openedBy?: AgencyId;
  readonly refusal?: string;
  /** The log recorded it as rejected: its pending journal entry is withdrawn. */
  readonly rejected?: true;
};

/** A command's remembered answer. */
export type Remembered = { readonly request: Digest; readonly response: unknown };

/**
 * What an agency has sealed and the log has not yet returned. Everything is durable when its call resolves.
 * @throws {HubError} `store-away` (retriable), `disk-full` (retriable), from every method
 */
export abstract class Outbox {
  /** Begins a chain at number 0, or answers the head of a chain that is open already. */
  abstract openChain(chain: ChainId): Promise<ChainHead>;
  /** The chain's head, undefined when this database does not know the chain. For comparison with the hub's signed head. */
  abstract head(chain: ChainId): Promise<ChainHead | undefined>;
  /** The chain in use: the newest that was opened and not retired. */
  abstract currentChain(): Promise<ChainHead | undefined>;
  /** Gives a chain up: the database was restored from a backup and the hub has seen later numbers. `commit` refuses it from now on. */
  abstract retireChain(chain: ChainId): Promise<void>;

  /**
   * One transaction: lock the exchange, check that it is still at `decidedUpon`, lock the chain, call `finish`, keep the
   * envelopes, the pending journal entries, the command's answer and the resolved to-sign rows, advance the head.
   * All or nothing. Of two plans decided upon the same version of an exchange exactly one is committed.
   * When the answer is lost, repeating the command with its key answers `repeated`.
   */
  abstract commit(plan: CommitPlan): Promise<Committed | CommitRefusal>;

  /** The answer given to a command before, for a quick repetition ahead of deciding. */
  abstract remembered(officer: OfficerId, key: string): Promise<Remembered | undefined>;

  /** At most `limit` envelopes numbered above `after` (-1n: from the first) that have not been recorded, in order. */
  abstract unsent(chain: ChainId, after: bigint, limit: number): Promise<readonly Unsent[]>;
  /** Notes that the bus has taken the envelopes up to and including `seq`. Never moves back. */
  abstract sent(chain: ChainId, seq: bigint, at: Instant): Promise<void>;
  /** Waits until `commit` has put something into the outbox after this call, or `signal` aborts; may resolve without cause. */
  abstract waiting(signal: AbortSignal): Promise<void>;

  /**
   * One transaction: the refused envelope and every later one of its chain, whose headers name it as predecessor, become voids
   * with the same numbers. Containers, wraps and session keys are deleted, pending journal entries withdrawn, exchanges
   * raised; each submission shows why in `refusals` (the later ones `follows-refused`) and is unsent again; a finding
   * tells people; what the agency had to say without an officer is asked for again; the to-sign row is closed.
   * All or nothing. Once it has resolved, repeating it answers `unchanged`: so does an envelope that was recorded,
   * or is a void already. Nothing but the caller's to-sign row is closed then.
   * @throws {HubError} `chain-busy`, retriable, when new commands keep coming in between
   */
  abstract withdraw(withdrawal: Withdrawal): Promise<Withdrawn>;

  /** The keys of an envelope whose leaf has not come back; empty afterwards. */
  abstract heldKeys(event: EventId): Promise<readonly HeldKey[]>;
  /**
   * The leaf came back: container, wraps and session keys are deleted in the same transaction. The journal's `append`
   * does this too; this call is for a leaf that comes by another way. Repeating it changes nothing.
   */
  abstract recorded(progress: readonly SubmissionProgress[]): Promise<void>;

  abstract submission(event: EventId): Promise<SubmissionRow | undefined>;
  /** How many envelopes have no leaf yet, and since when the oldest has been waiting: for whoever watches over the node. */
  abstract unrecorded(): Promise<{ readonly count: number; readonly oldest: Instant | undefined }>;
}

/** A wrap of ours that lets us open a compartment again, or grant it later. */
export type KeptWrap = {
  readonly descriptor: Digest;
  readonly event: EventId;
  readonly compartment: string;
  /** Fingerprint of the encryption subkey that it was made to. */
  readonly subkey: Fingerprint;
  readonly wrap: Uint8Array;
};
