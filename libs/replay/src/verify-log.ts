import {
  type DisclosureStanding,
  disclosureStanding,
  type DrillStanding,
  drillStanding,
} from './disclosure-standing.js';
import { type ErasureStanding, standingOf } from './erasures.js';
import { hex, type OpenPgp } from '@tripoint/envelope';
import { type TrustAnchor } from '@tripoint/federation';
import { type Digest, HubError, isRefusal } from '@tripoint/kernel';
import { LEAF_KINDS, type LeafKind } from '@tripoint/ledger';
import {
  FULL_TILE,
  hashesOf,
  HASH_BYTES,
  openCheckpoint,
  openWitnessed,
  parseVerifierKey,
  type Checkpoint,
  type MerkleTree,
  type Tile,
  type TrustPolicy,
  tilesOf,
  verifyConsistency,
  type VerifierKey,
  type WitnessedCheckpoint,
} from '@tripoint/transparency';
import { type MailboxStanding } from './countersigns.js';
import { type InDoubt } from './doubts.js';
import { type LogState } from './log-state.js';
import { type LogSource } from './log-source.js';
import { TOLERATED_SKEW } from './skew.js';
import { Fault } from './verify-fault.js';
import { type AuditedLeaf, type Handed, LogAudit, type PreparedLeaf } from './verify-leaf.js';

/** What a verification is asked to do beside everything. */
export type VerifyOptions = {
  /** A checkpoint kept from before, as signed: the log has to continue it. */
  readonly since?: Uint8Array;
  /** Only the leaves up to this index. */
  readonly asOf?: number;
  /** Milliseconds since the epoch: with it, a leaf from the future is a fault. */
  readonly now?: () => number;
  /** Whose cosignatures the log's checkpoints have to have; without it nobody's. */
  readonly trustPolicy?: TrustPolicy;
  readonly progress?: (state: { readonly verified: number; readonly size: number }) => void;
  /** Is shown the leaf at this index before it is compared with anything: what is wrong with it is still to be found. */
  readonly before?: {
    readonly index: number;
    readonly shown: (leaf: PreparedLeaf, audit: LogAudit) => Promise<void>;
  };
  /** Hears every leaf in which nothing was found wrong. */
  readonly heard?: (leaf: AuditedLeaf, state: LogState) => void;
};

/** What a verification came to. */
export type Report = {
  /** The first thing wrong, or nothing. */
  readonly fault: Fault | null;
  /** How many leaves were recomputed without a fault. */
  readonly verified: number;
  /** What the log says of itself; null when not even that could be believed. */
  readonly checkpoint: {
    readonly size: number;
    readonly root: Digest;
    readonly note: string;
  } | null;
  /** The newest tree that a quorum of witnesses has cosigned, and when it was complete; null when none is asked for, or there is none. */
  readonly witnessed: { readonly size: number; readonly time: number | null } | null;
  readonly leaves: Readonly<Partial<Record<LeafKind, number>>>;
  readonly decisions: { readonly allowed: number; readonly denied: number };
  /** What a key signed that may have been in other hands; the log is sound all the same. */
  readonly inDoubt: readonly InDoubt[];
  /** What was ordered to be forgotten, and how far that is. */
  readonly forgotten: readonly ErasureStanding[];
  /** What custodians were ordered to disclose, and what oversight thinks of emergencies. */
  readonly ordered: readonly DisclosureStanding[];
  /** Whether it was shown in this quarter that custodians' shares give a key; null where nobody keeps any. */
  readonly drill: DrillStanding | null;
  /** Who has signed that it was handed its mailbox, and who has not: nothing that makes the log itself wrong. */
  readonly mailboxes: readonly MailboxStanding[];
};

/** Leaves asked for at a time, and how many such questions are under way. */
const STRETCH = 64;
const AHEAD = 4;
/** Leaves whose signatures are begun together. */
const HANDFUL = 16;

/** @throws {HubError} when the anchor's key of the log is of no use */
export const logKey = (anchor: TrustAnchor): VerifierKey => {
  const key = parseVerifierKey(anchor.log.vkey);
  if (isRefusal(key) || key.name !== anchor.log.name)
    throw new HubError('anchor-unusable', 'the trust anchor names no usable key of the log', false);
  return key;
};

/**
 * Recomputes a whole log from outside: {@link LogAudit} for what its leaves say, and the tree over them.
 * @throws {HubError} `beyond-log` when `asOf` is a leaf that the log does not have yet: nothing is wrong with the log then
 */
