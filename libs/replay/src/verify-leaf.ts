import {
  entryDigest,
  hex,
  type OpenPgp,
  parseChainEntry,
  sameBytes,
  type ChainEntry,
} from '@tripoint/envelope';
import { type ActivePolicy, type TrustAnchor } from '@tripoint/federation';
import { type ChainId, type Digest, type Fingerprint, isRefusal } from '@tripoint/kernel';
import {
  HUB_CHAIN,
  type Leaf,
  type LogEntry,
  type Origin,
  originDigest,
  parseLeaf,
  parseLogEntry,
  parseOrigin,
  recordDigest,
} from '@tripoint/ledger';
import { type Verdict } from '@tripoint/policy';
import { leafHash, MerkleTree } from '@tripoint/transparency';
import { type Due } from './clocks.js';
import { type Decided } from './decided.js';
import { type Judgement, LogState, type Sourced } from './log-state.js';
import { formatRecord, type LeafRecord, parseRecord } from './records.js';
import { Fault, type FaultCode } from './verify-fault.js';
import {
  type ChainHead,
  formFault,
  hubFault,
  placeFault,
  signerOf,
  statementKind,
} from './verify-source.js';

/** One leaf as it was handed over: what stream `log` holds, and what its source's chain holds. */
export type Handed = { readonly entry: Uint8Array; readonly source: Uint8Array | null };

/** A leaf in which nothing was found wrong. */
export type AuditedLeaf = {
  readonly leaf: Leaf;
  readonly leafBytes: Uint8Array;
  readonly leafHash: Uint8Array;
  readonly sourced: Sourced | undefined;
  readonly records: readonly LeafRecord[];
  /** What was decided at it, and decided again. */
  readonly decided: readonly Decided[];
};

/** A leaf whose parts were read, before anything is compared; its signature is being verified meanwhile. */
export type PreparedLeaf = {
  readonly index: number;
  readonly read: ReadLeaf | readonly [FaultCode, string];
  /** Which registry the signature was tried against. */
  readonly registry: string;
  readonly signer: Promise<Fingerprint | undefined>;
};

type ReadLeaf = {
  readonly logged: LogEntry;
  readonly leaf: Leaf;
  readonly time: number;
  readonly hash: Uint8Array;
  readonly origin: Origin | undefined;
  readonly source: ChainEntry | undefined;
  readonly records: readonly LeafRecord[];
};

const OWN_KINDS: readonly string[] = ['heartbeat', 'due', 'heads', 'epoch'];

/**
 * Takes a log leaf by leaf and does again, from its bytes alone, all that the hub did: forms, signatures, chains,
 * statements, decisions and clocks, as of each leaf. It keeps what the log means and the tree's hashes, nothing else.
 * After the first fault nothing more is taken: what comes after it would be judged by a state that is not the log's.
 */
export class LogAudit {
  readonly tree = new MerkleTree();
  readonly #chains = new Map<ChainId, ChainHead>();

  private constructor(
    private readonly openpgp: OpenPgp,
    readonly state: LogState,
  ) {}

  /** @throws {HubError} when the trust anchor itself is of no use */
  static async begin(openpgp: OpenPgp, anchor: TrustAnchor): Promise<LogAudit> {
    return new LogAudit(openpgp, await LogState.begin(openpgp, anchor));
  }

  /** How many leaves have been taken: the next one's index. */
  get size(): number {
    return this.state.size;
  }

  /** Reads the leaf that will stand at `index` and begins to verify its signature. Leaves are prepared in any order. */
  prepare(index: number, handed: Handed): PreparedLeaf {
    const read = readLeaf(handed);
    const { registry } = this.state;
    const signer =
      'leaf' in read && read.origin !== undefined && read.source !== undefined
        ? signerOf(this.openpgp, { chain: read.origin.chain, entry: read.source }, registry)
        : Promise.resolve(undefined);
    return { index, read, registry: registry.digest, signer };
  }

