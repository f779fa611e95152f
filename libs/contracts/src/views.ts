import {
  COMPARTMENTS,
  CONTRIBUTION_STATUSES,
  ENTITY_KINDS,
  EVENT_TYPES,
  FAMILIES,
  REFERRAL_STATUSES,
  RECALL_STATUSES,
  RELEASE_STATUSES,
  REQUEST_STATUSES,
  URGENCIES,
  type Compartment,
  type ContributionStatus,
  type EntityKind,
  type EventType,
  type Family,
  type ReferralStatus,
  DISCLOSURE_STATUSES,
  type DisclosureStatus,
  type RecallStatus,
  HOLD_STATUSES,
  type HoldStatus,
  type ReleaseStatus,
  type RequestStatus,
  type Urgency,
} from '@tripoint/domain';
import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { AnyEntity, type AnyEntityBody } from './entities.js';
import { MarkingBody } from './markings.js';
import {
  Agencies,
  Agency,
  Code,
  Codes,
  Count,
  Form,
  Hex,
  Lines,
  Moment,
  Nested,
  NestedList,
  Uuid,
  Whole,
  Words,
  YesNo,
  YesNoInQuery,
} from './fields.js';
import { PageQuery, PageResponse } from './page.js';

/** Which exchanges are asked for. */
export class ExchangesQuery extends PageQuery {
  @Agency({ about: 'Only those in which this agency is known to take part.', optional: true })
  readonly with?: AgencyId;

  @YesNoInQuery({
    about: 'Only those in which somebody still has to act, or nobody.',
    optional: true,
  })
  readonly open?: boolean;
}

/** Which items are asked for, whatever their kind. */
class ItemsQuery extends PageQuery {
  @Uuid({ about: 'Only those of this exchange.', optional: true })
  readonly exchange?: ExchangeId;

  @Agency({ about: 'Only those issued by this agency.', optional: true })
  readonly from?: AgencyId;

  @Agency({ about: 'Only those addressed to this agency.', optional: true })
  readonly to?: AgencyId;

  @YesNoInQuery({
    about: 'Only those on which somebody still has to act, or nobody.',
    optional: true,
  })
  readonly open?: boolean;
}

const STANDING = { about: 'Only those that stand like this.', optional: true } as const;

/** Which contributions are asked for. */
export class ContributionsQuery extends ItemsQuery {
  @Code(CONTRIBUTION_STATUSES, 'ContributionStatus', STANDING)
  readonly status?: ContributionStatus;
}

/** Which referrals are asked for. */
export class ReferralsQuery extends ItemsQuery {
  @Code(REFERRAL_STATUSES, 'ReferralStatus', STANDING)
  readonly status?: ReferralStatus;
}

/** Which recalls are asked for. */
export class RecallsQuery extends ItemsQuery {
  @Code(RECALL_STATUSES, 'RecallStatus', STANDING)
  readonly status?: RecallStatus;
}

/** Which disclosures are asked for. */
export class DisclosuresQuery extends ItemsQuery {
  @Code(DISCLOSURE_STATUSES, 'DisclosureStatus', STANDING)
  readonly status?: DisclosureStatus;
}

/** Which legal holds are asked for. */
export class HoldsQuery extends ItemsQuery {
  @Code(HOLD_STATUSES, 'HoldStatus', STANDING)
  readonly status?: HoldStatus;
}

/** Which releases are asked for. */
export class ReleasesQuery extends ItemsQuery {
  @Code(RELEASE_STATUSES, 'ReleaseStatus', STANDING)
  readonly status?: ReleaseStatus;
}

/** Which requests are asked for. */
export class RequestsQuery extends ItemsQuery {
  @Code(REQUEST_STATUSES, 'RequestStatus', STANDING)
  readonly status?: RequestStatus;

  @YesNoInQuery({ about: 'Only those that are overdue, or that are not.', optional: true })
  readonly overdue?: boolean;

  @Code(URGENCIES, 'Urgency', { about: 'Only those of this urgency.', optional: true })
  readonly urgency?: Urgency;
}

/** An exchange as far as this agency may know it. */
export class ExchangeResponse {
  @Uuid({ about: 'The exchange.' })
  readonly exchange!: ExchangeId;

  @Agency({ about: 'Who opened it, where that is known.', optional: true })
  readonly owner?: AgencyId;

