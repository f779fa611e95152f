import { canonical, type Json, parseCanonical, utf8 } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type Fingerprint,
  isAgencyId,
  isDigest,
  isEventId,
  isExchangeId,
  isFingerprint,
  isInstant,
  isItemId,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { type RegistrySum } from '@tripoint/federation';
import { formatVerdict, readVerdict, type Verdict } from '@tripoint/policy';
import { type Due } from './clocks.js';

/** Whether a verdict gives a compartment to somebody; where a provider only decides, or one orders, nobody is given anything yet. */
export const discloses = ({ question: { family, grant, order } }: Verdict): boolean =>
  order === undefined && (family !== 'release' || grant === undefined);

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
    }
  | ({ readonly about: 'registry' } & RegistrySum);

const LIMITS = { size: 32 * 1024, depth: 6 };
const MALFORMED = refuse('malformed-record', 'the record is not of the agreed form');
const members = (value: object): string => Object.keys(value).sort().join();

/** Canonical bytes of a record. */
export const formatRecord = (record: LeafRecord): Uint8Array =>
  record.about === 'verdict' ? verdictRecord(record) : canonical({ ...record });

// Verdicts are frozen and recur, for another agency or at another leaf.
const written = new WeakMap<Verdict, string>();

/** Put together from texts that are canonical already, in the order of their names. */
const verdictRecord = ({
  agency,
  descriptor,
  verdict,
}: Extract<LeafRecord, { readonly about: 'verdict' }>): Uint8Array => {
  let text = written.get(verdict);
  if (text === undefined) {
    const bytes = formatVerdict(verdict);
    if (isRefusal(parseCanonical(bytes, LIMITS)))
      throw new TypeError('a verdict did not survive its own format');
    text = Buffer.from(bytes).toString();
    if (Object.isFrozen(verdict)) written.set(verdict, text);
  }
  return utf8(
    `{"about":"verdict","agency":"${agency}","descriptor":"${descriptor}","verdict":${text}}`,
  );
};

/** Reads a record that whoever served it controls. The inverse of {@link formatRecord}. */
export const parseRecord = (bytes: Uint8Array): LeafRecord | Refusal<'malformed-record'> => {
  // One character a byte: texts are equal only where all bytes are.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const agency = text.slice(AGENCY, AGENCY + 64);
  const descriptor = text.slice(DESCRIPTOR, DESCRIPTOR + 64);
  const isVerdict =
    text.startsWith(BEFORE_AGENCY) &&
    isFingerprint(agency) &&
    text.startsWith(BEFORE_DESCRIPTOR, AGENCY + 64) &&
    isDigest(descriptor) &&
    text.startsWith(BEFORE_VERDICT, DESCRIPTOR + 64);
  if (!isVerdict) return parseAny(bytes);
  const after = text.slice(DESCRIPTOR + 64 + BEFORE_VERDICT.length);
  const verdict = known.get(after);
  if (verdict !== undefined) return { about: 'verdict', descriptor, agency, verdict };
  const record = parseAny(bytes);
  if (!isRefusal(record) && record.about === 'verdict' && after.length <= LONGEST_KNOWN) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(after, freeze(record.verdict));
  }
  return record;
};

// Few verdicts make up most of a log: after the two digests, the rest of a record is one that was read before.
const BEFORE_AGENCY = '{"about":"verdict","agency":"';
const BEFORE_DESCRIPTOR = '","descriptor":"';
const BEFORE_VERDICT = '","verdict":';
const AGENCY = BEFORE_AGENCY.length;
const DESCRIPTOR = AGENCY + 64 + BEFORE_DESCRIPTOR.length;
const MOST_KNOWN = 1024;
const LONGEST_KNOWN = 4096;
const known = new Map<string, Verdict>();

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
};

const parseAny = (bytes: Uint8Array): LeafRecord | Refusal<'malformed-record'> => {
  const value = parseCanonical(bytes, LIMITS);
  if (isRefusal(value) || typeof value !== 'object' || value === null || Array.isArray(value))
    return MALFORMED;
  const record = value as Readonly<Record<string, Json | undefined>>;
  const { about } = record;
  if (typeof about !== 'string') return MALFORMED;
  switch (about) {
    case 'verdict':
      return readVerdictRecord(record);
    case 'due':
      return readDue(record);
    case 'head':
      return members(record) === 'about,agency,head,number' &&
        isAgencyId(record['agency']) &&
        isDigest(record['head']) &&
        Number.isSafeInteger(record['number'])
        ? (record as unknown as LeafRecord)
        : MALFORMED;
    case 'registry':
      return members(record) === 'about,count,digest' &&
        isDigest(record['digest']) &&
        Number.isSafeInteger(record['count']) &&
        (record['count'] as number) >= 0
        ? (record as unknown as LeafRecord)
        : MALFORMED;
    default:
      return MALFORMED;
  }
};

type Members = Readonly<Record<string, Json | undefined>>;

const readVerdictRecord = (record: Members): LeafRecord | Refusal<'malformed-record'> => {
  const { descriptor, agency, verdict } = record;
  if (members(record) !== 'about,agency,descriptor,verdict') return MALFORMED;
  if (!isDigest(descriptor) || !isFingerprint(agency) || verdict === undefined) return MALFORMED;
  const parsed = readVerdict(verdict);
  return isRefusal(parsed) ? MALFORMED : { about: 'verdict', descriptor, agency, verdict: parsed };
};

const DUE_MEMBERS = [
  'about,due,exchange,item,parties,withoutReceipt',
  'about,due,exchange,grant,item,parties,withoutReceipt',
  'about,due,exchange,item,parties,recall,withoutReceipt',
  'about,due,erasure,exchange,item,parties,withoutReceipt',
  'about,due,erases,erasure,exchange,item,parties,withoutReceipt',
];

const isErases = (erases: Json): boolean =>
  typeof erases === 'object' &&
  erases !== null &&
  members(erases) === 'descriptors,event' &&
  isEventId((erases as Members)['event']) &&
  Array.isArray((erases as Members)['descriptors']) &&
  ((erases as Members)['descriptors'] as readonly Json[]).every(isDigest);

const readDue = (record: Members): LeafRecord | Refusal<'malformed-record'> => {
  const { item, exchange, parties, due, withoutReceipt, grant, recall, erasure, erases } = record;
  const wellFormed =
    DUE_MEMBERS.includes(members(record)) &&
    (grant === undefined || grant === true) &&
    (recall === undefined || recall === true) &&
    (erases === undefined
      ? erasure === undefined || erasure === 'overdue' || erasure === 'completed'
      : erasure === 'ordered' && isErases(erases)) &&
    isItemId(item) &&
    isExchangeId(exchange) &&
    isInstant(due) &&
    typeof withoutReceipt === 'boolean' &&
    Array.isArray(parties) &&
    parties.length === 2 &&
    parties.every(isAgencyId);
  return wellFormed ? (record as unknown as LeafRecord) : MALFORMED;
};