export const verifyLog = async (
  source: LogSource,
  anchor: TrustAnchor,
  openpgp: OpenPgp,
  options: VerifyOptions = {},
): Promise<Report> => {
  const key = logKey(anchor);
  const audit = await LogAudit.begin(openpgp, anchor);
  return new Verification(source, key, audit, options).run();
};

/** What witnesses are said to have cosigned, held against a policy. */
export const witnessedUnder = (
  policy: TrustPolicy,
  note: Uint8Array | undefined,
): WitnessedCheckpoint | Fault => {
  const opened = note === undefined ? undefined : openWitnessed(note, policy);
  if (opened === undefined)
    return new Fault(null, 'not-witnessed', 'the hub shows nothing that witnesses have cosigned');
  return isRefusal(opened)
    ? new Fault(null, 'not-witnessed', `${opened.refused}: ${opened.detail}`)
    : opened;
};

/** Witnesses have cosigned a tree that the recomputed log does not continue. */
export const anotherLog = (size: number): Fault =>
  new Fault(null, 'split-view', `witnesses have cosigned another log of ${size} leaves`);

class Verification {
  readonly #leaves: Partial<Record<LeafKind, number>> = {};
  readonly #decisions = { allowed: 0, denied: 0 };
  #witnessed: Report['witnessed'] = null;

  constructor(
    private readonly source: LogSource,
    private readonly key: VerifierKey,
    private readonly audit: LogAudit,
    private readonly options: VerifyOptions,
  ) {}

  async run(): Promise<Report> {
    // Asked for first: what is newest then is at least as large.
    const cosigned = this.options.trustPolicy && (await this.source.cosigned());
    const note = await this.source.checkpoint();
    const checkpoint = openedCheckpoint(note, this.key);
    if (checkpoint instanceof Fault || note === undefined) return this.#report(checkpoint, null);
    const newest = {
      size: checkpoint.size,
      root: hex(checkpoint.root) as Digest,
      note: Buffer.from(note).toString(),
    };
    const fault =
      (await this.#verify(checkpoint)) ?? (await this.#witnessFault(cosigned, checkpoint));
    return this.#report(fault, newest);
  }

  async #verify(checkpoint: Checkpoint): Promise<Fault | undefined> {
    const { since, asOf } = this.options;
    const before = since === undefined ? undefined : openedCheckpoint(since, this.key);
    if (before instanceof Fault) return before;
    if (before !== undefined && before.size > checkpoint.size)
      return new Fault(
        checkpoint.size,
        'log-shrunk',
        `the log had ${before.size} leaves and now has ${checkpoint.size}`,
      );
    const size = asOf === undefined ? checkpoint.size : asOf + 1;
    if (size > checkpoint.size)
      throw new HubError(
        'beyond-log',
        `leaf ${size - 1} was asked about, and the log has ${checkpoint.size} leaves`,
        false,
      );

    const suspect = { index: undefined as number | undefined };
    const wrong = await this.#takeAll(size, suspect);
    const notInTree = (index: number): Fault =>
      new Fault(index, 'leaf-not-in-tree', 'the leaf is not the one that the tree holds');
    if (wrong !== undefined)
      return suspect.index !== undefined && suspect.index < (wrong.index ?? Infinity)
        ? notInTree(suspect.index)
        : wrong;

    const { tree } = this.audit;
    const rootFault = await this.#rootFault(tree, checkpoint);
    if (suspect.index !== undefined)
      // With the root right, every leaf is right, and what served the tile is wrong.
      return rootFault === undefined ? tileDiffers(suspect.index) : notInTree(suspect.index);
    return (
      rootFault ??
      (await this.#upperTilesFault(tree)) ??
      (before && (await this.#historyFault(tree, before, checkpoint)))
    );
  }

  /** Holds what witnesses have cosigned against what was recomputed: a log that they were not shown is another one. */
  async #witnessFault(
    cosigned: Uint8Array | undefined,
    checkpoint: Checkpoint,
  ): Promise<Fault | undefined> {
    const { trustPolicy } = this.options;
    if (trustPolicy === undefined) return undefined;
    const opened = witnessedUnder(trustPolicy, cosigned);
    if (opened instanceof Fault) return opened;
    const { size, root } = opened.checkpoint;
    this.#witnessed = { size, time: opened.time };
    const { tree } = this.audit;
    const same =
      size <= tree.size
        ? Buffer.compare(tree.root(size), root) === 0
        : size <= checkpoint.size && (await this.#continues(size, root, checkpoint));
    return same ? undefined : anotherLog(size);
  }

  /** Takes every leaf below `size`, and holds each against the tree's lowest tiles. */
  async #takeAll(size: number, suspect: { index: number | undefined }): Promise<Fault | undefined> {
    const { audit, options } = this;
    let hashes: readonly Uint8Array[] = [];
    for await (const prepared of preparedLeaves(audit, this.source, size)) {
      if (prepared instanceof Fault) return prepared;
      for (const one of prepared) {
        if (one.index % FULL_TILE === 0) {
          const tile = await this.#lowestTile(one.index / FULL_TILE, size);
          if (tile instanceof Fault) return tile;
          hashes = tile;
        }
        if (one.index === options.before?.index) await options.before.shown(one, audit);
        const taken = await audit.take(one);
        if (taken instanceof Fault) return taken;
        if (options.now !== undefined && audit.state.time > options.now() + TOLERATED_SKEW)
          return new Fault(one.index, 'time-ahead', 'it is later than now');
        const held = hashes[one.index % FULL_TILE];
        if (held === undefined || Buffer.compare(held, taken.leafHash) !== 0)
          suspect.index ??= one.index;
        this.#count(taken);
        options.heard?.(taken, audit.state);
      }
      options.progress?.({ verified: audit.size, size });
    }
    return undefined;
  }

  async #lowestTile(index: number, size: number): Promise<readonly Uint8Array[] | Fault> {
    const width = Math.min(FULL_TILE, size - index * FULL_TILE);
    const content = await this.source.tile({ level: 0, index, width });
    const hashes = content && hashesOf(content, width);
    return hashes ?? tileMissing({ level: 0, index, width });
  }

  async #upperTilesFault(tree: MerkleTree): Promise<Fault | undefined> {
    for (const tile of tilesOf(tree.size)) {
      if (tile.level === 0) continue;
      const content = await this.source.tile(tile);
      const own = tree.tile(tile.level, tile.index, tile.width);
      if (content === undefined || content.length !== own?.length) return tileMissing(tile);
      if (Buffer.compare(content, own) === 0) continue;
      const at = content.findIndex((byte, offset) => byte !== own[offset]);
      return tileDiffers(
        (tile.index * FULL_TILE + Math.floor(at / HASH_BYTES)) * FULL_TILE ** tile.level,
      );
    }
    return undefined;
  }

