import {
  type ChainEntry,
  entryDigest,
  type EventEntry,
  type Header,
  sha256,
  type OpenPgp,
  type StatementEntry,
} from '@tripoint/envelope';
import {
  type ActivePolicy,
  applyStatement,
  foundRegistry,
  freezeChain,
  parseStatement,
  type Registry,
  type TrustAnchor,
} from '@tripoint/federation';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  HubError,
  isDigest,
  isRefusal,
  type ItemId,
  type Refusal,
} from '@tripoint/kernel';
import { COUNTERSIGNED, HUB_CHAIN, type LeafKind, REGISTRY_CHAIN } from '@tripoint/ledger';
import {
  type AgencyAttributes,
  type Bundle,
  type BundleRefusal,
  custodianOf,
  type Disclosure,
  type Facts,
  foldMembership,
  type GrantFact,
  type Granting,
  judge,
  judgeDisclosed,
  judgeGrants,
  loadBundle,
  type Membership,
  NeedToKnow,
  type Part,
  type Source,
  unopened,
  type Verdict,
} from '@tripoint/policy';
import { Clocks, type Due, inOrderOfDue, type Said } from './clocks.js';
import { countersigner, readCountersigned } from './countersignature.js';
import { Countersigns, type Countersigning } from './countersigns.js';
import { areDestroyed, Epochs, type Wrapped, wrappedBetween } from './epochs.js';
import { type Erasure, Erasures, type Ordered } from './erasures.js';
import { forkedChain } from './forked-chain.js';
import { type Grant, Grants } from './grants.js';
import { Mailboxes, type MailboxLine } from './mailboxes.js';
import {
  type Disclosure as OrderedDisclosure,
  Disclosures,
  type InCustody,
} from './disclosures.js';
import { type Recall, Recalls } from './recalls.js';
import { readOnce } from './read-once.js';
import { type LeafRecord } from './records.js';

/** A chain entry and where it stands. */
export type Sourced = {
  readonly chain: ChainId;
  readonly revision: number;
  readonly entry: ChainEntry;
};

/** What was decided for one recipient of one compartment. */
export type Decided = {
  readonly descriptor: Digest;
  readonly agency: Fingerprint;
  readonly recipient: AgencyId;
  readonly verdict: Verdict;
};

/** What a leaf says of its source. */
export type Judgement = {
  readonly kind: LeafKind;
  readonly entry: Digest;
  readonly signature: Digest;
  readonly late: boolean;
  readonly code: string | null;
  readonly decided: readonly Decided[];
};

/** Leaves of an agency that a key signed which may have been in other hands. */
export type InDoubt = { readonly agency: AgencyId; readonly leaves: readonly number[] };

/** Says which signing subkey made the entry's signature, or none that the chain ever had. */
export type SignerOf = (sourced: Sourced, registry: Registry) => Promise<Fingerprint | undefined>;

/** How far an issuer's clock may stand off before its events are marked late: five minutes. */
const TOLERATED_SKEW = 5 * 60 * 1000;

/** Something that was said, and where. */
export type SaidBefore = Source & {
  readonly event: EventId;
  /** Digest of the header under which it was said. */
  readonly header: Digest;
  /** Index of its leaf. */
  readonly leaf: number;
  /** To whom it was to go as well, and was denied. Wraps for them were made. */
  readonly denied: readonly AgencyId[];
};

/** What many descriptors have in common. */
type Labels = Omit<Source, 'exchange'> & Pick<SaidBefore, 'denied'>;
/** What is kept of a descriptor, and where it was said; digests and ids are packed. */
type Kept = {
  readonly labels: Labels;
  readonly leaf: number;
  readonly event: string;
  readonly header: string;
  readonly exchange: ExchangeId;
};

type OpenedEvent = {
  readonly header: Header;
  readonly compartments: readonly {
    readonly digest: Digest;
    readonly part: Part;
    readonly retention: string;
    /** Fingerprints beside the part's recipients, in the same order. */
    readonly fingerprints: readonly Fingerprint[];
  }[];
};

/**
 * What the log means as of its newest folded leaf: who is who, who takes part in what, which clocks run.
 *
 * The sequencer folds it to judge the next entry; registrar and dispatcher to know the registry; an
 * auditor to judge everything again. Folding the same leaves gives the same state: no clock, no randomness.
 */
