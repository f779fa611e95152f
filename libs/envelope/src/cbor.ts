import { refuse, type Refusal } from '@tripoint/kernel';
import { isWellFormed } from './bytes.js';

/** What our CBOR holds: no floats, no tags, no `undefined`; map keys are strings. */
export type Cbor = null | boolean | number | string | Uint8Array | readonly Cbor[] | CborMembers;
type CborMembers = { readonly [key: string]: Cbor | undefined };
/** A CBOR map. A member that is `undefined` is absent. */
export type CborMap = Readonly<Record<string, Cbor | undefined>>;

/** Why bytes are not one deterministic CBOR item. */
export type CborCode =
  'cbor-malformed' | 'cbor-not-deterministic' | 'cbor-too-deep' | 'cbor-too-many-items';

/** Bounds of what is built. */
export type CborLimits = {
  /** Nested arrays and maps; 16 unless told. */
  readonly depth?: number;
  /** Items of every kind, keys included; 4096 unless told. */
  readonly items?: number;
};

const DEEPEST = 16;
const MOST_ITEMS = 4096;

const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, simple: 7 } as const;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;

// A byte order mark is a character like any other here, or text would not come back out as it went in.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Deterministic CBOR (RFC 8949 §4.2.1) of a value of ours. A member that is `undefined` is left out.
 * @throws {TypeError} for a fraction, an unsafe integer, a string that is not well formed, or what is beyond `limits`
 * (of which `items` is unbounded unless told)
 */
export const encodeCbor = (value: Cbor, limits: CborLimits = {}): Uint8Array => {
  const writer = new Writer(limits.depth ?? DEEPEST, limits.items ?? Infinity);
  writer.item(value, 0);
  return writer.written();
};

/**
 * The inverse of `encodeCbor`, or a refusal; never throws. The bytes may come from anybody: nothing is allocated for a length
 * before that many bytes are there. Byte strings are views into `bytes`.
 */
export const decodeCbor = (
  bytes: Uint8Array,
  limits: CborLimits = {},
): Cbor | Refusal<CborCode> => {
  const first = decodeFirstCbor(bytes, limits);
  if (first instanceof Refused)
    return refuse(first.code, 'the bytes are not one deterministic CBOR item');
  return first.length === bytes.length
    ? first.value
    : refuse('cbor-malformed', 'bytes follow the CBOR item');
};

/** The first item of `bytes` and how many bytes it takes. */
export const decodeFirstCbor = (
  bytes: Uint8Array,
  limits: CborLimits = {},
): { readonly value: Cbor; readonly length: number } | Refused => {
  const reader = new Reader(bytes, limits.depth ?? DEEPEST, limits.items ?? MOST_ITEMS);
  try {
    return { value: reader.item(0), length: reader.at };
  } catch (cause) {
    if (cause instanceof Refused) return cause;
    throw cause;
  }
};

/** Ends a reading from any depth; never leaves this file's functions as an exception. */
export class Refused extends Error {
  constructor(readonly code: CborCode) {
    super(code);
  }
}

class Writer {
  #buffer = Buffer.allocUnsafe(1024);
  #length = 0;
  #items = 0;

  constructor(
    private readonly deepest: number,
    private readonly mostItems: number,
  ) {}

  written(): Uint8Array {
    return new Uint8Array(this.#buffer.subarray(0, this.#length));
  }

  item(value: Cbor, depth: number): void {
    this.#count();
    if (value === null) this.#byte(NULL);
    else if (typeof value === 'boolean') this.#byte(value ? TRUE : FALSE);
    else if (typeof value === 'number') this.#integer(value);
    else if (typeof value === 'string') this.#text(value);
    else if (value instanceof Uint8Array) this.#string(MAJOR.bytes, value);
    else {
      if (depth === this.deepest) throw new TypeError('the value nests too deep');
      if (isArray(value)) this.#array(value, depth);
      else this.#map(value, depth);
    }
  }

  #array(value: readonly Cbor[], depth: number): void {
    this.#head(MAJOR.array, value.length);
    for (const member of value) this.item(member, depth + 1);
  }

