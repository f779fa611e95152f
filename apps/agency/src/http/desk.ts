import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type SubmittedResponse } from '@tripoint/contracts';
import { type Command, type Compartment, familyOf } from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  HubError,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type Officer, Problem } from '@tripoint/platform';
import { type ItemRow, type Proposal } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { SubmitCommand } from '../commands/submit-command.js';
import { TryCommand } from '../commands/try-command.js';
import { answerOf, asProposed, proposalOf, RECORDED_AS, refused } from './answers.js';
import { type Caller } from './caller.js';
import { ALWAYS_NEEDS_TWO, type OfficerCommand } from './duties.js';
import { agencyProblems } from './problems.js';

/** What a command of one type says. */
export type Said<Type extends OfficerCommand> = Extract<Command, { readonly type: Type }>['data'];

/** As much of it as a command is remembered by. */
type Asker = Omit<Caller, 'officer'> & { readonly officer: Pick<Officer, 'id'> };

/** The item that is to be moved, and the version that the officer saw. */
export type Seen = { readonly item: ItemId; readonly version: string };

/** A fault that has a page of its own is answered with it. */
export const explained = (thrown: unknown): unknown =>
  thrown instanceof HubError && thrown.retriable && thrown.code in agencyProblems
    ? new Problem(thrown.code, thrown.message)
    : thrown;

/** For how long a proposal waits for a second officer: a day. */
const PROPOSED_FOR = 24 * 60 * 60 * 1000;

const nothingHere = (): Problem =>
  new Problem('not-found', 'nothing that was recorded has this id');

/** Where officers hand in what they decide: ids and time are given here, nothing is decided. */
@Injectable()
export class Desk {
  constructor(
    private readonly commands: CommandBus,
    private readonly agency: AgencyOptions,
  ) {}

  get now(): Instant {
    return new Date(this.agency.now()).toISOString() as Instant;
  }

  /** Opens a new item, in a new exchange unless one is named. */
  async issue<Type extends OfficerCommand>(
    type: Type,
    exchange: ExchangeId | undefined,
    data: Said<Type>,
    caller: Caller,
  ): Promise<SubmittedResponse> {
    return this.#handIn(await this.drafted(type, exchange, data, caller.officer), caller);
  }

  /** Orders something about an exchange of which nothing is held here; in a new one unless it is named. */
  impose<Type extends OfficerCommand>(
    type: Type,
    exchange: ExchangeId | undefined,
    data: Said<Type>,
    caller: Caller,
  ): Promise<SubmittedResponse> {
    const into = exchange ?? (randomUUID() as ExchangeId);
    const item = randomUUID() as ItemId;
    return this.#handIn(this.#command(type, item, into, data, caller.officer), caller);
  }

  /** Moves an item that was recorded. */
  async move<Type extends OfficerCommand>(
    type: Type,
    { item, version }: Seen,
    data: Said<Type>,
    caller: Caller,
  ): Promise<SubmittedResponse> {
    const row = await this.#row(type, item);
    // Nobody has to wait for the chain to hear this. What comes between here and the outbox is noticed there.
    if (version !== row.version && !(await this.#isKnown(caller)))
      throw new Problem('version-moved', 'the item has changed since it was read');
    const command = this.#command(type, item, row.exchange, data, caller.officer);
    return this.#handIn(command, caller, version);
  }

  /**
   * Does what an officer proposed and another has confirmed, once, however often it is asked for, and not later than it could have
   * been confirmed. Both stand in what is sealed.
   */
  async carryOut(proposal: Proposal): Promise<SubmittedResponse> {
    const { id, seen, until, decision } = proposal;
    if (decision?.outcome !== 'CONFIRMED')
      throw new HubError('proposal-open', 'nobody has confirmed what is to be carried out', false);
    const officer = { id: decision.by };
    const request = createHash('sha256').update(id).digest('hex') as Digest;
    if (until <= this.now && !(await this.#isKnown({ officer, key: id })))
      throw new Problem('proposal-expired', 'it was confirmed, and not carried out in time');
    return this.#submit(this.#carried(proposal, officer.id), { officer, key: id, request }, seen);
  }

  /** Nobody is said to have confirmed what would be refused now. What the rules deny is tried, and is an attempt then. */
  async stillStands(proposal: Proposal, confirming: OfficerId): Promise<void> {
    const { item, seen } = proposal;
    if (seen !== undefined && (await this.agency.journal.itemVersion(item)) !== seen)
      throw new Problem('version-moved', 'the item has changed since it was read');
    await this.#tried(this.#carried(proposal, confirming), false);
  }

  #carried({ command, item, exchange, data, proposedBy }: Proposal, by: OfficerId): Command {
    const officer = `${proposedBy}+${by}` as OfficerId;
    const both = { agency: this.agency.agency, officer };
    return { type: command, item, exchange, by: both, at: this.now, data } as Command;
  }

  /** The command that would open a new item. */
  async drafted<Type extends OfficerCommand>(
    type: Type,
    exchange: ExchangeId | undefined,
    data: Said<Type>,
    officer: Officer,
  ): Promise<Command> {
    // An id that is not held must not become a new exchange: somebody else's may have it.
    if (exchange !== undefined && (await this.agency.journal.history(exchange)).version === 0n)
      throw nothingHere();
    const into = exchange ?? (randomUUID() as ExchangeId);
    return this.#command(type, randomUUID() as ItemId, into, data, officer);
  }

  /** The command that would move an item. */
  async draftedMove<Type extends OfficerCommand>(
    type: Type,
    item: ItemId,
    data: Said<Type>,
    officer: Officer,
  ): Promise<Command> {
    const { exchange } = await this.#row(type, item);
    return this.#command(type, item, exchange, data, officer);
  }

  /**
   * The descriptors of what this agency holds of these events: what `derivedFrom` names towards the hub. An event of which nothing is
   * held any more could not be named there, and what its provider marked would bind nobody: it is the source of nothing.
   */
  async sources(events: readonly EventId[]): Promise<readonly Digest[]> {
    const digests = new Set<Digest>();
    for (const event of events) {
      const entry = await this.agency.journal.entry(event);
      if (entry === undefined) throw nothingHere();
      if (entry.descriptors.length === 0) throw await this.#notHeld(event);
      for (const { descriptor } of entry.descriptors) digests.add(descriptor);
    }
    return [...digests].sort();
  }

  /** The parts of an event that this agency holds, by which they are named towards the hub; and who said it where. */
  async held(
    event: EventId,
    compartments: readonly Compartment[],
  ): Promise<{
    readonly exchange: ExchangeId;
    readonly issuer: AgencyId;
    readonly descriptors: readonly Digest[];
  }> {
    const entry = await this.agency.journal.entry(event);
    const descriptors = compartments.map(
      (name) => entry?.descriptors.find(({ compartment }) => compartment === name)?.descriptor,
    );
    if (entry?.recorded.leaf === undefined) throw nothingHere();
    if (!descriptors.every((one) => one !== undefined)) throw await this.#notHeld(event);
    return { exchange: entry.exchange, issuer: entry.recorded.issuer, descriptors };
  }

  /** Parts that are not held were never here, or are forgotten: an officer who has them erased twice is told that they are. */
  async #notHeld(event: EventId): Promise<Problem> {
    const { rows } = await this.agency.views.erasures({ event }, { limit: 1 });
    return rows.length === 0
      ? nothingHere()
      : new Problem(
          'forgotten-already',
          'something of this event was ordered to be forgotten, and what is named is not held any more',
        );
  }

  /** The repetition of what was done names the version from before it was done. */
  async #isKnown({ officer, key }: Pick<Asker, 'officer' | 'key'>): Promise<boolean> {
    return (await this.agency.outbox.remembered(officer.id, key)) !== undefined;
  }

  #command(
    type: OfficerCommand,
    item: ItemId,
    exchange: ExchangeId,
    data: object,
    { id: officer }: Officer,
  ): Command {
    const by = { agency: this.agency.agency, officer };
    return { type, item, exchange, by, at: this.now, data } as Command;
  }

