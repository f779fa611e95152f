import { type Compartment, type Marking } from '@tripoint/domain';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type ItemId,
  type Refusal,
} from '@tripoint/kernel';
import { type JournalEntry, type PendingEntry, type RecordedEntry } from './entry.js';
import { type Leaf } from './leaf.js';
import { type KeptWrap, type SubmissionProgress } from './outbox.js';
import { type SignedTree } from './witnessed.js';

/** Everything this agency holds of an exchange: recorded entries by leaf index, then pending ones in the order decided. */
export type ExchangeHistory = {
  /** 0n for an exchange this agency knows nothing of; raised by everything that is added, recorded or pending. */
  readonly version: bigint;
  readonly entries: readonly JournalEntry[];
};

/** Something that only the holder of the signing key can say, asked for by the projector. */
export type NewToSign = {
  /** What makes it the same wish when it is repeated, such as `receive:<item>`. */
  readonly key: string;
  /** What is to be done, such as `receipt`. */
  readonly kind: string;
  readonly exchange?: ExchangeId;
  readonly item?: ItemId;
  /** JSON-compatible. */
  readonly body: unknown;
};

export type ToSign = NewToSign & { readonly id: bigint; readonly since: Instant };

export type NewFinding = {
  readonly code: string;
  /** Never case content. */
  readonly detail: string;
  readonly event?: EventId;
  readonly leaf?: number;
};

/** Compartments of an event that this agency is to hold no longer. */
export type Purge = {
  readonly event: EventId;
  readonly compartments: readonly Compartment[];
  /** Of these compartments: by them is known what of it has gone out to a court. */
  readonly descriptors: readonly Digest[];
  /** No quorum of witnesses is known to have seen its leaf: it is read no more, and deleted when one has (`letGo`). */
  readonly unwitnessed?: true;
  /** By the clock of this agency it is not over before this: until then it stays as it is (`ripen`). */
  readonly notBefore?: Instant;
  /** Everybody forgets it: that is so once, whether it is held or came without it. */
  readonly everywhere?: true;
  /** What was kept as it came, by the number of its line, and what is left of it. */
  readonly evidence?: readonly Evidence[];
  /**
   * What is to be said once it is gone. Where a copy stays it is said with the reasons as `kept` in its body, and said as it is
   * when none stays any more.
   */
  readonly answer?: NewToSign;
};

/** What is read no more, and stays until the leaf that says so is under a quorum. */
export type SealedOff = Purge & { readonly key: string; readonly leaf: number };

/** What stays of a part that was to go, because of a legal hold: in no view, and found by no search. */
export type Retained = {
  readonly event: EventId;
  readonly compartment: Compartment;
  readonly descriptor: Digest;
  readonly marking: Marking;
  readonly content: unknown;
};

/** A line as it came, without wraps. */
export type Evidence = { readonly number: bigint; readonly bytes: Uint8Array };

/** What everybody is to forget, as a line tells it. */
export type NewErasure = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly event: EventId;
  readonly descriptors: readonly Digest[];
  /** Who said it. */
  readonly originator: AgencyId;
  /** Who ordered it; nobody, where its time to be kept is over. */
  readonly by?: AgencyId;
  readonly ground: string;
  /** By when it is to be gone everywhere, in the log's time. */
  readonly until: Instant;
};

/** What was ordered to be disclosed of what we said, as the log tells who said it: by whom, to whom, on what ground. */
export type ToldDisclosure = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly event: EventId;
  readonly by: AgencyId;
  readonly beneficiary: AgencyId;
  readonly compartments: readonly string[];
  /** Absent where the order states none. */
  readonly ground?: string;
  readonly emergency: boolean;
  /** When it ends by itself, in the log's time. */
  readonly until: Instant;
};

/** What oversight thinks of an emergency, by the item of the order. */
export type ReviewedDisclosure = {
  readonly item: ItemId;
  readonly outcome: string;
  readonly by: AgencyId;
};