  /** Takes the next leaf, or says what is wrong with it and stays as it was. Never throws for what the bytes hold. */
  async take(prepared: PreparedLeaf): Promise<AuditedLeaf | Fault> {
    const index = this.size;
    const { read } = prepared;
    if (!('leaf' in read)) return new Fault(index, ...read);
    const { leaf, logged, time, records, origin, source } = read;
    const found = orderFault(read, index, this.state.time) ?? recordsFault(read);
    if (found !== undefined) return new Fault(index, ...found);
    const sourced: Sourced | undefined = origin &&
      source && { chain: origin.chain, revision: origin.revision, entry: source };
    const decided =
      sourced === undefined ? this.#own(read) : await this.#sourced(read, sourced, prepared);
    if (!('decided' in decided)) return new Fault(index, ...decided);

    const hash = hex(read.hash) as Digest;
    await this.state.fold({ kind: leaf.kind, time, hash }, sourced, decided.decided, records);
    for (const record of records) if (record.about === 'due') this.state.recordedDue(record);
    if (sourced !== undefined)
      this.#chains.set(sourced.chain, {
        seq: sourced.revision,
        digest: entryDigest(sourced.entry),
      });
    this.tree.appendHash(read.hash);
    return {
      leaf,
      leafBytes: logged.leaf,
      leafHash: read.hash,
      sourced,
      records,
      decided: decided.decided,
    };
  }

  /**
   * What is recorded of decisions at the next leaf, beside what comes out when they are taken again by all that stands before it.
   * Takes nothing in, and asks for nothing else to be right; undefined for a leaf that stands for nothing that could be judged.
   */
  async again(prepared: PreparedLeaf): Promise<DecidedAgain | undefined> {
    const { read } = prepared;
    if (!('leaf' in read) || read.origin === undefined || read.source === undefined)
      return undefined;
    const { chain, revision } = read.origin;
    const sourced: Sourced = { chain, revision, entry: read.source };
    const signer = await this.#signer(sourced, prepared);
    const { decided } = await this.state.judge(sourced, read.time, () => Promise.resolve(signer));
    const recorded = read.logged.records.map(({ record }) => record);
    return { leaf: read.leaf, rules: this.state.registry.policyBundle(), recorded, decided };
  }

  /** A leaf that the sequencer made itself. */
  #own({ leaf, time, records }: ReadLeaf): Outcome {
    const dues = this.state.dues(time);
    switch (leaf.kind) {
      case 'due':
        return dueFault(records, dues) ?? NOTHING_DECIDED;
      case 'epoch':
        // A sequencer that takes over says so before anything else.
        return records.length > 0
          ? ['record-malformed', 'nothing is recorded at an epoch']
          : NOTHING_DECIDED;
      case 'heartbeat':
        if (records.length > 0) return ['record-malformed', 'nothing is recorded at a heartbeat'];
        return this.#unsaid(time) ?? NOTHING_DECIDED;
      case 'heads':
        return missingDue(dues) ?? this.#headsFault(records) ?? NOTHING_DECIDED;
      case 'event':
      case 'void':
      case 'rejected':
      case 'registry':
      case 'policy':
      case 'fork':
      case 'countersigned':
        return ['source-missing', `a leaf of kind ${leaf.kind} stands for nothing`];
    }
  }

  /** Something fell due, or the heads of mailboxes did, and the leaf at `time` is another one. */
  #unsaid(time: number): MaybeFault {
    const { mailboxes } = this.state;
    return (
      missingDue(this.state.dues(time)) ??
      (mailboxes.headsDue(time)
        ? ['heads-missing', 'no heads of mailboxes were logged for longer than may be']
        : undefined)
    );
  }

  /** Mailboxes are what the log makes of them: their heads are known before anybody says them. */
  #headsFault(records: readonly LeafRecord[]): MaybeFault {
    const ends = this.state.mailboxes.ends();
    for (const [at, expected] of ends.entries()) {
      const record = records[at];
      if (record !== undefined && sameBytes(formatRecord(record), formatRecord(expected))) continue;
      return [
        'head-differs',
        expected.about === 'head'
          ? `the mailbox of ${expected.agency} ends with another line`
          : 'there are other statements of the registry',
      ];
    }
    return records.length === ends.length
      ? undefined
      : ['record-malformed', 'something else than one head of each mailbox is recorded'];
  }

  async #sourced(read: ReadLeaf, sourced: Sourced, prepared: PreparedLeaf): Promise<Outcome> {
    const { leaf, time, records } = read;
    if (OWN_KINDS.includes(leaf.kind))
      return ['source-unexpected', `a leaf of kind ${leaf.kind} stands for itself`];
    const missing = this.#unsaid(time);
    if (missing !== undefined) return missing;
    const head = this.#chains.get(sourced.chain);
    const { registry } = this.state;
    const misplaced = placeFault(sourced, head) ?? formFault(this.openpgp, sourced, head, registry);
    if (misplaced !== undefined) return misplaced;

    const signer = await this.#signer(sourced, prepared);
    if (sourced.entry.kind !== 'statement' && signer === undefined)
      return ['signature-refused', `nobody who ever wrote on chain ${sourced.chain} signed it`];
    if (sourced.chain === HUB_CHAIN) {
      const unproved = await hubFault(this.openpgp, sourced, head, registry);
      if (unproved !== undefined) return unproved;
    }
    const judgement = await this.state.judge(sourced, time, () => Promise.resolve(signer));
    const otherwise =
      judgedFault(leaf, judgement, sourced) ?? verdictsFault(records, read.logged, judgement);
    return otherwise ?? { decided: judgement.decided };
  }

  /** The signer found ahead of time, unless the registry has changed since in a way that could matter. */
  async #signer(sourced: Sourced, prepared: PreparedLeaf): Promise<Fingerprint | undefined> {
    const { registry } = this.state;
    const ahead = await prepared.signer;
    return ahead === undefined && registry.digest !== prepared.registry
      ? signerOf(this.openpgp, sourced, registry)
      : ahead;
  }
}

