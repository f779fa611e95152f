import { sha256 } from '@tripoint/envelope';
import { type AgencyId, type Digest, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import {
  type Delivery,
  type Leaf,
  type MailboxEntry,
  parseLeaf,
  parseMailboxEntry,
  recordDigest,
} from '@tripoint/ledger';
import { type LeafRecord, parseRecord } from '@tripoint/replay';
import {
  type Checkpoint,
  leafHash,
  openCheckpoint,
  type VerifierKey,
  verifyInclusion,
} from '@tripoint/transparency';

type EntryDelivery = Extract<Delivery, { readonly kind: 'entry' }>;

/** A mailbox line whose leaf is proved to be in the log. */
export type VerifiedLine = {
  readonly mailbox: MailboxEntry;
  /** SHA-256 of the line's bytes: what the next line names as its previous. */
  readonly digest: Digest;
  readonly leaf: Leaf;
  readonly records: readonly LeafRecord[];
  readonly checkpoint: Checkpoint;
};

/**
 * Checks what needs no secret and no registry: the line is this agency's, the leaf is the one it names, the records are
 * the leaf's, and the leaf stands in a tree that the log has signed. The hub controls all of it.
 */
export const verifyLine = (
  delivery: EntryDelivery,
  agency: AgencyId,
  log: VerifierKey,
): VerifiedLine | Refusal => {
  const mailbox = parseMailboxEntry(delivery.mailbox);
  if (isRefusal(mailbox)) return mailbox;
  if (mailbox.agency !== agency) return refuse('foreign-mailbox', 'the line is of another mailbox');

  const leaf = parseLeaf(delivery.leaf);
  if (isRefusal(leaf)) return leaf;
  const hash = leafHash(delivery.leaf);
  if (leaf.index !== mailbox.leaf || hash.toString('hex') !== mailbox.leafHash)
    return refuse('leaf-mismatch', 'the leaf is not the one that the line names');

  const opened = openCheckpoint(Buffer.from(delivery.checkpoint), log);
  if (isRefusal(opened)) return opened;
  const { checkpoint } = opened;
  const included = verifyInclusion({
    leafHash: hash,
    index: leaf.index,
    size: checkpoint.size,
    proof: delivery.proof,
    root: checkpoint.root,
  });
  if (!included) return refuse('not-in-log', 'the leaf is not in the tree that the log has signed');

  const records: LeafRecord[] = [];
  for (const salted of delivery.records) {
    if (!leaf.records.includes(recordDigest(salted)))
      return refuse('record-mismatch', 'a record is not one of the leaf');
    const record = parseRecord(salted.record);
    if (isRefusal(record)) return record;
    records.push(record);
  }
  return { mailbox, digest: sha256(delivery.mailbox), leaf, records, checkpoint };
};
