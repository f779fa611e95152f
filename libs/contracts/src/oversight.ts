import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type ExchangeId } from '@tripoint/kernel';
import { AgencyResponse } from './agency.js';
import {
  Agency,
  Count,
  Hex,
  Lines,
  Moment,
  Nested,
  NestedList,
  Uuid,
  Whole,
  WholeInQuery,
  Words,
  YesNo,
} from './fields.js';

/** Which stretch of the log is asked for. */
export class LogQuery {
  @Count({ about: 'The first index; 0 unless told.', optional: true, example: '0' })
  readonly from?: string;

  @WholeInQuery({
    about: 'At most so many leaves; 100 unless told.',
    least: 1,
    most: 1000,
    optional: true,
    example: 100,
  })
  readonly limit?: number;
}

/** Which inclusion proof is asked for. */
export class InclusionQuery {
  @Count({
    about: 'The size of the tree that has to include the leaf; the newest unless told.',
    optional: true,
  })
  readonly size?: string;
}

/** Which consistency proof is asked for. */
export class ConsistencyQuery {
  @Count({ about: 'The older size.', example: '10' })
  readonly from!: string;

  @Count({ about: 'The newer size; the newest unless told.', optional: true })
  readonly to?: string;
}

/** One leaf of the log. */
export class LeafResponse {
  @Count({ about: 'Its index.' })
  readonly index!: string;

  @Words({ about: 'Its kind.', most: 32, example: 'event' })
  readonly kind!: string;

  @Moment({ about: 'Its time.' })
  readonly at!: string;

  @Hex({ about: 'Its hash in the tree (RFC 6962).' })
  readonly hash!: string;

  @Lines({
    about: 'Its bytes: JSON in canonical form (RFC 8785).',
    most: 32_768,
    example: '{"index":0}',
  })
  readonly leaf!: string;

  @ApiProperty({
    description: 'The records that its verdicts commit to, for those who may see them.',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    required: false,
    example: [],
  })
  readonly records?: readonly unknown[];
}

/** A stretch of the log. */
export class LogResponse {
  @NestedList(() => LeafResponse, { about: 'In order.', most: 1000 })
  readonly rows!: LeafResponse[];

  @Count({ about: 'How many leaves there are.' })
  readonly size!: string;

  @Count({ about: 'The index to go on from; absent at the end.', optional: true })
  readonly next?: string;
}

/** The newest signed statement about the log. */
export class CheckpointResponse {
  @Count({ about: 'How many leaves it covers.' })
  readonly size!: string;

  @Hex({ about: 'The root over them.' })
  readonly root!: string;

  @Lines({
    about: 'The signed note (C2SP tlog-checkpoint).',
    most: 16_384,
    example: 'tripoint.example/log\n…',
  })
  readonly note!: string;
}

/** Proof that a leaf is in a tree. */
export class InclusionResponse {
  @Count({ about: 'The leaf.' })
  readonly index!: string;

  @Count({ about: 'The size of the tree.' })
  readonly size!: string;

  @Hex({ about: 'The root of the tree.' })
  readonly root!: string;

  @ApiProperty({
    description: 'The audit path (RFC 6962 §2.1.1), from the leaf upwards.',
    type: 'array',
    items: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    maxItems: 64,
    example: ['0'.repeat(64)],
  })
  readonly path!: string[];
}

/** Proof that a tree continues an older one. */
export class ConsistencyResponse {
  @Count({ about: 'The older size.' })
  readonly from!: string;

  @Count({ about: 'The newer size.' })
  readonly to!: string;

  @Hex({ about: 'The older root.' })
  readonly fromRoot!: string;

  @Hex({ about: 'The newer root.' })
  readonly toRoot!: string;

  @ApiProperty({
    description: 'The nodes (RFC 6962 §2.1.2).',
    type: 'array',
    items: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    maxItems: 128,
    example: ['0'.repeat(64)],
  })
  readonly path!: string[];
}

/** A leaf with the proof that the newest checkpoint covers it. */
export class ProvenLeafResponse {
  @Nested(() => LeafResponse, { about: 'The leaf.' })
  readonly leaf!: LeafResponse;

  @Nested(() => InclusionResponse, { about: 'Its proof.' })
  readonly proof!: InclusionResponse;

  @Nested(() => CheckpointResponse, { about: 'The checkpoint.' })
  readonly checkpoint!: CheckpointResponse;
}

/** One leaf in a list: what it is about, never what was said. */
export class LogRowResponse {
  @Count({ about: 'Its index.' })
  readonly index!: string;