/** What the log says became of an erasure. */
export type ErasureStands = {
  readonly item: ItemId;
  /** Who had not said in time that it is gone. */
  readonly overdue?: AgencyId;
  /** Since when everybody has. */
  readonly completedAt?: Instant;
};

/** What an agency said, from a leaf to another, both included. */
export type Doubted = {
  readonly agency: AgencyId;
  readonly from: number;
  readonly through: number;
};

export type NewRegistryEntry = {
  readonly kind: 'registry' | 'policy';
  readonly bytes: Uint8Array;
  readonly digest: Digest;
};

/** One mailbox entry, verified and opened: everything that follows from it. */
export type Delivery = {
  /** Counts from 0n within the mailbox. */
  readonly number: bigint;
  /** Digest of this mailbox entry; the next one names it as its previous. */
  readonly digest: Digest;
  /** The previous entry's digest as this entry names it; 64 zeros for number 0. */
  readonly previous: Digest;
  /** The leaf that it came with. */
  readonly leaf: Leaf;
  readonly at: Instant;
  /** The event, when this entry carries one that could be opened; a late grant's leaf may lie before others'. */
  readonly entry?: RecordedEntry;
  /** What this entry hands on to us, of an earlier leaf. */
  readonly granted?: RecordedEntry;
  /** The time of what this agency granted, or ordered to be disclosed, is over, as the log says. */
  readonly ended?: {
    readonly exchange: ExchangeId;
    readonly item: ItemId;
    readonly by: AgencyId;
    readonly due: Instant;
  };
  readonly erasure?: NewErasure;
  readonly erasureStands?: ErasureStands;
  readonly told?: ToldDisclosure;
  readonly reviewed?: ReviewedDisclosure;
  /** Its leaf says what the mailbox ends with, and so it does: nothing from before it is missing. */
  readonly isWhole?: true;
  /** What is to be forgotten with it. */
  readonly purges?: readonly Purge[];
  readonly wraps?: readonly KeptWrap[];
  /** What it entrusts this agency with as a custodian; no officer reads it. */
  readonly shares?: readonly KeptShare[];
  readonly toSign?: readonly NewToSign[];
  readonly registry?: NewRegistryEntry;
  /** What it puts in doubt of that which was taken before it: a finding for each event, `word-in-doubt`. */
  readonly doubted?: readonly Doubted[];
  /** Grants and orders to disclose that are over with it, by their items: what they rest on is in doubt, and nobody says so of each. */
  readonly overByDoubt?: readonly ItemId[];
  /** What it takes out of doubt: these findings are settled. */
  readonly attested?: readonly Doubted[];
  readonly findings?: readonly NewFinding[];
  /** What it says of our own envelopes; a leaf resolves the pending entry and empties the outbox row. */
  readonly progress?: readonly SubmissionProgress[];
  /** The leaf stands for this number of a chain of our own, without content: a void. Its outbox row is resolved. */
  readonly consumed?: Consumed;
  /** Another agency has signed that it was handed everything of ours that it was owed before a leaf. */
  readonly proven?: ProvenDelivery;
  /** What it hands over is wrapped to this subkey, whose key we do not have yet: it is taken unopened, and owed. */
  readonly unopened?: Fingerprint;
  /** The checkpoint that its leaf was proved to be under; kept until a cosigned one is shown to continue it. */
  readonly checkpoint?: SignedTree;
  /** What came, as it came but without wraps: kept beside the checkpoint, so that it can be shown to others. */
  readonly evidence?: Uint8Array;
};

/**
 * A share of keys to what another said, as it came, sealed: this agency keeps it as a custodian, or was handed it by one, together
 * with what it is the key of.
 */
export type KeptShare = {
  /** Of the compartment that the share came in. */
  readonly descriptor: Digest;
  readonly event: EventId;
  readonly compartment: string;
  /** Its part of the envelope. Only who holds the decryption key can open it, by the wrap that is kept apart. */
  readonly part: Uint8Array;
  /** The descriptors that it is a share of the keys of; unknown of what was kept before that was written down. */
  readonly opens?: readonly Digest[];
};

