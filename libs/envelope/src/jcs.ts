import { refuse, type Refusal } from '@tripoint/kernel';
import { isWellFormed, utf8 } from './bytes.js';

/** What JCS bodies hold: safe integers, NFC strings, no fractions. */
export type Json = null | boolean | number | string | readonly Json[] | JsonMembers;
type JsonMembers = { readonly [name: string]: Json | undefined };
/** A JSON object. A member that is `undefined` is absent. */
export type JsonObject = Readonly<Record<string, Json | undefined>>;

/** Why bytes are not canonical JSON. */
export type JsonCode = 'json-too-large' | 'json-too-deep' | 'json-malformed' | 'json-not-canonical';

/** Bounds of what `parseCanonical` looks at. */
export type JsonLimits = {
  /** Bytes; 32 768 unless told. */
  readonly size?: number;
  /** Nested arrays and objects; 6 unless told. */
  readonly depth?: number;
};

const LARGEST = 32 * 1024;
const DEEPEST = 6;

// A byte order mark is a character like any other here: it must come back out, or the bytes were not canonical.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * RFC 8785 bytes of a value of ours.
 * @throws {TypeError} when it holds a fraction, an unsafe integer, a string that is not NFC or not well formed
 */
export const canonical = (value: Json): Uint8Array => {
  if (!isPlain(value)) throw new TypeError('the value has no canonical form');
  return utf8(serialize(value));
};

/**
 * The value of canonical bytes, or a refusal; never throws. The bytes may come from anybody: size and depth are bounded
 * before anything is parsed. Because the answer must serialise to the same bytes, no member can stand twice. A value
 * with a member called `refused` looks like a refusal; the callers' schemas have none, so both are refused alike.
 */
export const parseCanonical = (
  bytes: Uint8Array,
  limits?: JsonLimits,
): Json | Refusal<JsonCode> => {
  const outcome = readCanonical(bytes, limits);
  return typeof outcome === 'string' ? refuse(outcome, DETAILS[outcome]) : outcome.value;
};

const DETAILS: Readonly<Record<JsonCode, string>> = {
  'json-too-large': 'the statement is too large',
  'json-too-deep': 'the statement nests too deep',
  'json-malformed': 'the statement is not JSON of ours in UTF-8',
  'json-not-canonical': 'the statement is not in canonical form',
};

/** As `parseCanonical`, with an outcome that no value can imitate. */
export const readCanonical = (
  bytes: Uint8Array,
  { size = LARGEST, depth = DEEPEST }: JsonLimits = {},
): { readonly value: Json } | JsonCode => {
  if (bytes.length > size) return 'json-too-large';
  if (nestsDeeperThan(bytes, depth)) return 'json-too-deep';
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(bytes);
    value = JSON.parse(text);
  } catch {
    return 'json-malformed';
  }
  // As many characters as bytes is ASCII; without an escape no string in it holds anything else.
  const ascii = text.length === bytes.length && !text.includes('\\');
  const isOurs: (value: unknown) => value is Json = ascii ? isPlainOfAscii : isPlain;
  if (!isOurs(value)) return 'json-malformed';
  // Parsed members are all own, so in names that stand sorted `JSON.stringify` and RFC 8785 agree to the byte.
  const again = isSorted(value) ? JSON.stringify(value) : serialize(value);
  return again === text ? { value } : 'json-not-canonical';
};

/** The bytes that `readCanonical` would take under its bounds, or undefined where the value has none. */
export const canonicalWithin = (
  value: Json,
  { size = LARGEST, depth = DEEPEST }: JsonLimits = {},
): Uint8Array | undefined => {
  if (!isPlain(value)) return undefined;
  const bytes = utf8(serialize(value));
  return bytes.length > size || nestsDeeperThan(bytes, depth) ? undefined : bytes;
};

/** Whether a value is a JSON object, neither null nor an array. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A string is left by its closing quote only, so a bracket inside one does not count. Looks at each byte once, allocates nothing. */
const nestsDeeperThan = (bytes: Uint8Array, limit: number): boolean => {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > limit) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
};

// Most texts are plain ASCII, which is well formed and in NFC.
const ASCII = /^[\x20-\x7e]*$/;
const isText = (text: string): boolean =>
  ASCII.test(text) || (isWellFormed(text) && text.normalize('NFC') === text);

/**
 * RFC 8785 of a value that `isPlain` let through: for well-formed strings and safe integers its rules are those of
 * `JSON.stringify`, and names are in the order of their UTF-16 units, as `sort` has it.
 */
const serialize = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(serialize).join(',')}]`;
  const members: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${serialize(member)}`);
  }
  return `{${members.join(',')}}`;
};

const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] =>
  Array.isArray(value);

const isPlain = (value: unknown): value is Json => {
  if (typeof value === 'string') return isText(value);
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value === 'boolean' || value === null) return true;
  // `every` would pass over a hole, for which JSON has no spelling.
  if (Array.isArray(value)) return value.findIndex((member) => !isPlain(member)) === -1;
  if (typeof value !== 'object') return false;
  for (const name of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (!isText(name) || (member !== undefined && !isPlain(member))) return false;
  }
  return true;
};

/** `isPlain` of what `JSON.parse` made of ASCII without an escape: there every text is one of ours. */
const isPlainOfAscii = (value: unknown): value is Json => {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isPlainOfAscii);
  for (const name of Object.keys(value))
    if (!isPlainOfAscii((value as Readonly<Record<string, unknown>>)[name])) return false;
  return true;
};

/** Whether the names of every object, wherever it stands, are enumerated as RFC 8785 orders them. */
const isSorted = (value: Json | undefined): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  if (isList(value)) return value.every(isSorted);
  let previous: string | undefined;
  for (const name of Object.keys(value)) {
    if ((previous !== undefined && name <= previous) || !isSorted(value[name])) return false;
    previous = name;
  }
  return true;
};