  @Agencies({ about: 'The agencies that appear in what this agency holds.', most: 256 })
  readonly known!: AgencyId[];

  @Whole({ about: 'How many items it has.', most: 2_147_483_647, example: 1 })
  readonly items!: number;

  @Whole({ about: 'How many of them still wait for somebody.', most: 2_147_483_647, example: 1 })
  readonly open!: number;

  @Moment({ about: 'When the log recorded its first event.' })
  readonly firstAt!: Instant;

  @Moment({ about: 'When the log recorded its newest event.' })
  readonly newestAt!: Instant;

  @Count({ about: 'Leaf index of its newest event.' })
  readonly newestLeaf!: string;

  @Count({ about: 'Raised by every change; the `ETag` says the same.' })
  readonly version!: string;
}

/** A page of exchanges. */
export class ExchangesResponse extends PageResponse {
  @NestedList(() => ExchangeResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: ExchangeResponse[];
}

/** How one compartment is marked. */
export class HeldMarkingResponse extends MarkingBody {
  @Code(COMPARTMENTS, 'Compartment', { about: 'The compartment.', example: 'facts' })
  readonly compartment!: Compartment;
}

/** Whether an agency has signed that it was handed what the rules let it have of an event. */
export class DeliveryResponse {
  @Agency({ about: 'Whom the rules let have something of it. Only its author is told.' })
  readonly agency!: AgencyId;

  @Count({ about: 'The leaf by which the agency signed that it was handed it.', optional: true })
  readonly leaf?: string;

  @Moment({ about: 'That leaf’s time.', optional: true })
  readonly provenAt?: Instant;

  @Hex({ about: 'SHA-256 of what it has signed.', optional: true })
  readonly countersignature?: string;
}

/** One event of a history, without content. */
export class TimelineEntryResponse {
  @Uuid({ about: 'The event.' })
  readonly event!: EventId;

  @Uuid({ about: 'Its exchange.' })
  readonly exchange!: ExchangeId;

  @Uuid({ about: 'Its item.', optional: true })
  readonly item?: ItemId;

  @Code(FAMILIES, 'Family', { about: 'What the hub knows of its type.' })
  readonly family!: Family;

  @Code(EVENT_TYPES, 'EventType', { about: 'Its type.' })
  readonly type!: EventType;

  @Agency({ about: 'Who issued it.' })
  readonly issuer!: AgencyId;

  @Words({
    about: 'Which officer; known for the agency’s own events only.',
    most: 64,
    optional: true,
  })
  readonly officer?: OfficerId;

  @Moment({ about: 'When its issuer says that it happened.' })
  readonly at!: Instant;

  @Count({ about: 'Index of its leaf in the log.' })
  readonly leaf!: string;

  @Moment({ about: 'When the log recorded it.' })
  readonly recordedAt!: Instant;

  @YesNo({
    about:
      'Whether its leaf is under a checkpoint that a quorum of witnesses has cosigned; until then it is unverified.',
  })
  readonly verified!: boolean;

  @YesNo({ about: 'Whether an earlier event had already decided what this one meant to.' })
  readonly overtaken!: boolean;

  @YesNo({
    about:
      'Whether it was said with a key that may have been in other hands, as is known by now, and its issuer has not said since that it is its own word.',
  })
  readonly doubted!: boolean;

  @Codes(COMPARTMENTS, 'Compartment', { about: 'The compartments that this agency could open.' })
  readonly compartments!: Compartment[];

  @NestedList(() => HeldMarkingResponse, { about: 'How each of them is marked.', most: 32 })
  readonly markings!: HeldMarkingResponse[];

  @NestedList(() => DeliveryResponse, {
    about:
      'Of the agency’s own events: to whom it was delivered, and who has signed that it came. Empty of what others have said.',
    most: 1024,
  })
  readonly deliveries!: DeliveryResponse[];
}

/** An exchange’s events. */
export class TimelineResponse extends PageResponse {
  @NestedList(() => TimelineEntryResponse, { about: 'The oldest first.', most: 200 })
  readonly rows!: TimelineEntryResponse[];
}

/** An event with what it says. */
export class EventContentResponse extends TimelineEntryResponse {
  @ApiProperty({
    description: 'What every party of the item knows.',
    type: 'object',
    additionalProperties: true,
    example: { outcome: 'FULL' },
  })
  readonly core!: unknown;

