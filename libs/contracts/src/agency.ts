import { ApiProperty } from '@nestjs/swagger';
import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { Agency, Count, Hex, Moment, NestedList, Uuid, Words, YesNo } from './fields.js';
import { PageResponse } from './page.js';

/** A member of the federation, as the registry has it. */
export class AgencyResponse {
  @Agency({ about: 'The agency.' })
  readonly agency!: AgencyId;

  @ApiProperty({
    description: 'Its name by language (ISO 639-1).',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { en: 'Hellenic Police' },
  })
  readonly name!: Readonly<Record<string, string>>;

  @Words({ about: 'What kind of body it is.', most: 64, example: 'POLICE' })
  readonly kind!: string;

  @Words({ about: 'Its state (ISO 3166-1 alpha-2).', most: 2, example: 'GR' })
  readonly state!: string;

  @YesNo({ about: 'Whether it takes part at present.' })
  readonly active!: boolean;
}

/** Every member of the federation. */
export class AgenciesResponse {
  @NestedList(() => AgencyResponse, { about: 'Ordered by id.', most: 10_000 })
  readonly rows!: AgencyResponse[];
}

/** One read of content: who, why and of what, never what it said. */
export class ReadResponse {
  @Count({ about: 'Its number, from 0 without gaps.' })
  readonly number!: string;

  @Words({ about: 'Who read.', most: 64 })
  readonly officer!: OfficerId;

  @Words({ about: 'What for: a code.', most: 64, example: 'INVESTIGATION' })
  readonly purpose!: string;

  @Hex({ about: 'Digest of the salted justification.', optional: true })
  readonly textDigest?: Digest;

  @Words({ about: 'The provision that it rests on.', most: 200, optional: true })
  readonly legalBasis?: string;

  @Uuid({ about: 'The exchange.', optional: true })
  readonly exchange?: ExchangeId;

  @Uuid({ about: 'The item.', optional: true })
  readonly item?: ItemId;

  @ApiProperty({
    description: 'What was asked for.',
    type: 'array',
    items: { type: 'string', maxLength: 64 },
    example: ['item'],
  })
  readonly fields!: string[];

  @Moment({ about: 'When.' })
  readonly at!: Instant;

  @Hex({ about: 'Hash of the row before; zeros for the first.' })
  readonly previous!: Digest;

  @Hex({ about: 'Random: without it the hash says nothing.', optional: true })
  readonly nonce?: string;

  @Hex({ about: 'Hash of this row.' })
  readonly hash!: Digest;
}

/** A page of reads. */
export class ReadsResponse extends PageResponse {
  @NestedList(() => ReadResponse, { about: 'The oldest first.', most: 200 })
  readonly rows!: ReadResponse[];
}

/** The Merkle tree over the hashes of all reads (RFC 6962). */
export class ReadsRootResponse {
  @Count({ about: 'How many reads it covers.' })
  readonly size!: string;

  @Hex({ about: 'Its root.' })
  readonly root!: Digest;

  @Hex({ about: 'Hash of the newest row; zeros when there is none.' })
  readonly head!: Digest;
}
