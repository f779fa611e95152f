import { isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { isHash } from './hash.js';
import { MAX_NOTE_BYTES, parseNote } from './note.js';
import { type CheckpointRefusal, openCheckpoint, type OpenedCheckpoint } from './open-note.js';
import { formatBase64, parseBase64, parseDecimal, parseUtf8 } from './text.js';
import { type VerifierKey } from './verifier-key.js';
import { verifyInclusion } from './verify-proofs.js';

/** That something is in a log, for verifying without the log (C2SP tlog-proof). */
export type LogProof = {
  /** What the application likes to carry along, protected by nothing; null for none. */
  readonly extra: Uint8Array | null;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, byte for byte. */
  readonly checkpoint: Uint8Array;
};

export type OpenedLogProof = OpenedCheckpoint & {
  readonly index: number;
  readonly extra: Uint8Array | null;
};

const HEADER = 'c2sp.org/tlog-proof@v1';
const HEAD = /^c2sp\.org\/tlog-proof@v1\n(?:extra ([^\n]+)\n)?index (\d+)((?:\n[^\n]+)*)$/;
/** A tree of at most 2^53 leaves is no higher. */
const MAX_HASHES = 53;
const MAX_EXTRA = 64 * 1024;
const MAX_PROOF_BYTES = MAX_NOTE_BYTES + 2 * MAX_EXTRA;

/**
 * The proof's bytes.
 * @throws {RangeError} for a proof that {@link parseLogProof} would refuse
 */
export const formatLogProof = ({ extra, index, hashes, checkpoint }: LogProof): Buffer => {
  const sound =
    (extra === null || (extra.length > 0 && extra.length <= MAX_EXTRA)) &&
    parseDecimal(String(index)) !== undefined &&
    hashes.length <= MAX_HASHES &&
    hashes.every(isHash) &&
    !isRefusal(parseNote(checkpoint));
  if (!sound) throw new RangeError('formatting a proof that no one could read');
  const lines = [
    HEADER,
    ...(extra === null ? [] : [`extra ${formatBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(formatBase64),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`), checkpoint]);
};

/** Reads a proof that a stranger controls, and checks nothing. The inverse of {@link formatLogProof}. */
export const parseLogProof = (bytes: Uint8Array): LogProof | Refusal<'malformed-proof'> => {
  const refusal = refuse('malformed-proof', 'the proof is not of the agreed form');
  const end = bytes.length > MAX_PROOF_BYTES ? -1 : Buffer.from(bytes).indexOf('\n\n');
  // A text without a blank line has no checkpoint.
  const head = end === -1 ? undefined : parseUtf8(bytes.subarray(0, end));
  const match = HEAD.exec(head ?? '');
  if (match === null) return refusal;
  const [, base64, decimal = '', block = ''] = match;
  const extra = base64 === undefined ? null : parseBase64(base64);
  const index = parseDecimal(decimal);
  const hashes = block
    .split('\n')
    .slice(1)
    .map((line) => parseBase64(line) ?? Buffer.alloc(0));
  const checkpoint = bytes.subarray(end + 2);
  const sound =
    extra !== undefined &&
    (extra?.length ?? 0) <= MAX_EXTRA &&
    index !== undefined &&
    hashes.length <= MAX_HASHES &&
    hashes.every(isHash) &&
    !isRefusal(parseNote(checkpoint));
  return sound ? { extra, index, hashes, checkpoint } : refusal;
};

/**
 * Reads a proof that a stranger controls and checks all of it: the checkpoint as
 * {@link openCheckpoint} does, and that the leaf with this hash stands in the tree at the proof's index.
 */
export const openLogProof = (
  bytes: Uint8Array,
  leafHash: Uint8Array,
  log: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): OpenedLogProof | CheckpointRefusal | Refusal<'malformed-proof' | 'not-included'> => {
  const proof = parseLogProof(bytes);
  if (isRefusal(proof)) return proof;
  const opened = openCheckpoint(proof.checkpoint, log, witnesses);
  if (isRefusal(opened)) return opened;
  const { index, hashes, extra } = proof;
  const { size, root } = opened.checkpoint;
  return verifyInclusion({ leafHash, index, size, proof: hashes, root })
    ? { ...opened, index, extra }
    : refuse('not-included', 'the proof does not lead from the leaf to the root');
};
