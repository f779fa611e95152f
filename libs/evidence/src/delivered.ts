// Proof that something was delivered: what its author holds is shown to somebody else, who believes neither the author nor the hub.
import {
  entryDigest,
  type OpenPgp,
  parseChainEntry,
  parseEntitled,
  parseHeader,
  sha256,
} from '@tripoint/envelope';
import { type Registry, RegistryCopy, type TrustAnchor } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type EventId,
  HubError,
  type Instant,
  isRefusal,
} from '@tripoint/kernel';
import { type Delivery, type Leaf, parseDelivery, parseLeaf, recordDigest } from '@tripoint/ledger';
import { custodianOf } from '@tripoint/policy';
import { countersigner, discloses, parseRecord, readCountersigned } from '@tripoint/replay';
import {
  leafHash,
  openCheckpoint,
  openWitnessed,
  parseVerifierKey,
  verifyConsistency,
  verifyInclusion,
} from '@tripoint/transparency';
import { EvidenceFault } from './fault.js';
import { type Believed } from './verify.js';

/** A line as it was handed over, and the cosigned checkpoint that continues the one it came under. */
export type ShownLine = {
  readonly delivery: Uint8Array;
  readonly cosigned?: { readonly note: string; readonly hashes: readonly Uint8Array[] };
};

/** What an author shows of one of its events. */
export type ShownDelivery = {
  readonly said: ShownLine;
  /** Of the registry, from the first on. */
  readonly statements: readonly ShownLine[];
  readonly proofs: readonly ShownLine[];
};

/** Who was to have something of an event, and who has signed that it came. */
export type VerifiedDelivery = {
  readonly event: EventId;
  readonly issuer: AgencyId;
  readonly leaf: Leaf;
  /** A statement that was shown says that its issuer’s key was in other hands by then, and none since that it is its own word. */
  readonly doubted: boolean;
  readonly named: readonly AgencyId[];
  readonly proven: readonly {
    readonly agency: AgencyId;
    /** At which it is stated. */
    readonly leaf: number;
    readonly at: Instant;
    readonly countersignature: Digest;
    /** So too of who signed that it came. */
    readonly doubted: boolean;
  }[];
  /** Whether every line stands under a checkpoint that a quorum of the verifier’s witnesses has cosigned; false where none were named. */
  readonly witnessed: boolean;
};

type Line = { readonly delivery: Extract<Delivery, { kind: 'entry' }>; readonly leaf: Leaf };

/**
 * Verifies what an author shows without a network, and answers the first thing wrong. Whoever shows it controls all of it. That a mailbox
 * held what was signed for follows as far as the heads in the log are right, which whoever recomputes the log sees.
 * @throws {HubError} when the trust anchor itself is of no use
 */
export const verifyDelivered = async (
  { said, statements, proofs }: ShownDelivery,
  believed: Believed,
  openpgp: OpenPgp,
): Promise<VerifiedDelivery | EvidenceFault> => {
  const registry = await registryIn(statements, believed, openpgp);
  if (registry instanceof EvidenceFault) return registry;
  const line = verifiedLine('said', said, believed);
  if (line instanceof EvidenceFault) return line;
  const event = eventIn(line, registry.latest);
  if (event instanceof EvidenceFault) return event;
  const proven: VerifiedDelivery['proven'][number][] = [];
  for (const [at, proof] of proofs.entries()) {
    const one = await provenBy(`proofs/${at}`, proof, { believed, openpgp, registry, said: line });
    if (one instanceof EvidenceFault) return one;
    if (!event.named.includes(one.agency))
      return new EvidenceFault(`proofs/${at}`, 'no-verdict', `${one.agency} was to have nothing`);
    proven.push(one);
  }
  const { leaf } = line;
  const doubted = registry.latest.isTainted(event.issuer, BigInt(leaf.index));
  return { ...event, leaf, doubted, proven, witnessed: believed.policy !== undefined };
};

const verifiedLine = (
  name: string,
  { delivery: bytes, cosigned }: ShownLine,
  { anchor, policy }: Believed,
): Line | EvidenceFault => {
  const key = logKey(anchor);
  const delivery = parseDelivery(bytes);
  if (isRefusal(delivery) || delivery.kind !== 'entry')
    return new EvidenceFault(name, 'file-malformed', 'it is no line of a mailbox');
  const leaf = parseLeaf(delivery.leaf);
  if (isRefusal(leaf)) return new EvidenceFault(name, 'leaf-malformed', leaf.detail);
  const opened = openCheckpoint(Buffer.from(delivery.checkpoint), key);
  const hash = leafHash(delivery.leaf);
  if (
    isRefusal(opened) ||
    !verifyInclusion({
      ...opened.checkpoint,
      leafHash: hash,
      index: leaf.index,
      proof: delivery.proof,
    })
  )
    return new EvidenceFault(name, 'not-in-log', 'the leaf is in no tree that the log has signed');
  if (policy === undefined) return { delivery, leaf };
  const witnessed =
    cosigned === undefined ? undefined : openWitnessed(Buffer.from(cosigned.note), policy);
  if (cosigned === undefined || witnessed === undefined || isRefusal(witnessed))
    return new EvidenceFault(
      name,
      'not-under-quorum',
      'no quorum of the witnesses has cosigned it',
    );
  const { size: from, root: fromRoot } = opened.checkpoint;
  const { origin, size: to, root: toRoot } = witnessed.checkpoint;
  return origin === key.name &&
    verifyConsistency({ from, fromRoot, to, toRoot, proof: cosigned.hashes })
    ? { delivery, leaf }
    : new EvidenceFault(name, 'not-continued', 'what was cosigned does not continue its tree');
};

