import {
  type ChainEntry,
  entryDigest,
  isKeyOf,
  type EventEntry,
  parseVoid,
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
  isRefusal,
  type ItemId,
  type Refusal,
} from '@tripoint/kernel';
import { COUNTERSIGNED, HUB_CHAIN, type LeafKind, REGISTRY_CHAIN } from '@tripoint/ledger';
import {
  type AgencyAttributes,
  type Bundle,
  type BundleRefusal,
  type Disclosure,
  type Facts,
  foldMembership,
  judge,
  judgeDisclosed,
  judgeGrants,
  loadBundle,
  type Membership,
  NeedToKnow,
  unopened,
} from '@tripoint/policy';
import { parseVerifierKey, type VerifierKey } from '@tripoint/transparency';
import { Attestations } from './attestations.js';
import { Clocks, type Due, inOrderOfDue, type Said } from './clocks.js';
import { countersigner, readCountersigned } from './countersignature.js';
import { Countersigns, type Countersigning } from './countersigns.js';
import { type Decided } from './decided.js';
import {
  type Disclosure as OrderedDisclosure,
  type DrillSince,
  type InCustody,
} from './disclosures.js';
import { Dispositions } from './dispositions.js';
import { type Doubt, doubtsOf, type InDoubt, inDoubtOf } from './doubts.js';
import { areDestroyed, type Wrapped, wrappedBetween } from './epochs.js';
import { type Erasure, type Ordered } from './erasures.js';
import { forkedChain } from './forked-chain.js';
import { type Grant } from './grants.js';
import { Mailboxes, type MailboxLine } from './mailboxes.js';
import { coreOf, openEvent, type OpenedEvent } from './opened-event.js';
import { type Recall } from './recalls.js';
import { readOnce } from './read-once.js';
import { type LeafRecord } from './records.js';
import { type Resting } from './resting.js';
import { type SaidBefore, Sayings } from './sayings.js';
import { TOLERATED_SKEW } from './skew.js';
import { unfounded } from './void-notice.js';

