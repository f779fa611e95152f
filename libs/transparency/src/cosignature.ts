import { isRefusal } from '@tripoint/kernel';
import { parseCheckpoint } from './checkpoint.js';
import { type NoteKeyUse } from './verifier-key.js';

const TIMESTAMP_BYTES = 8;
const MAX_ML_DSA_NAME = 255;

/** What a witness signs with, of those who sign with a time. */
export type CosignatureUse = Exclude<NoteKeyUse, 'ed25519'>;

/**
 * What a witness signs of a checkpoint at a time, in seconds since 1970; undefined when the text is no checkpoint, or a name in it
 * too long to be signed.
 */
export const cosignedMessage = (
  { name, use }: { readonly name: string; readonly use: CosignatureUse },
  time: number,
  text: string,
): Buffer | undefined => {
  const checkpoint = parseCheckpoint(text);
  if (isRefusal(checkpoint)) return undefined;
  if (use === 'cosignature-v1') return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
  const names = [name, checkpoint.origin].map((one) => Buffer.from(one));
  const [own, origin] = names.map((one) => Buffer.concat([Buffer.of(one.length), one]));
  if (own === undefined || origin === undefined) return undefined;
  if (names.some(({ length }) => length > MAX_ML_DSA_NAME)) return undefined;
  return Buffer.concat([
    Buffer.from('subtree/v1\n\0'),
    own,
    uint64(time),
    origin,
    uint64(0),
    uint64(checkpoint.size),
    checkpoint.root,
  ]);
};

/** The time as it stands in front of the signature. */
export const uint64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(TIMESTAMP_BYTES);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};

/** Takes a cosignature apart; undefined when it is too short or its time is beyond safe integers. */
export const splitCosignature = (
  bytes: Uint8Array,
): { readonly time: number; readonly signature: Uint8Array } | undefined => {
  if (bytes.length < TIMESTAMP_BYTES) return undefined;
  const time = Number(Buffer.from(bytes).readBigUInt64BE());
  return Number.isSafeInteger(time)
    ? { time, signature: bytes.subarray(TIMESTAMP_BYTES) }
    : undefined;
};
