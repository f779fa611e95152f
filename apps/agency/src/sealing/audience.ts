import {
  type Command,
  type Compartment,
  type Context,
  decide,
  type DraftEvent,
  mayBeGiven,
} from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type EventId,
  isRefusal,
  type Refusal,
} from '@tripoint/kernel';
import { Injectable } from '@nestjs/common';
import {
  type Disclosure,
  type Granting,
  judge,
  type Judged,
  judgeGrants,
  type Source,
  takesPart,
} from '@tripoint/policy';
import { type JournalEntry } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { JudicialChain } from '../evidence/judicial-chain.js';
import {
  attributesOf,
  type FederationNow,
  RegisteredFederation,
} from '../federation/registered-federation.js';
import { contextOf, type HeldExchange, heldExchange, itemOf } from './held-exchange.js';
import { OwnKey } from './own-key.js';

/** Whether one agency would be given one compartment, and why. */
export type AudienceRow = {
  readonly compartment: Compartment;
  readonly agency: AgencyId;
  readonly allowed: boolean;
  readonly rules: readonly string[];
  readonly because: string;
};

/** Who would know what: computed with the rules and the fold by which the hub will judge. */
@Injectable()
export class Audience {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly federation: RegisteredFederation,
    private readonly ownKey: OwnKey,
    private readonly judicial: JudicialChain,
  ) {}

  /** What a command would tell to whom if it were sealed now. Seals nothing. */
  async preview(decision: Command): Promise<readonly AudienceRow[] | Refusal> {
    const now = await this.federation.now();
    const barred = this.ownKey.barred(now.registry);
    if (barred !== undefined) return barred;
    const held = heldExchange(
      decision.exchange,
      await this.agency.journal.history(decision.exchange),
    );
    const drafts = decide(decision, itemOf(held, decision.item), contextOf(held, now));
    if (isRefusal(drafts)) return drafts;
    const rows: AudienceRow[] = [];
    for (const draft of drafts) {
      const beyond = await this.judicial.barred(draft, held, now.registry);
      if (beyond !== undefined) return beyond;
      for (const { compartment, recipient, verdict } of await this.judge(draft, held, now))
        rows.push({
          compartment: compartment as Compartment,
          agency: recipient,
          allowed: verdict.allowed,
          rules: verdict.rules,
          because: verdict.because,
        });
    }
    return rows;
  }

  /** The verdict on every compartment for everybody whom the event means to reach, its author included. */
  async judge(
    draft: DraftEvent,
    held: HeldExchange,
    now: FederationNow,
  ): Promise<readonly Omit<Judged, 'part'>[]> {
    const { registry, rules } = now;
    const handed = handedOnBy(draft);
    const sources = await this.#sources(
      [...(draft.facts.derivedFrom ?? []), ...(handed?.descriptors ?? [])],
      contextOf(held, now),
    );
    const granting = handed && {
      ...handed,
      inTime: true,
      asDecided: true,
      holds: (descriptor: Digest) =>
        this.#isGranted(held, draft, handed.recipient, sources.get(descriptor)),
    };
    const disclosure: Disclosure = {
      stream: draft.exchange,
      family: draft.family,
      issuer: this.agency.agency,
      parts: draft.audience.map(({ compartment, to }) => ({
        compartment,
        classification: draft.marking.classification,
        handling: draft.marking.handling,
        facts: compartmentFacts(draft, compartment),
        recipients: to,
      })),
      membership: held.membership,
      agency: (id) => attributesOf(registry, id),
      pair: (a, b) => registry.pair(a, b),
      source: (descriptor) => sources.get(descriptor),
      granting,
      endsGrantOf:
        draft.facts.revokes === true
          ? granteeOf(draft, held)
          : (holderOf(draft, held, this.agency.agency) ?? sharedWith(draft)),
      grantedBy: (provider) => isGrantedBy(held, this.agency.agency, provider),
    };
    const granted = judgeGrants(rules, disclosure).map((one) => ({
      ...one,
      compartment: sources.get(one.descriptor)?.compartment ?? '',
    }));
    return [...judge(rules, disclosure), ...granted];
  }

  /** Whether another grant of it to the same agency runs, of which the exchange tells; the hub, which knows all, judges again. */
  #isGranted(
    { seen }: HeldExchange,
    { item }: DraftEvent,
    recipient: AgencyId,
    source: (Source & { readonly event: EventId }) | undefined,
  ): boolean {
    const now = this.agency.now();
    return [...seen.items.values()].some(
      (state) =>
        state.kind === 'release' &&
        state.item !== item &&
        state.status === 'USED' &&
        state.provider === this.agency.agency &&
        state.grantee === recipient &&
        state.event === source?.event &&
        state.compartments.some((name) => name === source.compartment) &&
        (state.until === undefined || Date.parse(state.until) > now),
    );
  }

  /** What this agency knows of the content that an event passes on: never more than it holds itself. */
  async #sources(
    descriptors: readonly Digest[],
    context: Context,
  ): Promise<ReadonlyMap<Digest, Source & { readonly event: EventId }>> {
    const found = new Map<Digest, Source & { readonly event: EventId }>();
    if (descriptors.length === 0) return found;
    const { agency, journal } = this.agency;
    for (const { descriptor, event } of await journal.givenIn(descriptors)) {
      const entry = await journal.entry(event);
      const held = entry?.descriptors.find((one) => one.descriptor === descriptor);
      if (entry === undefined || held === undefined) continue;
      const reached = await this.#reached(entry, held.compartment, context);
      found.set(descriptor, {
        event,
        issuer: entry.recorded.issuer,
        exchange: entry.exchange,
        compartment: held.compartment,
        classification: held.marking.classification,
        handling: held.marking.handling,
        holders: [...new Set([entry.recorded.issuer, agency, ...reached])].sort(),
        derivedFrom: entry.facts.derivedFrom ?? [],
      });
    }
    return found;
  }

  /** Whom the log let have a compartment of what this agency said itself. */
  async #reached(
    { recorded: { id, issuer, event } }: JournalEntry,
    compartment: Compartment,
    context: Context,
  ): Promise<readonly AgencyId[]> {
    const to = event.core !== undefined && 'to' in event.core ? event.core.to : undefined;
    if (issuer !== this.agency.agency || to === undefined || !mayBeGiven(context, to, compartment))
      return [];
    const said = await this.agency.outbox.submission(id);
    const isWhole = said?.refusals.length === 0;
    return isWhole && said.deliveries.some(({ agency }) => agency === to) ? [to] : [];
  }
}