  async #rootFault(tree: MerkleTree, checkpoint: Checkpoint): Promise<Fault | undefined> {
    const continued = await this.#continues(tree.size, tree.root(), checkpoint);
    return continued
      ? undefined
      : new Fault(
          null,
          'root-differs',
          `the tree over the first ${tree.size} leaves has another root than the log signed`,
        );
  }

  async #historyFault(
    tree: MerkleTree,
    before: Checkpoint,
    checkpoint: Checkpoint,
  ): Promise<Fault | undefined> {
    const same =
      before.size <= tree.size
        ? Buffer.compare(tree.root(before.size), before.root) === 0
        : await this.#continues(before.size, before.root, checkpoint);
    return same
      ? undefined
      : new Fault(
          null,
          'other-history',
          `the log does not continue the one whose first ${before.size} leaves it signed before`,
        );
  }

  async #continues(
    from: number,
    fromRoot: Uint8Array,
    { size: to, root: toRoot }: Checkpoint,
  ): Promise<boolean> {
    const proof = from === to ? [] : await this.source.consistencyProof(from, to);
    return proof !== undefined && verifyConsistency({ from, fromRoot, to, toRoot, proof });
  }

  #count({ leaf, decided }: AuditedLeaf): void {
    this.#leaves[leaf.kind] = (this.#leaves[leaf.kind] ?? 0) + 1;
    for (const { verdict } of decided) this.#decisions[verdict.allowed ? 'allowed' : 'denied'] += 1;
  }

  #report(fault: Fault | Checkpoint | undefined, checkpoint: Report['checkpoint']): Report {
    return {
      fault: fault instanceof Fault ? fault : null,
      verified: this.audit.size,
      checkpoint,
      witnessed: this.#witnessed,
      leaves: Object.fromEntries(
        LEAF_KINDS.flatMap((kind) => {
          const count = this.#leaves[kind];
          return count === undefined ? [] : [[kind, count]];
        }),
      ),
      decisions: this.#decisions,
      inDoubt: this.audit.state.inDoubt(),
      forgotten: this.audit.state
        .erasures()
        .map((one) => standingOf(one, (...of) => this.audit.state.isShredded(...of))),
      ordered: this.audit.state.disclosures.map((one) =>
        disclosureStanding(one, this.audit.state.time),
      ),
      drill: drillStanding(this.audit.state.drill, this.audit.state.time),
      mailboxes: this.audit.state.countersigns.standings(this.audit.state.time),
    };
  }
}