const logKey = ({ log }: TrustAnchor) => {
  const key = parseVerifierKey(log.vkey);
  if (isRefusal(key)) throw new HubError('anchor-unusable', key.detail, false);
  return key;
};

const registryIn = async (
  statements: readonly ShownLine[],
  believed: Believed,
  openpgp: OpenPgp,
): Promise<RegistryCopy | EvidenceFault> => {
  const copy = await RegistryCopy.begin(openpgp, believed.anchor);
  for (const [at, one] of statements.entries()) {
    const name = `statements/${at}`;
    const line = verifiedLine(name, one, believed);
    if (line instanceof EvidenceFault) return line;
    const { delivery, leaf } = line;
    const bytes = delivery.source ?? new Uint8Array();
    const entry = parseChainEntry(bytes);
    if (isRefusal(entry) || leaf.entry !== entryDigest(entry))
      return new EvidenceFault(name, 'leaf-differs', 'its leaf stands for something else');
    const next = await copy.read(bytes, leaf.index);
    if (isRefusal(next)) return new EvidenceFault(name, 'statement-refused', next.refused);
    copy.take(next);
  }
  return copy;
};

/** What was said, and whom the log has allowed something of it, by name; not who only keeps a share of its key. */
const eventIn = (
  { delivery: { source, records }, leaf }: Line,
  registry: Registry,
): Pick<VerifiedDelivery, 'event' | 'issuer' | 'named'> | EvidenceFault => {
  const part = source === null ? undefined : parseEntitled(source);
  const header = part === undefined || isRefusal(part) ? undefined : parseHeader(part.header);
  if (part === undefined || isRefusal(part) || header === undefined || isRefusal(header))
    return new EvidenceFault('said', 'file-malformed', 'no event came with its leaf');
  if (leaf.kind !== 'event' || leaf.entry !== sha256(part.header))
    return new EvidenceFault('said', 'leaf-differs', 'its leaf stands for something else');
  const named = new Set<AgencyId>();
  for (const salted of records) {
    if (!leaf.records.includes(recordDigest(salted)))
      return new EvidenceFault('said', 'record-not-committed', 'a record is not one of the leaf');
    const record = parseRecord(salted.record);
    if (isRefusal(record) || record.about !== 'verdict') continue;
    const to = registry.byFingerprint(record.agency)?.id;
    if (
      to !== undefined &&
      to !== header.issuer &&
      record.verdict.allowed &&
      discloses(record.verdict) &&
      custodianOf(record.verdict.question.compartment) === -1
    )
      named.add(to);
  }
  return { event: header.id, issuer: header.issuer, named: [...named].sort() };
};

const provenBy = async (
  name: string,
  shown: ShownLine,
  {
    believed,
    openpgp,
    registry,
    said,
  }: {
    readonly believed: Believed;
    readonly openpgp: OpenPgp;
    readonly registry: RegistryCopy;
    readonly said: Line;
  },
): Promise<VerifiedDelivery['proven'][number] | EvidenceFault> => {
  const line = verifiedLine(name, shown, believed);
  if (line instanceof EvidenceFault) return line;
  const { delivery, leaf } = line;
  const entry = parseChainEntry(delivery.source ?? new Uint8Array());
  if (
    isRefusal(entry) ||
    entry.kind !== 'statement' ||
    leaf.kind !== 'countersigned' ||
    leaf.entry !== entryDigest(entry)
  )
    return new EvidenceFault(name, 'leaf-differs', 'its leaf stands for no countersignature');
  const read = readCountersigned(entry);
  if (isRefusal(read)) return new EvidenceFault(name, 'file-malformed', read.detail);
  const at = { index: leaf.index, time: Date.parse(leaf.time) };
  const then = registry.history.at(BigInt(leaf.index));
  const fault = await countersigner(openpgp, read, then, at);
  if (fault !== undefined) return new EvidenceFault(name, 'signature-refused', fault.detail);
  if (read.said.leaf <= said.leaf.index)
    return new EvidenceFault(name, 'leaf-differs', 'it was signed before the event was said');
  return {
    agency: read.said.agency,
    leaf: leaf.index,
    at: leaf.time,
    countersignature: sha256(read.signed.body),
    doubted: registry.latest.isTainted(read.said.agency, BigInt(leaf.index)),
  };
};