  @Words({ about: 'Its kind.', most: 32, example: 'event' })
  readonly kind!: string;

  @Moment({ about: 'Its time.' })
  readonly at!: string;

  @Hex({ about: 'Its hash in the tree (RFC 6962).' })
  readonly hash!: string;

  @Words({ about: 'The family of the event.', most: 32, optional: true, example: 'request' })
  readonly family?: string;

  @Agency({ about: 'Who issued it.', optional: true })
  readonly issuer?: string;

  @Words({ about: 'Why it was rejected.', most: 64, optional: true })
  readonly code?: string;

  @YesNo({ about: 'Whether the clock of its issuer stood off.' })
  readonly late!: boolean;

  @Whole({ about: 'Verdicts that allow.', most: 1024, example: 3 })
  readonly allowed!: number;

  @Whole({ about: 'Verdicts that deny.', most: 1024, example: 1 })
  readonly denied!: number;
}

/** A stretch of the log, leaf by leaf. */
export class LogRowsResponse {
  @NestedList(() => LogRowResponse, { about: 'In order.', most: 1000 })
  readonly rows!: LogRowResponse[];

  @Count({ about: 'How many leaves have been verified.' })
  readonly size!: string;

  @Count({ about: 'The index to go on from; absent at the end.', optional: true })
  readonly next?: string;
}

/** A leaf with all that stands behind it but ciphertext. */
export class WholeLeafResponse {
  @Nested(() => LeafResponse, { about: 'The leaf and its records.' })
  readonly leaf!: LeafResponse;

  @ApiPropertyOptional({
    description:
      'What the leaf stands for: its place on its chain, the signed header, every compartment’s labels and facts.',
    type: 'object',
    additionalProperties: true,
  })
  readonly source?: Readonly<Record<string, unknown>>;
}

/** What was decided for one agency. */
export class SeenResponse {
  @Agency({ about: 'The agency.' })
  readonly agency!: string;

  @YesNo({ about: 'Whether it was given the compartment.' })
  readonly allowed!: boolean;

  @ApiProperty({ description: 'The rules that decided.', type: [String], example: [] })
  readonly rules!: readonly string[];

  @Lines({ about: 'Their sentences.', most: 8000 })
  readonly because!: string;
}

/** One compartment of one event, and who was given it. */
export class DisclosedResponse {
  @Count({ about: 'The leaf.' })
  readonly index!: string;

  @Moment({ about: 'Its time.' })
  readonly at!: string;

  @Uuid({ about: 'The event.' })
  readonly event!: string;

  @Words({ about: 'Its family.', most: 32 })
  readonly family!: string;

  @Agency({ about: 'Who issued it.' })
  readonly issuer!: string;

  @Words({ about: 'The compartment.', most: 32, example: 'core' })
  readonly compartment!: string;

  @Words({ about: 'Its classification.', most: 32, example: 'R-UE/EU-R' })
  readonly classification!: string;

  @ApiProperty({ description: 'Its handling codes.', type: [String], example: ['H1'] })
  readonly handling!: readonly string[];

  @NestedList(() => SeenResponse, { about: 'Who was given it, and who was not.', most: 1024 })
  readonly audience!: SeenResponse[];

  @Moment({ about: 'Until when, where it was handed on for a time.', optional: true })
  readonly until?: string;
}

/** Who could see what of an exchange as of a leaf. */
export class AsOfResponse {
  @Uuid({ about: 'The exchange.' })
  readonly exchange!: string;

  @Count({ about: 'The leaf.' })
  readonly index!: string;

  @NestedList(() => DisclosedResponse, { about: 'In the order of the log.', most: 100_000 })
  readonly disclosed!: DisclosedResponse[];
}

/** A path that names an exchange and a leaf. */
export class AsOfParams {
  @Uuid({ about: 'The exchange.' })
  readonly exchange!: ExchangeId;

  @Count({ about: 'The index of the leaf.' })
  readonly index!: string;
}

/** A disclosure that was refused: by the sender's own node, which says so, or at the leaf. */
export class AttemptResponse {
  @Count({ about: 'The leaf.' })
  readonly index!: string;

  @Moment({ about: 'Its time.' })
  readonly at!: string;

  @Uuid({ about: 'The exchange.' })
  readonly exchange!: string;

  @Agency({ about: 'Who tried.' })
  readonly issuer!: string;

  @ApiProperty({ description: 'To whom it was to go.', type: [String], example: ['gr-customs'] })
  readonly tried!: readonly string[];

  @YesNo({ about: 'Whether the sender’s node refused it before anything was sent.' })
  readonly declared!: boolean;

