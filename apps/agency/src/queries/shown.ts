// Rows of the read models as this interface shows them: counts become decimal strings, leaves become two members.
import {
  type AnyEntityBody,
  type ContributionResponse,
  type DeliveryResponse,
  type DisclosureResponse,
  type ToldDisclosureResponse,
  type EntityResponse,
  type EventContentResponse,
  type ExchangeResponse,
  type FindingResponse,
  type HoldResponse,
  type ItemResponse,
  type ReadResponse,
  type ErasureResponse,
  type RecallResponse,
  type ReferralResponse,
  type ReleaseResponse,
  type RequestResponse,
  type SearchHitResponse,
  type SubmissionResponse,
  type TimelineEntryResponse,
} from '@tripoint/contracts';
import {
  type Access,
  type Compartment,
  type DisclosureGround,
  type ReviewOutcome,
  type EventType,
  type Family,
  type Grantable,
  type HoldGround,
  type KeptBecause,
  type Urgency,
  type PurgedStore,
} from '@tripoint/domain';
import { type AgencyId, type Instant } from '@tripoint/kernel';
import {
  type ContributionRow,
  type DeliveredTo,
  type DisclosureRow,
  type ReviewRow,
  type ToldDisclosureRow,
  type EntityRow,
  type ExchangeRow,
  type FindingRow,
  type HoldRow,
  type ItemRow,
  type ReadRow,
  type ErasureRow,
  type RecallRow,
  type ReferralRow,
  type ReleaseRow,
  type RequestRow,
  type SearchHit,
  type SubmissionRow,
  type TimelineContent,
  type TimelineRow,
  type Witnessed,
} from '@tripoint/read-model';

export const shownExchange = ({
  first,
  newest,
  version,
  known,
  ...row
}: ExchangeRow): ExchangeResponse => ({
  ...row,
  known: [...known],
  firstAt: first.time,
  newestAt: newest.time,
  newestLeaf: String(newest.index),
  version: String(version),
});

const shownItem = <Row extends ItemRow>({ first, newest, ...row }: Row) =>
  ({
    ...row,
    firstAt: first.time,
    newestAt: newest.time,
    newestLeaf: String(newest.index),
  }) satisfies ItemResponse;

export const shownRequest = ({ access, urgency, ...row }: RequestRow): RequestResponse => ({
  ...shownItem(row),
  urgency: urgency as Urgency,
  ...(access === undefined ? {} : { access: access as Access }),
});

export const shownContribution = (row: ContributionRow): ContributionResponse => shownItem(row);

export const shownReferral = (row: ReferralRow): ReferralResponse => shownItem(row);

/** As one agency is told of it: who said it hears of everybody, everybody else of itself. */
export const shownErasure =
  (self: AgencyId) =>
  ({
    leaf,
    receipts,
    ground,
    item,
    exchange,
    event,
    originator,
    ...row
  }: ErasureRow): ErasureResponse => {
    const { by, saidIn, instead, until, overdue, completedAt } = row;
    const own = receipts.findLast(({ agency }) => agency === self);
    const here = own === undefined ? 'ORDERED' : own.kept === undefined ? 'PURGED' : 'CANNOT_PURGE';
    const status = instead === undefined ? here : 'IN_VAIN';
    return {
      item,
      exchange,
      event,
      ...(saidIn === undefined ? {} : { saidIn }),
      originator,
      ...(by === undefined ? {} : { by }),
      ground: ground as ErasureResponse['ground'],
      until,
      leaf: String(leaf.index),
      orderedAt: leaf.time,
      status: completedAt === undefined ? status : 'ERASED',
      ...(instead === undefined ? {} : { instead }),
      ...(completedAt === undefined ? {} : { completedAt }),
      overdue: [...overdue],
      receipts: receipts.map(({ stores, kept, ...claim }) => ({
        ...claim,
        ...shownKept(kept),
        stores: [...stores] as PurgedStore[],
      })),
    };
  };

export const shownRecall = ({ compartments, kept, ...row }: RecallRow): RecallResponse => ({
  ...shownItem(row),
  compartments: [...compartments] as Grantable[],
  ...shownKept(kept),
});

const shownKept = (kept: readonly string[] | undefined): { kept?: KeptBecause[] } =>
  kept === undefined ? {} : { kept: [...kept] as KeptBecause[] };

export const shownDisclosure = ({
  compartments,
  ground,
  released,
  declined,
  review,
  ...row
}: DisclosureRow): DisclosureResponse => ({
  ...shownItem(row),
  compartments: [...compartments] as Grantable[],
  ground: ground as DisclosureGround,
  released: [...released],
  declined: [...declined],
  ...shownReview(review),
});

const shownReview = (review: ReviewRow | undefined): Pick<DisclosureResponse, 'review'> =>
  review === undefined
    ? {}
    : {
        review: {
          outcome: review.outcome as ReviewOutcome,
          by: review.by,
          leaf: `${review.leaf.index}`,
          at: review.leaf.time,
        },
      };

