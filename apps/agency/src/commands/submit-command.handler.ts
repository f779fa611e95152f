import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { decide, type Command as Decision, type DraftEvent } from '@tripoint/domain';
import { type ItemId, HubError, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { type Judged } from '@tripoint/policy';
import { type TraceContext, Traces } from '@tripoint/platform';
import { type CommitPlan, type PendingEntry } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { ChainGuard } from '../chain/chain-guard.js';
import { Freshness } from '../chain/freshness.js';
import { JudicialChain } from '../evidence/judicial-chain.js';
import { type FederationNow, RegisteredFederation } from '../federation/registered-federation.js';
import { Audience } from '../sealing/audience.js';
import { toSend } from '../relay/relay.js';
import { closedAmong, Envelopes, type Occasion, type PreparedEvent } from '../sealing/envelopes.js';
import { contextOf, type HeldExchange, heldExchange, itemOf } from '../sealing/held-exchange.js';
import { OwnKey } from '../sealing/own-key.js';
import { SubmitCommand, type Submitted } from './submit-command.js';

/** Other officers may move the exchange while this one's command is being encrypted; then it is decided again. */
const TRIES = 8;

/** A disclosure that the rules do not allow, and what it was taken from. */
type Denied = {
  readonly draft: DraftEvent;
  readonly judged: readonly Omit<Judged, 'part'>[];
};

/** Fold, decide, compute the audience, encrypt; then one transaction: sign, outbox, pending journal, answer. */
@CommandHandler(SubmitCommand)
export class SubmitCommandHandler implements ICommandHandler<SubmitCommand> {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly federation: RegisteredFederation,
    private readonly guard: ChainGuard,
    private readonly freshness: Freshness,
    private readonly audience: Audience,
    private readonly envelopes: Envelopes,
    private readonly ownKey: OwnKey,
    private readonly judicial: JudicialChain,
  ) {}

  async execute(submit: SubmitCommand): Promise<Submitted | Refusal> {
    const answered = await this.#answeredBefore(submit);
    if (answered !== undefined) return answered;
    const chain = this.guard.chain();
    if (isRefusal(chain)) return chain;
    await this.freshness.check();

    const now = await this.federation.now();
    const barred = this.ownKey.barred(now.registry);
    if (barred !== undefined) return barred;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const { decision } = submit;
      const held = heldExchange(
        decision.exchange,
        await this.agency.journal.history(decision.exchange),
      );
      const moved = await this.#movedSince(submit);
      if (moved !== undefined) return moved;
      const drafts = decide(decision, itemOf(held, decision.item), contextOf(held, now));
      if (isRefusal(drafts)) return (await this.#restricted(submit, drafts, held, now)) ?? drafts;
      // Before the rules, which would deny it as well and have it recorded as an attempt.
      const closed = closedAmong(drafts, now.registry);
      if (closed !== undefined) return closed;
      for (const draft of drafts) {
        const beyond = await this.judicial.barred(draft, held, now.registry);
        if (beyond !== undefined) return beyond;
        const denied = (await this.audience.judge(draft, held, now)).filter(
          ({ verdict }) => !verdict.allowed,
        );
        if (denied.length > 0) return this.#denied(submit, { draft, judged: denied });
      }
      const outcome = await this.#seal(submit, drafts, held, now);
      if (!isRefusal(outcome) || outcome.refused !== 'exchange-moved') return outcome;
    }
    throw new HubError('exchange-busy', 'others keep moving this exchange', true);
  }

  async #answeredBefore({
    context: { identity },
  }: SubmitCommand): Promise<Submitted | Refusal | undefined> {
    if (identity === undefined) return undefined;
    const before = await this.agency.outbox.remembered(identity.officer, identity.key);
    if (before === undefined) return undefined;
    return before.request === identity.request
      ? (before.response as Submitted | Refusal)
      : refuse('command-key-reused', 'this Idempotency-Key was used for another request');
  }

  /**
   * Refuses what was decided upon another version of the item than the present one. Asked after the exchange was read: the outbox
   * commits only while the exchange is still what was read, so whatever comes later starts this over.
   */
  async #movedSince(submit: SubmitCommand): Promise<Submitted | Refusal | undefined> {
    const {
      decision: { item },
      context: { seen },
    } = submit;
    if (seen === undefined || (await this.agency.journal.itemVersion(item)) === seen)
      return undefined;
    // It may be this very command, sent twice, that has moved it.
    return (
      (await this.#answeredBefore(submit)) ??
      refuse('version-moved', 'the item has changed since it was read, or something is on its way')
    );
  }

  async #seal(
    { decision, context: { identity, causation, resolves, answer, granted } }: SubmitCommand,
    drafts: readonly DraftEvent[],
    held: HeldExchange,
    now: FederationNow,
  ): Promise<Submitted | Refusal> {
    const chain = this.guard.chain();
    if (isRefusal(chain)) return chain;
    const key = await this.ownKey.toSign(now.registry, chain);
    if (isRefusal(key)) return key;
    const { traces = Traces.off } = this.agency;
    const occasion = {
      officer: decision.by.officer,
      at: decision.at,
      causation,
      correlation: undefined,
      granted,
    };
    const prepared = await traces.span('seal', {}, () => this.#prepared(drafts, now, occasion));
    if (isRefusal(prepared)) return prepared;
    const response: Submitted | Refusal = answer ?? {
      exchange: decision.exchange,
      item: decision.item,
      submissions: prepared.map(({ id }) => id),
      types: drafts.map(({ type }) => type),
      ...(drafts.length > 0 ? {} : { already: itemOf(held, decision.item).status }),
    };
    const plan = (context: TraceContext | undefined): CommitPlan => ({
      chain,
      exchange: decision.exchange,
      decidedUpon: held.version,
      at: decision.at,
      entries: prepared.map((event) => this.#pending(event, decision)),
      ...(identity === undefined ? {} : { command: { ...identity, response } }),
      ...(resolves === undefined ? {} : { resolves: [resolves] }),
      finish: async (head) => {
        let { next, prev } = head;
        const rows = [];
        for (const event of prepared) {
          const row = await this.envelopes.finish(event, { chain, seq: Number(next), prev }, key);
          rows.push(row);
          traces.note(toSend(chain, next), context);
          next += 1n;
          prev = row.header;
        }
        return rows;
      },
    });
    const outcome = await traces.span('outbox commit', {}, ({ context }) =>
      this.agency.outbox.commit(plan(context)),
    );
    if (isRefusal(outcome)) return outcome;
    return outcome.outcome === 'repeated' ? (outcome.response as Submitted | Refusal) : response;
  }

  async #prepared(
    drafts: readonly DraftEvent[],
    now: FederationNow,
    occasion: Occasion,
  ): Promise<readonly PreparedEvent[] | Refusal> {
    const prepared: PreparedEvent[] = [];
    for (const draft of drafts) {
      const outcome = await this.envelopes.prepare(draft, now.registry, occasion);
      if (isRefusal(outcome)) return outcome;
      prepared.push(outcome);
    }
    return prepared;
  }

  #pending({ id, draft, prepared }: PreparedEvent, { by, at }: Decision): PendingEntry {
    const { type, item, core, parts } = draft;
    return {
      exchange: draft.exchange,
      recorded: {
        id,
        event: { type, item, core, parts } as PendingEntry['recorded']['event'],
        issuer: by.agency,
        ...(by.officer === undefined ? {} : { officer: by.officer }),
        at,
      },
      facts: draft.facts,
      descriptors: draft.audience.flatMap(({ compartment }) => {
        const sealed = prepared.compartments.find(({ name }) => name === compartment);
        return sealed === undefined
          ? []
          : [{ compartment, descriptor: sealed.descriptorDigest, marking: draft.marking }];
      }),
    };
  }

  /**
   * What was given under a restriction is refused for that, before it is asked whether the receiver's kind could hold it at
   * all: trying to pass it on goes on record whoever was to have it.
   */
  async #restricted(
    submit: SubmitCommand,
    { refused }: Refusal,
    held: HeldExchange,
    now: FederationNow,
  ): Promise<Submitted | Refusal | undefined> {
    const { decision } = submit;
    if (refused !== 'compartment-not-allowed') return undefined;
    if (decision.type !== 'ShareContribution' && decision.type !== 'IssueRequest') return undefined;
    const { item, exchange, by } = decision;
    const { to, marking, derivedFrom = [] } = decision.data;
    if (derivedFrom.length === 0) return undefined;
    // No more than that there is an item: what may not be told of that much may not be passed on.
    const draft: DraftEvent = {
      type: 'ContributionShared',
      family: 'contribution',
      item,
      exchange,
      core: { to },
      parts: {},
      audience: [{ compartment: 'core', to: [by.agency, to].sort() }],
      facts: {
        ...(held.membership.owner === undefined ? { opens: true as const } : {}),
        item,
        admits: [{ agency: to, compartments: ['core'] }],
        derivedFrom,
      },
      marking,
    };
    const judged = (await this.audience.judge(draft, held, now)).filter(
      ({ verdict: { allowed, rules } }) =>
        !allowed && rules.some((rule) => rule === 'handling-h2-needs-release'),
    );
    return judged.length === 0 ? undefined : this.#denied(submit, { draft, judged });
  }

  /**
   * The officer is told which rule stands in the way. That somebody tried to pass on what was given under a restriction goes
   * on record, without content, for oversight: once for the command, however often it is repeated.
   */
  async #denied(
    { decision, context: { identity } }: SubmitCommand,
    { draft, judged }: Denied,
  ): Promise<Submitted | Refusal> {
    const [first] = judged;
    const rule = first?.verdict.rules[0] ?? 'not-permitted';
    const answer = refuse(rule, first?.verdict.because ?? 'nothing permits this disclosure');
    const { derivedFrom } = draft.facts;
    if (derivedFrom === undefined) return answer;
    const tried = [...new Set(judged.map(({ recipient }) => recipient))].sort();
    return this.execute(
      new SubmitCommand(
        {
          type: 'RecordDisclosureAttempt',
          item: randomUUID() as ItemId,
          exchange: decision.exchange,
          by: decision.by,
          at: decision.at,
          data: { refused: rule, tried, derivedFrom },
        },
        { answer, ...(identity === undefined ? {} : { identity }) },
      ),
    );
  }
}
