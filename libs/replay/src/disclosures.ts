import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import {
  type GrantFact,
  type OrderFact,
  type Ordering,
  type ReviewFact,
  type Sharing,
} from '@tripoint/policy';
import { unhex } from '@tripoint/envelope';
import { type ProvenKey } from '@tripoint/domain';
import { type Due } from './clocks.js';
import { type Grant } from './grants.js';
import { type Saying } from './opened-event.js';

/** An event whose keys are in custody: what is, and whose share lies in which compartment. */
export type InCustody = {
  readonly event: EventId;
  /** Who said it. */
  readonly issuer: AgencyId;
  /** Of the header under which it was said. */
  readonly header: Digest;
  readonly threshold: number;
  /** Descriptors by the names of their compartments. */
  readonly keys: ReadonlyMap<string, Digest>;
  /** Descriptors of the shares, by custodian: those that the log let be given. */
  readonly shares: ReadonlyMap<AgencyId, Digest>;
  /** Of noise that was said for a drill: whether this is the key of one of its descriptors. */
  readonly practice: ((descriptor: Digest, key: Uint8Array) => boolean) | undefined;
};

/** A share that was handed over. */
export type HandedOver = {
  readonly descriptor: Digest;
  readonly wrap: Digest;
  readonly certificate: Fingerprint;
  readonly leaf: number;
};

/** What oversight thinks of an emergency that was invoked, and where it says so. */
export type Reviewed = {
  readonly by: AgencyId;
  readonly outcome: ReviewFact['outcome'];
  readonly leaf: number;
  /** Milliseconds since the epoch, in the log's time. */
  readonly at: number;
};

/** What was ordered to be disclosed, and how it stands. */
export type Disclosure = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  /** Who ordered it: oversight, or the agency that invoked an emergency. */
  readonly orderedBy: AgencyId;
  readonly beneficiary: AgencyId;
  readonly event: EventId;
  /** Who said that. */
  readonly originator: AgencyId;
  readonly header: Digest;
  /** Those that the rules allowed. */
  readonly descriptors: readonly Digest[];
  readonly emergency: boolean;
  readonly ground: OrderFact['ground'];
  readonly leaf: number;
  /** Milliseconds since the epoch, in the log's time; so is `until`. */
  readonly at: number;
  readonly until: number;
  readonly shares: ReadonlyMap<AgencyId, HandedOver>;
  /** The leaf of the share with which its reader had as many as it takes; undefined before. */
  readonly openedAt: number | undefined;
  readonly declined: readonly AgencyId[];
  readonly ended: boolean;
  readonly review: Reviewed | undefined;
  /** At which leaf its reader showed what the shares of a drill have given. */
  readonly proven: { readonly leaf: number; readonly at: number } | undefined;
};

/** When it was last shown that shares give a key, or since when that is to be shown; in the log's time. */
export type DrillSince = { readonly since: number; readonly proven: Disclosure['proven'] };

/** What of a descriptor bears on who may read it. */
type Known = {
  readonly isErased: (descriptor: Digest) => boolean;
  readonly holds: (descriptor: Digest) => boolean;
};

/** Where something was said, when, and who looks at emergencies then. */
type Place = {
  readonly index: number;
  readonly time: number;
  readonly overseers: readonly AgencyId[];
};

/** An emergency that oversight is to look at: nobody was in danger in a drill. */
export const isToReview = ({
  emergency,
  ground,
}: {
  readonly emergency: boolean;
  readonly ground: OrderFact['ground'];
}): boolean => emergency && ground !== 'DRILL';

/** What shares open to a reader that it has not already, by compartment. */
const opened = (
  custody: InCustody | undefined,
  { isErased, holds }: Known,
): (readonly [string, Digest])[] =>
  [...(custody?.keys ?? [])].filter(
    ([, descriptor]) => !isErased(descriptor) && !holds(descriptor),
  );

