import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type HandedOver } from './court-files.js';
import { type HeldDescriptor } from './entry.js';
import { type ToldDisclosure } from './journal.js';
import { type Leaf } from './leaf.js';
import { type Page, type PageRequest } from './page.js';
import { type DeliveredTo, type SubmissionRow, type SubmissionStage } from './outbox.js';

/** Which kind of workflow item. */
export type ItemKind =
  'request' | 'contribution' | 'referral' | 'release' | 'recall' | 'disclosure' | 'hold';

/** An exchange as far as this agency may know it. */
export type ExchangeRow = {
  readonly exchange: ExchangeId;
  /** Who opened it; unknown to an agency that came later and was not told. */
  readonly owner?: AgencyId;
  /** The agencies that appear in what this agency holds, sorted. */
  readonly known: readonly AgencyId[];
  readonly items: number;
  /** Items that still wait for somebody. */
  readonly open: number;
  readonly first: Leaf;
  readonly newest: Leaf;
  /** Raised by every line that is about it. */
  readonly version: bigint;
};

/**
 * What names a state of an item: how often the log has moved it, and what this agency has sealed about it that the log has not
 * recorded yet. What is on its way changes it, so that nobody decides on what a colleague has just decided; what was taken back
 * gives the one from before, and the next one is another, because the id of the newest is in it.
 */
export const itemVersion = (recorded: bigint, onItsWay: number, newest: string | null): string =>
  newest === null ? `${recorded}` : `${recorded}-${onItsWay}-${newest.slice(0, 8)}`;

/** What every item shows without its content. */
export type ItemRow = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly from: AgencyId;
  readonly to: AgencyId;
  readonly status: string;
  /** Whether somebody still has to act. */
  readonly open: boolean;
  readonly first: Leaf;
  readonly newest: Leaf;
  /** How many events of this agency about it are sealed and not recorded yet; the rest of the row does not show them. */
  readonly onItsWay: number;
  /** See `itemVersion`: another one after every change, recorded or on its way; the row's ETag. */
  readonly version: string;
};

/** The legal clock of a request, in leaf time. */
export type ClockRow = {
  /** Absent until the receipt is recorded; until then `dueAt` counts from the issue plus the agreed grace. */
  readonly receivedAt?: Instant;
  /** Already moved by what the clock stood still; absent while it is suspended. */
  readonly dueAt?: Instant;
  /** Since when the clock stands still. */
  readonly suspendedAt?: Instant;
  readonly settledAt?: Instant;
  /** Settled after `dueAt`, by this much: provable, since both ends are leaf times. */
  readonly lateBySeconds?: number;
};

export type RequestRow = ItemRow &
  ClockRow & {
    readonly urgency: string;
    readonly access?: string;
    /** Unsettled and past `dueAt` at the time the query names. */
    readonly overdue: boolean;
  };

export type ContributionRow = ItemRow;

export type ReferralRow = ItemRow;

/** What a provider is asked to let go to one more agency, and until when. */
export type ReleaseRow = ItemRow & {
  readonly provider: AgencyId;
  readonly grantee: AgencyId;
  /** The event that the compartments are of. */
  readonly event: EventId;
  readonly compartments: readonly string[];
  readonly until?: Instant;
  readonly purgedAt?: Instant;
  /** Why a copy of the grantee's stays although the grant is over. */
  readonly kept?: readonly string[];
};

/** What whoever said it takes back from one holder. */
export type RecallRow = ItemRow & {
  /** The event that the compartments are of. */
  readonly event: EventId;
  readonly compartments: readonly string[];
  /** By when the copy is to be gone, in leaf time. */
  readonly until: Instant;
  readonly purgedAt?: Instant;
  /** Why a copy stays, as long as one does. */
  readonly kept?: readonly string[];
  /** Not answered for by then, as of the time that the query names, or gone later: provable, since both are leaf times. */
  readonly defaulted: boolean;
};

/** What custodians are ordered to disclose to one agency, as far as this agency knows. */
export type DisclosureRow = ItemRow & {
  /** The event that the compartments are of. */
  readonly event: EventId;
  readonly compartments: readonly string[];
  readonly ground: string;
  readonly emergency: boolean;
  /** When it ends by itself, in leaf time. */
  readonly until: Instant;
  /** Custodians of whom is known that they handed over their share, or will not. */
  readonly released: readonly AgencyId[];
  readonly declined: readonly AgencyId[];
  /** The exchange in which it was said, once any of it is held here: where what was disclosed is read. */
  readonly saidIn?: ExchangeId;
  readonly purgedAt?: Instant;
  /** Whether its time is over, as of the time that the query names. */
  readonly expired: boolean;
  readonly review?: ReviewRow;
};

