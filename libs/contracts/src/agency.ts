import { ApiProperty } from '@nestjs/swagger';
import { type Grantable } from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import {
  Agencies,
  Agency,
  Code,
  Codes,
  Count,
  Hex,
  Moment,
  Nested,
  NestedList,
  Uuid,
  Whole,
  Words,
  YesNo,
} from './fields.js';
import { PageResponse } from './page.js';
import { GRANTABLE } from './releases.js';

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

/** Who keeps shares of keys in custody, and of which parts. */
export class CustodyResponse {
  @Agencies({ about: 'Who keeps a share each.', most: 255 })
  readonly custodians!: AgencyId[];

  @Whole({ about: 'How many shares open something.', least: 1, most: 255 })
  readonly threshold!: number;

  @Codes(GRANTABLE, 'Grantable', { about: 'Of which parts of an event.' })
  readonly compartments!: Grantable[];
}

/** Every member of the federation. */
export class AgenciesResponse {
  @NestedList(() => AgencyResponse, { about: 'Ordered by id.', most: 10_000 })
  readonly rows!: AgencyResponse[];

  @Nested(() => CustodyResponse, {
    about: 'What is agreed on custody; absent where nobody keeps shares.',
    optional: true,
  })
  readonly custody?: CustodyResponse;
}

/** What became of a certificate. */
export const CERTIFICATE_STANDINGS = ['ACTIVE', 'SUPERSEDED', 'REVOKED', 'EXPIRED'] as const;
export type CertificateStanding = (typeof CERTIFICATE_STANDINGS)[number];

/** A certificate of this agency, and how long it was good. */
export class CertificateResponse {
  @Words({ about: 'The fingerprint of its primary key.', most: 64 })
  readonly fingerprint!: Fingerprint;

  @Code(CERTIFICATE_STANDINGS, 'CertificateStanding', {
    about: 'How it stands, by the log’s time.',
  })
  readonly standing!: CertificateStanding;

  @Count({ about: 'The leaf that registered it.' })
  readonly from!: string;

  @Count({ about: 'The leaf from which on nothing more is taken under it.', optional: true })
  readonly until?: string;

  @Moment({ about: 'When its term ends; absent where it has none.', optional: true })
  readonly expires?: Instant;

  @Count({ about: 'From which leaf on it may have been in other hands.', optional: true })
  readonly doubtedFrom?: string;

  @YesNo({ about: 'Whether this node signs with it at present.' })
  readonly inUse!: boolean;
}

/** What became of a subkey that others encrypt to. */
export const EPOCH_STANDINGS = ['OPEN', 'RETIRED', 'DESTROYED'] as const;
export type EpochStanding = (typeof EPOCH_STANDINGS)[number];

/** A subkey that others encrypted to for a while. */
export class EpochResponse {
  @Words({ about: 'The fingerprint of the subkey.', most: 64 })
  readonly subkey!: Fingerprint;

  @Code(EPOCH_STANDINGS, 'EpochStanding', { about: 'How it stands.' })
  readonly standing!: EpochStanding;

  @Count({ about: 'The leaf that registered it.' })
  readonly from!: string;

  @Count({ about: 'The leaf from which on nothing is encrypted to it.', optional: true })
  readonly retired?: string;

  @Count({ about: 'The leaf at which it was said that no secret of it is left.', optional: true })
  readonly destroyed?: string;
}

/** The keys of this agency and what became of them, as the registry in the log has it. */
export class KeysResponse {
  @NestedList(() => CertificateResponse, { about: 'The newest first.', most: 10_000 })
  readonly certificates!: CertificateResponse[];

  @NestedList(() => EpochResponse, { about: 'The newest first.', most: 10_000 })
  readonly epochs!: EpochResponse[];
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
