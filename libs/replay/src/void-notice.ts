import { type AgencyId, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { parseQuarantineNotice } from '@tripoint/ledger';
import { openNote, type VerifierKey } from '@tripoint/transparency';

/**
 * Why what a void answers is no refusal that this log's key signed and told to its issuer. Whoever holds the log's key has then
 * said both that it would not admit something and, if it is recorded all the same, that it did.
 */
export const unfounded = (
  log: VerifierKey,
  issuer: AgencyId,
  notice: Uint8Array,
): Refusal<'void-unfounded'> | undefined => {
  const opened = openNote(notice, [log]);
  const told = isRefusal(opened) ? opened : parseQuarantineNotice(log.name, opened.text);
  return isRefusal(told) || told.agency !== issuer
    ? refuse('void-unfounded', 'what the void answers was not said by the log to its issuer')
    : undefined;
};
