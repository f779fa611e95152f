// OpenPGP packets at byte level (RFC 9580 §4.2, §5). Nothing here knows a key. Two rules: a reader never allocates
// before a length has been checked against what is there, and the profile leaves no byte undecided that a
// stranger could vary, so that two spellings of one packet do not exist.
import { concat, hex } from './bytes.js';
import { type Fingerprint } from '@tripoint/kernel';

/** One packet as found. `body` is a view, or a copy where the lengths were partial. */
export type Packet = {
  readonly tag: number;
  readonly body: Uint8Array;
  readonly definite: boolean;
};

export const TAG = {
  pkesk: 1,
  signature: 2,
  secretKey: 5,
  publicKey: 6,
  secretSubkey: 7,
  userId: 13,
  publicSubkey: 14,
  seipd: 18,
} as const;
/** Tags whose packets may have partial body lengths (§4.2.1.4). */
const DATA_TAGS: ReadonlySet<number> = new Set([8, 9, 11, 18]);
const SMALLEST_FIRST_PART = 512;

/**
 * The packets of `bytes`, or undefined when they are not whole packets in the current format, at most `most`.
 * Anybody controls the bytes.
 */
export const splitPackets = (bytes: Uint8Array, most: number): readonly Packet[] | undefined => {
  const packets: Packet[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (packets.length === most) return undefined;
    const first = bytes[at++] ?? 0;
    // 0x80 marks a packet, 0x40 the current format: the legacy one knows indeterminate lengths.
    if ((first & 0xc0) !== 0xc0) return undefined;
    const tag = first & 0x3f;
    const parts: Uint8Array[] = [];
    for (let partial = true; partial;) {
      const length = readLength(bytes, at);
      if (length === undefined) return undefined;
      at = length.next;
      partial = length.partial;
      if (
        partial &&
        (!DATA_TAGS.has(tag) || (parts.length === 0 && length.value < SMALLEST_FIRST_PART))
      )
        return undefined;
      if (length.value > bytes.length - at) return undefined;
      parts.push(bytes.subarray(at, at + length.value));
      at += length.value;
    }
    const [only] = parts;
    packets.push({
      tag,
      body: parts.length === 1 && only !== undefined ? only : concat(...parts),
      definite: parts.length === 1,
    });
  }
  return packets;
};

const readLength = (
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly next: number; readonly partial: boolean } | undefined => {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 192) return { value: first, next: at + 1, partial: false };
  if (first >= 224 && first < 255) return { value: 2 ** (first & 31), next: at + 1, partial: true };
  const size = first === 255 ? 4 : 1;
  const rest = bytes.subarray(at + 1, at + 1 + size);
  if (rest.length < size) return undefined;
  const value =
    first === 255
      ? rest.reduce((sum, octet) => sum * 256 + octet, 0)
      : (first - 192) * 256 + (rest[0] ?? 0) + 192;
  return { value, next: at + 1 + size, partial: false };
};

/** One packet with the shortest definite length. */
export const writePacket = (tag: number, body: Uint8Array): Uint8Array => {
  const { length } = body;
  const header =
    length < 192
      ? [0xc0 | tag, length]
      : length < 8384
        ? [0xc0 | tag, ((length - 192) >> 8) + 192, (length - 192) & 0xff]
        : [
            0xc0 | tag,
            255,
            (length >>> 24) & 0xff,
            (length >>> 16) & 0xff,
            (length >>> 8) & 0xff,
            length & 0xff,
          ];
  return concat(Uint8Array.from(header), body);
};

/** Whether `bytes` have `fixed` at `at`; -1 stands for any octet. */
const matches = (bytes: Uint8Array, pattern: readonly number[]): boolean =>
  bytes.length === pattern.length && pattern.every((octet, at) => octet < 0 || bytes[at] === octet);

const any = (count: number): readonly number[] => Array<number>(count).fill(-1);

// Each packet of the profile but SEIPD has one length and one layout, so a pattern says all of it.

/** v6 PKESK (§5.1.2) for a v6 X25519 subkey, carrying 32 bytes: 40 after AES key wrap, so a shorter key cannot fit. */
const PKESK = [0xc1, 109, 6, 33, 6, ...any(32), 25, ...any(32), 40, ...any(40)];
const PKESK_FINGERPRINT = 5;

/** The subkey a wrap is for, or undefined when it is outside the profile. */
export const wrapSubkey = (wrap: Uint8Array): Fingerprint | undefined =>
  matches(wrap, PKESK)
    ? (hex(wrap.subarray(PKESK_FINGERPRINT, PKESK_FINGERPRINT + 32)) as Fingerprint)
    : undefined;

/**
 * v6 signature (§5.2.3): binary, Ed25519, SHA-512; hashed subpackets exactly creation time and issuer fingerprint, both critical;
 * nothing unhashed, where a stranger could add; 32 octets of salt.
 */
const SIGNATURE = [
  ...[0xc2, 152, 6, 0x00, 27, 10],
  ...[0, 0, 0, 41, 5, 0x82, ...any(4), 34, 0xa1, 6, ...any(32)],
  ...[0, 0, 0, 0],
  ...any(2),
  ...[32, ...any(32)],
  ...any(64),
];
const SIGNATURE_FINGERPRINT = 19;

/** The subkey a signature says it is by, or undefined when it is outside the profile. */
export const signatureSubkey = (signature: Uint8Array): Fingerprint | undefined =>
  matches(signature, SIGNATURE)
    ? (hex(signature.subarray(SIGNATURE_FINGERPRINT, SIGNATURE_FINGERPRINT + 32)) as Fingerprint)
    : undefined;

/** What stands in a signature that `signatureSubkey` let through; views. */
export const signatureParts = (
  signature: Uint8Array,
): {
  readonly hashed: Uint8Array;
  readonly left: Uint8Array;
  readonly salt: Uint8Array;
  readonly value: Uint8Array;
} => ({
  // From the version up to the end of the hashed subpackets.
  hashed: signature.subarray(2, 51),
  left: signature.subarray(55, 57),
  salt: signature.subarray(58, 90),
  value: signature.subarray(90),
});

/** SEIPD version 2, AES-256, GCM, chunks of 2^(12+6) octets: smaller ones would multiply a recipient's work. */
const SEIPD = [2, 9, 3, 12];
/** Fixed fields, salt, and the tags of an empty chunk and of the end. */
const SMALLEST_SEIPD = 4 + 32 + 16 + 16;

/** Whether `body` is one SEIPD packet of the profile with one, shortest, length. */
export const isSeipdOfProfile = (body: Uint8Array): boolean => {
  const packets = splitPackets(body, 1);
  const packet = packets?.[0];
  return (
    packet?.tag === TAG.seipd &&
    packet.definite &&
    packet.body.length >= SMALLEST_SEIPD &&
    matches(packet.body.subarray(0, SEIPD.length), SEIPD) &&
    body.length === packet.body.length + headerLength(packet.body.length)
  );
};

const headerLength = (length: number): number => (length < 192 ? 2 : length < 8384 ? 3 : 6);
