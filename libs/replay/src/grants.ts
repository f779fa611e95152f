import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { LONGEST } from '@tripoint/domain';
import { type GrantFact, type Granting, type ReleaseFact } from '@tripoint/policy';
import { type Due } from './clocks.js';
import { Newest } from './newest.js';
import { type Saying } from './opened-event.js';
import { type Asked, type Resting } from './resting.js';
import { TOLERATED_SKEW } from './skew.js';

/** Something that was handed to one more agency, for a time. */
export type Grant = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly provider: AgencyId;
  readonly grantee: AgencyId;
  /** The grantee's primary key, as which it was addressed. */
  readonly certificate: Fingerprint;
  /** Those that the rules allowed, with the digests of the wraps. */
  readonly wraps: GrantFact['wraps'];
  /** At which leaf it was decided. */
  readonly decided: number;
  /** Milliseconds since the epoch, in the log's time. */
  readonly until: number;
  /** It was revoked, its time is over and the log has said so, or what it was decided with is in doubt. */
  readonly ended: boolean;
};

/** What was decided to be handed on, and has not been. */
type Decision = Pick<Grant, 'exchange' | 'provider' | 'grantee' | 'until'> & {
  readonly item: ItemId | undefined;
  readonly descriptors: readonly Digest[];
};

/**
 * What providers have decided to hand on, what they have handed on, and until when: folded from facts, verdicts and leaf
 * times, like the clocks.
 */
export class Grants {
  /** By the leaf at which it was decided. */
  readonly #decisions = new Map<number, Decision>();
  /** Those that have not ended: few, however long the log. */
  readonly #running = new Map<ItemId, Grant>();
  /** Those that have: that they were stays, what they were of until their grantees say that it is gone. */
  readonly #over = new Map<ItemId, Grant>();
  /** Those of them of which their grantees have not heard. */
  readonly #unheard = new Map<ItemId, Grant>();
  /** Who holds what by one that has not ended, by item. */
  readonly #holders = new Map<Digest, Map<ItemId, AgencyId>>();
  /** Who has not said that what it held by one that has ended is gone, by item. */
  readonly #left = new Map<Digest, Map<ItemId, AgencyId>>();
  readonly #endings = new Newest<readonly Grant[]>();
  readonly #scoped = new Set<string>();
  #earliest = Infinity;

  /** What the rules are asked where a provider decides. */
  deciding({ agency, descriptors, until }: ReleaseFact, time: number): Granting {
    const left = Date.parse(until) - time;
    const inTime = left > 0 && left <= LONGEST.grant + TOLERATED_SKEW;
    return {
      recipient: agency,
      descriptors,
      inTime,
      asDecided: true,
      holds: (descriptor) => this.holds(agency, descriptor),
    };
  }

  /** What they are asked where it carries that out: nothing else, to nobody else, for no longer, and once. */
  carriedOut(
    fact: GrantFact,
    { exchange, issuer, item }: Saying,
    time: number,
    isTrue: (fact: GrantFact) => boolean,
  ): Granting {
    const decision = this.#decisions.get(fact.verdict);
    const until = Date.parse(fact.until);
    const descriptors = fact.wraps.map(({ descriptor }) => descriptor);
    const asDecided =
      decision !== undefined &&
      item !== undefined &&
      decision.item === item &&
      this.grant(item) === undefined &&
      decision.exchange === exchange &&
      decision.provider === issuer &&
      decision.grantee === fact.agency &&
      decision.until === until &&
      descriptors.every((descriptor) => decision.descriptors.includes(descriptor)) &&
      isTrue(fact);
    return {
      recipient: fact.agency,
      descriptors,
      inTime: until > time,
      asDecided,
      holds: (descriptor) => this.holds(fact.agency, descriptor),
    };
  }