  @Words({ about: 'The compartment that was denied at the leaf.', most: 32, optional: true })
  readonly compartment?: string;

  @Lines({ about: 'The sentences of the rules that denied it.', most: 8000, optional: true })
  readonly because?: string;
}

/** Refused disclosures, the newest first. */
export class AttemptsResponse {
  @NestedList(() => AttemptResponse, { about: 'The newest first.', most: 1000 })
  readonly rows!: AttemptResponse[];

  @Count({ about: 'How many there are.' })
  readonly found!: string;
}

/** Whether an agency has signed that it was handed what its mailbox has to hold. */
export class MailboxResponse {
  @Agency({ about: 'Whose mailbox it is.' })
  readonly agency!: string;

  @Count({
    about: 'The leaf of the newest heads that the agency has countersigned.',
    optional: true,
  })
  readonly heads?: string;

  @Count({ about: 'The leaf that says so.', optional: true })
  readonly leaf?: string;

  @Moment({ about: 'That leaf’s time.', optional: true })
  readonly countersignedAt?: string;

  @YesNo({ about: 'Whether it signed that it was handed another mailbox than the log says.' })
  readonly contradicts!: boolean;

  @Count({
    about: 'The leaf of the oldest heads that wait for a countersignature.',
    optional: true,
  })
  readonly waitingFor?: string;

  @Moment({ about: 'Since when they wait.', optional: true })
  readonly waitingSince?: string;

  @YesNo({ about: 'Whether they have waited for more than half an hour of the log’s time.' })
  readonly overdue!: boolean;
}

/** Mailboxes, and who has countersigned them. */
export class MailboxesResponse {
  @Count({ about: 'How many leaves have been recomputed.' })
  readonly replayed!: string;

  @NestedList(() => MailboxResponse, { about: 'By agency.', most: 1024 })
  readonly rows!: MailboxResponse[];
}

/** How far the continuous verification is. */
export class VerificationResponse {
  @YesNo({ about: 'Whether nothing wrong has been found.' })
  readonly sound!: boolean;

  @Count({ about: 'How many leaves have been recomputed.' })
  readonly verified!: string;

  @YesNo({ about: 'Whether the hub answers.' })
  readonly hubAnswers!: boolean;

  @Count({
    about: 'How many leaves are under a checkpoint that a quorum of witnesses has cosigned.',
    optional: true,
  })
  readonly witnessed?: string;

  @Moment({ about: 'When that quorum was complete.', optional: true })
  readonly witnessedAt?: string;

  @Moment({ about: 'The time of the newest leaf.', optional: true })
  readonly newestLeafAt?: string;

  @Nested(() => CheckpointResponse, {
    about: 'The newest checkpoint under which everything was recomputed.',
    optional: true,
  })
  readonly checkpoint?: CheckpointResponse;
}

/** Whose signatures count: with these, everything that oversight says of the log can be verified once more. */
export class TrustResponse {
  @Lines({
    about: 'The verifier key of the log (C2SP signed-note).',
    most: 512,
    example: 'demo/log+c0ffee00+AQ…',
  })
  readonly log!: string;

  @ApiProperty({
    description: 'The verifier keys of the witnesses that the trust policy names.',
    type: [String],
    example: ['witness.example+c0ffee00+BA…'],
  })
  readonly witnesses!: string[];

  @Nested(() => CheckpointResponse, {
    about: 'The newest checkpoint that a quorum of them has cosigned.',
    optional: true,
  })
  readonly cosigned?: CheckpointResponse;
}

/** A member of the federation, and what the record has of it. */
export class MemberStandingResponse extends AgencyResponse {
  @Whole({ about: 'How many events it has said.', most: 2_147_483_647, example: 12 })
  readonly events!: number;

  @Whole({
    about: 'How often a verdict kept something of them from somebody.',
    most: 2_147_483_647,
    example: 0,
  })
  readonly denied!: number;

  @Whole({ about: 'How many of them were rejected.', most: 2_147_483_647, example: 0 })
  readonly rejected!: number;

  @Whole({
    about: 'For how many of them the clock of its node stood off.',
    most: 2_147_483_647,
    example: 0,
  })
  readonly late!: number;

  @Moment({ about: 'When the log recorded the newest.', optional: true })
  readonly newestAt?: string;
}

/** Every member of the federation. */
export class MembersStandingResponse {
  @NestedList(() => MemberStandingResponse, { about: 'Ordered by id.', most: 10_000 })
  readonly rows!: MemberStandingResponse[];
}