  @ApiProperty({
    description: 'The other parts that this agency could open, by compartment.',
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: true },
    example: { facts: { text: 'Crossed at Kapitan Andreevo, lane 4.', language: 'en' } },
  })
  readonly parts!: Readonly<Record<string, unknown>>;
}

/** Events with what they say. */
export class EventContentsResponse extends PageResponse {
  @NestedList(() => EventContentResponse, { about: 'The oldest first.', most: 200 })
  readonly rows!: EventContentResponse[];
}

/** Which entities are asked for. */
export class EntitiesQuery extends PageQuery {
  @Uuid({ about: 'Only those of this exchange.', optional: true })
  readonly exchange?: ExchangeId;

  @Uuid({ about: 'Only those of this item.', optional: true })
  readonly item?: ItemId;

  @Code(ENTITY_KINDS, 'EntityKind', { about: 'Only those of this kind.', optional: true })
  readonly kind?: EntityKind;
}

const PATH = {
  type: 'array',
  items: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  maxItems: 128,
  example: ['0'.repeat(64)],
} as const;

/** A checkpoint that witnesses have cosigned, and that it continues an earlier one. */
export class CosignedTieResponse {
  @Lines({ about: 'The cosigned note (C2SP tlog-checkpoint).', most: 262_144, example: 'log…' })
  readonly note!: string;

  @Count({ about: 'Its size.' })
  readonly size!: string;

  @ApiProperty({ description: 'Consistency proof from the earlier size (RFC 6962).', ...PATH })
  readonly path!: string[];
}

/** What shows that an event is in the log: whoever has the keys recomputes it, and believes nobody. */
export class EventProofResponse {
  @Lines({ about: 'The leaf’s bytes: JSON in canonical form.', most: 32_768, example: '{}' })
  readonly leaf!: string;

  @Count({ about: 'Its index.' })
  readonly index!: string;

  @Count({ about: 'The size of the tree that it was delivered under.' })
  readonly size!: string;

  @ApiProperty({ description: 'The audit path (RFC 6962), from the leaf upwards.', ...PATH })
  readonly path!: string[];

  @Lines({ about: 'The signed checkpoint of that tree.', most: 262_144, example: 'log…' })
  readonly note!: string;

  @Nested(() => CosignedTieResponse, {
    about: 'What witnesses have cosigned; absent until that has been shown to continue it.',
    optional: true,
  })
  readonly cosigned?: CosignedTieResponse;

  @Lines({ about: 'The verifier key of the log (C2SP signed-note).', most: 512, example: 'log+…' })
  readonly log!: string;

  @ApiProperty({
    description: 'The verifier keys of the witnesses that this agency believes.',
    type: [String],
    example: ['witness.example+c0ffee00+BA…'],
  })
  readonly witnesses!: string[];
}

/** Something that an event named. */
export class EntityResponse {
  @Words({ about: 'Its id.', most: 128, example: 'e-1' })
  readonly id!: string;

  @Code(ENTITY_KINDS, 'EntityKind', { about: 'What it is.' })
  readonly kind!: EntityKind;

  @Uuid({ about: 'The exchange it was named in.' })
  readonly exchange!: ExchangeId;

  @Uuid({ about: 'The item.', optional: true })
  readonly item?: ItemId;

  @Uuid({ about: 'The event.' })
  readonly event!: EventId;

  @Code(COMPARTMENTS, 'Compartment', { about: 'The compartment.' })
  readonly compartment!: Compartment;

  @Agency({ about: 'Who named it.' })
  readonly issuer!: AgencyId;

  @AnyEntity({ about: 'As it stood in the event.' })
  readonly value!: AnyEntityBody;
}

/** A page of entities. */
export class EntitiesResponse extends PageResponse {
  @NestedList(() => EntityResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: EntityResponse[];
}

/** What is looked for. A body and not a query, because addresses end up in logs and names must not. */
export class SearchBody {
  @Words({
    about: 'A name, a plate or a number, in any of the scripts.',
    least: 2,
    most: 120,
    example: 'ABC 1234',
  })
  readonly text!: string;

  @Code(['name', 'number'], 'SearchAs', { about: 'How to compare it.', example: 'number' })
  readonly as!: 'name' | 'number';

