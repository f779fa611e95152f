import { type Registry } from '@tripoint/federation';
import { LONGEST } from '@tripoint/domain';
import { type AgencyId, type Digest, type Instant } from '@tripoint/kernel';
import {
  type Bundle,
  custodianOf,
  type Disclosure,
  type GrantFact,
  type Granting,
  type ReleaseFact,
} from '@tripoint/policy';
import { type Due } from './clocks.js';
import { type Decided } from './decided.js';
import { Disclosures } from './disclosures.js';
import { Epochs } from './epochs.js';
import { Erasures } from './erasures.js';
import { Grants } from './grants.js';
import { coreOf, type OpenedEvent, type Saying } from './opened-event.js';
import { Recalls } from './recalls.js';
import { type Asked, inOrderOfLeaf, type Resting } from './resting.js';
import { isOfRetention } from './retention.js';
import { type SaidBefore } from './sayings.js';
import { TOLERATED_SKEW } from './skew.js';

/** What was decided of an event, without to whom by name. */
type Verdicts = readonly Pick<Decided, 'descriptor' | 'agency' | 'verdict'>[];

/** Where an event stands, and what held there. */
export type Place = {
  readonly index: number;
  /** Leaf time, in milliseconds since the epoch. */
  readonly time: number;
  /** Digest of the event's header. */
  readonly header: Digest;
  readonly registry: Registry;
  /** Whether this is the key of one of the event's descriptors. */
  readonly isKey: (descriptor: Digest, key: Uint8Array) => boolean;
  /** The rules in force; undefined before the first. */
  readonly bundle: Bundle | undefined;
};

/**
 * What becomes of what was said: handed on and taken back, forgotten, kept for a time, put into custody and disclosed from it.
 * Folded from facts, verdicts and leaf times.
 */
export class Dispositions {
  readonly grants = new Grants();
  readonly recalls = new Recalls();
  readonly epochs = new Epochs();
  readonly disclosures = new Disclosures();
  readonly erasures = new Erasures((descriptors, originator) =>
    this.#holdersOf(descriptors, originator),
  );

  constructor(private readonly said: (descriptor: Digest) => SaidBefore | undefined) {}

  /** What has run out at `time` and has no leaf yet. */
  dues(time: number): readonly Due[] {
    return [this.grants, this.recalls, this.erasures, this.disclosures].flatMap((one) =>
      one.dues(time),
    );
  }

  /** The due leaf `index` was folded. Answers whether it was about anything here. */
  recorded(index: number, due: Due): boolean {
    const { item, grant, recall, erasure, erases } = due;
    if (erasure !== undefined) {
      this.erasures.recorded(index, due);
      if (erases !== undefined) this.grants.erased(erases.descriptors);
    } else if (grant === true) {
      // One item may be of both, by two agencies: each has its own time, and a leaf of its own.
      if (!this.grants.expired(index, due)) this.disclosures.expired(index, due);
    } else if (recall === true) this.recalls.defaulted(item);
    else return false;
    return true;
  }

  /** The registry says at leaf `index` what is in doubt: what somebody has because of it is over. */
  doubted(index: number, isTainted: (agency: AgencyId, leaf: number) => boolean): void {
    this.grants.doubted(index, isTainted);
    this.disclosures.doubted(index, isTainted);
  }

  /** Who is told of leaf `index` beside whom it was addressed to, and opens nothing of it. */
  toldAt(index: number): readonly AgencyId[] | undefined {
    return this.erasures.orderedAt(index)?.told ?? this.disclosures.toldAt(index);
  }

  /** What rests on words that are asked about. */
  resting(isAsked: Asked): readonly Resting[] {
    const orders = this.disclosures.all
      .filter(({ orderedBy, leaf }) => isAsked(orderedBy, leaf))
      .map(({ item, exchange, beneficiary: concerns, leaf, ended: over }): Resting => {
        return { what: 'order', leaf, item, exchange, concerns, over };
      });
    const erasures = this.erasures
      .all()
      .filter(({ by, leaf }) => isAsked(by, leaf))
      .map(({ item, exchange, leaf, completed: over }): Resting => {
        return { what: 'erasure', leaf, item, exchange, concerns: undefined, over };
      });
    const others = [...this.grants.resting(isAsked), ...this.recalls.resting(isAsked)];
    return inOrderOfLeaf([...others, ...orders, ...erasures]);
  }

