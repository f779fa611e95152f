import { isEventId, refuse, type Refusal } from '@tripoint/kernel';
import { type Cbor, decodeFirstCbor, encodeCbor, isCborMap, Refused } from './cbor.js';
import { type Frame } from './envelope.js';

const KIB = 1024;
/** The sizes that a frame may have; the smallest that fits is the only one. */
const SIZES = [1 * KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB] as const;
const LIMITS = { depth: 16, items: 16_384 };

/** Why a frame cannot be written. */
export type FrameCode = 'draft-malformed' | 'frame-too-large';

/** The frame's CBOR, followed by zeros up to its size class. */
export const formatFrame = (frame: Frame): Uint8Array | Refusal<FrameCode> => {
  const malformed = refuse('draft-malformed', 'the frame is not of its form');
  const { event, officer, causation, correlation } = frame;
  const value = { event: { type: event.type, data: event.data }, officer, causation, correlation };
  if (!isFrame(value)) return malformed;
  let content: Uint8Array;
  try {
    content = encodeCbor(value, LIMITS);
  } catch {
    return malformed;
  }
  const size = sizeFor(content.length);
  if (size === undefined)
    return refuse('frame-too-large', 'the frame is larger than the largest size');
  const padded = new Uint8Array(size);
  padded.set(content);
  return padded;
};

/** The strict inverse of `formatFrame`. The issuer controls the bytes. */
export const parseFrame = (bytes: Uint8Array): Frame | undefined => {
  const first = decodeFirstCbor(bytes, LIMITS);
  if (first instanceof Refused || !isFrame(first.value)) return undefined;
  if (sizeFor(first.length) !== bytes.length) return undefined;
  return bytes.subarray(first.length).every((octet) => octet === 0) ? first.value : undefined;
};

const sizeFor = (length: number): number | undefined => SIZES.find((size) => length <= size);

const isName = (value: Cbor | undefined, longest: number): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= longest;

const isFrame = (value: Cbor): value is Frame & Cbor => {
  if (!isCborMap(value) || Object.keys(value).length !== 4) return false;
  const { event, officer, causation, correlation } = value;
  return (
    isCborMap(event) &&
    Object.keys(event).length === 2 &&
    isName(event['type'], 64) &&
    event['data'] !== undefined &&
    isName(officer, 128) &&
    (causation === null || isEventId(causation)) &&
    (correlation === null || isName(correlation, 128))
  );
};