/** What the log says of itself, signed by the key of the trust anchor. Anybody controls the bytes. */
export const openedCheckpoint = (
  note: Uint8Array | undefined,
  key: VerifierKey,
): Checkpoint | Fault => {
  if (note === undefined)
    return new Fault(null, 'checkpoint-missing', 'the log has signed no checkpoint');
  const opened = openCheckpoint(note, key);
  return isRefusal(opened)
    ? new Fault(null, 'checkpoint-refused', opened.refused)
    : opened.checkpoint;
};

const tileMissing = ({ level, index }: Tile): Fault =>
  new Fault(
    index * FULL_TILE ** (level + 1),
    'tile-missing',
    `tile ${index} of level ${level} is missing or of another length`,
  );

const tileDiffers = (index: number): Fault =>
  new Fault(index, 'tile-differs', 'a tile holds another hash than the tree that was signed');

/** Leaves `from` to `to`, in order, a stretch at a time; a few stretches are asked for ahead. */
async function* stretches(
  source: LogSource,
  from: number,
  to: number,
): AsyncGenerator<readonly Handed[] | Fault> {
  const asked: Promise<Stretch>[] = [];
  let next = from;
  while (next < to || asked.length > 0) {
    while (next < to && asked.length < AHEAD) {
      const count = Math.min(STRETCH, to - next);
      const answer = stretch(source, next, count);
      // Whoever stops listening early does not hear of it; whoever listens does.
      answer.catch(() => undefined);
      asked.push(answer);
      next += count;
    }
    const answer = await asked.shift();
    if (answer === undefined) return;
    // What came before a fault is taken first: something may be wrong there already.
    if (answer.entries.length > 0) yield answer.entries;
    if (answer.fault !== undefined) {
      yield answer.fault;
      return;
    }
  }
}

/**
 * Every leaf below `to` that `audit` has not taken, read and with its signature under way, a handful at a time in order: threads of
 * the pool try the signatures of the next handful while this one is folded. Few at once, so that little of it grows old.
 */
export async function* preparedLeaves(
  audit: LogAudit,
  source: LogSource,
  to: number,
): AsyncGenerator<readonly PreparedLeaf[] | Fault> {
  let next = audit.size;
  let ready: readonly PreparedLeaf[] = [];
  for await (const stretch of stretches(source, next, to)) {
    if (stretch instanceof Fault) {
      if (ready.length > 0) yield ready;
      yield stretch;
      return;
    }
    for (let at = 0; at < stretch.length; at += HANDFUL) {
      const begun = next;
      const handful = stretch.slice(at, at + HANDFUL);
      next += handful.length;
      const prepared = handful.map((one, offset) => audit.prepare(begun + offset, one));
      if (ready.length > 0) yield ready;
      ready = prepared;
    }
  }
  if (ready.length > 0) yield ready;
}

type Stretch = { readonly entries: readonly Handed[]; readonly fault?: Fault };

const stretch = async (source: LogSource, first: number, count: number): Promise<Stretch> => {
  const entries: Handed[] = [];
  while (entries.length < count) {
    const at = first + entries.length;
    const answer = await source.entries(at, count - entries.length);
    if (isRefusal(answer))
      return { entries, fault: new Fault(at, 'export-malformed', answer.detail) };
    if (answer === undefined || answer.entries.length === 0) {
      const detail = 'the checkpoint covers it and it is not handed over';
      return { entries, fault: new Fault(at, 'leaf-missing', detail) };
    }
    if (answer.first !== at || answer.entries.length > count - entries.length) {
      const detail = 'other leaves came than were asked for';
      return { entries, fault: new Fault(at, 'export-malformed', detail) };
    }
    entries.push(...answer.entries);
  }
  return { entries };
};
