import {
  COMPARTMENTS,
  type Compartment,
  EVENT_TYPES,
  type EventType,
  FAMILIES,
  type Family,
} from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { FORGOTTEN_BECAUSE } from './erasures.js';
import {
  Agencies,
  Agency,
  Code,
  Codes,
  Count,
  Form,
  Hex,
  Moment,
  Nested,
  NestedList,
  Uuid,
  Words,
  YesNo,
} from './fields.js';

/** An exchange with all that is in it, or one item of it. */
export class TranscriptSubject {
  @Uuid({ about: 'The exchange.' })
  readonly exchange!: ExchangeId;

  @Uuid({ about: 'The item; everything in the exchange when it is left out.', optional: true })
  readonly item?: ItemId;
}

/** Where somebody who asks was named. */
export class TranscriptBody {
  @NestedList(() => TranscriptSubject, { about: 'What a search found.', least: 1, most: 20 })
  readonly about!: TranscriptSubject[];
}

/** To whom something was handed on for a time, by who said it. */
export class TranscriptGrant {
  @Agency({ about: 'To whom.' })
  readonly agency!: AgencyId;

  @Codes(COMPARTMENTS, 'Compartment', { about: 'What of it.' })
  readonly compartments!: Compartment[];

  @Words({ about: 'How that stands.', most: 32, example: 'GRANTED' })
  readonly status!: string;

  @Moment({ about: 'Until when.', optional: true })
  readonly until?: Instant;

  @Moment({ about: 'When it said that its copy is gone.', optional: true })
  readonly purgedAt?: Instant;
}

/** That it was to be forgotten everywhere. */
export class TranscriptErasure {
  @Code(FORGOTTEN_BECAUSE, 'ForgottenBecause', { about: 'Why.' })
  readonly ground!: (typeof FORGOTTEN_BECAUSE)[number];

  @Moment({ about: 'Since when.' })
  readonly orderedAt!: Instant;

  @Moment({ about: 'When everybody had said that it is gone.', optional: true })
  readonly completedAt?: Instant;
}

/** That something was said, and to whom as far as this agency may know; never what. */
export class TranscriptEntry {
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

  @Agency({ about: 'Who said it.' })
  readonly issuer!: AgencyId;

  @Moment({ about: 'When the log recorded it.' })
  readonly recordedAt!: Instant;

  @Count({ about: 'Its leaf in the log.' })
  readonly leaf!: string;

  @YesNo({ about: 'Whether that leaf is under a checkpoint that a quorum has cosigned.' })
  readonly verified!: boolean;

  @Codes(COMPARTMENTS, 'Compartment', {
    about: 'The compartments of it that this agency could open and has not forgotten.',
  })
  readonly compartments!: Compartment[];

  @Agencies({
    about:
      'To whom. Of what this agency said, everybody to whom it was delivered; of what it was told, itself: others are not for it to know.',
    most: 1024,
  })
  readonly to!: AgencyId[];

  @NestedList(() => TranscriptGrant, {
    about:
      'To whom it was handed on since, or is to be: by this agency, which said it, or upon its asking.',
    most: 1024,
  })
  readonly granted!: TranscriptGrant[];

  @Nested(() => TranscriptErasure, { about: 'That it is forgotten, where it is.', optional: true })
  readonly erased?: TranscriptErasure;
}

/** That somebody at this agency read it, and why. */
export class TranscriptRead {
  @Count({ about: 'Its number in the record of reads.' })
  readonly number!: string;

  @Moment({ about: 'When.' })
  readonly at!: Instant;

  @ApiProperty({
    description: 'What whoever read is at this agency: the roles of today, and no name.',
    type: 'array',
    items: { type: 'string', maxLength: 64 },
    example: ['INVESTIGATOR'],
  })
  readonly roles!: string[];

  @Words({ about: 'What for: a code.', most: 64, example: 'INVESTIGATION' })
  readonly purpose!: string;

  @Words({ about: 'The provision that it rests on.', most: 200, optional: true })
  readonly legalBasis?: string;

  @Uuid({ about: 'The exchange.', optional: true })
  readonly exchange?: ExchangeId;

  @Uuid({ about: 'The item; all of the exchange at once when it is left out.', optional: true })
  readonly item?: ItemId;

  @ApiProperty({
    description: 'What was asked for.',
    type: 'array',
    items: { type: 'string', maxLength: 64 },
    example: ['item'],
  })
  readonly fields!: string[];

  @Hex({ about: 'Hash of the row, officer and all: the leaf of the tree of reads.' })
  readonly hash!: Digest;

  @Form({
    about:
      'The audit path (RFC 6962 §2.1.1) from it to the root, hashes one behind the other; absent where the root does not cover it yet.',
    pattern: /^([0-9a-f]{64}){0,64}$/,
    most: 4096,
    form: 'hashes in hexadecimal digits',
    optional: true,
    example: '',
  })
  readonly path?: string;
}

/** The newest root that this agency has published over its record of reads. */
export class TranscriptRoot {
  @Uuid({ about: 'The event that published it.' })
  readonly event!: EventId;

  @Count({ about: 'How many reads it covers.' })
  readonly size!: string;

  @Hex({ about: 'The root.' })
  readonly root!: Digest;

  @Moment({ about: 'When.' })
  readonly at!: Instant;
}

/** What one agency knows of what was said where somebody is named, to whom, and who has read it here. */
export class TranscriptResponse {
  @Agency({ about: 'Whose transcript it is.' })
  readonly agency!: AgencyId;

  @Moment({ about: 'When it was made.' })
  readonly at!: Instant;

  @NestedList(() => TranscriptSubject, { about: 'Of what.', most: 20 })
  readonly about!: TranscriptSubject[];

  @NestedList(() => TranscriptEntry, { about: 'In the order of the log.', most: 10_000 })
  readonly said!: TranscriptEntry[];

  @NestedList(() => TranscriptRead, {
    about: 'Every read that the record holds of it, in order; that of this transcript follows.',
    most: 10_000,
  })
  readonly reads!: TranscriptRead[];

  @Count({
    about:
      'How many searches over everything the record holds. They show names, and which is in no record.',
  })
  readonly searches!: string;

  @Nested(() => TranscriptRoot, {
    about: 'Under what the rows stand; absent before there is a root.',
    optional: true,
  })
  readonly root?: TranscriptRoot;
}
