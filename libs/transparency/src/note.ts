import { type Refusal, refuse } from '@tripoint/kernel';
import { formatBase64, isPlainText, parseBase64, parseUtf8 } from './text.js';
import { isKeyName } from './verifier-key.js';

/** A text and the signatures under it, none of them checked (C2SP signed-note). */
export type Note = {
  /** Ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

export type NoteSignature = {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
};

export type MalformedNote = Refusal<
  'note-too-large' | 'note-not-text' | 'note-without-signatures' | 'malformed-signature-line'
>;

/** A note is refused unread when it is larger. */
export const MAX_NOTE_BYTES = 256 * 1024;
const MAX_SIGNATURES = 64;
const KEY_ID = /^[0-9a-f]{8}$/;

/**
 * The note's bytes.
 * @throws {RangeError} for a note that {@link parseNote} would refuse
 */
export const formatNote = ({ text, signatures }: Note): Buffer => {
  const lines = signatures.map(formatSignatureLine);
  const note = Buffer.from(`${text}\n${lines.join('')}`);
  const sound =
    isPlainText(text) &&
    text.endsWith('\n') &&
    lines.length > 0 &&
    lines.length <= MAX_SIGNATURES &&
    note.length <= MAX_NOTE_BYTES;
  if (!sound) throw new RangeError('formatting a note that no one could read');
  return note;
};

/** One signature line, its newline included. */
export const formatSignatureLine = ({ name, keyId, signature }: NoteSignature): string => {
  if (!isKeyName(name) || !KEY_ID.test(keyId) || signature.length === 0)
    throw new RangeError('formatting a signature that no one could read');
  return `— ${name} ${formatBase64(Buffer.concat([Buffer.from(keyId, 'hex'), signature]))}\n`;
};

/** Reads a note that a stranger controls; the signatures are not checked. The inverse of {@link formatNote}. */
export const parseNote = (bytes: Uint8Array): Note | MalformedNote => {
  if (bytes.length > MAX_NOTE_BYTES) return refuse('note-too-large', 'the note is too large');
  const whole = parseUtf8(bytes);
  if (whole === undefined || !isPlainText(whole))
    return refuse('note-not-text', 'the note is not plain text in utf-8');
  const blank = whole.lastIndexOf('\n\n');
  const lines = whole.slice(blank + 2).split('\n');
  // The last line ends in a newline too, so what stands behind it is empty.
  if (blank === -1 || lines.length === 1 || lines.pop() !== '')
    return refuse('note-without-signatures', 'the note does not end in signature lines');
  const signatures = lines.length > MAX_SIGNATURES ? [] : lines.flatMap(parseSignatureLine);
  if (signatures.length < lines.length)
    return refuse('malformed-signature-line', 'a signature line is not of the agreed form');
  return { text: whole.slice(0, blank + 1), signatures };
};

/** The signature on one line, without its newline; none when the line is anything else. */
const parseSignatureLine = (line: string): readonly NoteSignature[] => {
  const [dash, name = '', base64 = '', ...more] = line.split(' ', 4);
  const bytes = parseBase64(base64);
  if (dash !== '—' || more.length > 0 || !isKeyName(name)) return [];
  if (bytes === undefined || bytes.length < 5) return [];
  return [{ name, keyId: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) }];
};