  /** A provider has decided at leaf `index`; `allowed` is what the rules let it. */
  decided(
    index: number,
    { exchange, issuer, item }: Saying,
    { agency, until }: ReleaseFact,
    allowed: readonly Digest[],
  ): void {
    if (allowed.length === 0) return;
    this.#decisions.set(index, {
      item,
      exchange,
      provider: issuer,
      grantee: agency,
      descriptors: allowed,
      until: Date.parse(until),
    });
  }

  /** It was handed on; `allowed` is what the rules let be. */
  granted({ exchange, issuer, item }: Saying, fact: GrantFact, allowed: readonly Digest[]): void {
    if (item === undefined || allowed.length === 0) return;
    this.#decisions.delete(fact.verdict);
    const until = Date.parse(fact.until);
    this.#run({
      item,
      exchange,
      provider: issuer,
      grantee: fact.agency,
      certificate: fact.certificate,
      wraps: fact.wraps.filter(({ descriptor }) => allowed.includes(descriptor)),
      decided: fact.verdict,
      until,
      ended: false,
    });
    this.#earliest = Math.min(this.#earliest, until);
    this.#scoped.add(scope(exchange, fact.agency, issuer));
  }

  /**
   * Its provider has taken back at leaf `index` what it granted, or had decided to. Where its grantee is not among the `told`, the log
   * tells it when its time is over as if nothing had been: nobody lets go of what it does not know to be over.
   */
  revoked(index: number, { issuer, item }: Saying, told: readonly AgencyId[]): void {
    for (const [leaf, decision] of this.#decisions)
      if (decision.item === item && decision.provider === issuer) this.#decisions.delete(leaf);
    const grant = item && this.#running.get(item);
    if (grant?.provider !== issuer) return;
    this.#end(index, grant);
    if (!told.includes(grant.grantee)) this.#unheard.set(grant.item, grant);
  }

  /** The log has said at leaf `index` that its time is over. Answers whether it was of a grant that this says. */
  expired(index: number, { item, due, parties: [provider, grantee] }: Due): boolean {
    const grant = this.#running.get(item) ?? this.#unheard.get(item);
    if (grant?.provider !== provider || grant.grantee !== grantee) return false;
    if (grant.until !== Date.parse(due)) return false;
    if (!this.#unheard.delete(item)) this.#end(index, grant);
    return true;
  }

  /** The registry says at leaf `index` what is in doubt: a grant is over with the word that it was decided by. */
  doubted(index: number, isTainted: (provider: AgencyId, leaf: number) => boolean): void {
    for (const grant of [...this.#running.values()])
      if (isTainted(grant.provider, grant.decided)) this.#end(index, grant);
  }

  /** What was granted, or is decided to be, by words that are asked about. */
  resting(isAsked: Asked): readonly Resting[] {
    const grants = [...this.#running.values(), ...this.#over.values()]
      .filter(({ provider, decided }) => isAsked(provider, decided))
      .map(({ item, exchange, grantee: concerns, decided: leaf, ended: over }): Resting => {
        return { what: 'grant', leaf, item, exchange, concerns, over };
      });
    const releases = [...this.#decisions]
      .filter(([leaf, { provider }]) => isAsked(provider, leaf))
      .map(([leaf, { item, exchange, grantee: concerns }]): Resting => {
        return { what: 'release', leaf, item, exchange, concerns, over: false };
      });
    return [...grants, ...releases];
  }

  /** Who holds it by a grant that has not ended. */
  granteesOf(descriptor: Digest): readonly AgencyId[] {
    return [...(this.#holders.get(descriptor)?.values() ?? [])];
  }

  /** Who held it by a grant that has ended, and has not said that it is gone. */
  leftWith(descriptor: Digest): readonly AgencyId[] {
    return [...(this.#left.get(descriptor)?.values() ?? [])];
  }

  /** `issuer` has said of the item that its copy is gone. */
  receipted(item: ItemId, issuer: AgencyId): void {
    const ended = this.#over.get(item);
    if (ended?.grantee !== issuer) return;
    for (const { descriptor } of ended.wraps) forgetItem(this.#left, descriptor, item);
    this.#over.set(item, { ...ended, wraps: NOTHING });
  }

  /** What was granted of it ends with it, and a grant of nothing else is over; whoever had it hears of each later order as well. */
  erased(descriptors: readonly Digest[]): void {
    const items = descriptors.flatMap((one) => [...(this.#holders.get(one)?.keys() ?? [])]);
    for (const item of new Set(items)) {
      const grant = this.#running.get(item);
      if (grant === undefined) continue;
      const wraps = grant.wraps.filter(({ descriptor }) => !descriptors.includes(descriptor));
      this.#stop(grant);
      for (const { descriptor } of grant.wraps)
        if (descriptors.includes(descriptor)) addItem(this.#left, descriptor, item, grant.grantee);
      if (wraps.length === 0) this.#over.set(item, { ...grant, wraps, ended: true });
      else this.#run({ ...grant, wraps });
    }
  }

  /** Whose grant an event of `issuer` about `item` would end; undefined when there is none. */
  granteeOf({ issuer, item }: Saying): AgencyId | undefined {
    const grant = item && this.grant(item);
    return grant?.provider === issuer ? grant.grantee : undefined;
  }

  /** What ended at leaf `index`: a statement of the registry ends many. */
  endedAt(index: number): readonly Grant[] {
    return this.#endings.at(index) ?? [];
  }

  /** The grant that the item is about; of one whose grantee has said that it is gone it is not said any more what it was of. */
  grant(item: ItemId): Grant | undefined {
    return this.#running.get(item) ?? this.#over.get(item);
  }

  /** Whether `provider` has granted `agency` something in the exchange, whatever became of it. */
  isScoped(exchange: ExchangeId, agency: AgencyId, provider: AgencyId): boolean {
    return this.#scoped.has(scope(exchange, agency, provider));
  }

  /** Grants whose time is over at `time` and that the log has not ended. */
  dues(time: number): readonly Due[] {
    if (time < this.#earliest) return [];
    const found: Due[] = [];
    this.#earliest = Infinity;
    const all = [...this.#running.values(), ...this.#unheard.values()];
    for (const { until, item, exchange, provider, grantee } of all) {
      this.#earliest = Math.min(this.#earliest, until);
      if (until > time) continue;
      const due = new Date(until).toISOString() as Instant;
      const parties = [provider, grantee] as const;
      found.push({ item, exchange, parties, due, withoutReceipt: false, grant: true });
    }
    return found;
  }

  #end(index: number, grant: Grant): void {
    this.#stop(grant);
    const ended = { ...grant, ended: true };
    this.#over.set(grant.item, ended);
    for (const { descriptor } of grant.wraps)
      addItem(this.#left, descriptor, grant.item, grant.grantee);
    this.#endings.add(index, [...this.endedAt(index), ended]);
  }

  #run(grant: Grant): void {
    this.#running.set(grant.item, grant);
    for (const { descriptor } of grant.wraps)
      addItem(this.#holders, descriptor, grant.item, grant.grantee);
  }

  #stop({ item, wraps }: Grant): void {
    this.#running.delete(item);
    for (const { descriptor } of wraps) forgetItem(this.#holders, descriptor, item);
  }

  /** Whether `agency` holds it by a grant that has not ended. */
  holds(agency: AgencyId, descriptor: Digest): boolean {
    return this.granteesOf(descriptor).includes(agency);
  }
}

const NOTHING: Grant['wraps'] = [];

type ByItem = Map<Digest, Map<ItemId, AgencyId>>;

const addItem = (all: ByItem, descriptor: Digest, item: ItemId, agency: AgencyId): void => {
  all.set(descriptor, (all.get(descriptor) ?? new Map<ItemId, AgencyId>()).set(item, agency));
};

const forgetItem = (all: ByItem, descriptor: Digest, item: ItemId): void => {
  const items = all.get(descriptor);
  items?.delete(item);
  if (items?.size === 0) all.delete(descriptor);
};

const scope = (exchange: ExchangeId, agency: AgencyId, provider: AgencyId): string =>
  `${exchange} ${agency} ${provider}`;
