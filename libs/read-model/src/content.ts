import { type Compartment, type EntityKind } from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { type CourtFile, type EventHandedOver, type HandedOver } from './court-files.js';
import { type JournalEntry } from './entry.js';
import { type Retained } from './journal.js';
import { type Page, type PageRequest } from './page.js';
import { type TimelineRow } from './views.js';

/** An event with what it says: its core and the other parts that this agency could open. */
export type TimelineContent = TimelineRow & {
  readonly core: unknown;
  /** By compartment name. */
  readonly parts: Readonly<Record<string, unknown>>;
};

/** A person, vehicle, document, location or organisation that an event named. */
export type EntityRow = {
  /** Stable: made of the event, the compartment and the place in it. */
  readonly id: string;
  readonly kind: EntityKind;
  readonly exchange: ExchangeId;
  readonly item?: ItemId;
  readonly event: EventId;
  readonly compartment: string;
  readonly issuer: AgencyId;
  /** Every spelling under which a search finds it. */
  readonly labels: readonly string[];
  /** As it stood in the event. */
  readonly value: unknown;
};

/** Parts of an event that their provider lets somebody use in judicial proceedings, until some time of the log's. */
export type Permission = {
  /** Under which it was asked for. */
  readonly item: ItemId;
  readonly provider: AgencyId;
  readonly event: EventId;
  readonly compartments: readonly Compartment[];
  readonly until: Instant;
};

/** What is looked for: a name, or a plate or other number. */
export type SearchQuery = {
  readonly text: string;
  readonly as: 'name' | 'number';
  readonly kind?: EntityKind;
  readonly exchange?: ExchangeId;
};

/** Something found, the nearest first. */
export type SearchHit = {
  readonly entity: EntityRow;
  /** The label that matched, as it was written. */
  readonly matched: string;
  /** The spelling of the label, folded to Latin, that the query came nearest to. */
  readonly spelling: string;
  /** Edits between them: 0 is another spelling of the same. */
  readonly distance: 0 | 1;
};

/**
 * Everything that shows what was said. An instance lives inside one `Reads.release` and is refused afterwards.
 */
export abstract class Content {
  /** The item's events with their content, the oldest first; empty for an item that this agency does not hold. */
  abstract item(item: ItemId): Promise<readonly TimelineContent[]>;
  abstract event(event: EventId): Promise<TimelineContent | undefined>;
  abstract timeline(exchange: ExchangeId, page: PageRequest): Promise<Page<TimelineContent>>;
  abstract entities(
    filter: { readonly exchange?: ExchangeId; readonly item?: ItemId; readonly kind?: EntityKind },
    page: PageRequest,
  ): Promise<Page<EntityRow>>;
  /** Names across Cyrillic, Greek, Turkish and Latin spellings, numbers across look-alike letters; one edit apart at most. */
  abstract search(query: SearchQuery, page: PageRequest): Promise<Page<SearchHit>>;

  /** What a legal hold keeps of an event that was to go. */
  abstract retained(event: EventId): Promise<readonly Retained[]>;

  /** Everything that came of an item's events, as it came, the oldest first; of one that a grant handed on, nothing came at its own leaf. */
  abstract handedOver(item: ItemId): Promise<readonly EventHandedOver[]>;
  /** The registry's statements as they came, in log order; undefined for one that was not kept as it came. */
  abstract statements(): Promise<readonly (HandedOver | undefined)[]>;
  /** The newest line under a quorum by which the log says how much there is of the registry; undefined before there is one. */
  abstract completeRegistry(): Promise<HandedOver | undefined>;
  /** The events in which this agency was given these compartments. */
  abstract sources(descriptors: readonly Digest[]): Promise<readonly JournalEntry[]>;
  /** What the providers of these events have permitted this agency to use in judicial proceedings, and not taken back. */
  abstract permitted(agency: AgencyId, events: readonly EventId[]): Promise<readonly Permission[]>;
  /** The items under which something of these events was granted to this agency, whatever became of it. */
  abstract grantedIn(agency: AgencyId, events: readonly EventId[]): Promise<readonly ItemId[]>;
  /** Which of these events custodians were ordered to disclose to this agency. */
  abstract disclosedIn(agency: AgencyId, events: readonly EventId[]): Promise<readonly EventId[]>;
  /** Puts a disclosure on record, with the read and what it returns or not at all. */
  abstract disclose(file: CourtFile): Promise<void>;
}
