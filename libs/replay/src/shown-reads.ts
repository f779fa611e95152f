import { parseReadRowText, type ReadRow } from '@tripoint/domain';
import { sha256, unhex, utf8 } from '@tripoint/envelope';
import { type Digest } from '@tripoint/kernel';
import { leafHash, verifyInclusion } from '@tripoint/transparency';
import { type ReadRoot } from './read-roots.js';

/** A row of an agency's read log as it is shown: its text, and the path from it to a root. */
export type ShownRead = {
  readonly number: number;
  readonly text: string;
  /** RFC 6962 section 2.1.1, from the leaf upwards. */
  readonly path: readonly Digest[];
};

/** The row, if it stands under the root at its number. Whoever shows it controls everything but the root. */
export const readUnder = (
  { size, root }: Pick<ReadRoot, 'size' | 'root'>,
  { number, text, path }: ShownRead,
): Omit<ReadRow, 'hash'> | undefined => {
  const row = parseReadRowText(text);
  if (row?.number !== BigInt(number)) return undefined;
  const isThere = verifyInclusion({
    leafHash: leafHash(unhex(sha256(utf8(text)))),
    index: number,
    size,
    proof: path.map((hash) => unhex(hash)),
    root: unhex(root),
  });
  return isThere ? row : undefined;
};
