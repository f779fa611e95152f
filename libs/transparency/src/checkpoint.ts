import { type Refusal, refuse } from '@tripoint/kernel';
import { isHash } from './hash.js';
import { formatBase64, isPlainText, parseBase64, parseDecimal } from './text.js';

/** What a log says of itself at one size (C2SP tlog-checkpoint). */
export type Checkpoint = {
  /** The log's name. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Further lines, without meaning here. */
  readonly extensions: readonly string[];
};

/**
 * The checkpoint as the text of a note.
 * @throws {RangeError} for a checkpoint that {@link parseCheckpoint} would refuse
 */
export const formatCheckpoint = ({ origin, size, root, extensions }: Checkpoint): string => {
  const lines = [origin, String(size), formatBase64(root), ...extensions];
  const text = `${lines.join('\n')}\n`;
  if (!lines.every(isLine) || parseDecimal(String(size)) === undefined || !isHash(root))
    throw new RangeError('formatting a checkpoint that no one could read');
  return text;
};

/** Reads the text of a note that a stranger controls. The inverse of {@link formatCheckpoint}. */
export const parseCheckpoint = (text: string): Checkpoint | Refusal<'malformed-checkpoint'> => {
  const refusal = refuse('malformed-checkpoint', 'the checkpoint is not of the agreed form');
  const lines = text.split('\n');
  const end = lines.pop();
  const [origin = '', size = '', base64 = '', ...extensions] = lines;
  const count = parseDecimal(size);
  const root = parseBase64(base64);
  return end === '' && lines.every(isLine) && origin !== '' && count !== undefined && isHash(root)
    ? { origin, size: count, root, extensions }
    : refusal;
};

const isLine = (line: string): boolean => line !== '' && !line.includes('\n') && isPlainText(line);
