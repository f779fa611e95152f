import { type Refusal } from '@tripoint/kernel';

/** What our CBOR holds: no floats, no tags, no `undefined`; map keys are strings. */
export type Cbor =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Cbor[]
  | { readonly [key: string]: Cbor | undefined };

/** Why bytes are not one deterministic CBOR item. */
export type CborCode =
  'cbor-malformed' | 'cbor-not-deterministic' | 'cbor-too-deep' | 'cbor-too-many-items';

/** Bounds of what `decodeCbor` builds. */
export type CborLimits = {
  /** Nested arrays and maps; 16 unless told. */
  readonly depth?: number;
  /** Items of every kind, keys included; 4096 unless told. */
  readonly items?: number;
};

/**
 * Deterministic CBOR (RFC 8949 §4.2.1) of a value of ours. A member that is `undefined` is left out.
 * @throws {TypeError} for a fraction, an unsafe integer or a string that is not well formed
 */
export const encodeCbor = (value: Cbor): Uint8Array => {
  throw new Error(`not built: ${typeof value}`);
};

/** The inverse of `encodeCbor`, or a refusal; never throws. The bytes may come from anybody. Byte strings are views into `bytes`. */
export const decodeCbor = (bytes: Uint8Array, limits?: CborLimits): Cbor | Refusal<CborCode> => {
  throw new Error(`not built: ${bytes.length} ${typeof limits}`);
};
