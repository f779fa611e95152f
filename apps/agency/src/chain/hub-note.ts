import { type TrustAnchor } from '@tripoint/federation';
import { isRefusal } from '@tripoint/kernel';
import { openNote, parseVerifierKey } from '@tripoint/transparency';

/**
 * The text of a note that the log's key has signed, or nothing. It came over the broker and by way of the projector, and
 * either could have written it.
 */
export const hubNote = ({ log }: TrustAnchor, note: unknown): string | undefined => {
  const key = parseVerifierKey(log.vkey);
  if (isRefusal(key) || typeof note !== 'string') return undefined;
  const opened = openNote(Buffer.from(note), [key]);
  return isRefusal(opened) ? undefined : opened.text;
};
