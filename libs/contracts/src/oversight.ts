import { ApiProperty } from '@nestjs/swagger';
import {
  Count,
  Hex,
  Lines,
  Moment,
  Nested,
  NestedList,
  Whole,
  WholeInQuery,
  Words,
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

/** Something that oversight found when it recomputed the log. */
export class OversightFindingResponse {
  @Words({ about: 'Its code.', most: 64, example: 'decision-differs' })
  readonly code!: string;

  @Lines({ about: 'For people; never case content.', most: 500 })
  readonly detail!: string;

  @Count({ about: 'The leaf it is about.', optional: true })
  readonly leaf?: string;

  @Words({ about: 'The chain it is about.', most: 40, optional: true })
  readonly chain?: string;

  @Moment({ about: 'When it was found.' })
  readonly at!: string;
}

/** What oversight has recomputed so far, and what was wrong. */
export class OversightFindingsResponse {
  @Count({ about: 'How many leaves have been recomputed.' })
  readonly replayed!: string;

  @Whole({ about: 'How many findings there are.', most: 2_147_483_647, example: 0 })
  readonly found!: number;

  @NestedList(() => OversightFindingResponse, { about: 'The newest first.', most: 1000 })
  readonly rows!: OversightFindingResponse[];
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
