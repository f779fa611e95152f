import { type EventProofResponse } from '@tripoint/contracts';
import { isRefusal } from '@tripoint/kernel';
import { parseDelivery, parseLeaf } from '@tripoint/ledger';
import { type HandedOver } from '@tripoint/read-model';
import { parseCheckpoint, parseNote } from '@tripoint/transparency';

type Proved = Omit<EventProofResponse, 'log' | 'witnesses'>;

const hexes = (hashes: readonly Uint8Array[]): string[] =>
  hashes.map((hash) => Buffer.from(hash).toString('hex'));

/** What a delivery says of its leaf, and nothing of what the leaf is about; undefined where it is of another form. */
export const provedOf = ({ bytes, tie }: HandedOver): Proved | undefined => {
  const delivery = parseDelivery(bytes);
  if (isRefusal(delivery) || delivery.kind !== 'entry') return undefined;
  const leaf = parseLeaf(delivery.leaf);
  const note = parseNote(Buffer.from(delivery.checkpoint));
  const checkpoint = isRefusal(note) ? note : parseCheckpoint(note.text);
  if (isRefusal(leaf) || isRefusal(checkpoint)) return undefined;
  return {
    leaf: Buffer.from(delivery.leaf).toString(),
    index: `${leaf.index}`,
    size: `${checkpoint.size}`,
    path: hexes(delivery.proof),
    note: delivery.checkpoint,
    ...(tie && { cosigned: { note: tie.note, size: `${tie.size}`, path: hexes(tie.hashes) } }),
  };
};