/** A chain entry and where it stands. */
export type Sourced = {
  readonly chain: ChainId;
  readonly revision: number;
  readonly entry: ChainEntry;
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

/** Says which signing subkey made the entry's signature, or none that the chain ever had. */
export type SignerOf = (sourced: Sourced, registry: Registry) => Promise<Fingerprint | undefined>;

/** Says whether a key is the one that the author of `entry` committed to for one of its descriptors. */
const isKeyIn =
  (entry: EventEntry) =>
  (digest: Digest, key: Uint8Array): boolean => {
    const event = readOnce(entry);
    if (isRefusal(event)) return false;
    const found = event.compartments.find((one) => one.digest === digest);
    return found !== undefined && isKeyOf(event.header, found.descriptor, key);
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
  readonly #sayings = new Sayings();
  readonly #became = new Dispositions((descriptor) => this.said(descriptor));
  /** Leaves at which numbers were given up, and by whom; events are among what was said. */
  readonly #voids: { readonly agency: AgencyId; readonly leaf: number }[] = [];
  readonly #mailboxes = new Mailboxes();
  readonly #countersigns = new Countersigns();
  readonly #attestations = new Attestations();

  private constructor(
    private readonly openpgp: OpenPgp,
    registry: Registry,
    private readonly log: VerifierKey,
  ) {
    this.#registry = registry;
  }

  /** The state of an empty log. */
  static async begin(openpgp: OpenPgp, anchor: TrustAnchor): Promise<LogState> {
    const registry = await foundRegistry(openpgp, anchor);
    if (isRefusal(registry)) throw new HubError(registry.refused, registry.detail, false);
    const log = parseVerifierKey(anchor.log.vkey);
    if (isRefusal(log)) throw new HubError(log.refused, log.detail, false);
    return new LogState(openpgp, registry, log);
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
  get mailboxes(): Pick<Mailboxes, 'heads' | 'ends' | 'headsDue'> {
    return this.#mailboxes;
  }

  /** Who has countersigned the heads of its mailbox, and who has not. */
  get countersigns(): Pick<Countersigns, 'fault' | 'standings'> {
    return this.#countersigns;
  }

  /** Since when nobody has attested what agencies are said to have said. */
  get attestations(): Pick<Attestations, 'overdue' | 'standings'> {
    return this.#attestations;
  }

  membership(exchange: ExchangeId): Membership {
    return this.#memberships.get(exchange) ?? unopened;
  }

  /** Clocks that have run out at `time` and have no leaf yet. */
  dues(time: number): readonly Due[] {
    return inOrderOfDue([...this.#clocks.dues(time), ...this.#became.dues(time)]);
  }

  /** What this is the descriptor of. */
  said(descriptor: Digest): SaidBefore | undefined {
    return this.#sayings.said(descriptor);
  }

  /** The grant that the item is about, if one was made. */
  grant(item: ItemId): Grant | undefined {
    return this.#became.grants.grant(item);
  }

  /** What was recalled at leaf `index`, if its issuer had said it and the other held it. */
  recalledAt(index: number): Recall | undefined {
    return this.#became.recalls.issuedAt(index);
  }

  /** Whether `agency` is to hold it no longer. */
  isRecalled(descriptor: Digest, agency: AgencyId): boolean {
    return this.#became.recalls.isRecalled(descriptor, agency);
  }

  /** Whether a holder is to hold it no longer. */
  isGone(descriptor: Digest, holder: AgencyId): boolean {
    return this.isErased(descriptor) || this.isRecalled(descriptor, holder);
  }

  /** Whether `agency` holds it by a grant that has not ended. */
  holdsByGrant(agency: AgencyId, descriptor: Digest): boolean {
    return this.#became.grants.holds(agency, descriptor);
  }

  /** The recall that the item is about. */
  recall(item: ItemId): Recall | undefined {
    return this.#became.recalls.recall(item);
  }

  /** What is forgotten from leaf `index` on, and who is told of it there. */
  erasedAt(index: number): Ordered | undefined {
    return this.#became.erasures.orderedAt(index);
  }

  /** Whether everybody is to forget it. */
  isErased(descriptor: Digest): boolean {
    return this.#became.erasures.isErased(descriptor);
  }

  /** The erasure that the item is about. */
  erasure(item: ItemId): Erasure | undefined {
    return this.#became.erasures.erasure(item);
  }

  /** Why nothing follows of what was ordered to be forgotten at leaf `index`; undefined where that counts. */
  erasesInVain(index: number): string | undefined {
    return this.#became.erasures.inVain(index);
  }

  /** Every erasure so far, in the order of their leaves. */
  erasures(): readonly Erasure[] {
    return this.#became.erasures.all();
  }

  /** Whose shares of the event's keys are where; undefined where its keys are in nobody's custody. */
  inCustody(event: EventId): InCustody | undefined {
    return this.#became.disclosures.inCustody(event);
  }

  /** What was ordered to be disclosed, as the item says; and all that ever was. */
  disclosure(item: ItemId): OrderedDisclosure | undefined {
    return this.#became.disclosures.disclosure(item);
  }

  get disclosures(): readonly OrderedDisclosure[] {
    return this.#became.disclosures.all;
  }

  /** Why nothing follows of what was ordered to be disclosed at leaf `index`; undefined where that counts. */
  disclosesInVain(index: number): string | undefined {
    return this.#became.disclosures.inVain(index);
  }

  /** The order by which `agency` can read it, for a time that is not over. */
  opensByDisclosure(agency: AgencyId, descriptor: Digest): OrderedDisclosure | undefined {
    return this.#became.disclosures.opening(agency, descriptor);
  }

  /** Since when nobody has shown that custodians' shares give a key; undefined where nobody keeps any. */
  get drill(): DrillSince | undefined {
    return this.#became.disclosures.drill;
  }

  /** Shares that were handed over and end at leaf `index`. */
  sharesEndedAt(index: number): readonly Grant[] {
    return this.#became.disclosures.endedAt(index);
  }

  /** What the share handed over at leaf `index` completed: nobody could read any of it before. */
  disclosedAt(index: number): OrderedDisclosure | undefined {
    return this.#became.disclosures.completedAt(index);
  }

  /** What was disclosed and ended at leaf `index`: a statement of the registry ends many. */
  disclosuresEndedAt(index: number): readonly OrderedDisclosure[] {
    return this.#became.disclosures.completedAndEndedAt(index);
  }

  /** Whether `agency` was handed this share for a time that is over. */
  isShareOver(descriptor: Digest, agency: AgencyId): boolean {
    return this.#became.disclosures.isOver(descriptor, agency);
  }

  /** The grants that ended at leaf `index`. */
  grantsEndedAt(index: number): readonly Grant[] {
    return this.#became.grants.endedAt(index);
  }

  /**
   * Who was ever wrapped a key to this, and to which of their epochs it can have been, until leaf `until`, at which the last wraps
   * were deleted (the newest leaf, unless given). Empty for what was never said.
   */
  wrapped(descriptor: Digest, until = this.#size - 1): readonly Wrapped[] {
    const said = this.said(descriptor);
    if (said === undefined) return [];
    const agencies = [...said.holders, ...said.denied, ...this.#became.epochs.grantees(descriptor)];
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
    return inDoubtOf(this.doubts());
  }

  /** What rests on what an agency is said to have said at these leaves, in their order. */
  resting(by: AgencyId, leaves: readonly number[]): readonly Resting[] {
    const asked = new Set(leaves);
    return this.#became.resting((agency, leaf) => agency === by && asked.has(leaf));
  }

  /** What was ever put in doubt, attested since or not, by the certificate under which it stands. */
  doubts(): readonly Doubt[] {
    return doubtsOf(this.#words(), this.#registry);
  }

  *#words(): Generator<{ readonly agency: AgencyId; readonly leaf: number }> {
    yield* this.#sayings.places();
    yield* this.#voids;
  }

  /** Why a statement that the registry would take is not for the log to take yet, at `time`. */
  tooEarly(statement: StatementEntry, time: number): Refusal<'epoch-kept'> | undefined {
    const body = parseStatement(statement.body);
    if (isRefusal(body) || body.kind !== 'epoch-destroyed') return undefined;
    const epoch = this.#registry.epoch(body.subkey);
    return epoch && this.#became.epochs.tooEarly(epoch, time);
  }

  /** Why `issuer` gives up no number in answer to this note. */
  unfounded(issuer: AgencyId, notice: Uint8Array): Refusal<'void-unfounded'> | undefined {
    return unfounded(this.log, issuer, notice);
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
        : this.#registry.signerStanding(sourced.chain, signer, BigInt(this.#size), time);
    if (standing !== 'active') return { ...base, kind: 'rejected', code: `issuer-${standing}` };
    if (this.#registry.frozen(sourced.chain))
      return { ...base, kind: 'rejected', code: 'chain-frozen' };
    if (entry.kind === 'void') {
      const body = parseVoid(entry.body);
      const fault = isRefusal(body) ? body : this.unfounded(body.issuer, entry.notice);
      return fault === undefined
        ? { ...base, kind: 'void' }
        : { ...base, kind: 'rejected', code: fault.refused };
    }

    const event = openEvent(entry, this.#registry);
    if (event === undefined) return { ...base, kind: 'rejected', code: 'entry-malformed' };
    if (this.#registry.chainOwner(sourced.chain)?.id !== event.header.issuer)
      return { ...base, kind: 'rejected', code: 'issuer-not-on-chain' };
    if (this.#rules === undefined) return { ...base, kind: 'rejected', code: 'no-rules' };
    const repeated = this.#sayings.repeats(event);
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
    const telling = this.#became.toldAt(index);
    if (leaf.kind === 'heads') this.#countersigns.logged(place, own);
    const countersigned =
      leaf.kind === 'countersigned' ? this.#foldCountersigned(sourced, place) : undefined;
    const told = { ...leaf, index, sourced, decided, own, telling, countersigned };
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
      if (agency !== undefined) {
        this.#voids.push({ agency, leaf: index });
        this.#attestations.said(agency, { leaf: index, time: leaf.time });
      }
    }
  }

  /** Remembers that the due leaf of `due` was folded. */
  recordedDue(due: Due): void {
    if (!this.#became.recorded(this.#size - 1, due)) this.#clocks.recorded(due.item);
  }

  /** A countersignature that does not hold is none; the agency's next one will. */
  async #judgeCountersigned(
    statement: StatementEntry,
    time: number,
  ): Promise<Pick<Judgement, 'kind' | 'code'>> {
    const read = readCountersigned(statement);
    if (isRefusal(read)) return { kind: 'rejected', code: read.refused };
    if (read.end === undefined) return { kind: 'rejected', code: 'malformed-countersignature' };
    const fault =
      this.#countersigns.fault(read.said) ??
      (await countersigner(this.openpgp, read, this.#registry, { index: this.#size, time }));
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
        ? this.#judgeCountersigned(statement, time)
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
    if (!isRefusal(body) && body.kind === 'custody-agreed')
      this.#became.disclosures.agreed(this.#time);
    if (!isRefusal(body) && body.kind === 'epoch-retired')
      this.#became.epochs.retired(body.subkey, this.#time);
    if (!isRefusal(body) && body.kind === 'history-attested')
      this.#attestations.attested(body.agency, body.through, { leaf: index, time: this.#time });
    this.#registry = next;
    this.#became.doubted(index, (agency, leaf) => next.isTainted(agency, BigInt(leaf)));
  }

  #foldEvent(
    entry: EventEntry,
    decided: readonly Pick<Decided, 'descriptor' | 'agency' | 'verdict'>[],
    time: number,
    index: number,
  ): void {
    const event = openEvent(entry, this.#registry);
    if (event === undefined) return;
    const { issuer, stream } = event.header;
    this.#sayings.add(event, entry, decided, this.#registry, index);
    this.#attestations.said(issuer, { leaf: index, time });
    const facts = event.compartments.map(({ part }) => part.facts);
    this.#memberships.set(
      stream,
      foldMembership(this.membership(stream), { stream, issuer, facts }),
    );
    // Both parties read the core; what is told beside anything else could be held against nothing.
    for (const { digest, part } of event.compartments)
      if (part.compartment === 'core') {
        const given = this.said(digest)?.holders ?? [];
        this.#runClocks(part.facts, { exchange: stream, issuer, given, at: time });
      }
    this.#became.fold(event, decided, {
      index,
      time,
      header: entryDigest(entry),
      isKey: isKeyIn(entry),
      registry: this.#registry,
      bundle: this.#rules?.bundle,
    });
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
    const disclosure: Disclosure = {
      stream,
      family: type,
      issuer,
      parts: event.compartments.map(({ part }) => part),
      membership: this.membership(stream),
      agency: (id) => this.attributes(id),
      pair: (a, b) => this.#registry.pair(a, b),
      source: (descriptor) => this.said(descriptor),
      isGone: (descriptor, holder) => this.isGone(descriptor, holder),
      custodians: this.#registry.custody?.custodians,
      ...this.#became.asked(event, time, this.#registry),
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
        coreOf(event).facts.grant?.certificate ??
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
}