/** Decisions as a leaf has them on record, and as they come out again. */
export type DecidedAgain = {
  readonly leaf: Leaf;
  /** The rules that were in force before the leaf. */
  readonly rules: ActivePolicy | undefined;
  readonly recorded: readonly Uint8Array[];
  readonly decided: readonly Decided[];
};

/** A leaf as it can be shown: read, not judged. */
export type LeafToRead = Omit<AuditedLeaf, 'decided'>;

/** Reads one leaf without judging it; undefined when it is not of its form. Whoever serves it controls the bytes. */
export const readHanded = (handed: Handed): LeafToRead | undefined => {
  const read = readLeaf(handed);
  if (!('leaf' in read)) return undefined;
  const { leaf, time, logged, hash, origin, source, records } = read;
  if ((orderFault(read, leaf.index, time) ?? recordsFault(read)) !== undefined) return undefined;
  if (leaf.entry !== (source === undefined ? null : entryDigest(source))) return undefined;
  return {
    leaf,
    leafBytes: logged.leaf,
    leafHash: hash,
    sourced: origin && source && { chain: origin.chain, revision: origin.revision, entry: source },
    records,
  };
};

type Outcome = readonly [FaultCode, string] | { readonly decided: readonly Decided[] };
type MaybeFault = readonly [FaultCode, string] | undefined;

const NOTHING_DECIDED: Outcome = { decided: [] };

const instantOf = (text: string): number | undefined => {
  const time = Date.parse(text);
  return Number.isNaN(time) || new Date(time).toISOString() !== text ? undefined : time;
};

const readLeaf = ({ entry, source }: Handed): ReadLeaf | readonly [FaultCode, string] => {
  const logged = parseLogEntry(entry);
  if (isRefusal(logged)) return ['entry-malformed', logged.detail];
  const leaf = parseLeaf(logged.leaf);
  if (isRefusal(leaf)) return ['leaf-malformed', leaf.detail];
  const time = instantOf(leaf.time);
  if (time === undefined) return ['leaf-malformed', 'its time does not exist'];
  const origin = logged.origin === null ? undefined : parseOrigin(logged.origin);
  if (isRefusal(origin)) return ['origin-malformed', origin.detail];
  const parsed = source === null ? undefined : parseChainEntry(source);
  if (isRefusal(parsed)) return ['source-malformed', parsed.refused];
  const records: LeafRecord[] = [];
  for (const { record: bytes } of logged.records) {
    const record = parseRecord(bytes);
    if (isRefusal(record)) return ['record-malformed', record.detail];
    records.push(record);
  }
  const hash = leafHash(logged.leaf);
  return { logged, leaf, time, hash, origin, source: parsed, records };
};

const orderFault = (
  { leaf, time, logged, origin, source }: ReadLeaf,
  index: number,
  previous: number,
): MaybeFault => {
  if (leaf.index !== index)
    return ['leaf-out-of-place', `the leaf says that it is number ${leaf.index}`];
  if (time < previous) return ['time-backwards', 'it is earlier than the leaf before'];
  if (leaf.origin !== (logged.origin === null ? null : originDigest(logged.origin)))
    return ['origin-differs', 'its origin is not the one that it commits to'];
  if (origin !== undefined && source === undefined)
    return ['source-missing', `number ${origin.revision} of chain ${origin.chain} is missing`];
  if (origin === undefined && source !== undefined)
    return ['source-unexpected', 'a source came with a leaf that names none'];
  const bare = leaf.entry === null && leaf.signature === null && leaf.code === null && !leaf.late;
  return origin === undefined && !bare
    ? ['leaf-malformed', 'a leaf without a source says something of one']
    : undefined;
};