  @Code(ENTITY_KINDS, 'EntityKind', { about: 'Only entities of this kind.', optional: true })
  readonly kind?: EntityKind;

  @Uuid({ about: 'Only within this exchange.', optional: true })
  readonly exchange?: ExchangeId;

  @Form({
    about: 'The `next` of the page before, unchanged.',
    pattern: /^[\x21-\x7e]+$/,
    most: 2048,
    form: 'a cursor of this list',
    optional: true,
  })
  readonly after?: string;

  @Whole({
    about: 'At most so many; 50 unless told.',
    least: 1,
    most: 200,
    optional: true,
    example: 50,
  })
  readonly limit?: number;
}

/** Something found. */
export class SearchHitResponse {
  @Nested(() => EntityResponse, { about: 'The entity.' })
  readonly entity!: EntityResponse;

  @Words({ about: 'The label that matched, as it was written.', most: 500 })
  readonly matched!: string;

  @Words({ about: 'The spelling of it in Latin letters that came nearest.', most: 500 })
  readonly spelling!: string;

  @Whole({ about: 'Edits between them; 0 is another spelling of the same.', most: 1 })
  readonly distance!: number;
}

/** What was found. */
export class SearchResponse extends PageResponse {
  @NestedList(() => SearchHitResponse, { about: 'The nearest first.', most: 200 })
  readonly rows!: SearchHitResponse[];
}

const STAGES = ['sealed', 'sent', 'recorded', 'delivered', 'opened'] as const;

/** Which submissions are asked for. */
export class SubmissionsQuery extends PageQuery {
  @Uuid({ about: 'Only those of this exchange.', optional: true })
  readonly exchange?: ExchangeId;

  @Uuid({ about: 'Only those of this item.', optional: true })
  readonly item?: ItemId;

  @Code(STAGES, 'SubmissionStage', { about: 'Only those that have come this far.', optional: true })
  readonly stage?: (typeof STAGES)[number];
}

/** A line of this agency’s mailbox as it was handed over, without content, and what witnesses have cosigned over it. */
export class HandedLineResponse {
  @Lines({ about: 'The line, in base 64.', most: 2_000_000, example: 'pQ==' })
  readonly delivery!: string;

  @Nested(() => CosignedTieResponse, {
    about: 'What witnesses have cosigned; absent until that has been shown to continue it.',
    optional: true,
  })
  readonly cosigned?: CosignedTieResponse;
}

/** What shows somebody else to whom an event was delivered. `tripoint evidence delivered` verifies it. */
export class DeliveryProofResponse {
  @Nested(() => HandedLineResponse, { about: 'What was said: header, verdicts, no content.' })
  readonly said!: HandedLineResponse;

  @NestedList(() => HandedLineResponse, {
    about: 'The registry’s statements, in log order.',
    most: 100_000,
  })
  readonly statements!: HandedLineResponse[];

  @NestedList(() => HandedLineResponse, {
    about: 'What agencies have signed: that all came that they were owed.',
    most: 1024,
  })
  readonly proofs!: HandedLineResponse[];
}

/** The way of one envelope to its readers. */
export class SubmissionResponse {
  @Uuid({ about: 'The event.' })
  readonly event!: EventId;

  @Words({ about: 'The chain it is on.', most: 40, example: 'gr-police-1' })
  readonly chain!: string;

  @Count({ about: 'Its number on the chain.' })
  readonly seq!: string;

  @Uuid({ about: 'Its exchange.' })
  readonly exchange!: ExchangeId;

  @Uuid({ about: 'Its item.', optional: true })
  readonly item?: ItemId;

  @Code(FAMILIES, 'Family', { about: 'What the hub knows of its type.' })
  readonly family!: Family;

  @Words({ about: 'The officer who decided it.', most: 64, optional: true })
  readonly officer?: OfficerId;

  @Code(STAGES, 'SubmissionStage', { about: 'How far it has come.' })
  readonly stage!: (typeof STAGES)[number];

  @Hex({ about: 'Digest of its header.' })
  readonly header!: string;

  @Moment({ about: 'When it was sealed.' })
  readonly sealedAt!: Instant;

  @Moment({ about: 'When the bus took it.', optional: true })
  readonly sentAt?: Instant;

  @Count({ about: 'Its leaf in the log.', optional: true })
  readonly leaf?: string;