/** A mailbox entry that was taken without being opened, because the key was not there. */
export type Unopened = {
  readonly number: bigint;
  /** Digest of the mailbox entry: only the same one settles it. */
  readonly digest: Digest;
  /** The encryption subkey that it is wrapped to. */
  readonly subkey: Fingerprint;
};

/** An agency has signed that it was handed whatever the log owed it from leaves below `through`; the log says so at `leaf`. */
export type ProvenDelivery = {
  readonly agency: AgencyId;
  readonly through: number;
  readonly leaf: Leaf;
  /** Of what it has signed. */
  readonly countersignature: Digest;
};

/** A number of our own chain that the log knows to be taken, by what header. */
export type Consumed = { readonly chain: ChainId; readonly seq: bigint; readonly header: Digest };

/** An event of our own, and the header that its leaf stands for. */
export type SealedAs = { readonly event: EventId; readonly header: Digest };

/** How far the mailbox has been taken. */
export type MailboxPosition = {
  /** The number that is wanted next. */
  readonly next: bigint;
  /** Digest of the newest entry taken, 64 zeros before the first. */
  readonly digest: Digest;
  /** The newest leaf seen, absent before the first. */
  readonly leaf?: Leaf;
  /** The newest leaf of which the log has said that everything from before it was handed over. */
  readonly heads?: Leaf;
};

export type Appended = {
  readonly position: MailboxPosition;
  /** How many were new; the others had been taken before. */
  readonly applied: number;
};

export type AppendRefusal = Refusal<
  /** An entry is missing: ask the hub to resume from `MailboxPosition.next`. */
  | 'mailbox-gap'
  /** The entry does not name the one that was taken before it. */
  | 'mailbox-fork'
>;

/**
 * What an agency knows, in log order, and everything that is derived from it.
 * @throws {HubError} `store-away` (retriable), `disk-full` (retriable), from every method
 */
export abstract class Journal {
  /** Everything held of the exchange, from one consistent moment. */
  abstract history(exchange: ExchangeId): Promise<ExchangeHistory>;
  /** The item's `ItemRow.version` at this moment. Whatever changes it raises the version of the exchange too. */
  abstract itemVersion(item: ItemId): Promise<string>;
  /** The exchange that `item` belongs to, undefined when this agency does not hold it, pending included. */
  abstract exchangeOf(item: ItemId): Promise<ExchangeId | undefined>;
  /** One entry, recorded or pending. */
  abstract entry(event: EventId): Promise<JournalEntry | undefined>;

  /** The pending entries among these of our own events, as far as they were sealed with just these headers. */
  abstract pending(sealed: readonly SealedAs[]): Promise<readonly PendingEntry[]>;

  abstract position(): Promise<MailboxPosition>;
  /**
   * One transaction: journal rows, the views folded from them, kept wraps, to-sign rows, registry entries, findings,
   * resolved pending entries, and the mailbox's position. `deliveries` ascend by number without gaps; those taken before are
   * ignored by their number. Excepted is one that was taken unopened and comes again opened: everything that follows from it is
   * kept, it is owed no longer, and the findings that named its number are resolved.
   * When an entry's leaf lies before others of its exchange, the exchange is folded again.
   * What is purged loses its content, its wraps and everything under which it was found; that it happened stays.
   * An event that is held already gains what the new entry could open and keeps what it had.
   * Nothing is kept when it is refused or throws.
   */
  abstract append(deliveries: readonly Delivery[]): Promise<Appended | AppendRefusal>;