  /** The recorded item, if it is of the kind that the command is about. */
  async #row(type: OfficerCommand, item: ItemId): Promise<ItemRow> {
    const { views } = this.agency;
    const find = {
      request: () => views.request(item, this.now),
      contribution: () => views.contribution(item),
      referral: () => views.referral(item),
      release: () => views.release(item),
      grant: () => views.release(item),
      recall: () => views.recall(item, this.now),
      disclosure: () => views.disclosure(item, this.now),
      erasure: () => Promise.resolve(undefined),
      reads: () => Promise.resolve(undefined),
      hold: () => views.hold(item, this.now),
      attempt: () => Promise.resolve(undefined),
      receipt: () => Promise.resolve(undefined),
    }[familyOf(RECORDED_AS[type])];
    const row = await find();
    if (row === undefined) throw nothingHere();
    return row;
  }

  /** Seals it, or keeps it for a second officer. */
  async #handIn(decision: Command, caller: Caller, seen?: string): Promise<SubmittedResponse> {
    const { fourEyes } = this.agency;
    const { type, item, exchange, at, data } = decision;
    const always = ALWAYS_NEEDS_TWO.some((one) => one === type);
    if (!always && fourEyes?.commands.has(type) !== true)
      return this.#submit(decision, caller, seen);
    if (fourEyes === undefined)
      throw new HubError(
        'proposals-missing',
        'nothing keeps what a second officer confirms',
        false,
      );
    const { officer } = caller;
    const proposal = proposalOf(caller);
    await this.#tried(decision);
    await fourEyes.proposals.add({
      id: proposal,
      command: type,
      item,
      exchange,
      data,
      ...(seen === undefined ? {} : { seen }),
      proposedBy: officer.id,
      proposedAt: at,
      until: new Date(this.agency.now() + PROPOSED_FOR).toISOString() as Instant,
    });
    const kept = await fourEyes.proposals.one(proposal);
    return asProposed(kept ?? { id: proposal, item, exchange });
  }

  /** Nothing is kept for a second officer that would be refused now. A node that knows no rules yet refuses nothing by them. */
  async #tried(decision: Command, byRules = true): Promise<void> {
    const refusal = await this.commands
      .execute(new TryCommand(decision, byRules))
      .catch((thrown: unknown) => {
        if (thrown instanceof HubError && thrown.code === 'registry-unknown') return undefined;
        throw explained(thrown);
      });
    if (refusal !== undefined) throw refused(refusal);
  }

  async #submit(
    decision: Command,
    { officer: { id: officer }, key, request }: Asker,
    seen?: string,
  ): Promise<SubmittedResponse> {
    const identity = { officer, key, request };
    const outcome = await this.commands
      .execute(new SubmitCommand(decision, { identity, ...(seen === undefined ? {} : { seen }) }))
      .catch((thrown: unknown) => {
        throw explained(thrown);
      });
    return answerOf(decision.type as OfficerCommand, outcome);
  }
}
