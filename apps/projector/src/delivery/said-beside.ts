import { isRefusal } from '@tripoint/kernel';
import { hex } from '@tripoint/envelope';
import { type Delivery, parseQuarantineNotice, parseRewrappedNotice } from '@tripoint/ledger';
import { openNote, type VerifierKey } from '@tripoint/transparency';
import { type ProjectorOptions } from '../projector.options.js';

/** What the hub says beside the mailbox: it has no number there, and is asked for or waited for by whoever signs. */
export type SaidBeside = Extract<
  Delivery,
  { readonly nonce: unknown } | { readonly kind: 'quarantined' | 'rewrapped' }
>;

/** What the hub says beside the mailbox is kept only if the hub has said it; who signs looks at it again. */
export const keepBeside = async (
  projector: ProjectorOptions,
  delivery: SaidBeside,
  key: VerifierKey,
): Promise<void> => {
  const { agency, anchor, journal, log, remaking } = projector;
  const { note } = delivery;
  const opened = openNote(Buffer.from(note), [key]);
  if (isRefusal(opened)) {
    log.warn('what the hub is said to have said is not signed by it', {
      agency,
      code: opened.refused,
    });
    return;
  }
  if (delivery.kind === 'head') {
    const nonce = hex(delivery.nonce);
    await journal.aside({
      toSign: [{ key: `head:${nonce}`, kind: 'chain-head', body: { nonce, note } }],
    });
    return;
  }
  if (delivery.kind === 'rewrapped') {
    const confirmed = parseRewrappedNotice(anchor.log.name, opened.text);
    if (!isRefusal(confirmed) && confirmed.agency === agency)
      await remaking.confirmed(confirmed.wraps);
    return;
  }
  const notice = parseQuarantineNotice(anchor.log.name, opened.text);
  if (isRefusal(notice) || notice.agency !== agency) return;
  // Whether it is a damaged copy or what was really signed, only the holder of the outbox can tell.
  await journal.aside({
    toSign: [
      {
        key: `quarantined:${notice.digest}:${notice.code}`,
        kind: 'quarantined',
        body: { note },
      },
    ],
  });
};