  /**
   * One transaction: whatever was not to go before this moment is sealed off from now on, as if its leaf had just come; answers whether
   * there was any. Repeating it changes nothing.
   */
  abstract ripen(moment: Instant): Promise<boolean>;
  /** What is sealed off because of leaves below `size`: at most `limit`, the first first. */
  abstract sealedOff(size: number, limit: number): Promise<readonly SealedOff[]>;
  /** By which leaf each of these was ordered to be forgotten everywhere, as far as it was: the first. */
  abstract erasedAt(descriptors: readonly Digest[]): Promise<ReadonlyMap<Digest, number>>;
  /**
   * The first line of the mailbox of those with which keys came to what is to be forgotten; undefined where nothing is, or nothing is
   * kept of how it came.
   */
  abstract erasedFrom(): Promise<bigint | undefined>;
  /** By which leaves something has been sealed off for longer than so many seconds, the first first. */
  abstract sealedOffFor(seconds: number): Promise<readonly number[]>;
  /** One transaction: makes go what was sealed off, like what is purged, and has it said. Repeating it changes nothing. */
  abstract letGo(orders: readonly SealedOff[]): Promise<void>;
  /** One transaction: puts back what leaves of this tree had sealed off, because it was shown not to be the log's. */
  abstract giveBack(tree: SignedTree): Promise<void>;

  /** What was kept, as it came, of the lines with these events, or with a grant of them. */
  abstract evidenceOf(events: readonly EventId[]): Promise<readonly Evidence[]>;

  /** What was taken unopened and has not come again opened, by number. */
  abstract unopened(): Promise<readonly Unopened[]>;

  /**
   * Keeps what came beside the mailbox, without a number: an answer of the hub for the holder of the signing key, or
   * something for people to look into. One transaction; a to-sign row whose key is known, open or done, is not added again.
   * Findings with the codes in `resolved` are settled.
   */
  abstract aside(news: {
    readonly toSign?: readonly NewToSign[];
    readonly findings?: readonly NewFinding[];
    readonly resolved?: readonly string[];
  }): Promise<void>;

  /** Open to-sign rows in the order asked for, after `after` (0n: all). */
  abstract toSign(after: bigint, limit: number): Promise<readonly ToSign[]>;
  /** Closes a to-sign row that has become pointless (it was decided that nothing is to be said). Repeating it changes nothing. */
  abstract dropToSign(id: bigint): Promise<void>;
  /**
   * Keys that were made for somebody, wait for no signature any more and were never handed over by `agency`, which this is: grants
   * and shares, the newest row of each item.
   */
  abstract madeInVain(agency: AgencyId): Promise<readonly ToSign[]>;
  /** Waits until a to-sign row has been added after this call, or `signal` aborts; may resolve without cause. */
  abstract waitingToSign(signal: AbortSignal): Promise<void>;

  /** The events in which this agency was given a key to these compartments, by their descriptors. */
  abstract givenIn(
    descriptors: readonly Digest[],
  ): Promise<readonly { readonly descriptor: Digest; readonly event: EventId }[]>;
  /** This agency's own wraps for these descriptors: for whoever may open them. */
  abstract wraps(descriptors: readonly Digest[]): Promise<readonly KeptWrap[]>;

  /** The shares that this agency keeps of an event's keys: what it is entrusted with, or was handed by others. */
  abstract shares(event: EventId): Promise<readonly KeptShare[]>;

  /** Grants that `provider` has made and this agency has heard of, whatever became of them. */
  abstract grantsBy(provider: AgencyId): Promise<readonly JournalEntry[]>;
  /** Orders to disclose that `issuer` has given and this agency has heard of, whatever became of them. */
  abstract ordersBy(issuer: AgencyId): Promise<readonly JournalEntry[]>;

  /** Orders to forget something of an event that have come, whether it was held then or not. */
  abstract erasuresOf(event: EventId): Promise<readonly (NewErasure & { readonly leaf: Leaf })[]>;

  /** Folds the journal again if the views were made by another version of the folding: `FOLDING`. One transaction. */
  abstract foldAnew(): Promise<void>;
  /** Drops every view and folds the journal again, in one transaction. Afterwards `viewsDigest` is what it was. */
  abstract rebuild(): Promise<void>;
  /** A digest over every row of every derived table, equal for equal contents. */
  abstract viewsDigest(): Promise<Digest>;
}
