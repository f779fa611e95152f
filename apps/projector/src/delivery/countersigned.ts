import { type OpenPgp, parseChainEntry, entryDigest, sha256 } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import { type NewToSign, type ProvenDelivery } from '@tripoint/read-model';
import { countersigner, readCountersigned } from '@tripoint/replay';
import { type VerifiedLine } from './verified-line.js';

/** What is to be signed when heads come: where our own mailbox ended before them, whatever the log says of it. */
export const countersignatureOf = ({ mailbox }: VerifiedLine): NewToSign => ({
  key: `countersign:${mailbox.leaf}`,
  kind: 'countersign',
  body: {
    leaf: mailbox.leaf,
    leafHash: mailbox.leafHash,
    number: mailbox.number - 1,
    head: mailbox.previous,
  },
});

/** Another agency has signed that it was handed what it was owed. The hub controls the bytes. */
export const provenDelivery = async (
  openpgp: OpenPgp,
  registry: RegistryCopy,
  source: Uint8Array | null,
  leaf: Leaf,
): Promise<ProvenDelivery | Refusal> => {
  const entry = source === null ? undefined : parseChainEntry(source);
  if (entry === undefined || isRefusal(entry) || entry.kind !== 'statement')
    return refuse('malformed-countersignature', 'no countersignature came with its leaf');
  if (entryDigest(entry) !== leaf.entry)
    return refuse('leaf-mismatch', 'the statement is not the one that the leaf stands for');
  const read = readCountersigned(entry);
  if (isRefusal(read)) return read;
  const at = registry.history.at(BigInt(leaf.index));
  const fault = await countersigner(openpgp, read, at, {
    index: leaf.index,
    time: Date.parse(leaf.time),
  });
  const { agency, leaf: through } = read.said;
  const countersignature = sha256(read.signed.body);
  const place = { index: leaf.index, time: leaf.time };
  return fault ?? { agency, through, leaf: place, countersignature };
};