export const shownToldDisclosure = ({
  compartments,
  ground,
  leaf,
  review,
  ...row
}: ToldDisclosureRow): ToldDisclosureResponse => ({
  ...row,
  compartments: [...compartments] as Grantable[],
  ...(ground === undefined ? {} : { ground: ground as DisclosureGround }),
  leaf: `${leaf.index}`,
  at: leaf.time,
  ...shownReview(review),
});

export const shownHold = ({ compartments, ground, ...row }: HoldRow): HoldResponse => ({
  ...shownItem(row),
  compartments: [...compartments] as Grantable[],
  ground: ground as HoldGround,
});

/** As of `now`, in the log's time: who asked for it, or may use what it holds, is told by nobody that the time is over. */
export const shownRelease =
  (now: Instant) =>
  ({ compartments, kept, ...row }: ReleaseRow): ReleaseResponse => ({
    ...shownItem(row),
    compartments: [...compartments] as Grantable[],
    ...shownKept(kept),
    expired: row.until !== undefined && row.until <= now,
  });

const shownDelivery = ({ agency, proven, countersignature }: DeliveredTo): DeliveryResponse => ({
  agency,
  ...(proven && { leaf: String(proven.index), provenAt: proven.time }),
  ...(countersignature && { countersignature }),
});

const withoutContent = (
  {
    leaf,
    family,
    type,
    compartments,
    doubted = false,
    deliveries = [],
    held = [],
    ...row
  }: TimelineRow,
  witnessed: number,
) =>
  ({
    ...row,
    family: family as Family,
    type: type as EventType,
    leaf: String(leaf.index),
    recordedAt: leaf.time,
    verified: leaf.index < witnessed,
    doubted,
    deliveries: deliveries.map(shownDelivery),
    compartments: [...compartments] as Compartment[],
    markings: held.map(({ compartment, marking: { classification, handling } }) => ({
      compartment,
      classification,
      handling: [...handling],
    })),
  }) satisfies TimelineEntryResponse;

export const shownEvent = (row: TimelineRow, witnessed: number): TimelineEntryResponse =>
  withoutContent(row, witnessed);

export const shownContent = (
  { core, parts, ...row }: TimelineContent,
  witnessed: number,
): EventContentResponse => ({
  ...withoutContent(row, witnessed),
  core,
  parts,
});

export const shownEntity = ({
  id,
  kind,
  exchange,
  item,
  event,
  compartment,
  issuer,
  value,
}: EntityRow): EntityResponse => ({
  id,
  kind,
  exchange,
  ...(item === undefined ? {} : { item }),
  event,
  compartment: compartment as Compartment,
  issuer,
  value: value as AnyEntityBody,
});

export const shownHit = ({ entity, ...hit }: SearchHit): SearchHitResponse => ({
  entity: shownEntity(entity),
  ...hit,
});

export const shownSubmission = (
  { seq, leaf, family, openedBy, deliveries, refusals, ...row }: SubmissionRow,
  witnessed: number,
): SubmissionResponse => ({
  ...row,
  seq: String(seq),
  family: family as Family,
  ...(leaf === undefined ? {} : { leaf: String(leaf.index), recordedAt: leaf.time }),
  verified: leaf !== undefined && leaf.index < witnessed,
  deliveries: deliveries.map(shownDelivery),
  openedBy: [...openedBy],
  refusals: [...refusals],
});

export const shownFinding = ({
  id,
  code,
  detail,
  event,
  leaf,
  at,
  resolvedAt,
}: FindingRow): FindingResponse => ({
  id: String(id),
  code,
  detail,
  ...(event === undefined ? {} : { event }),
  ...(leaf === undefined ? {} : { leaf: String(leaf) }),
  ...(resolvedAt === undefined ? {} : { resolvedAt }),
  at,
});

export const shownRead = ({ number, fields, ...row }: ReadRow): ReadResponse => ({
  ...row,
  number: String(number),
  fields: [...fields],
});

/** What is shown of a row, and whether it is verified, `witnessed` leaves being under a quorum of witnesses. */
type Show<Row, Shown> = (row: Row, witnessed: number) => Shown;

/**
 * Shows a page of rows. How much is witnessed is asked once the rows are there: what comes late and is not tied yet must not be
 * taken for verified.
 */
export const shownPage = async <Row, Shown>(
  { rows, next }: { readonly rows: readonly Row[]; readonly next?: string },
  witnessed: Witnessed,
  show: Show<Row, Shown>,
): Promise<{ rows: Shown[]; next?: string }> => {
  const size = await witnessed.size();
  return {
    rows: rows.map((row) => show(row, size)),
    ...(next === undefined ? {} : { next }),
  };
};

/** The row as it is. */
export const unshown = <Row>(row: Row): Row => row;
