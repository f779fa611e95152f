import { type Entitled, parseEntitled, sha256 } from '@tripoint/envelope';
import { type AgencyId, type Digest, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import {
  type Delivery,
  type GrantedPart,
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
  /** What the leaf hands on of an earlier one, whose leaf is proved to be in the same tree. */
  readonly granted?: {
    readonly leaf: Leaf;
    /** Our part of the earlier event; nothing of it is verified yet. */
    readonly part: Entitled;
    /** Of its descriptors. */
    readonly digests: readonly Digest[];
  };
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

  const granted =
    delivery.granted === null ? undefined : earlierLeaf(delivery.granted, checkpoint, leaf.index);
  if (isRefusal(granted)) return granted;

  const records: LeafRecord[] = [];
  for (const salted of delivery.records) {
    if (!leaf.records.includes(recordDigest(salted)))
      return refuse('record-mismatch', 'a record is not one of the leaf');
    const record = parseRecord(salted.record);
    if (isRefusal(record)) return record;
    records.push(record);
  }
  return {
    mailbox,
    digest: sha256(delivery.mailbox),
    leaf,
    records,
    checkpoint,
    ...(granted === undefined ? {} : { granted }),
  };
};

const earlierLeaf = (
  { leaf: bytes, proof, source }: GrantedPart,
  { size, root }: Checkpoint,
  before: number,
): NonNullable<VerifiedLine['granted']> | Refusal => {
  const leaf = parseLeaf(bytes);
  if (isRefusal(leaf)) return leaf;
  const part = parseEntitled(source);
  if (isRefusal(part)) return part;
  const { index } = leaf;
  return leaf.kind === 'event' &&
    index < before &&
    verifyInclusion({ leafHash: leafHash(bytes), index, size, proof, root })
    ? { leaf, part, digests: part.compartments.map(({ descriptor }) => sha256(descriptor)) }
    : refuse('not-in-log', 'what is handed on is not in the tree that the log has signed');
};
