import { type Compartment, type EventFacts, type Marking, type Recorded } from '@tripoint/domain';
import { type Digest, type ExchangeId } from '@tripoint/kernel';
import { type Leaf } from './leaf.js';

/** A compartment of an event that this agency could open. */
export type HeldDescriptor = {
  readonly compartment: Compartment;
  /** What `derivedFrom` names when the content is passed on. */
  readonly descriptor: Digest;
  readonly marking: Marking;
  /** Of which class it is, by which the rules say how long it is kept; absent where a version before kept it. */
  readonly retention?: string;
};

/** An event that this agency has decided and the log has not returned yet. JSON-compatible throughout. */
export type PendingEntry = {
  readonly exchange: ExchangeId;
  /** Without a leaf. */
  readonly recorded: Recorded;
  /** What the hub was told, as the descriptors that this agency may see say it. */
  readonly facts: EventFacts;
  /** In the order of their compartments' list; empty while the event is pending, if the author wishes. */
  readonly descriptors: readonly HeldDescriptor[];
};

/** An event that the log has recorded, as far as this agency could open it. */
export type RecordedEntry = PendingEntry & {
  readonly recorded: Recorded & { readonly leaf: Leaf };
};

/** An entry of the journal; pending while `recorded.leaf` is absent. */
export type JournalEntry = PendingEntry;
