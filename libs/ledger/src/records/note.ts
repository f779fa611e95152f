import {
  type AgencyId,
  type ChainId,
  type Digest,
  type Instant,
  isAgencyId,
  isChainId,
  isDigest,
  isInstant,
  refuse,
  type Refusal,
} from '@tripoint/kernel';

/** What the hub says to one agency, once, of something it would not admit. */
export type QuarantineNotice = {
  /** Whose submission it was: what is said to another agency of the same bytes is no word about them here. */
  readonly agency: AgencyId;
  /** Of the submitted bytes. */
  readonly digest: Digest;
  readonly code: string;
  readonly at: Instant;
};

const CODE = /^[a-z][a-z0-9-]{0,63}$/;

/** The text of the note in which the log's key says so. `log` is the log's name. */
export const formatQuarantineNotice = (
  log: string,
  { agency, digest, code, at }: QuarantineNotice,
): string => [`${log}/quarantined`, agency, digest, code, at, ''].join('\n');

/** Reads the text of a note whose signature was verified; nothing else that the log's key signs is of this form. */
export const parseQuarantineNotice = (
  log: string,
  text: string,
): QuarantineNotice | Refusal<'malformed-notice'> => {
  const [origin, agency, digest, code, at, end, ...more] = text.split('\n');
  const wellFormed =
    origin === `${log}/quarantined` &&
    isAgencyId(agency) &&
    isDigest(digest) &&
    code !== undefined &&
    CODE.test(code) &&
    isInstant(at) &&
    end === '' &&
    more.length === 0;
  return wellFormed
    ? { agency, digest, code, at }
    : refuse('malformed-notice', 'the note is no notice of a quarantine');
};

/** What the hub says to one agency of wraps that it now keeps in the place of others. */
export type RewrappedNotice = {
  readonly agency: AgencyId;
  /** Of the wraps: see `rewrappedDigest`. */
  readonly wraps: Digest;
};

/** The text of the note in which the log's key says so. */
export const formatRewrappedNotice = (log: string, { agency, wraps }: RewrappedNotice): string =>
  [`${log}/rewrapped`, agency, wraps, ''].join('\n');

/** Reads the text of a note whose signature was verified. */
export const parseRewrappedNotice = (
  log: string,
  text: string,
): RewrappedNotice | Refusal<'malformed-notice'> => {
  const [origin, agency, wraps, end, ...more] = text.split('\n');
  return origin === `${log}/rewrapped` &&
    isAgencyId(agency) &&
    isDigest(wraps) &&
    end === '' &&
    more.length === 0
    ? { agency, wraps }
    : refuse('malformed-notice', 'the note is no notice of wraps that were made again');
};

/** What the hub answers an agency that asks after a start: where its chain and its mailbox stand. */
export type StandingNotice = {
  readonly agency: AgencyId;
  readonly chain: ChainId;
  /** The newest number that is recorded, -1 for a chain without entries, and the digest of its header: 64 zeros then. */
  readonly seq: number;
  readonly header: Digest;
  /** How many lines the mailbox has: the number of the next one. */
  readonly lines: number;
  /** What the agency asked with, 32 hexadecimal digits: an answer to another question is none. */
  readonly nonce: string;
  readonly at: Instant;
};

const SEQ = /^(-1|0|[1-9]\d{0,14})$/;
const LINES = /^(0|[1-9]\d{0,14})$/;
const NONCE = /^[0-9a-f]{32}$/;

/** The text of the note in which the log's key says so. */
export const formatStandingNotice = (
  log: string,
  { agency, chain, seq, header, lines, nonce, at }: StandingNotice,
): string =>
  [`${log}/standing`, agency, chain, seq.toString(), header, lines.toString(), nonce, at, ''].join(
    '\n',
  );

/** Reads the text of a note whose signature was verified. */
export const parseStandingNotice = (
  log: string,
  text: string,
): StandingNotice | Refusal<'malformed-notice'> => {
  const [origin, agency, chain, seq, header, lines, nonce, at, end, ...more] = text.split('\n');
  return origin === `${log}/standing` &&
    isAgencyId(agency) &&
    isChainId(chain) &&
    seq !== undefined &&
    SEQ.test(seq) &&
    isDigest(header) &&
    lines !== undefined &&
    LINES.test(lines) &&
    nonce !== undefined &&
    NONCE.test(nonce) &&
    isInstant(at) &&
    end === '' &&
    more.length === 0
    ? { agency, chain, seq: Number(seq), header, lines: Number(lines), nonce, at }
    : refuse('malformed-notice', 'the note does not say where an agency stands');
};
