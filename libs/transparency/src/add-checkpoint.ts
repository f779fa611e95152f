import { isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { isHash } from './hash.js';
import { MAX_NOTE_BYTES, parseNote } from './note.js';
import { formatBase64, parseBase64, parseDecimal } from './text.js';

/** What a log asks a witness to cosign (C2SP tlog-witness, `add-checkpoint`). */
export type AddCheckpoint = {
  /** The size that the witness cosigned last. */
  readonly old: number;
  /** That the checkpoint continues the tree of that size. */
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, byte for byte. */
  readonly checkpoint: Uint8Array;
};

const MAX_HASHES = 63;
/** `old`, the hashes, and what separates them. */
const MAX_HEAD = 32 + MAX_HASHES * 45;
/** A request is refused unread when it is larger. */
export const MAX_ADD_CHECKPOINT_BYTES = MAX_NOTE_BYTES + MAX_HEAD;

/** The content type in which a witness says how large the tree was that it cosigned last. */
export const TREE_SIZE_TYPE = 'text/x.tlog.size';

/**
 * The request's bytes.
 * @throws {RangeError} for a request that {@link parseAddCheckpoint} would refuse
 */
export const formatAddCheckpoint = ({ old, proof, checkpoint }: AddCheckpoint): Buffer => {
  const sound =
    parseDecimal(String(old)) !== undefined &&
    proof.length <= MAX_HASHES &&
    proof.every(isHash) &&
    !isRefusal(parseNote(checkpoint));
  if (!sound) throw new RangeError('formatting a request that no one could read');
  const lines = [`old ${old}`, ...proof.map(formatBase64)];
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`), checkpoint]);
};

/** Reads a request that anybody can send. The inverse of {@link formatAddCheckpoint}. */
export const parseAddCheckpoint = (
  bytes: Uint8Array,
): AddCheckpoint | Refusal<'malformed-request'> => {
  const refusal = refuse('malformed-request', 'the request is not of the agreed form');
  if (bytes.length > MAX_ADD_CHECKPOINT_BYTES) return refusal;
  const buffer = Buffer.from(bytes);
  const end = buffer.subarray(0, MAX_HEAD).indexOf('\n\n');
  if (end === -1) return refusal;
  const [first = '', ...lines] = buffer.toString('latin1', 0, end).split('\n');
  const old = first.startsWith('old ') ? parseDecimal(first.slice(4)) : undefined;
  const proof = lines.map(parseBase64);
  const checkpoint = buffer.subarray(end + 2);
  const wellFormed =
    old !== undefined &&
    proof.length <= MAX_HASHES &&
    proof.every((hash): hash is Buffer => isHash(hash)) &&
    !isRefusal(parseNote(checkpoint));
  return wellFormed ? { old, proof, checkpoint } : refusal;
};
