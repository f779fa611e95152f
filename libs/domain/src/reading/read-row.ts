import {
  type Digest,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';

/** One row of an agency's read log. `hash` covers everything else, `previous` included. */
export type ReadRow = {
  /** Counts from 0n without gaps. */
  readonly number: bigint;
  readonly officer: OfficerId;
  readonly purpose: string;
  /** SHA-256 of salt and text; absent when no text was given. */
  readonly textDigest?: Digest;
  readonly legalBasis?: string;
  readonly exchange?: ExchangeId;
  readonly item?: ItemId;
  readonly fields: readonly string[];
  readonly at: Instant;
  readonly previous: Digest;
  /** 32 random bytes in hex: without them a root that is published could be tried against who may have read what. */
  readonly nonce?: string;
  readonly hash: Digest;
};

/**
 * The text whose SHA-256 is a read row's hash: a JSON array of its members in this order, `null` for what is absent. Rows from
 * before there were nonces have none, and another name.
 */
export const readRowText = (row: Omit<ReadRow, 'hash'>): string =>
  JSON.stringify([
    row.nonce === undefined ? 'tripoint/read/v1' : 'tripoint/read/v2',
    row.number.toString(),
    row.officer,
    row.purpose,
    row.textDigest ?? null,
    row.legalBasis ?? null,
    row.exchange ?? null,
    row.item ?? null,
    row.fields,
    row.at,
    row.previous,
    ...(row.nonce === undefined ? [] : [row.nonce]),
  ]);

const MEMBERS = 11;

/** Reads the text of a row that whoever kept it controls; undefined when it is not of its form. The inverse of {@link readRowText}. */
export const parseReadRowText = (text: string): Omit<ReadRow, 'hash'> | undefined => {
  const members = parsed(text);
  if (!Array.isArray(members)) return undefined;
  const [name, number, ...rest] = members as readonly unknown[];
  const [officer, purpose, textDigest, legalBasis, exchange, item, fields, at, previous, nonce] =
    rest;
  if (members.length !== (name === 'tripoint/read/v2' ? MEMBERS + 1 : MEMBERS)) return undefined;
  if (typeof number !== 'string' || !/^(0|[1-9]\d{0,14})$/.test(number)) return undefined;
  const texts = [officer, purpose, at, previous, nonce === undefined ? '' : nonce];
  const orNull = [textDigest, legalBasis, exchange, item];
  const wellFormed =
    texts.every((one) => typeof one === 'string') &&
    orNull.every((one) => one === null || typeof one === 'string') &&
    Array.isArray(fields) &&
    fields.every((one) => typeof one === 'string');
  if (!wellFormed) return undefined;
  const row = {
    number: BigInt(number),
    officer,
    purpose,
    ...(textDigest === null ? {} : { textDigest }),
    ...(legalBasis === null ? {} : { legalBasis }),
    ...(exchange === null ? {} : { exchange }),
    ...(item === null ? {} : { item }),
    fields,
    at,
    previous,
    ...(nonce === undefined ? {} : { nonce }),
  } as unknown as Omit<ReadRow, 'hash'>;
  return readRowText(row) === text ? row : undefined;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