/** In words, what an order lacks that the rules do not let be. */
const whyInVain = (
  custody: InCustody | undefined,
  { agency, ground }: { readonly agency: AgencyId; readonly ground: OrderFact['ground'] },
): string => {
  if (custody === undefined) return 'nothing of that event is in custody';
  if ((ground === 'DRILL') !== (custody.practice !== undefined))
    return 'a drill is of noise, and noise is for nothing else';
  return custody.issuer === agency
    ? 'it said that event itself'
    : 'the rules that are named at its leaf do not allow it';
};

/** No order is good for longer than a day. */
const LONGEST = 24 * 60 * 60 * 1000;

/** What is in custody, what was ordered to be disclosed of it, and who handed over a share: folded from facts and leaf times. */
export class Disclosures {
  readonly #custody = new Map<EventId, InCustody>();
  readonly #disclosures = new Map<ItemId, Disclosure>();
  /** By the leaf at which it was ordered. */
  readonly #orders = new Map<number, ItemId>();
  readonly #endings = new Map<number, readonly Grant[]>();
  /** Why nothing follows of what was ordered, by the leaf at which it was. */
  readonly #vain = new Map<number, string>();
  readonly #told = new Map<number, readonly AgencyId[]>();
  /** Of which their readers have said that it is gone. */
  readonly #purged = new Set<ItemId>();
  #agreedAt: number | undefined;
  #drilled: Disclosure['proven'];
  #earliest = Infinity;

  entrusted(custody: InCustody): void {
    this.#custody.set(custody.event, custody);
  }

  inCustody(event: EventId): InCustody | undefined {
    return this.#custody.get(event);
  }

  /** Shares that are of no use to anybody once all that they open was ordered to be erased. */
  sharesGoneWith(event: EventId, isOrdered: (descriptor: Digest) => boolean): readonly Digest[] {
    const custody = this.#custody.get(event);
    return custody !== undefined && [...custody.keys.values()].every(isOrdered)
      ? [...custody.shares.values()]
      : [];
  }

  /** Who keeps a share that one of these is in custody by: it lets go of it only when it has seen orders of all that it opens. */
  keepersOf(
    event: EventId,
    descriptors: readonly Digest[],
    isErased: (descriptor: Digest) => boolean,
  ): readonly AgencyId[] {
    const custody = this.#custody.get(event);
    if (custody === undefined) return [];
    if (![...custody.keys.values()].some((one) => descriptors.includes(one))) return [];
    return [...custody.shares].flatMap(([agency, share]) => (isErased(share) ? [] : [agency]));
  }

  /** What the rules are asked of an order at `time`. What is not in custody has no descriptor that could be asked about. */
  ordering(
    { agency, event, compartments, until, emergency, ground }: OrderFact,
    time: number,
    isErased: (descriptor: Digest) => boolean,
    isGranted: (descriptor: Digest) => boolean,
  ): Ordering {
    const custody = this.#custody.get(event);
    // A drill is of noise and of nothing else, and noise is for nothing else.
    const enough =
      custody !== undefined &&
      custody.shares.size >= custody.threshold &&
      (ground === 'DRILL') === (custody.practice !== undefined);
    const end = Date.parse(until);
    const holds = (descriptor: Digest): boolean =>
      isGranted(descriptor) || this.opening(agency, descriptor) !== undefined;
    const named: readonly string[] = compartments;
    const isWhole = opened(custody, { isErased, holds }).every(([name]) => named.includes(name));
    return {
      recipient: agency,
      descriptors: compartments.flatMap((name) => custody?.keys.get(name) ?? []),
      // A supervisory inquiry is oversight's own, and nobody's emergency.
      emergency: emergency && ground !== 'SUPERVISORY_INQUIRY',
      inTime: end > time && end - time <= LONGEST,
      inCustody: (descriptor) => enough && isWhole && !isErased(descriptor),
      holds,
    };
  }

