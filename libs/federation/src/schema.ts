import { isAgencyId, isChainId, isDigest, isFingerprint, isInstant } from '@tripoint/kernel';
import {
  AGENCY_KINDS,
  CLEARANCES,
  ONWARD_TRANSFERS,
  REVOCATION_REASONS,
  UNFREEZE_REASONS,
} from './codes.js';
import { type RegistryStatement, type StatementKind } from './statement.js';

// Whoever can reach the registry's door controls every value that is checked here. Schemas are closed:
// a member that this version does not know is a refusal, because ignoring it would let two versions
// read two different statements out of the same signed bytes.

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Exactly the members of `required`, and none but those of `optional` besides. */
export const closed =
  (required: Shape, optional: Shape = {}): Check =>
  (value) =>
    isRecord(value) &&
    Object.keys(required).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, member]) => {
      const check = Object.hasOwn(required, name)
        ? required[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : undefined;
      return check?.(member) ?? false;
    });

export const integer =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

const oneOf =
  (codes: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && codes.includes(value);

const listOf =
  (least: number, most: number, check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(check);

const sorted: Check = (value) =>
  Array.isArray(value) &&
  value.every((item, place) => place === 0 || String(value[place - 1]) < String(item));

const all =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.every((check) => check(value));

const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const LONGEST_CERTIFICATE = 8192;
const LONGEST_SIGNATURE = 512;

/** Base64 in its one canonical spelling. */
const base64 =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' &&
    value.length <= longest &&
    BASE64.test(value) &&
    Buffer.from(value, 'base64').toString('base64') === value;

export const isCertificateText: Check = base64(LONGEST_CERTIFICATE);
export const isSignatureText: Check = base64(LONGEST_SIGNATURE);

/** Federation names are also directory and log origin names. */
export const isFederationName = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 64 && /^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/.test(value);

const isName: Check = (value) =>
  typeof value === 'string' &&
  value.length >= 1 &&
  value.length <= 120 &&
  value === value.normalize('NFC') &&
  value === value.trim() &&
  !/\p{C}/u.test(value);

const isLocalName: Check = (value) =>
  isRecord(value) &&
  Object.keys(value).length >= 1 &&
  Object.keys(value).length <= 8 &&
  Object.entries(value).every(([language, name]) => /^[a-z]{2}$/.test(language) && isName(name));

const TEN_YEARS = 315_360_000;
const seconds = integer(1, TEN_YEARS);
const leafIndex = integer(0, Number.MAX_SAFE_INTEGER);

/** An envelope has sixteen compartments, and something is to be said in it beside the shares. */
const MOST_CUSTODIANS = 8;

/** What an item is stands in its `core`, which is never handed on; privileged advice opens for nobody else; shares have no shares. */
export const isInCustody = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^[a-z][a-z0-9-]{0,31}$/.test(value) &&
  value !== 'core' &&
  value !== 'legal' &&
  !value.startsWith('custody');

// Date moves the thirtieth of February to March instead of refusing it.
const isRealInstant: Check = (value) => {
  if (!isInstant(value)) return false;
  const at = Date.parse(value);
  return !Number.isNaN(at) && new Date(at).toISOString() === value;
};

const bodies: Readonly<Record<StatementKind, readonly [Shape, Shape?]>> = {
  'agency-enrolled': [
    {
      agency: closed({
        id: isAgencyId,
        name: isLocalName,
        kind: oneOf(AGENCY_KINDS),
        state: (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value),
        clearance: oneOf(CLEARANCES),
      }),
      certificate: isCertificateText,
      chains: all(listOf(1, 8, isChainId), sorted),
    },
    { expires: isRealInstant },
  ],
  'chain-opened': [{ agency: isAgencyId, chain: isChainId }],
  'chain-unfrozen': [{ chain: isChainId, reason: oneOf(UNFREEZE_REASONS) }],
  'certificate-rotated': [
    { agency: isAgencyId, certificate: isCertificateText },
    { expires: isRealInstant },
  ],
  'certificate-revoked': [
    { fingerprint: isFingerprint, reason: oneOf(REVOCATION_REASONS) },
    { since: leafIndex },
  ],
  'epoch-retired': [{ agency: isAgencyId, subkey: isFingerprint, keepSeconds: seconds }],
  'epoch-destroyed': [{ agency: isAgencyId, subkey: isFingerprint, claim: isSignatureText }],
  'history-attested': [{ agency: isAgencyId, from: leafIndex, through: leafIndex }],
  'agency-suspended': [{ agency: isAgencyId }],
  'agency-reinstated': [{ agency: isAgencyId }],
  'pair-agreed': [
    {
      a: isAgencyId,
      b: isAgencyId,
      clocks: closed({
        urgentDirect: seconds,
        urgentIndirect: seconds,
        routine: seconds,
        grace: seconds,
      }),
      transfer: closed({
        permitted: (value) => typeof value === 'boolean',
        ceiling: oneOf(CLEARANCES),
        onward: oneOf(ONWARD_TRANSFERS),
      }),
    },
  ],
  'custody-agreed': [
    {
      custodians: all(listOf(2, MOST_CUSTODIANS, isAgencyId), sorted),
      threshold: integer(2, MOST_CUSTODIANS),
      compartments: all(listOf(1, 15, isInCustody), sorted),
    },
  ],
  'policy-activated': [{ bundle: isDigest }],
  'root-rotated': [{ certificates: listOf(1, 16, isCertificateText), threshold: integer(1, 16) }],
};

const heading: Shape = {
  v: (value) => value === 1,
  federation: isFederationName,
  seq: integer(0, Number.MAX_SAFE_INTEGER),
  prev: isDigest,
  at: isRealInstant,
};

/** What schemas alone cannot say: members that depend on one another. */
const coherent = (statement: RegistryStatement): boolean => {
  if (statement.kind === 'certificate-revoked')
    return (statement.since !== undefined) === (statement.reason === 'compromised');
  if (statement.kind === 'pair-agreed') return statement.a < statement.b;
  if (statement.kind === 'history-attested') return statement.from <= statement.through;
  if (statement.kind === 'custody-agreed')
    return statement.threshold <= statement.custodians.length;
  if (statement.kind === 'root-rotated')
    return statement.threshold <= statement.certificates.length;
  return true;
};

/** Whether a parsed value is a registry statement of this version, to the last member. */
export const isRegistryStatement = (value: unknown): value is RegistryStatement => {
  if (!isRecord(value)) return false;
  const kind = value['kind'];
  if (typeof kind !== 'string' || !Object.hasOwn(bodies, kind)) return false;
  const [required, optional] = bodies[kind as StatementKind];
  return (
    closed({ ...heading, kind: oneOf([kind]), ...required }, optional)(value) &&
    coherent(value as RegistryStatement)
  );
};
