import { type Refusal } from '@tripoint/kernel';

/** What JCS bodies hold: safe integers, NFC strings, no fractions. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };
/** A JSON object. A member that is `undefined` is absent. */
export type JsonObject = { readonly [name: string]: Json | undefined };

/** Why bytes are not canonical JSON. */
export type JsonCode = 'json-too-large' | 'json-too-deep' | 'json-malformed' | 'json-not-canonical';

/** Bounds of what `parseCanonical` looks at. */
export type JsonLimits = {
  /** Bytes; 32 768 unless told. */
  readonly size?: number;
  /** Nested arrays and objects; 6 unless told. */
  readonly depth?: number;
};

/**
 * RFC 8785 bytes of a value of ours.
 * @throws {TypeError} when it holds a fraction, an unsafe integer, a string that is not NFC or not well formed
 */
export const canonical = (value: Json): Uint8Array => {
  throw new Error(`not built: ${typeof value}`);
};

/**
 * The value of canonical bytes, or a refusal; never throws. The bytes may come from anybody: size and depth are bounded
 * before anything is parsed.
 */
export const parseCanonical = (
  bytes: Uint8Array,
  limits?: JsonLimits,
): Json | Refusal<JsonCode> => {
  throw new Error(`not built: ${bytes.length} ${typeof limits}`);
};