  /** Takes in an event that was said, and what was decided of it. */
  fold(event: OpenedEvent, decided: Verdicts, place: Place): void {
    this.#foldCustody(event, decided, place);
    if (event.header.type === 'disclosure') this.#foldDisclosure(event, decided, place);
    else this.#foldGrants(event, decided, place);
    this.#foldReceipt(event);
    this.#foldRecalls(event, decided, place);
    this.#foldErasures(event, place);
    this.#foldRetention(event, place);
  }

  /** What the rules are asked of what an event hands on, ends and discloses, beside whom it tells. */
  asked(
    event: OpenedEvent,
    time: number,
    registry: Registry,
  ): Pick<Disclosure, 'granting' | 'ordering' | 'sharing' | 'endsGrantOf' | 'grantedBy'> {
    const { stream, issuer, type } = event.header;
    const {
      saying,
      facts: { grant, order, recall, revokes },
    } = coreOf(event);
    const isDisclosure = type === 'disclosure';
    // Not carried out is what was decided with a key that, as is known by now, may have been in other hands. Under one item there
    // may be a decision of who said something and an order of another’s: each is of its own family.
    const decidedBy = isDisclosure
      ? saying.item && this.disclosures.disclosure(saying.item)?.orderedBy
      : undefined;
    const isTrue = (fact: GrantFact) =>
      this.#isTrue(fact, registry) &&
      !registry.isTainted(decidedBy ?? saying.issuer, BigInt(fact.verdict));
    return {
      granting: isDisclosure ? undefined : this.#granting(event, time, isTrue),
      ordering:
        order &&
        this.disclosures.ordering(
          order,
          time,
          (descriptor) => this.erasures.isErased(descriptor),
          (descriptor) => this.#has(order.agency, descriptor),
        ),
      sharing: isDisclosure
        ? grant &&
          this.disclosures.sharing(grant, saying, time, {
            isTrue,
            isErased: (descriptor) => this.erasures.isErased(descriptor),
          })
        : undefined,
      endsGrantOf:
        revokes === true
          ? this.grants.granteeOf(saying)
          : recall && this.#recalledFrom(recall, saying),
      grantedBy: (provider) => this.grants.isScoped(stream, issuer, provider),
    };
  }