/** What oversight thinks of an emergency that somebody invoked. */
export type ReviewRow = {
  readonly outcome: string;
  readonly by: AgencyId;
  readonly leaf: Leaf;
};

/** What was ordered to be disclosed of what this agency said: it was not asked, and is told. */
export type ToldDisclosureRow = ToldDisclosure & {
  readonly leaf: Leaf;
  readonly review?: ReviewRow;
};

/** What this agency must not delete yet. */
export type HoldRow = ItemRow & {
  /** The event that the compartments are of. */
  readonly event: EventId;
  readonly compartments: readonly string[];
  readonly ground: string;
  /** When it ends by itself, in leaf time. */
  readonly until: Instant;
  readonly liftedAt?: Instant;
  /** Whether it ended by itself, as of the time that the query names. */
  readonly expired: boolean;
};

/** What a node says that it has emptied. */
export type PurgeClaim = {
  readonly agency: AgencyId;
  readonly at: Instant;
  readonly stores: readonly string[];
  /** When its last backup that holds it is deleted. */
  readonly backupsUntil: Instant;
  /** Why a copy stays all the same, where one does. */
  readonly kept?: readonly string[];
};

/** What everybody is to forget. */
export type ErasureRow = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly event: EventId;
  /** The item in which it was said; absent where nothing of that event ever came here. */
  readonly saidIn?: ItemId;
  readonly descriptors: readonly Digest[];
  readonly originator: AgencyId;
  /** Who ordered it; nobody, where its time to be kept is over. */
  readonly by?: AgencyId;
  readonly ground: string;
  readonly until: Instant;
  readonly leaf: Leaf;
  /** An earlier one, where those before name all of it: nothing follows of this order. */
  readonly instead?: ItemId;
  /** Who had not said in time that it is gone, as far as this agency is told. */
  readonly overdue: readonly AgencyId[];
  readonly completedAt?: Instant;
  /** As far as this agency is told: all to who said it, its own to everybody else. In the order of their leaves. */
  readonly receipts: readonly PurgeClaim[];
};

export type ErasureFilter = { readonly exchange?: ExchangeId; readonly event?: EventId };

/** One event of a history, without content. */
export type TimelineRow = {
  readonly event: EventId;
  readonly exchange: ExchangeId;
  readonly item?: ItemId;
  readonly family: string;
  readonly type: string;
  readonly issuer: AgencyId;
  /** Known for this agency's own events only. */
  readonly officer?: OfficerId;
  readonly at: Instant;
  readonly leaf: Leaf;
  /** An earlier event had already decided what this one meant to. */
  readonly overtaken: boolean;
  /** Names of the compartments that this agency could open, sorted. */
  readonly compartments: readonly string[];
  /** Whether it was said with a key that may have been in other hands, as is known by now; a view says so, a fold leaves it out. */
  readonly doubted?: boolean;
  /** Of this agency's own events: to whom they were delivered; a view says so, a fold leaves it out. */
  readonly deliveries?: readonly DeliveredTo[];
  /** How each of them is marked; a view says so, a fold leaves it out. */
  readonly held?: readonly Pick<HeldDescriptor, 'compartment' | 'marking'>[];
};

/** Lines as they were handed over: of what was said, of every statement of the registry, and of who has signed that it came. */
export type DeliveryProof = {
  readonly said: HandedOver;
  readonly statements: readonly HandedOver[];
  readonly proofs: readonly HandedOver[];
};

/** What could not be opened or did not fit: for people to look into, never a crash. */
export type FindingRow = {
  readonly id: bigint;
  readonly code: string;
  /** Never case content. */
  readonly detail: string;
  readonly event?: EventId;
  readonly leaf?: number;
  readonly mailbox?: bigint;
  readonly at: Instant;
  /** Since when there is nothing to look into any more. */
  readonly resolvedAt?: Instant;
};

/** A registry or policy statement that the mailbox delivered, as signed bytes. */
export type RegistryRow = {
  readonly kind: 'registry' | 'policy';
  readonly leaf: Leaf;
  /** The statement with its signatures, exactly as delivered. */
  readonly bytes: Uint8Array;
  readonly digest: Digest;
};

