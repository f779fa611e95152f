import { canonical, type Json, parseCanonical } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type Fingerprint,
  isAgencyId,
  isDigest,
  isExchangeId,
  isFingerprint,
  isInstant,
  isItemId,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { formatVerdict, parseVerdict, type Verdict } from '@tripoint/policy';
import { type Due } from './clocks.js';

/** What stands behind a leaf's salted digests; opened to those whom it concerns. */
export type LeafRecord =
  | {
      readonly about: 'verdict';
      readonly descriptor: Digest;
      readonly agency: Fingerprint;
      readonly verdict: Verdict;
    }
  | ({ readonly about: 'due' } & Due)
  | {
      readonly about: 'head';
      readonly agency: AgencyId;
      readonly number: number;
      /** SHA-256 of the newest mailbox line's bytes. */
      readonly head: Digest;
    };

const LIMITS = { size: 32 * 1024, depth: 6 };
const MALFORMED = refuse('malformed-record', 'the record is not of the agreed form');
const members = (value: object): string => Object.keys(value).sort().join();

/** Canonical bytes of a record. */
export const formatRecord = (record: LeafRecord): Uint8Array =>
  record.about === 'verdict'
    ? canonical({
        about: record.about,
        descriptor: record.descriptor,
        agency: record.agency,
        verdict: verdictValue(record.verdict),
      })
    : canonical({ ...record });

const verdictValue = (verdict: Verdict): Json => {
  const value = parseCanonical(formatVerdict(verdict), LIMITS);
  if (isRefusal(value)) throw new TypeError('a verdict did not survive its own format');
  return value;
};

/** Reads a record that whoever served it controls. The inverse of {@link formatRecord}. */
export const parseRecord = (bytes: Uint8Array): LeafRecord | Refusal<'malformed-record'> => {
  const value = parseCanonical(bytes, LIMITS);
  if (isRefusal(value) || typeof value !== 'object' || value === null || Array.isArray(value))
    return MALFORMED;
  const record = value as Readonly<Record<string, Json | undefined>>;
  const { about } = record;
  if (typeof about !== 'string') return MALFORMED;
  switch (about) {
    case 'verdict':
      return readVerdict(record);
    case 'due':
      return readDue(record);
    case 'head':
      return members(record) === 'about,agency,head,number' &&
        isAgencyId(record['agency']) &&
        isDigest(record['head']) &&
        Number.isSafeInteger(record['number'])
        ? (record as unknown as LeafRecord)
        : MALFORMED;
    default:
      return MALFORMED;
  }
};

type Members = Readonly<Record<string, Json | undefined>>;

const readVerdict = (record: Members): LeafRecord | Refusal<'malformed-record'> => {
  const { descriptor, agency, verdict } = record;
  if (members(record) !== 'about,agency,descriptor,verdict') return MALFORMED;
  if (!isDigest(descriptor) || !isFingerprint(agency) || verdict === undefined) return MALFORMED;
  const parsed = parseVerdict(canonical(verdict));
  return isRefusal(parsed) ? MALFORMED : { about: 'verdict', descriptor, agency, verdict: parsed };
};

const readDue = (record: Members): LeafRecord | Refusal<'malformed-record'> => {
  const { item, exchange, parties, due, withoutReceipt } = record;
  const wellFormed =
    members(record) === 'about,due,exchange,item,parties,withoutReceipt' &&
    isItemId(item) &&
    isExchangeId(exchange) &&
    isInstant(due) &&
    typeof withoutReceipt === 'boolean' &&
    Array.isArray(parties) &&
    parties.length === 2 &&
    parties.every(isAgencyId);
  return wellFormed ? (record as unknown as LeafRecord) : MALFORMED;
};
