import { verify } from 'node:crypto';
import { isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import { cosignedMessage, splitCosignature } from './cosignature.js';
import { type NoteSigner } from './note-signer.js';
import { formatNote, type MalformedNote, type NoteSignature, parseNote } from './note.js';
import { type VerifierKey } from './verifier-key.js';

/** A signature that one of the known keys made. */
export type VerifiedSignature = {
  readonly name: string;
  readonly keyId: string;
  /** Seconds since 1970, as a cosigner claims them; null for a plain signature. */
  readonly time: number | null;
};

export type OpenedNote = {
  readonly text: string;
  readonly verified: readonly VerifiedSignature[];
};

export type NoteRefusal =
  | MalformedNote
  | Refusal<'unknown-keys' | 'bad-note-signature' | 'repeated-signature' | 'ambiguous-keys'>;

export type OpenedCheckpoint = {
  readonly checkpoint: Checkpoint;
  /** Who else vouches for it, of the witnesses asked about. */
  readonly cosignatures: readonly VerifiedSignature[];
};

export type CheckpointRefusal =
  NoteRefusal | Refusal<'malformed-checkpoint' | 'not-signed-by-log' | 'other-log'>;

/** The note over `text`, signed by all of `signers`, in their order. */
export const signNote = async (text: string, signers: readonly NoteSigner[]): Promise<Buffer> =>
  formatNote({
    text,
    signatures: await Promise.all(signers.map((signer) => signed(text, signer))),
  });

/** The note with one more signature line. The signatures that it has already are not checked. */
export const addSignature = async (
  note: Uint8Array,
  signer: NoteSigner,
): Promise<Buffer | MalformedNote> => {
  const parsed = parseNote(note);
  if (isRefusal(parsed)) return parsed;
  const { text, signatures } = parsed;
  return formatNote({ text, signatures: [...signatures, await signed(text, signer)] });
};

const signed = async (text: string, signer: NoteSigner): Promise<NoteSignature> => {
  const { name, keyId } = signer.verifierKey;
  return { name, keyId, signature: await signer.sign(text) };
};

/**
 * Reads a note that a stranger controls and checks every signature by a key of `keys`; lines of other
 * keys are passed over. One bad or repeated signature by a known key refuses the note, whatever the
 * others are, and so does having none.
 */
export const openNote = (
  bytes: Uint8Array,
  keys: readonly VerifierKey[],
): OpenedNote | NoteRefusal => {
  const known = new Map(keys.map((key) => [lineId(key), key]));
  if (known.size < keys.length)
    return refuse('ambiguous-keys', 'two known keys have one name and one id');
  const note = parseNote(bytes);
  if (isRefusal(note)) return note;
  const verified = new Map<string, VerifiedSignature>();
  for (const line of note.signatures) {
    const key = known.get(lineId(line));
    if (key === undefined) continue;
    if (verified.has(lineId(line)))
      return refuse('repeated-signature', 'a known key has signed the note more than once');
    const signature = verifySignature(key, note.text, line.signature);
    if (signature === undefined)
      return refuse('bad-note-signature', 'a signature by a known key does not verify');
    verified.set(lineId(line), signature);
  }
  return verified.size === 0
    ? refuse('unknown-keys', 'no known key has signed the note')
    : { text: note.text, verified: [...verified.values()] };
};

/**
 * Reads a checkpoint that a stranger controls: signed by `log`, whose name is its origin, and perhaps
 * cosigned by some of `witnesses`. How many of them are enough is for the caller to say.
 */
export const openCheckpoint = (
  bytes: Uint8Array,
  log: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): OpenedCheckpoint | CheckpointRefusal => {
  const note = openNote(bytes, [log, ...witnesses]);
  if (isRefusal(note)) return note;
  const checkpoint = parseCheckpoint(note.text);
  if (isRefusal(checkpoint)) return checkpoint;
  const cosignatures = note.verified.filter((signature) => lineId(signature) !== lineId(log));
  if (cosignatures.length === note.verified.length)
    return refuse('not-signed-by-log', 'the log has not signed the checkpoint');
  return checkpoint.origin === log.name
    ? { checkpoint, cosignatures }
    : refuse('other-log', 'the checkpoint is of another log');
};

/** Two lines with the same name and key id claim to be by the same key; a name has no space in it. */
const lineId = ({ name, keyId }: { readonly name: string; readonly keyId: string }): string =>
  `${name} ${keyId}`;

const verifySignature = (
  key: VerifierKey,
  text: string,
  bytes: Uint8Array,
): VerifiedSignature | undefined => {
  const { name, keyId, use, publicKey } = key;
  if (use === 'ed25519')
    return verify(null, Buffer.from(text), publicKey, bytes)
      ? { name, keyId, time: null }
      : undefined;
  const parts = splitCosignature(bytes);
  if (parts === undefined) return undefined;
  const { time, signature } = parts;
  // A witness vouches for checkpoints; its key says nothing about any other text.
  const message = cosignedMessage({ name, use }, time, text);
  return message !== undefined && verify(null, message, publicKey, signature)
    ? { name, keyId, time }
    : undefined;
};
