import { hash } from 'node:crypto';
import { isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { isHash, sameHash } from './hash.js';
import { type MerkleTree } from './merkle-tree.js';
import { MAX_NOTE_BYTES, parseNote } from './note.js';
import { openCheckpoint } from './open-note.js';
import { formatBase64, parseBase64 } from './text.js';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifier-key.js';
import { contradicts, isFullSubtree, verifyConsistency } from './verify-proofs.js';

/** Two checkpoints of one log that do not go together, as a witness keeps them. */
export type LogEvidence = {
  /** The log's key, which signed both. */
  readonly log: VerifierKey;
  /** The note that the witness had cosigned, byte for byte. */
  readonly first: Uint8Array;
  /** The note that it refused, which is of the same size or a larger one. */
  readonly second: Uint8Array;
  /** What was said to show that the second continues the first. */
  readonly proof: readonly Uint8Array[];
};

export type OpenedEvidence = {
  /**
   * `split-view`: the log has signed two trees of one size, or a larger one that is shown to begin with another than the smaller, which
   * nobody can explain. `unproven`: the second tree was not shown to
   * continue the first, which the log can be asked to do; whoever brought the note may have brought a wrong proof.
   */
  readonly finding: 'split-view' | 'unproven';
  readonly origin: string;
  readonly sizes: readonly [number, number];
};

const HEADER = 'tripoint.eu/log-evidence@v1';
const FORM =
  /^tripoint\.eu\/log-evidence@v1\nlog ([^\n ]+)\nfirst ([^\n ]+)\nsecond ([^\n ]+)\n((?:proof [^\n ]{44}\n){0,63})$/;
const MAX_BYTES = 3 * MAX_NOTE_BYTES;

/**
 * The evidence as a file.
 * @throws {RangeError} for evidence that {@link parseLogEvidence} would refuse
 */
export const formatLogEvidence = ({ log, first, second, proof }: LogEvidence): Buffer => {
  const lines = [
    HEADER,
    `log ${formatVerifierKey(log)}`,
    `first ${formatBase64(first)}`,
    `second ${formatBase64(second)}`,
    ...proof.map((hash) => `proof ${formatBase64(hash)}`),
  ];
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  if (isRefusal(parseLogEvidence(bytes)))
    throw new RangeError('formatting evidence that no one could read');
  return bytes;
};

/** What shows, to whoever has a note of another tree of `from` leaves, that the first `to` leaves of this one do not begin with it. */
export const proofAgainst = (tree: MerkleTree, from: number, to: number): readonly Uint8Array[] =>
  from === 0 || from >= to
    ? []
    : [...(isFullSubtree(from) ? [tree.root(from)] : []), ...tree.consistencyProof(from, to)];

/** Names evidence by the two texts that the log has signed: the proof and the lines of others are made up by whoever likes. */
export const evidenceName = ({ first, second }: LogEvidence): string => {
  const texts = [first, second].map((bytes) => {
    const note = parseNote(bytes);
    return hash('sha256', isRefusal(note) ? bytes : note.text, 'hex');
  });
  return hash('sha256', texts.join('\n'), 'hex');
};

/** Reads evidence that a stranger brings; nothing of it is checked. The inverse of {@link formatLogEvidence}. */
export const parseLogEvidence = (
  bytes: Uint8Array,
): LogEvidence | Refusal<'malformed-evidence'> => {
  const refusal = refuse('malformed-evidence', 'the evidence is not of the agreed form');
  if (bytes.length > MAX_BYTES) return refusal;
  const match = FORM.exec(Buffer.from(bytes).toString('latin1'));
  if (match === null) return refusal;
  const [, vkey = '', one = '', other = '', hashes = ''] = match;
  const log = parseVerifierKey(Buffer.from(vkey, 'latin1').toString());
  const [first, second] = [parseBase64(one), parseBase64(other)];
  const proof = hashes
    .split('\n')
    .slice(0, -1)
    .map((line) => parseBase64(line.slice('proof '.length)));
  const wellFormed =
    !isRefusal(log) &&
    first !== undefined &&
    second !== undefined &&
    proof.every((hash): hash is Buffer => isHash(hash));
  return wellFormed ? { log, first, second, proof } : refusal;
};

/**
 * Checks evidence that a stranger brings against the log's key as the checker knows it. It stands on its own: both notes are
 * signed by the log.
 */
export const openLogEvidence = (bytes: Uint8Array, log: VerifierKey): OpenedEvidence | Refusal => {
  const evidence = parseLogEvidence(bytes);
  if (isRefusal(evidence)) return evidence;
  if (formatVerifierKey(evidence.log) !== formatVerifierKey(log))
    return refuse('other-log', 'the evidence is about another log');
  const first = openCheckpoint(evidence.first, log);
  if (isRefusal(first)) return first;
  const second = openCheckpoint(evidence.second, log);
  if (isRefusal(second)) return second;
  const [a, b] = [first.checkpoint, second.checkpoint];
  const found = {
    origin: a.origin,
    sizes: [a.size, b.size],
  } as const;
  if (a.size === b.size)
    return sameHash(a.root, b.root)
      ? refuse('no-evidence', 'both notes are of one tree')
      : { finding: 'split-view', ...found };
  const proof = { from: a.size, fromRoot: a.root, to: b.size, toRoot: b.root };
  if (a.size > b.size || verifyConsistency({ ...proof, proof: evidence.proof }))
    return refuse('no-evidence', 'the second tree continues the first');
  const isShown = contradicts({ ...proof, proof: evidence.proof });
  return { finding: isShown ? 'split-view' : 'unproven', ...found };
};