  /**
   * It was ordered at leaf `index`; `allowed` is what the rules let be. A share is of every key of the event: where its reader may not
   * have one of them, there is no order.
   */
  ordered(
    { index, time, overseers }: Place,
    { exchange, issuer, item }: Saying,
    { agency, event, until, emergency, ground }: OrderFact,
    { allowed, ...known }: { readonly allowed: readonly Digest[] } & Known,
  ): void {
    const custody = this.#custody.get(event);
    const holds = (descriptor: Digest): boolean =>
      known.holds(descriptor) || this.opening(agency, descriptor) !== undefined;
    const isWhole = opened(custody, { ...known, holds }).every(([, one]) => allowed.includes(one));
    if (item === undefined || this.#disclosures.has(item)) {
      this.#vain.set(index, 'it is no order of its own');
      return;
    }
    if (custody === undefined || allowed.length === 0 || !isWhole) {
      this.#vain.set(index, whyInVain(custody, { agency, ground }));
      return;
    }
    const end = Date.parse(until);
    this.#disclosures.set(item, {
      item,
      exchange,
      orderedBy: issuer,
      beneficiary: agency,
      event,
      originator: custody.issuer,
      header: custody.header,
      descriptors: allowed,
      emergency,
      ground,
      leaf: index,
      at: time,
      until: end,
      shares: new Map(),
      openedAt: undefined,
      declined: [],
      ended: false,
      review: undefined,
      proven: undefined,
    });
    const watching = isToReview({ emergency, ground }) ? overseers : [];
    this.#told.set(index, [...new Set([custody.issuer, ...watching])].sort());
    this.#orders.set(index, item);
    this.#earliest = Math.min(this.#earliest, end);
  }

  /** Why nothing follows of what was ordered at leaf `index`; undefined where it counts, or was no order. */
  inVain(index: number): string | undefined {
    return this.#vain.get(index);
  }

  /** What the rules are asked of a share that is handed over; of all that the fact names, only one can be the custodian's. */
  sharing(
    fact: GrantFact,
    { exchange, issuer, item }: Saying,
    time: number,
    {
      isTrue,
      isErased,
    }: {
      readonly isTrue: (fact: GrantFact) => boolean;
      readonly isErased: (descriptor: Digest) => boolean;
    },
  ): Sharing | undefined {
    const [named, ...others] = fact.wraps;
    if (named === undefined) return undefined;
    const ordered = this.#orders.get(fact.verdict);
    const order = ordered === undefined ? undefined : this.#disclosures.get(ordered);
    const until = Date.parse(fact.until);
    const custody = order && this.#custody.get(order.event);
    const asOrdered =
      order !== undefined &&
      others.length === 0 &&
      order.item === item &&
      order.exchange === exchange &&
      order.beneficiary === fact.agency &&
      order.until === until &&
      order.header === fact.header &&
      !order.ended &&
      !order.shares.has(issuer) &&
      !isErased(named.descriptor) &&
      !order.descriptors.every(isErased) &&
      isTrue(fact);
    return {
      recipient: fact.agency,
      descriptor: named.descriptor,
      byCustodian: custody?.shares.get(issuer) === named.descriptor,
      asOrdered,
      inTime: until > time,
    };
  }

  /** A custodian handed its share over at leaf `index`, as the rules allowed. */
  shared(index: number, { issuer, item }: Saying, { certificate, wraps }: GrantFact): void {
    const disclosure = item && this.#disclosures.get(item);
    const [named] = wraps;
    if (disclosure === undefined || named === undefined) return;
    const shares = new Map(disclosure.shares).set(issuer, { ...named, certificate, leaf: index });
    this.#disclosures.set(disclosure.item, { ...disclosure, shares });
    this.#count(index, disclosure);
  }

  /** Shares are of an event's keys and of no order: what one reader was handed upon several that run opens it as well. */
  #count(index: number, { event, beneficiary }: Disclosure): void {
    const running = this.all.filter(
      (one) => one.event === event && one.beneficiary === beneficiary && !one.ended,
    );
    const handed = running.filter(({ shares }) => shares.size > 0);
    const custodians = new Set(handed.flatMap(({ shares }) => [...shares.keys()]));
    const threshold = this.#custody.get(event)?.threshold ?? Infinity;
    if (custodians.size < threshold) return;
    for (const one of handed)
      this.#disclosures.set(one.item, { ...one, openedAt: one.openedAt ?? index });
  }

  /** A custodian will not hand over its share. */
  declined({ exchange, issuer, item }: Saying): void {
    const disclosure = item && this.#disclosures.get(item);
    if (disclosure?.exchange !== exchange || disclosure.declined.includes(issuer)) return;
    if (this.#custody.get(disclosure.event)?.shares.has(issuer) !== true) return;
    const declined = [...disclosure.declined, issuer].sort();
    this.#disclosures.set(disclosure.item, { ...disclosure, declined });
  }

  /** Oversight has said at leaf `index` what it thinks of an emergency; the first time that it does counts, and never of its own. */
  reviewed(
    { index, time, overseers }: Place,
    by: AgencyId,
    { disclosure: item, outcome }: ReviewFact,
  ): void {
    const disclosure = this.#disclosures.get(item);
    if (disclosure === undefined || !isToReview(disclosure)) return;
    if (disclosure.review !== undefined) return;
    const { orderedBy, originator, shares } = disclosure;
    if (by === orderedBy) return;
    const review = { by, outcome, leaf: index, at: time };
    this.#disclosures.set(item, { ...disclosure, review });
    this.#told.set(
      index,
      [...new Set([orderedBy, originator, ...shares.keys(), ...overseers])].sort(),
    );
  }

  /**
   * Who was to read noise shows its keys, which anybody can hold against what its author committed to. It counts when as many
   * shares were handed over before as it takes.
   */
  proven(
    { index, time }: { readonly index: number; readonly time: number },
    { issuer, item }: Saying,
    proves: readonly ProvenKey[],
  ): void {
    const disclosure = item && this.#disclosures.get(item);
    const custody = disclosure && this.#custody.get(disclosure.event);
    if (disclosure?.beneficiary !== issuer || disclosure.proven !== undefined) return;
    if (custody?.practice === undefined || disclosure.openedAt === undefined) return;
    const { practice } = custody;
    const fits = disclosure.descriptors.every((descriptor) =>
      proves.some((one) => one.descriptor === descriptor && practice(descriptor, unhex(one.key))),
    );
    if (!fits) return;
    this.#disclosures.set(disclosure.item, { ...disclosure, proven: { leaf: index, at: time } });
    this.#drilled = { leaf: index, at: time };
  }

  /** Custody is agreed on, by whom and as many as it then takes: that this works is still to be shown. */
  agreed(time: number): void {
    this.#agreedAt = time;
  }

  /** Since when nobody has shown that shares give a key; undefined where nobody keeps any. */
  get drill(): DrillSince | undefined {
    if (this.#agreedAt === undefined) return undefined;
    const proven = this.#drilled;
    return { since: Math.max(this.#agreedAt, proven?.at ?? 0), proven };
  }

  /** Who is told of leaf `index` because it was an order or a review that counts, beside whom it was addressed to. */
  toldAt(index: number): readonly AgencyId[] | undefined {
    return this.#told.get(index);
  }

  disclosure(item: ItemId): Disclosure | undefined {
    return this.#disclosures.get(item);
  }

  /** All that were ever ordered, in the order of their leaves. */
  get all(): readonly Disclosure[] {
    return [...this.#disclosures.values()];
  }

  /** The log has said at leaf `index` that its time is over: wraps of shares that go with it. */
  expired(index: number, { item, due, parties: [orderedBy, reader] }: Due): void {
    const disclosure = this.#disclosures.get(item);
    if (disclosure === undefined || disclosure.ended) return;
    if (disclosure.orderedBy !== orderedBy || disclosure.beneficiary !== reader) return;
    if (disclosure.until === Date.parse(due)) this.#end(index, disclosure);
  }

  /**
   * The registry says at leaf `index` what is in doubt: an order upon which shares were handed over is over with the word that it was
   * given by. One upon which none was gives nothing to anybody, and brings none while it is in doubt.
   */
  doubted(index: number, isTainted: (orderedBy: AgencyId, leaf: number) => boolean): void {
    for (const one of this.all)
      if (!one.ended && one.shares.size > 0 && isTainted(one.orderedBy, one.leaf))
        this.#end(index, one);
  }

  #end(index: number, disclosure: Disclosure): void {
    const { item, exchange, beneficiary: grantee, until, leaf: decided, shares } = disclosure;
    this.#disclosures.set(item, { ...disclosure, ended: true });
    this.#endings.set(index, [
      ...this.endedAt(index),
      ...[...shares].map(([provider, { certificate, descriptor, wrap }]): Grant => {
        const wraps = [{ descriptor, wrap }];
        const handed = { item, exchange, provider, grantee, certificate, wraps };
        return { ...handed, decided, until, ended: true };
      }),
    ]);
  }

  /** Shares of which the wraps end at leaf `index`. */
  endedAt(index: number): readonly Grant[] {
    return this.#endings.get(index) ?? [];
  }

  /** Whether `agency` was handed this share, and its time is over. */
  isOver(descriptor: Digest, agency: AgencyId): boolean {
    return this.all.some(
      ({ beneficiary, ended, shares }) =>
        ended &&
        beneficiary === agency &&
        [...shares.values()].some((one) => one.descriptor === descriptor),
    );
  }

  /** An order upon which `agency` was handed shares, of which it has as many as it takes to read it, while its time is not over. */
  opening(agency: AgencyId, descriptor: Digest): Disclosure | undefined {
    return this.all.find(
      (one) =>
        !one.ended &&
        one.beneficiary === agency &&
        one.descriptors.includes(descriptor) &&
        one.openedAt !== undefined,
    );
  }

  /** `issuer` has said of the item that what it read by it is gone; before it is over, more may come. */
  receipted(item: ItemId, issuer: AgencyId): void {
    const disclosure = this.#disclosures.get(item);
    if (disclosure?.ended === true && disclosure.beneficiary === issuer) this.#purged.add(item);
  }

  /** Who was handed shares of it, or what they open, and has not said since the time was over that it is gone. */
  readersOf(descriptor: Digest): readonly AgencyId[] {
    return this.all.flatMap(({ item, beneficiary, descriptors, ended, shares }) =>
      !(ended && this.#purged.has(item)) &&
      shares.size > 0 &&
      (descriptors.includes(descriptor) ||
        [...shares.values()].some((one) => one.descriptor === descriptor))
        ? [beneficiary]
        : [],
    );
  }

  /** What leaf `index` completed: with the share that was handed over there, as many are as it takes. Of several orders, the longest. */
  completedAt(index: number): Disclosure | undefined {
    const [longest] = this.all
      .filter(({ openedAt }) => openedAt === index)
      .sort((a, b) => b.until - a.until);
    return longest;
  }

  /** What ended at leaf `index` of that for which as many shares were handed over before as it takes. */
  completedAndEndedAt(index: number): readonly Disclosure[] {
    const items = new Set(this.endedAt(index).map(({ item }) => item));
    return [...items].flatMap((item) => {
      const disclosure = this.#disclosures.get(item);
      return disclosure?.openedAt === undefined ? [] : [disclosure];
    });
  }

  /** Disclosures whose time is over at `time` and that the log has not ended. */
  dues(time: number): readonly Due[] {
    if (time < this.#earliest) return [];
    const found: Due[] = [];
    this.#earliest = Infinity;
    for (const { ended, until, item, exchange, orderedBy, beneficiary } of this.all) {
      if (ended) continue;
      this.#earliest = Math.min(this.#earliest, until);
      if (until > time) continue;
      found.push({
        item,
        exchange,
        parties: [orderedBy, beneficiary],
        due: new Date(until).toISOString() as Instant,
        withoutReceipt: false,
        grant: true,
      });
    }
    return found;
  }
}