  #map(value: CborMap, depth: number): void {
    // The head of a longer key is larger, so this is the order of the encoded keys (§4.2.1).
    const members = Object.entries(value)
      .flatMap(([key, member]) => (member === undefined ? [] : [{ key: wellFormed(key), member }]))
      .sort((a, b) => a.key.length - b.key.length || Buffer.compare(a.key, b.key));
    this.#head(MAJOR.map, members.length);
    for (const { key, member } of members) {
      this.#count();
      this.#string(MAJOR.text, key);
      this.item(member, depth + 1);
    }
  }

  #count(): void {
    if (++this.#items > this.mostItems) throw new TypeError('the value has too many items');
  }

  #integer(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new TypeError('a number is not a safe integer');
    if (value < 0) this.#head(MAJOR.negative, -1 - value);
    else this.#head(MAJOR.unsigned, value);
  }

  #text(value: string): void {
    this.#string(MAJOR.text, wellFormed(value));
  }

  #string(major: number, bytes: Uint8Array): void {
    this.#head(major, bytes.length);
    this.#room(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #head(major: number, value: number): void {
    this.#room(9);
    const first = major << 5;
    if (value < 24) this.#byte(first | value);
    else if (value < 0x100) {
      this.#byte(first | 24);
      this.#length = this.#buffer.writeUInt8(value, this.#length);
    } else if (value < 0x1_0000) {
      this.#byte(first | 25);
      this.#length = this.#buffer.writeUInt16BE(value, this.#length);
    } else if (value < 0x1_0000_0000) {
      this.#byte(first | 26);
      this.#length = this.#buffer.writeUInt32BE(value, this.#length);
    } else {
      this.#byte(first | 27);
      this.#length = this.#buffer.writeBigUInt64BE(BigInt(value), this.#length);
    }
  }

  #byte(value: number): void {
    this.#room(1);
    this.#length = this.#buffer.writeUInt8(value, this.#length);
  }

  #room(needed: number): void {
    if (this.#length + needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + needed));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}

class Reader {
  at = 0;
  #items = 0;
  readonly #view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly deepest: number,
    private readonly mostItems: number,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  item(depth: number): Cbor {
    if (++this.#items > this.mostItems) throw new Refused('cbor-too-many-items');
    const first = this.#byte();
    switch (first >> 5) {
      case MAJOR.unsigned:
        return this.#argument(first);
      case MAJOR.negative: {
        const value = -1 - this.#argument(first);
        if (!Number.isSafeInteger(value)) throw new Refused('cbor-malformed');
        return value;
      }
      case MAJOR.bytes:
        return this.#take(this.#argument(first));
      case MAJOR.text:
        return this.#text(this.#argument(first));
      case MAJOR.array:
        return this.#array(this.#argument(first), this.#deeper(depth));
      case MAJOR.map:
        return this.#map(this.#argument(first), this.#deeper(depth));
      default:
        if (first === FALSE || first === TRUE) return first === TRUE;
        if (first === NULL) return null;
        throw new Refused('cbor-malformed');
    }
  }

  #deeper(depth: number): number {
    if (depth === this.deepest) throw new Refused('cbor-too-deep');
    return depth + 1;
  }

  #array(length: number, depth: number): Cbor[] {
    const members: Cbor[] = [];
    for (let count = 0; count < length; count++) members.push(this.item(depth));
    return members;
  }

  #map(length: number, depth: number): CborMap {
    const members: [string, Cbor][] = [];
    let previous: Uint8Array | undefined;
    for (let count = 0; count < length; count++) {
      const start = this.at;
      const key = this.item(depth);
      if (typeof key !== 'string') throw new Refused('cbor-malformed');
      const encoded = this.bytes.subarray(start, this.at);
      if (previous !== undefined && Buffer.compare(previous, encoded) >= 0)
        throw new Refused('cbor-not-deterministic');
      previous = encoded;
      members.push([key, this.item(depth)]);
    }
    // Own properties even for `__proto__`.
    return Object.fromEntries(members);
  }

  #text(length: number): string {
    const bytes = this.#take(length);
    try {
      return decoder.decode(bytes);
    } catch {
      throw new Refused('cbor-malformed');
    }
  }

  #argument(first: number): number {
    const short = first & 31;
    if (short < 24) return short;
    const size = 2 ** (short - 24);
    if (size > 8 || this.bytes.length - this.at < size) throw new Refused('cbor-malformed');
    const value =
      size === 1
        ? this.#view.getUint8(this.at)
        : size === 2
          ? this.#view.getUint16(this.at)
          : size === 4
            ? this.#view.getUint32(this.at)
            : Number(this.#view.getBigUint64(this.at));
    this.at += size;
    // The shortest form is the only one.
    if (value < (size === 1 ? 24 : 2 ** (size * 4))) throw new Refused('cbor-not-deterministic');
    if (!Number.isSafeInteger(value)) throw new Refused('cbor-malformed');
    return value;
  }

  #byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new Refused('cbor-malformed');
    this.at++;
    return byte;
  }

  #take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new Refused('cbor-malformed');
    const taken = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return taken;
  }
}

const isArray = (value: readonly Cbor[] | CborMap): value is readonly Cbor[] =>
  Array.isArray(value);

/** Whether a value is a map, neither null, an array nor bytes. */
export const isCborMap = (value: Cbor | undefined): value is CborMap =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array);

const wellFormed = (text: string): Uint8Array => {
  if (!isWellFormed(text)) throw new TypeError('a string is not well formed');
  return Buffer.from(text);
};