export type ItemFilter = {
  readonly exchange?: ExchangeId;
  readonly from?: AgencyId;
  readonly to?: AgencyId;
  readonly status?: string;
  readonly open?: boolean;
};

export type RequestFilter = ItemFilter & { readonly overdue?: boolean; readonly urgency?: string };

export type SubmissionFilter = {
  readonly exchange?: ExchangeId;
  readonly item?: ItemId;
  readonly officer?: OfficerId;
  readonly stage?: SubmissionStage;
};

/**
 * The work lists: who asked whom, how it stands, by when. No free text, name, plate or other content is in them, so they
 * need no purpose; content comes from `Reads.release`. They show what the log has recorded, the newest first;
 * what is on its way is in the submissions.
 * @throws {HubError} `store-away` (retriable), from every method
 */
export abstract class Views {
  abstract exchanges(
    filter: { readonly with?: AgencyId; readonly open?: boolean },
    page: PageRequest,
  ): Promise<Page<ExchangeRow>>;
  abstract exchange(exchange: ExchangeId): Promise<ExchangeRow | undefined>;

  /** `now` decides what is overdue: pass the newest leaf time, or the clock when the log is silent. */
  abstract requests(
    filter: RequestFilter,
    now: Instant,
    page: PageRequest,
  ): Promise<Page<RequestRow>>;
  abstract request(item: ItemId, now: Instant): Promise<RequestRow | undefined>;
  abstract contributions(filter: ItemFilter, page: PageRequest): Promise<Page<ContributionRow>>;
  abstract contribution(item: ItemId): Promise<ContributionRow | undefined>;
  abstract referrals(filter: ItemFilter, page: PageRequest): Promise<Page<ReferralRow>>;
  abstract referral(item: ItemId): Promise<ReferralRow | undefined>;
  abstract releases(filter: ItemFilter, page: PageRequest): Promise<Page<ReleaseRow>>;
  abstract release(item: ItemId): Promise<ReleaseRow | undefined>;
  /** `now` decides who has defaulted, as for {@link requests}. */
  abstract recalls(filter: ItemFilter, now: Instant, page: PageRequest): Promise<Page<RecallRow>>;
  abstract recall(item: ItemId, now: Instant): Promise<RecallRow | undefined>;

  /** `now` decides which are over. */
  abstract disclosures(
    filter: ItemFilter,
    now: Instant,
    page: PageRequest,
  ): Promise<Page<DisclosureRow>>;
  abstract disclosure(item: ItemId, now: Instant): Promise<DisclosureRow | undefined>;
  /** What was ordered of this agency's own, the newest first. */
  abstract toldDisclosures(page: PageRequest): Promise<Page<ToldDisclosureRow>>;
  /** One of them, and whether this agency has said what it thinks of it, recorded or not. */
  abstract toldDisclosure(
    item: ItemId,
  ): Promise<(ToldDisclosureRow & { readonly reviewedHere: boolean }) | undefined>;
  abstract holds(filter: ItemFilter, now: Instant, page: PageRequest): Promise<Page<HoldRow>>;
  abstract hold(item: ItemId, now: Instant): Promise<HoldRow | undefined>;
  abstract erasures(filter: ErasureFilter, page: PageRequest): Promise<Page<ErasureRow>>;
  abstract erasure(item: ItemId): Promise<ErasureRow | undefined>;

  /** An exchange's events, the oldest first. */
  abstract timeline(exchange: ExchangeId, page: PageRequest): Promise<Page<TimelineRow>>;
  /**
   * An event as it was handed over, without its wraps, and how that hangs together with a cosigned checkpoint: what proves it. Of
   * several deliveries the first. Undefined for what came before this was kept.
   */
  abstract handedOver(event: EventId): Promise<HandedOver | undefined>;
  /** What shows somebody else to whom an event of our own was delivered; undefined where nothing is kept of it. */
  abstract deliveryProof(event: EventId): Promise<DeliveryProof | undefined>;
  abstract submissions(filter: SubmissionFilter, page: PageRequest): Promise<Page<SubmissionRow>>;
  abstract findings(page: PageRequest): Promise<Page<FindingRow>>;
  /** Registry and policy statements in log order, after leaf `after` (-1: all). */
  abstract registry(after: number, limit: number): Promise<readonly RegistryRow[]>;
}
