import { canonical, isJsonObject, type Json, parseCanonical } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type Instant,
  isAgencyId,
  isDigest,
  isInstant,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';

/** One time that somebody at the agency looked at what is in the bundle. */
export type Consultation = {
  /** Its number in the agency's read log. */
  readonly number: number;
  /** Who, by a name that only the agency can resolve, and that is another one in every bundle. */
  readonly officer: Digest;
  readonly purpose: string;
  readonly legalBasis: string | null;
  readonly fields: readonly string[];
  readonly at: Instant;
  /** The row's hash in the read log: with the row, which the agency shows to oversight, it can be recomputed. */
  readonly hash: Digest;
};

/** Who held what is in the bundle, and every time it was looked at there. The last time is the building of the bundle. */
export type Custody = {
  readonly v: 1;
  readonly agency: AgencyId;
  /** Ascending. */
  readonly consultations: readonly Consultation[];
};

const LARGEST = 16 * 1024 * 1024;
const CODE = /^[A-Za-z0-9][A-Za-z0-9 _.:-]{0,63}$/;
const BASIS = /^[\x20-\x7e]{1,200}$/;

export const formatCustody = ({ v, agency, consultations }: Custody): Uint8Array =>
  canonical({
    v,
    agency,
    consultations: consultations.map((one) => ({ ...one, fields: [...one.fields] })),
  });

/** Reads what a builder says of itself. The inverse of {@link formatCustody}. */
export const parseCustody = (bytes: Uint8Array): Custody | Refusal<'malformed-custody'> => {
  const malformed = refuse('malformed-custody', 'the consultations are not of the agreed form');
  const value = parseCanonical(bytes, { size: LARGEST, depth: 4 });
  if (isRefusal(value) || !isJsonObject(value) || members(value) !== 'agency,consultations,v')
    return malformed;
  const { v, agency, consultations } = value;
  const wellFormed =
    v === 1 &&
    isAgencyId(agency) &&
    Array.isArray(consultations) &&
    consultations.length > 0 &&
    consultations.every(isConsultation) &&
    consultations.every(({ number }, n) => n === 0 || number > (consultations[n - 1]?.number ?? 0));
  return wellFormed ? { v, agency, consultations } : malformed;
};

const members = (value: object): string => Object.keys(value).sort().join();

const isConsultation = (value: Json): value is Consultation =>
  isJsonObject(value) &&
  members(value) === 'at,fields,hash,legalBasis,number,officer,purpose' &&
  Number.isSafeInteger(value['number']) &&
  (value['number'] as number) >= 0 &&
  isDigest(value['officer']) &&
  typeof value['purpose'] === 'string' &&
  CODE.test(value['purpose']) &&
  (value['legalBasis'] === null ||
    (typeof value['legalBasis'] === 'string' && BASIS.test(value['legalBasis']))) &&
  Array.isArray(value['fields']) &&
  value['fields'].length <= 32 &&
  value['fields'].every((field) => typeof field === 'string' && CODE.test(field)) &&
  isInstant(value['at']) &&
  isDigest(value['hash']);