const recordsFault = ({ leaf, logged }: ReadLeaf): MaybeFault => {
  const committed = new Set(leaf.records);
  const opened = new Set(logged.records.map(recordDigest));
  for (const digest of opened)
    if (!committed.has(digest))
      return ['record-not-committed', 'a record is not one that the leaf commits to'];
  let padded = logged.records.length === 0 ? 0 : 16;
  while (padded < logged.records.length) padded *= 4;
  return opened.size !== logged.records.length || leaf.records.length !== padded
    ? ['records-miscounted', 'the leaf commits to another number of records']
    : undefined;
};

const missingDue = ([due]: readonly Due[]): MaybeFault =>
  due && ['due-missing', `item ${due.item} fell due at ${due.due}, and nothing says so`];

const dueFault = (records: readonly LeafRecord[], [expected]: readonly Due[]): MaybeFault => {
  const [record, ...others] = records;
  if (record?.about !== 'due' || others.length > 0)
    return ['record-malformed', 'a due leaf records one clock that ran out'];
  if (expected === undefined) return ['due-unexpected', `no clock of item ${record.item} ran out`];
  return sameBytes(formatRecord({ about: 'due', ...expected }), formatRecord(record))
    ? undefined
    : ['due-differs', `what fell due first is item ${expected.item}, at ${expected.due}`];
};

const judgedFault = (leaf: Leaf, judgement: Judgement, { entry }: Sourced): MaybeFault => {
  if (leaf.entry !== judgement.entry || leaf.signature !== judgement.signature)
    return ['source-differs', 'its source is not the one that it commits to'];
  if (leaf.kind !== judgement.kind)
    return entry.kind === 'statement' && judgement.kind === 'rejected'
      ? [
          'statement-refused',
          `the ${statementKind(entry)} statement is refused: ${judgement.code ?? ''}`,
        ]
      : ['kind-differs', `it is recorded as ${leaf.kind} and judged as ${judgement.kind}`];
  if (leaf.code !== judgement.code)
    return ['code-differs', `it is judged as ${judgement.code ?? 'sound'}`];
  return leaf.late !== judgement.late
    ? ['late-differs', `it is judged as ${judgement.late ? 'late' : 'in time'}`]
    : undefined;
};

/** Verdicts as they were decided, and as they were read from a record with the same bytes: both recur, frozen, at many leaves. */
const readAs = new WeakMap<Verdict, Verdict>();

/** Whether the verdicts stand recorded one by one as they were decided, which is how a sequencer writes them. */
const recordedAsDecided = (
  records: readonly LeafRecord[],
  logged: LogEntry,
  decided: readonly Decided[],
): boolean =>
  records.length === decided.length &&
  decided.every(({ descriptor, agency, verdict }, at) => {
    const record = records[at];
    if (record?.about !== 'verdict') return false;
    if (record.descriptor !== descriptor || record.agency !== agency) return false;
    // A record has one form: with the same digests before it, the same verdict is the same bytes.
    if (readAs.get(verdict) === record.verdict) return true;
    const again = formatRecord({ about: 'verdict', descriptor, agency, verdict });
    if (!sameBytes(logged.records[at]?.record ?? new Uint8Array(), again)) return false;
    if (Object.isFrozen(verdict) && Object.isFrozen(record.verdict))
      readAs.set(verdict, record.verdict);
    return true;
  });

const verdictsFault = (
  records: readonly LeafRecord[],
  logged: LogEntry,
  { decided }: Judgement,
): MaybeFault => {
  if (recordedAsDecided(records, logged, decided)) return undefined;
  const recorded = new Map<string, Uint8Array>();
  for (const [at, record] of records.entries()) {
    if (record.about !== 'verdict')
      return ['verdict-unexpected', 'something else than a verdict is recorded'];
    const name = `${record.descriptor} ${record.agency}`;
    if (recorded.has(name)) return ['verdict-unexpected', 'two verdicts are on the same'];
    recorded.set(name, logged.records[at]?.record ?? new Uint8Array());
  }
  for (const { descriptor, agency, recipient, verdict } of decided) {
    const name = `${descriptor} ${agency}`;
    const bytes = recorded.get(name);
    if (bytes === undefined)
      return ['verdict-missing', `a compartment for ${recipient} has no verdict`];
    const again = formatRecord({ about: 'verdict', descriptor, agency, verdict });
    if (!sameBytes(bytes, again))
      return [
        'decision-differs',
        `a compartment is ${verdict.allowed ? 'allowed' : 'denied'} to ${recipient}: ${verdict.rules.join(', ')}`,
      ];
    recorded.delete(name);
  }
  return recorded.size === 0
    ? undefined
    : ['verdict-unexpected', 'a verdict is on what nobody asked for'];
};