/** What an event hands on, and to whom; nothing for most. */
const handedOnBy = ({
  family,
  facts: { release, grant },
}: DraftEvent): Pick<Granting, 'recipient' | 'descriptors'> | undefined => {
  // A custodian cannot open its share, and holds nothing of what it is the key of.
  if (family === 'disclosure') return undefined;
  if (release !== undefined) return { recipient: release.agency, descriptors: release.descriptors };
  return (
    grant && {
      recipient: grant.agency,
      descriptors: grant.wraps.map(({ descriptor }) => descriptor),
    }
  );
};

const granteeOf = ({ item }: DraftEvent, held: HeldExchange): AgencyId | undefined => {
  const state = itemOf(held, item);
  return state.kind === 'release' && state.status === 'USED' ? state.grantee : undefined;
};

/** A holder hears of a recall because it takes part, or because it was granted something, whoever has shown its provider out. */
const holderOf = (
  { facts: { recall } }: DraftEvent,
  held: HeldExchange,
  provider: AgencyId,
): AgencyId | undefined =>
  recall &&
  (takesPart(held.membership, recall.agency) || isGrantedBy(held, recall.agency, provider))
    ? recall.agency
    : undefined;

/** Whoever is handed a share is told of it, although custodians own no exchange; the hub judges the share itself. */
const sharedWith = ({ family, facts: { grant } }: DraftEvent): AgencyId | undefined =>
  family === 'disclosure' ? grant?.agency : undefined;

const isGrantedBy = ({ seen }: HeldExchange, agency: AgencyId, provider: AgencyId): boolean =>
  [...seen.items.values()].some(
    (state) =>
      state.kind === 'release' &&
      state.grantee === agency &&
      state.provider === provider &&
      (state.status === 'USED' || state.status === 'REVOKED' || state.status === 'EXPIRED'),
  );

/** The core tells the hub everything that it must know; the other compartments only what they were taken from. */
export const compartmentFacts = (
  { facts }: DraftEvent,
  compartment: Compartment,
): DraftEvent['facts'] => {
  if (compartment === 'core') return facts;
  return facts.derivedFrom === undefined ? {} : { derivedFrom: facts.derivedFrom };
};