  /** What an event hands on; nothing for most. */
  #granting(
    event: OpenedEvent,
    time: number,
    isTrue: (fact: GrantFact) => boolean,
  ): Granting | undefined {
    const {
      saying,
      facts: { release, grant },
    } = coreOf(event);
    const granting =
      release === undefined
        ? grant && this.grants.carriedOut(grant, saying, time, isTrue)
        : this.grants.deciding(release, time);
    if (granting === undefined) return undefined;
    const { recipient, descriptors, asDecided } = granting;
    return {
      ...granting,
      // What is forgotten is handed on no more, nor to whom it was taken back from: the hub has no wraps of it for that one, for ever.
      asDecided:
        asDecided &&
        !descriptors.some(
          (one) => this.erasures.isErased(one) || this.recalls.isRecalled(one, recipient),
        ),
      // What custodians disclosed goes with the end of the order, and would take along what was granted meanwhile.
      holds: (one) => granting.holds(one) || this.disclosures.opening(recipient, one) !== undefined,
    };
  }

  /** Whether a grant names its grantee's key, and the header under which all of it was said. */
  #isTrue({ agency, certificate, header, wraps }: GrantFact, registry: Registry): boolean {
    return (
      registry.byFingerprint(certificate)?.id === agency &&
      wraps.every(({ descriptor }) => this.said(descriptor)?.header === header)
    );
  }

  /** A holder who is no participant hears of a recall because it was granted something here; and any holder does of what it holds. */
  #recalledFrom(recall: ReleaseFact, saying: Saying): AgencyId | undefined {
    const { agency } = recall;
    return this.grants.isScoped(saying.exchange, agency, saying.issuer) ||
      this.#recalled(recall, saying).length > 0
      ? agency
      : undefined;
  }

  /** What of it is the issuer's to take back from that holder. */
  #recalled({ agency, descriptors }: ReleaseFact, { exchange, issuer }: Saying): readonly Digest[] {
    return descriptors.filter((descriptor) => {
      const said = this.said(descriptor);
      return (
        said?.issuer === issuer &&
        said.exchange === exchange &&
        (said.holders.includes(agency) || this.grants.holds(agency, descriptor))
      );
    });
  }

  /** Whether an agency said it, was given it for good, or has it by a grant that has not ended. */
  #has(agency: AgencyId, descriptor: Digest): boolean {
    const said = this.said(descriptor);
    return (
      said?.issuer === agency ||
      said?.holders.includes(agency) === true ||
      this.grants.holds(agency, descriptor)
    );
  }

  /** Who said it, and everybody who was given it for good, or for a time of which it has not said that its copy is gone. */
  #holdersOf(descriptors: readonly Digest[], originator: AgencyId): AgencyId[] {
    const holders = descriptors.flatMap((descriptor) => [
      ...(this.said(descriptor)?.holders ?? []),
      ...this.grants.granteesOf(descriptor),
      ...this.grants.leftWith(descriptor),
      ...this.disclosures.readersOf(descriptor),
    ]);
    return [...new Set([originator, ...holders])].sort();
  }

  /** Remembers of which keys there are shares, and with whom: only those that the log let be given count. */
  #foldCustody(
    { header, compartments }: OpenedEvent,
    decided: Verdicts,
    { registry, header: said, isKey }: Place,
  ): void {
    const { custody } = registry;
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
          registry.byFingerprint(agency)?.id === custodian,
      );
      if (custodian !== undefined && given) shares.set(custodian, digest);
    }
    if (shares.size === 0 || keys.size === 0) return;
    const { threshold } = custody;
    const { id: event, issuer } = header;
    const isNoise = compartments.some(({ part }) => part.facts.practice === true);
    const practice = isNoise ? isKey : undefined;
    const entrusted = { event, issuer, header: said, threshold, keys, shares, practice };
    this.disclosures.entrusted(entrusted);
  }

  /** What was ordered of what is in custody, and the shares that follow. */
  #foldDisclosure(event: OpenedEvent, decided: Verdicts, place: Place): void {
    const { index, registry } = place;
    const {
      saying,
      facts: { order, grant, declines, reviews, proves },
    } = coreOf(event);
    const allowed = decided.filter(({ verdict }) => verdict.allowed);
    const overseers = registry
      .agencies()
      .filter(({ kind }) => kind === 'OVERSIGHT')
      .map(({ id }) => id);
    if (order !== undefined)
      this.disclosures.ordered({ ...place, overseers }, saying, order, {
        allowed: allowed
          .filter(({ verdict }) => verdict.question.order !== undefined)
          .map(({ descriptor }) => descriptor),
        isErased: (descriptor) => this.erasures.isErased(descriptor),
        holds: (descriptor) => this.#has(order.agency, descriptor),
      });
    const isShared = allowed.some(({ verdict }) => verdict.question.share !== undefined);
    if (grant !== undefined && isShared) {
      this.disclosures.shared(index, saying, grant);
      for (const { descriptor } of grant.wraps) this.epochs.granted(descriptor, grant.agency);
    }
    if (declines === true) this.disclosures.declined(saying);
    if (proves !== undefined) this.disclosures.proven(place, saying, proves);
    if (reviews !== undefined && registry.agency(saying.issuer)?.kind === 'OVERSIGHT')
      this.disclosures.reviewed({ ...place, overseers }, saying.issuer, reviews);
  }

  #foldGrants(event: OpenedEvent, decided: Verdicts, { index, registry }: Place): void {
    const {
      saying,
      facts: { release, grant, revokes },
    } = coreOf(event);
    const allowed = decided
      .filter(({ verdict }) => verdict.allowed && verdict.question.grant !== undefined)
      .map(({ descriptor }) => descriptor);
    if (release !== undefined) this.grants.decided(index, saying, release, allowed);
    if (grant !== undefined) {
      this.grants.granted(saying, grant, allowed);
      for (const { descriptor } of grant.wraps) this.epochs.granted(descriptor, grant.agency);
    }
    if (revokes === true) this.grants.revoked(index, saying, toldOfCore(event, decided, registry));
  }

  /** Who had something for a time says that it has it no more. */
  #foldReceipt(event: OpenedEvent): void {
    const {
      saying: { issuer, item },
      facts: { kept },
    } = coreOf(event);
    if (event.header.type !== 'receipt' || item === undefined || kept !== undefined) return;
    this.grants.receipted(item, issuer);
    this.disclosures.receipted(item, issuer);
  }

  /** Only who said it takes it back, from who was given it; and only who is told of that is bound by it. */
  #foldRecalls(event: OpenedEvent, decided: Verdicts, { index, time, registry }: Place): void {
    const {
      saying: { exchange, issuer, item },
      facts: { recall, kept },
    } = coreOf(event);
    if (item === undefined) return;
    const told = toldOfCore(event, decided, registry);
    if (event.header.type === 'receipt') this.recalls.receipted(item, issuer, told, kept);
    if (recall === undefined || !told.includes(recall.agency)) return;
    const descriptors = this.#recalled(recall, { exchange, issuer, item });
    if (descriptors.length > 0)
      this.recalls.issued(index, {
        item,
        exchange,
        provider: issuer,
        holder: recall.agency,
        descriptors,
        until: deadlineOf(recall, time),
      });
  }

  /** Who said it has it forgotten everywhere, or an authority has; nobody else, and never the core, on which statuses depend. */
  #foldErasures(event: OpenedEvent, { index, time, registry }: Place): void {
    const {
      saying: { exchange, issuer, item },
      facts: { erases, purged, kept },
    } = coreOf(event);
    if (item === undefined) return;
    if (purged !== undefined) this.erasures.receipted(item, issuer, { purged, kept }, time);
    if (erases === undefined) return;
    if (isOfRetention(item)) {
      this.erasures.orderedInVain(index, `${item} is of the form that is kept for terms`);
      return;
    }
    const said = erases.descriptors.map((descriptor) => this.said(descriptor));
    const [first] = said;
    const authority = registry.agency(issuer)?.kind === 'OVERSIGHT';
    const isTrue = said.every(
      (one) =>
        one?.event === erases.event &&
        one.exchange === exchange &&
        one.compartment !== 'core' &&
        (authority || one.issuer === issuer) &&
        (erases.saidBy === undefined || one.issuer === erases.saidBy),
    );
    if (first === undefined || !isTrue) {
      this.erasures.orderedInVain(index, 'it may not, or that is no such thing');
      return;
    }
    const { ground, event: of } = erases;
    // What custodians hold of its keys goes with it, once they were told of orders of everything that those are keys of.
    const shares = this.disclosures.sharesGoneWith(
      of,
      (one) => erases.descriptors.includes(one) || this.erasures.isOrdered(one),
    );
    const keepers = this.disclosures.keepersOf(of, erases.descriptors, (one) =>
      this.erasures.isErased(one),
    );
    const descriptors = [...new Set([...erases.descriptors, ...shares])].sort();
    const until = deadlineOf(erases, time);
    const order = { item, exchange, event: of, descriptors, ground, until, by: issuer };
    const counts = this.erasures.ordered(index, { ...order, originator: first.issuer }, keepers);
    if (counts) this.grants.erased(descriptors);
  }

  /** Each class is kept for as long as the rules said when it was used. */
  #foldRetention(
    { header: { id, issuer, stream }, compartments }: OpenedEvent,
    { time, bundle }: Place,
  ): void {
    for (const { retention, seconds } of bundle?.retention ?? []) {
      const descriptors = compartments
        .filter((one) => one.retention === retention && one.part.compartment !== 'core')
        .map(({ digest }) => digest);
      const what = { exchange: stream, event: id, originator: issuer, descriptors };
      if (descriptors.length > 0) this.erasures.retention.said(time, seconds, what, retention);
    }
  }
}

/** Who is given the core of an event by its verdicts. */
const toldOfCore = (
  { compartments }: OpenedEvent,
  decided: Verdicts,
  registry: Registry,
): readonly AgencyId[] => {
  const core = compartments.find(({ part }) => part.compartment === 'core');
  return decided
    .filter(({ descriptor, verdict }) => descriptor === core?.digest && verdict.allowed)
    .flatMap(({ agency }) => registry.byFingerprint(agency)?.id ?? []);
};

/** Who names a later deadline than there may be is held to that: the log says in time who has not answered. */
const deadlineOf = ({ until }: { readonly until: Instant }, time: number): number =>
  Math.min(Date.parse(until), time + LONGEST.deadline + TOLERATED_SKEW);