  @Moment({ about: 'When the log recorded it.', optional: true })
  readonly recordedAt?: Instant;

  @YesNo({
    about:
      'Whether its leaf is under a checkpoint that a quorum of witnesses has cosigned; until then it is unverified.',
  })
  readonly verified!: boolean;

  @Whole({ about: 'To how many other agencies it is addressed.', most: 1024, example: 1 })
  readonly addressees!: number;

  @Whole({ about: 'How many mailboxes were given it.', most: 1024, example: 1 })
  readonly deliveredTo!: number;

  @NestedList(() => DeliveryResponse, {
    about:
      'To whom it was delivered, and who has proven that it came: where no leaf is named, not yet.',
    most: 1024,
  })
  readonly deliveries!: DeliveryResponse[];

  @Agencies({ about: 'Who has answered with a signed receipt.', most: 1024 })
  readonly openedBy!: AgencyId[];

  @ApiProperty({
    description: 'Why the hub rejected it, or which codes deny it to some recipient.',
    type: 'array',
    items: { type: 'string', maxLength: 64 },
    example: [],
  })
  readonly refusals!: string[];
}

/** A page of submissions. */
export class SubmissionsResponse extends PageResponse {
  @NestedList(() => SubmissionResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: SubmissionResponse[];
}

/** What the rules say of one agency and one compartment. */
export class AudienceVerdictResponse {
  @Agency({ about: 'The agency that it is meant for.' })
  readonly agency!: AgencyId;

  @YesNo({ about: 'Whether it would be able to open it.' })
  readonly allowed!: boolean;

  @ApiProperty({
    description: 'The rules that decide it.',
    type: 'array',
    items: { type: 'string', maxLength: 128 },
    example: ['handling-h2-needs-release'],
  })
  readonly rules!: string[];

  @Words({ about: 'Their reasons, for people.', most: 4000 })
  readonly because!: string;
}

/** Who would read one compartment, and why. */
export class AudiencePartResponse {
  @Code(COMPARTMENTS, 'Compartment', { about: 'The compartment.' })
  readonly compartment!: Compartment;

  @Agencies({ about: 'Who would be able to open it.', most: 64 })
  readonly readers!: AgencyId[];

  @ApiProperty({
    description: 'The rules that decide it.',
    type: 'array',
    items: { type: 'string', maxLength: 128 },
    example: ['participants-only'],
  })
  readonly because!: string[];

  @NestedList(() => AudienceVerdictResponse, {
    about: 'Agency by agency, those included who would not.',
    most: 64,
  })
  readonly verdicts!: AudienceVerdictResponse[];
}

/** Who would read what a command says, were it given. Nothing is sealed. */
export class AudiencePreviewResponse {
  @NestedList(() => AudiencePartResponse, { about: 'Compartment by compartment.', most: 16 })
  readonly parts!: AudiencePartResponse[];
}

/** What could not be opened or did not fit. */
export class FindingResponse {
  @Count({ about: 'Its id.' })
  readonly id!: string;

  @Words({ about: 'Its code.', most: 64, example: 'commitment-mismatch' })
  readonly code!: string;

  @Lines({ about: 'For people; never case content.', most: 500 })
  readonly detail!: string;

  @Uuid({ about: 'The event.', optional: true })
  readonly event?: EventId;

  @Count({ about: 'The leaf.', optional: true })
  readonly leaf?: string;

  @Moment({ about: 'When it was found.' })
  readonly at!: Instant;

  @Moment({
    about: 'Since when it is settled: what could not be opened then has been opened.',
    optional: true,
  })
  readonly resolvedAt?: Instant;
}

/** A page of findings. */
export class FindingsResponse extends PageResponse {
  @NestedList(() => FindingResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: FindingResponse[];
}

/** One change, as the live stream tells it: no content, only where to look again. */
export class ChangeResponse {
  @Words({ about: 'What changed.', most: 32, example: 'request' })
  readonly kind!: string;

  @Uuid({ about: 'Its exchange.', optional: true })
  readonly exchange?: ExchangeId;

  @Uuid({ about: 'The item.', optional: true })
  readonly item?: ItemId;

  @Uuid({ about: 'The event, of a submission.', optional: true })
  readonly event?: EventId;

  @Count({
    about:
      'How often it has changed, what is on its way aside: what the version of an item begins with.',
  })
  readonly version!: string;
}