export class LogState {
  #size = 0;
  #time = 0;
  #registry: Registry;
  #rules: NeedToKnow | undefined;
  #loaded: { readonly digest: Digest; readonly bundle: Bundle | BundleRefusal } | undefined;
  readonly #memberships = new Map<ExchangeId, Membership>();
  readonly #clocks = new Clocks();
  readonly #grants = new Grants();
  readonly #recalls = new Recalls();
  readonly #epochs = new Epochs();
  /** Leaves at which numbers were given up, and by whom; events are among the sources. */
  readonly #voids: { readonly agency: AgencyId; readonly leaf: number }[] = [];
  readonly #erasures = new Erasures((descriptors, originator) =>
    this.#holdersOf(descriptors, originator),
  );
  readonly #disclosures = new Disclosures();
  /** By {@link packed} digests: every event that ever was stands here. */
  readonly #sources = new Map<string, Kept>();
  readonly #events = new Set<string>();
  /** What many sources have in common, kept once. */
  readonly #alike = new Map<string, Labels>();
  readonly #items = new Map<ItemId, ExchangeId>();
  readonly #mailboxes = new Mailboxes();
  readonly #countersigns = new Countersigns();

  private constructor(
    private readonly openpgp: OpenPgp,
    registry: Registry,
  ) {
    this.#registry = registry;
  }

  /** The state of an empty log. */
  static async begin(openpgp: OpenPgp, anchor: TrustAnchor): Promise<LogState> {
    const registry = await foundRegistry(openpgp, anchor);
    if (isRefusal(registry)) throw new HubError(registry.refused, registry.detail, false);
    return new LogState(openpgp, registry);
  }

  /** How many leaves were folded: the next leaf's index. */
  get size(): number {
    return this.#size;
  }

  /** The newest leaf's time, in milliseconds since the epoch. */
  get time(): number {
    return this.#time;
  }

  get registry(): Registry {
    return this.#registry;
  }

  /** What every agency is owed. */
  get mailboxes(): Pick<Mailboxes, 'heads' | 'headsDue'> {
    return this.#mailboxes;
  }

  /** Who has countersigned the heads of its mailbox, and who has not. */
  get countersigns(): Pick<Countersigns, 'fault' | 'standings'> {
    return this.#countersigns;
  }

  membership(exchange: ExchangeId): Membership {
    return this.#memberships.get(exchange) ?? unopened;
  }

  /** Clocks that have run out at `time` and have no leaf yet. */
  dues(time: number): readonly Due[] {
    return inOrderOfDue([
      ...this.#clocks.dues(time),
      ...this.#grants.dues(time),
      ...this.#recalls.dues(time),
      ...this.#erasures.dues(time),
      ...this.#disclosures.dues(time),
    ]);
  }

  /** What this is the descriptor of. */
  said(descriptor: Digest): SaidBefore | undefined {
    const kept = isDigest(descriptor) ? this.#sources.get(packed(descriptor)) : undefined;
    if (kept === undefined) return undefined;
    const { labels, leaf, exchange } = kept;
    const header = unpacked(kept.header) as Digest;
    return { ...labels, leaf, exchange, header, event: eventId(unpacked(kept.event)) };
  }

  /** The grant that the item is about, if one was made. */
  grant(item: ItemId): Grant | undefined {
    return this.#grants.grant(item);
  }

  /** What was recalled at leaf `index`, if its issuer had said it and the other held it. */
  recalledAt(index: number): Recall | undefined {
    return this.#recalls.issuedAt(index);
  }

  /** Whether `agency` is to hold it no longer. */
  isRecalled(descriptor: Digest, agency: AgencyId): boolean {
    return this.#recalls.isRecalled(descriptor, agency);
  }

  /** Whether `agency` holds it by a grant that has not ended. */
  holdsByGrant(agency: AgencyId, descriptor: Digest): boolean {
    return this.#grants.holds(agency, descriptor);
  }

  /** The recall that the item is about. */
  recall(item: ItemId): Recall | undefined {
    return this.#recalls.recall(item);
  }

  /** What is forgotten from leaf `index` on, and who is told of it there. */
  erasedAt(index: number): Ordered | undefined {
    return this.#erasures.orderedAt(index);
  }

  /** Whether everybody is to forget it. */
  isErased(descriptor: Digest): boolean {
    return this.#erasures.isErased(descriptor);
  }

  /** The erasure that the item is about. */
  erasure(item: ItemId): Erasure | undefined {
    return this.#erasures.erasure(item);
  }

  /** Every erasure so far, in the order of their leaves. */
  erasures(): readonly Erasure[] {
    return this.#erasures.all();
  }

  /** Whose shares of the event's keys are where; undefined where its keys are in nobody's custody. */
  inCustody(event: EventId): InCustody | undefined {
    return this.#disclosures.inCustody(event);
  }

  /** What was ordered to be disclosed, as the item says; and all that ever was. */
  disclosure(item: ItemId): OrderedDisclosure | undefined {
    return this.#disclosures.disclosure(item);
  }

  get disclosures(): readonly OrderedDisclosure[] {
    return this.#disclosures.all;
  }

  /** Shares that were handed over and end at leaf `index`. */
  sharesEndedAt(index: number): readonly Grant[] {
    return this.#disclosures.endedAt(index);
  }

  /** Whether `agency` was handed this share for a time that is over. */
  isShareOver(descriptor: Digest, agency: AgencyId): boolean {
    return this.#disclosures.isOver(descriptor, agency);
  }

  /** The grant that ended at leaf `index`. */
  grantEndedAt(index: number): Grant | undefined {
    return this.#grants.endedAt(index);
  }

  /**
   * Who was ever wrapped a key to this, and to which of their epochs it can have been, until leaf `until`, at which the last wraps
   * were deleted (the newest leaf, unless given). Empty for what was never said.
   */
  wrapped(descriptor: Digest, until = this.#size - 1): readonly Wrapped[] {
    const said = this.said(descriptor);
    if (said === undefined) return [];
    const agencies = [...said.holders, ...said.denied, ...this.#epochs.grantees(descriptor)];
    return wrappedBetween(this.#registry, agencies, said.leaf, until);
  }

  /**
   * Whether every epoch that can have wrapped a key to this until leaf `until` is said to be destroyed: what was erased is
   * *shredded* then. That they are is the word of the agencies whose they were.
   */
  isShredded(descriptor: Digest, until: number): boolean {
    return areDestroyed(this.wrapped(descriptor, until));
  }

  /**
   * What agencies are said to have said with keys that may have been in other hands, as is known by the newest leaf, and that nobody
   * has taken out of doubt: leaf by leaf. What was decided at those leaves stands.
   */
  inDoubt(): readonly InDoubt[] {
    const found = new Map<AgencyId, Set<number>>();
    const look = (agency: AgencyId, leaf: number): void => {
      if (!this.#registry.isTainted(agency, BigInt(leaf))) return;
      const leaves = found.get(agency);
      if (leaves === undefined) found.set(agency, new Set([leaf]));
      else leaves.add(leaf);
    };
    for (const { labels, leaf } of this.#sources.values()) look(labels.issuer, leaf);
    for (const { agency, leaf } of this.#voids) look(agency, leaf);
    return [...found]
      .map(([agency, leaves]) => ({ agency, leaves: [...leaves].sort((a, b) => a - b) }))
      .sort((one, other) => (one.agency < other.agency ? -1 : 1));
  }

  /** Why a statement that the registry would take is not for the log to take yet, at `time`. */
  tooEarly(statement: StatementEntry, time: number): Refusal<'epoch-kept'> | undefined {
    const body = parseStatement(statement.body);
    if (isRefusal(body) || body.kind !== 'epoch-destroyed') return undefined;
    const epoch = this.#registry.epoch(body.subkey);
    return epoch && this.#epochs.tooEarly(epoch, time);
  }

  /** Judges an entry as the next leaf at `time`. Changes nothing. */
  async judge(sourced: Sourced, time: number, signerOf: SignerOf): Promise<Judgement> {
    const { entry } = sourced;
    const [signature] = entry.kind === 'statement' ? entry.signatures : [entry.signature];
    const base = {
      entry: entryDigest(entry),
      signature: sha256(signature ?? new Uint8Array()),
      late: false,
      code: null,
      decided: [],
    };
    if (entry.kind === 'statement')
      return { ...base, ...(await this.#judgeStatement(sourced, time)) };

    const signer = await signerOf(sourced, this.#registry);
    const standing =
      signer === undefined
        ? 'unknown'
        : this.#registry.signerStanding(sourced.chain, signer, BigInt(this.#size));
    if (standing !== 'active') return { ...base, kind: 'rejected', code: `issuer-${standing}` };
    if (this.#registry.frozen(sourced.chain))
      return { ...base, kind: 'rejected', code: 'chain-frozen' };
    if (entry.kind === 'void') return { ...base, kind: 'void' };

    const event = this.#openEvent(entry);
    if (event === undefined) return { ...base, kind: 'rejected', code: 'entry-malformed' };
    if (this.#registry.chainOwner(sourced.chain)?.id !== event.header.issuer)
      return { ...base, kind: 'rejected', code: 'issuer-not-on-chain' };
    if (this.#rules === undefined) return { ...base, kind: 'rejected', code: 'no-rules' };
    const repeated = this.#repeats(event);
    if (repeated !== undefined) return { ...base, kind: 'rejected', code: repeated };
    const late = Math.abs(Date.parse(event.header.at) - time) > TOLERATED_SKEW;
    return { ...base, kind: 'event', late, decided: this.#decide(this.#rules, event, time) };
  }

  /**
   * Takes in the next leaf, and answers the lines that mailboxes have by it. `sourced` is absent for leaves that the sequencer made
   * itself; those say `own`.
   */
  async fold(
    leaf: { readonly kind: LeafKind; readonly time: number; readonly hash: Digest },
    sourced: Sourced | undefined,
    decided: readonly Pick<Decided, 'descriptor' | 'agency' | 'verdict'>[],
    own: readonly LeafRecord[] = [],
  ): Promise<readonly MailboxLine[]> {
    const index = this.#size;
    this.#size += 1;
    this.#time = leaf.time;
    const place = { leaf: index, leafHash: leaf.hash, time: leaf.time };
    if (sourced !== undefined) await this.#foldSource(leaf, index, sourced, decided);
    const forgetting = this.#erasures.orderedAt(index)?.told;
    if (leaf.kind === 'heads') this.#countersigns.logged(place, own);
    const countersigned =
      leaf.kind === 'countersigned' ? this.#foldCountersigned(sourced, place) : undefined;
    const told = { ...leaf, index, sourced, decided, own, forgetting, countersigned };
    return this.#mailboxes.take(told, this.#registry);
  }

  async #foldSource(
    leaf: { readonly kind: LeafKind; readonly time: number },
    index: number,
    sourced: Sourced,
    decided: readonly Pick<Decided, 'descriptor' | 'agency' | 'verdict'>[],
  ): Promise<void> {
    const { entry } = sourced;
    if (entry.kind === 'statement') {
      if (leaf.kind !== 'rejected') await this.#foldStatement(sourced, index);
    } else if (entry.kind === 'event' && leaf.kind === 'event') {
      this.#foldEvent(entry, decided, leaf.time, index);
    } else if (entry.kind === 'void' && leaf.kind === 'void') {
      const agency = this.#registry.chainOwner(sourced.chain)?.id;
      if (agency !== undefined) this.#voids.push({ agency, leaf: index });
    }
  }

  /** Remembers that the due leaf of `due` was folded. */
  recordedDue(due: Due): void {
    const { item, grant, recall, erasure } = due;
    if (erasure !== undefined) {
      this.#erasures.recorded(this.#size - 1, due);
      if (due.erases !== undefined) this.#grants.erased(due.erases.descriptors);
    } else if (grant === true) {
      this.#grants.expired(this.#size - 1, item);
      this.#disclosures.expired(this.#size - 1, item);
    } else if (recall === true) this.#recalls.defaulted(item);
    else this.#clocks.recorded(item);
  }

  /** A countersignature that does not hold is none; the agency's next one will. */
  async #judgeCountersigned(statement: StatementEntry): Promise<Pick<Judgement, 'kind' | 'code'>> {
    const read = readCountersigned(statement);
    if (isRefusal(read)) return { kind: 'rejected', code: read.refused };
    if (read.end === undefined) return { kind: 'rejected', code: 'malformed-countersignature' };
    const fault =
      this.#countersigns.fault(read.said) ??
      (await countersigner(this.openpgp, read, this.#registry, this.#size));
    return fault === undefined
      ? { kind: 'countersigned', code: null }
      : { kind: 'rejected', code: fault.refused };
  }

  #foldCountersigned(
    sourced: Sourced | undefined,
    place: { readonly leaf: number; readonly time: number },
  ): Countersigning | undefined {
    const read = sourced?.entry.kind === 'statement' ? readCountersigned(sourced.entry) : undefined;
    return read === undefined || isRefusal(read) || read.end === undefined
      ? undefined
      : this.#countersigns.take(read.said, read.end, place);
  }

  async #judgeStatement(
    { chain, entry }: Sourced,
    time: number,
  ): Promise<Pick<Judgement, 'kind' | 'code'>> {
    const statement = entry as StatementEntry;
    if (chain === HUB_CHAIN)
      return statement.statement === COUNTERSIGNED
        ? this.#judgeCountersigned(statement)
        : { kind: 'fork', code: null };
    if (chain !== REGISTRY_CHAIN) return { kind: 'rejected', code: 'statement-out-of-place' };
    const next = await applyStatement(this.openpgp, this.#registry, statement, BigInt(this.#size));
    if (isRefusal(next)) return { kind: 'rejected', code: next.refused };
    const early = this.tooEarly(statement, time);
    if (early !== undefined) return { kind: 'rejected', code: early.refused };
    const bundle = next.policyBundle();
    if (bundle === undefined || bundle.digest === this.#registry.policyBundle()?.digest)
      return { kind: 'registry', code: null };
    const loaded = this.#load(bundle);
    return isRefusal(loaded)
      ? { kind: 'rejected', code: loaded.refused }
      : { kind: 'policy', code: null };
  }

  /** Rules are judged and then folded: validating them is the most expensive thing here, and is done once. */
  #load({ digest, bytes }: ActivePolicy): Bundle | BundleRefusal {
    if (this.#loaded?.digest !== digest) this.#loaded = { digest, bundle: loadBundle(bytes) };
    return this.#loaded.bundle;
  }

  async #foldStatement({ chain, entry }: Sourced, index: number): Promise<void> {
    const statement = entry as StatementEntry;
    if (chain === HUB_CHAIN) {
      if (statement.statement === COUNTERSIGNED) return;
      const frozen = forkedChain(statement);
      if (frozen !== undefined) this.#registry = freezeChain(this.#registry, frozen, BigInt(index));
      return;
    }
    const next = await applyStatement(this.openpgp, this.#registry, statement, BigInt(index));
    if (isRefusal(next))
      throw new HubError('log-inconsistent', `leaf ${index} admits a refused statement`, false);
    const bundle = next.policyBundle();
    if (bundle !== undefined && bundle.digest !== this.#rules?.bundle.digest) {
      const loaded = this.#load(bundle);
      if (isRefusal(loaded))
        throw new HubError('log-inconsistent', `leaf ${index} admits refused rules`, false);
      this.#rules = new NeedToKnow(loaded);
    }
    const body = parseStatement(statement.body);
    if (!isRefusal(body) && body.kind === 'epoch-retired')
      this.#epochs.retired(body.subkey, this.#time);
    this.#registry = next;
  }

  #foldEvent(
    entry: EventEntry,
    decided: readonly Pick<Decided, 'descriptor' | 'agency' | 'verdict'>[],
    time: number,
    index: number,
  ): void {
    const event = this.#openEvent(entry);
    if (event === undefined) return;
    const { id, issuer, stream } = event.header;
    const place = { leaf: index, event: packed(id), header: packed(entryDigest(entry)) };
    this.#events.add(place.event);
    const facts = event.compartments.map(({ part }) => part.facts);
    this.#memberships.set(
      stream,
      foldMembership(this.membership(stream), { stream, issuer, facts }),
    );
    for (const { item } of facts) if (item !== undefined) this.#items.set(item, stream);
    for (const { digest, part } of event.compartments) {
      const [holders, denied] = [true, false].map((allowed) =>
        decided
          .filter(({ descriptor, verdict }) => descriptor === digest && verdict.allowed === allowed)
          .flatMap(({ agency }) => this.#registry.byFingerprint(agency)?.id ?? []),
      ) as [AgencyId[], AgencyId[]];
      // Both parties read the core; what is told beside anything else could be held against nothing.
      if (part.compartment === 'core')
        this.#runClocks(part.facts, { exchange: stream, issuer, given: holders, at: time });
      const { compartment, classification, handling, facts: said } = part;
      const derivedFrom = said.derivedFrom ?? [];
      const labels = {
        issuer,
        compartment,
        classification,
        handling,
        holders,
        derivedFrom,
        denied,
      };
      this.#sources.set(packed(digest), {
        labels: this.#shared(labels),
        exchange: stream,
        ...place,
      });
    }
    this.#foldCustody(event, decided, place.header);
    this.#foldGrants(event, decided, index);
    this.#foldRecalls(event, decided, index);
    this.#foldErasures(event, time, index);
    this.#foldRetention(event, time);
  }

  /** Each class is kept for as long as the rules said when it was used. */
  #foldRetention({ header: { id, issuer, stream }, compartments }: OpenedEvent, at: number): void {
    for (const { retention, seconds } of this.#rules?.bundle.retention ?? []) {
      const descriptors = compartments
        .filter((one) => one.retention === retention && one.part.compartment !== 'core')
        .map(({ digest }) => digest);
      const what = { exchange: stream, event: id, originator: issuer, descriptors };
      if (descriptors.length > 0) this.#erasures.retention.said(at, seconds, what, retention);
    }
  }

  /** Who said it has it forgotten everywhere, or an authority has; nobody else, and never the core, on which statuses depend. */
  #foldErasures(event: OpenedEvent, time: number, index: number): void {
    const { saying, erases, purged, kept } = grantFacts(event);
    const { exchange, issuer, item } = saying;
    if (item === undefined) return;
    if (purged !== undefined) this.#erasures.receipted(item, issuer, { purged, kept }, time);
    if (erases === undefined) return;
    const said = erases.descriptors.map((descriptor) => this.said(descriptor));
    const [first] = said;
    const authority = this.#registry.agency(issuer)?.kind === 'OVERSIGHT';
    const isTrue = said.every(
      (one) =>
        one?.event === erases.event &&
        one.exchange === exchange &&
        one.compartment !== 'core' &&
        (authority || one.issuer === issuer),
    );
    if (first === undefined || !isTrue) return;
    const { ground, event: of } = erases;
    // What custodians hold of its keys goes with it.
    const shares = this.#disclosures.sharesGoneWith(
      of,
      (one) => erases.descriptors.includes(one) || this.isErased(one),
    );
    const descriptors = [...new Set([...erases.descriptors, ...shares])].sort();
    const until = Date.parse(erases.until);
    const order = { item, exchange, event: of, descriptors, ground, until, by: issuer };
    this.#erasures.ordered(index, { ...order, originator: first.issuer });
    this.#grants.erased(descriptors);
  }

  /** Everybody who was given it for good, or for a time that is not over, and who said it. */
  #holdersOf(descriptors: readonly Digest[], originator: AgencyId): AgencyId[] {
    const holders = descriptors.flatMap((descriptor) => [
      ...(this.said(descriptor)?.holders ?? []),
      ...this.#grants.granteesOf(descriptor),
    ]);
    return [...new Set([originator, ...holders])].sort();
  }

  /** Remembers of which keys there are shares, and with whom: only those that the log let be given count. */
  #foldCustody(
    { header, compartments }: OpenedEvent,
    decided: readonly Pick<Decided, 'descriptor' | 'agency' | 'verdict'>[],
    packedHeader: string,
  ): void {
    const { custody } = this.#registry;
    if (custody === undefined) return;
    const shares = new Map<AgencyId, Digest>();
    const keys = new Map<string, Digest>();
    for (const { digest, part } of compartments) {
      if (custody.compartments.includes(part.compartment)) keys.set(part.compartment, digest);
      const custodian = custody.custodians[custodianOf(part.compartment)];
      const given = decided.some(
        ({ descriptor, agency, verdict }) =>
          descriptor === digest &&
          verdict.allowed &&
          verdict.question.custodian === true &&
          this.#registry.byFingerprint(agency)?.id === custodian,
      );
      if (custodian !== undefined && given) shares.set(custodian, digest);
    }
    if (shares.size > 0 && keys.size > 0)
      this.#disclosures.entrusted({
        event: header.id,
        header: unpacked(packedHeader) as Digest,
        threshold: custody.threshold,
        keys,
        shares,
      });
  }

  /** Only who said it takes it back, from who was given it; and only who is told of that is bound by it. */
  #foldRecalls(
    event: OpenedEvent,
    decided: readonly Pick<Decided, 'descriptor' | 'agency' | 'verdict'>[],
    index: number,
  ): void {
    const { saying, recall, kept } = grantFacts(event);
    const { exchange, issuer, item } = saying;
    const core = event.compartments.find(({ part }) => part.compartment === 'core');
    if (item === undefined || core === undefined) return;
    const told = decided
      .filter(({ descriptor, verdict }) => descriptor === core.digest && verdict.allowed)
      .flatMap(({ agency }) => this.#registry.byFingerprint(agency)?.id ?? []);
    if (event.header.type === 'receipt') this.#recalls.receipted(item, issuer, told, kept);
    if (recall === undefined || !told.includes(recall.agency)) return;
    const descriptors = recall.descriptors.filter((descriptor) => {
      const said = this.said(descriptor);
      return (
        said?.issuer === issuer &&
        said.exchange === exchange &&
        (said.holders.includes(recall.agency) || this.#grants.holds(recall.agency, descriptor))
      );
    });
    if (descriptors.length > 0)
      this.#recalls.issued(index, {
        item,
        exchange,
        provider: issuer,
        holder: recall.agency,
        descriptors,
        until: Date.parse(recall.until),
      });
  }

  #foldGrants(
    event: OpenedEvent,
    decided: readonly Pick<Decided, 'descriptor' | 'verdict'>[],
    index: number,
  ): void {
    const { saying, release, grant, revokes, order, declines } = grantFacts(event);
    if (event.header.type === 'disclosure') {
      const ordered = decided
        .filter(({ verdict }) => verdict.allowed && verdict.question.order !== undefined)
        .map(({ descriptor }) => descriptor);
      if (order !== undefined) this.#disclosures.ordered(index, saying, order, ordered);
      const isShared = decided.some(
        ({ verdict }) => verdict.allowed && verdict.question.share !== undefined,
      );
      if (grant !== undefined && isShared) this.#disclosures.shared(index, saying, grant);
      if (declines === true) this.#disclosures.declined(saying);
      return;
    }
    const allowed = decided
      .filter(({ verdict }) => verdict.allowed && verdict.question.grant !== undefined)
      .map(({ descriptor }) => descriptor);
    if (release !== undefined) this.#grants.decided(index, saying, release, allowed);
    if (grant !== undefined) this.#grants.granted(saying, grant, allowed);
    if (grant !== undefined)
      for (const { descriptor } of grant.wraps) this.#epochs.granted(descriptor, grant.agency);
    if (revokes === true) this.#grants.revoked(index, saying);
  }

  /** A holder who is no participant hears of a recall because it was granted something here. */
  #scopedHolder(agency: AgencyId, stream: ExchangeId, issuer: AgencyId): AgencyId | undefined {
    return this.#grants.isScoped(stream, agency, issuer) ? agency : undefined;
  }

  /** What an event hands on; nothing for most. */
  #granting(event: OpenedEvent, time: number): Granting | undefined {
    if (event.header.type === 'disclosure') return undefined;
    const { saying, release, grant } = grantFacts(event);
    const granting =
      release === undefined
        ? grant && this.#grants.carriedOut(grant, saying, time, (fact) => this.#isTrue(fact))
        : this.#grants.deciding(release, time);
    // What is forgotten is handed on no more.
    return granting?.descriptors.some((one) => this.isErased(one)) === true
      ? { ...granting, asDecided: false }
      : granting;
  }

  /** Whether a grant names its grantee's key, and the header under which all of it was said. */
  #isTrue({ agency, certificate, header, wraps }: GrantFact): boolean {
    return (
      this.#registry.byFingerprint(certificate)?.id === agency &&
      wraps.every(({ descriptor }) => this.said(descriptor)?.header === header)
    );
  }

  /** What is derived from something stands for itself; the rest is much alike. */
  #shared(source: Labels): Labels {
    if (source.derivedFrom.length > 0) return source;
    const key = JSON.stringify(source);
    const known = this.#alike.get(key);
    if (known !== undefined) return known;
    this.#alike.set(key, source);
    return source;
  }

  /**
   * What an event must not have in common with an earlier one. Recipients know events and items by their ids, so a second
   * one would stand in for the first; and whoever was given a descriptor could put it into an envelope of its own,
   * become its issuer, and lift the markings of what others provided.
   */
  #repeats({ header, compartments }: OpenedEvent): string | undefined {
    if (this.#events.has(packed(header.id))) return 'event-id-reused';
    if (compartments.some(({ digest }) => this.#sources.has(packed(digest))))
      return 'descriptor-reused';
    const elsewhere = compartments.some(({ part: { facts } }) => {
      const exchange = facts.item && this.#items.get(facts.item);
      return exchange !== undefined && exchange !== header.stream;
    });
    return elsewhere ? 'item-elsewhere' : undefined;
  }

  #runClocks(facts: Facts, said: Said): void {
    const { item, admits, ...rest } = facts;
    if (item === undefined || (rest.clock === undefined && rest.dueInSeconds === undefined)) return;
    const to = admits?.find(({ agency }) => agency !== said.issuer)?.agency;
    this.#clocks.apply(
      { ...rest, item, ...(to === undefined ? {} : { to }) },
      said,
      (a, b) => this.#registry.pair(a, b).clocks,
    );
  }

  #decide(rules: NeedToKnow, event: OpenedEvent, time: number): readonly Decided[] {
    const { issuer, stream, type } = event.header;
    const taken = new Map<number, number>();
    const { saying, grant, revokes, recall, order } = grantFacts(event);
    const isDisclosure = type === 'disclosure';
    const disclosure: Disclosure = {
      stream,
      family: type,
      issuer,
      parts: event.compartments.map(({ part }) => part),
      membership: this.membership(stream),
      agency: (id) => this.attributes(id),
      pair: (a, b) => this.#registry.pair(a, b),
      source: (descriptor) => this.said(descriptor),
      granting: this.#granting(event, time),
      custodians: this.#registry.custody?.custodians,
      ordering:
        order && this.#disclosures.ordering(order, time, (descriptor) => this.isErased(descriptor)),
      sharing: isDisclosure
        ? grant && this.#disclosures.sharing(grant, saying, time, (fact) => this.#isTrue(fact))
        : undefined,
      endsGrantOf:
        revokes === true
          ? this.#grants.granteeOf(saying)
          : recall && this.#scopedHolder(recall.agency, stream, issuer),
      grantedBy: (provider) => this.#grants.isScoped(stream, issuer, provider),
    };
    const own = judge(rules, disclosure).map(({ part, recipient, verdict }) => {
      const at = taken.get(part) ?? 0;
      taken.set(part, at + 1);
      const compartment = event.compartments[part];
      const agency = compartment?.fingerprints[at];
      if (compartment === undefined || agency === undefined)
        throw new HubError('judge-inconsistent', 'a verdict stands for nobody', false);
      return { descriptor: compartment.digest, agency, recipient, verdict };
    });
    const handedOn = [...judgeGrants(rules, disclosure), ...judgeDisclosed(rules, disclosure)];
    const granted = handedOn.flatMap((one) => {
      const agency =
        grant?.certificate ??
        this.#registry.encryptionCertificate(one.recipient)?.certificate.fingerprint;
      return agency === undefined ? [] : [{ ...one, agency }];
    });
    return [...own, ...granted];
  }

  /** What the rules may know of an agency, as of now. */
  attributes(id: AgencyId): AgencyAttributes | undefined {
    const agency = this.#registry.agency(id);
    if (agency === undefined) return undefined;
    const { kind, state, clearance, suspended } = agency;
    return { id, kind, state, clearance, active: !suspended };
  }

  #openEvent(entry: EventEntry): OpenedEvent | undefined {
    const event = readOnce(entry);
    if (isRefusal(event)) return undefined;
    const compartments = event.compartments.map(({ digest, descriptor }) => {
      const known = (entry.openings.get(digest) ?? []).flatMap(({ agency }) => {
        const owner = this.#registry.byFingerprint(agency);
        return owner === undefined ? [] : [{ fingerprint: agency, recipient: owner.id }];
      });
      return {
        digest,
        retention: descriptor.retention,
        part: {
          compartment: descriptor.name,
          classification: descriptor.classification,
          handling: descriptor.handling,
          facts: descriptor.facts,
          recipients: known.map(({ recipient }) => recipient),
        },
        fingerprints: known.map(({ fingerprint }) => fingerprint),
      };
    });
    return { header: event.header, compartments };
  }
}

/** A digest or an id of hexadecimal digits in half as many characters: a log has millions of them. */
const packed = (digits: Digest | EventId): string =>
  Buffer.from(digits.replaceAll('-', ''), 'hex').toString('latin1');

const unpacked = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('hex');

const eventId = (digits: string): EventId =>
  digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as EventId;

/** What an event says of grants. It is told with the core or not at all, and only by events of the two families. */
const grantFacts = ({ header, compartments }: OpenedEvent) => {
  const facts = compartments.find(({ part }) => part.compartment === 'core')?.part.facts;
  return {
    saying: { exchange: header.stream, issuer: header.issuer, item: facts?.item },
    release: facts?.release,
    grant: facts?.grant,
    revokes: facts?.revokes,
    recall: facts?.recall,
    erases: facts?.erases,
    purged: facts?.purged,
    kept: facts?.kept,
    order: facts?.order,
    declines: facts?.declines,
  };
};
