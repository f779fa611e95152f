import { formatEntitled, parseEntitled } from '@tripoint/envelope';
import { type EventProofResponse, type HandedLineResponse } from '@tripoint/contracts';
import { isRefusal } from '@tripoint/kernel';
import { formatDelivery, parseDelivery, parseLeaf } from '@tripoint/ledger';
import { type HandedOver } from '@tripoint/read-model';
import { parseCheckpoint, parseNote } from '@tripoint/transparency';

type Proved = Omit<EventProofResponse, 'log' | 'witnesses'>;

const hexes = (hashes: readonly Uint8Array[]): string[] =>
  hashes.map((hash) => Buffer.from(hash).toString('hex'));

const tied = (tie: HandedOver['tie']): Pick<HandedLineResponse, 'cosigned'> =>
  tie === undefined
    ? {}
    : { cosigned: { note: tie.note, size: `${tie.size}`, path: hexes(tie.hashes) } };

/** A line as it was handed over, with nothing of what was said, sealed or not. */
export const lineOf = ({ bytes, tie }: HandedOver): HandedLineResponse => {
  const delivery = parseDelivery(bytes);
  const source = isRefusal(delivery) || delivery.kind !== 'entry' ? null : delivery.source;
  const part = source === null ? undefined : parseEntitled(source);
  const bare =
    isRefusal(delivery) || part === undefined || isRefusal(part) || delivery.kind !== 'entry'
      ? bytes
      : formatDelivery({ ...delivery, source: formatEntitled({ ...part, compartments: [] }) });
  return { delivery: Buffer.from(bare).toString('base64'), ...tied(tie) };
};

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
    ...tied(tie),
  };
};
