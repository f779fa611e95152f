declare const brand: unique symbol;

/** A primitive that has passed one particular door. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** An agency's short name in the registry: lower-case letters, digits and hyphens, at most 32 characters. */
export type AgencyId = Brand<string, 'AgencyId'>;
/** A chain of submissions: `<agency>-<n>`. */
export type ChainId = Brand<string, 'ChainId'>;
/** Random UUID of an exchange; its envelopes name it as their `stream`. */
export type ExchangeId = Brand<string, 'ExchangeId'>;
/** Random UUID of a workflow item: a request, a contribution or a referral. */
export type ItemId = Brand<string, 'ItemId'>;
/** Random UUID of one event; its envelope's header carries it. */
export type EventId = Brand<string, 'EventId'>;
/** Opaque name of an officer, meaningful inside one agency only. */
export type OfficerId = Brand<string, 'OfficerId'>;
/** An RFC 3339 date-time in UTC with milliseconds: `2026-11-23T12:00:00.000Z`. */
export type Instant = Brand<string, 'Instant'>;
/** 64 lower-case hexadecimal digits: a SHA-256 digest. */
export type Digest = Brand<string, 'Digest'>;
/** 64 lower-case hexadecimal digits: an OpenPGP v6 fingerprint. */
export type Fingerprint = Brand<string, 'Fingerprint'>;

const matching =
  <B extends string>(pattern: RegExp) =>
  (text: unknown): text is Brand<string, B> =>
    typeof text === 'string' && pattern.test(text);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isAgencyId = matching<'AgencyId'>(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$(?<=^.{1,32})/);
export const isChainId = matching<'ChainId'>(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$(?<=^.{1,40})/);
export const isExchangeId = matching<'ExchangeId'>(UUID);
export const isItemId = matching<'ItemId'>(UUID);
export const isEventId = matching<'EventId'>(UUID);
// There is no year 0000 in most calendars, nor in PostgreSQL's, which would stop at it.
export const isInstant = matching<'Instant'>(/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
// Written out, the pattern is tried in a third of the time that counting to 64 takes, and nothing is tried more often.
const SHA256 = new RegExp(`^${'[0-9a-f]'.repeat(64)}$`);
export const isDigest = matching<'Digest'>(SHA256);
export const isFingerprint = matching<'Fingerprint'>(SHA256);
