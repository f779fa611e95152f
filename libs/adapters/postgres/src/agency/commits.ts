import { HubError, refuse, type ChainId, type Digest } from '@tripoint/kernel';
import {
  type ChainHead,
  type CommandKey,
  type CommitPlan,
  type CommitRefusal,
  type Committed,
  type SealedRow,
} from '@tripoint/read-model';
import { type Database, type Queries, type Transaction } from '../database.js';
import { many } from '../many.js';

export type ChainRecord = {
  readonly chain: ChainId;
  readonly next: bigint;
  readonly prev: Digest;
  readonly retired: boolean;
};

export const headOf = ({ chain, next, prev }: ChainRecord): ChainHead => ({ chain, next, prev });

const outboxRows = many<{
  event: string;
  chain: string;
  seq: bigint;
  exchange: string;
  item: string;
  family: string;
  officer: string | undefined;
  header: string;
  container: Uint8Array;
  addressees: number;
  sealed_at: string;
}>('outbox', {
  event: 'uuid',
  chain: 'text',
  seq: 'bigint',
  exchange: 'uuid',
  item: 'uuid',
  family: 'text',
  officer: 'text',
  header: 'text',
  container: 'bytea',
  addressees: 'int',
  sealed_at: 'timestamptz',
});

const keyRows = many<{
  event: string;
  descriptor: string;
  compartment: string;
  session_key: Uint8Array;
}>('held_keys', {
  event: 'uuid',
  descriptor: 'text',
  compartment: 'text',
  session_key: 'bytea',
});

const pendingRows = many<{
  event: string;
  exchange: string;
  item: string;
  revision: number;
  entry: unknown;
}>('journal', {
  event: 'uuid',
  exchange: 'uuid',
  item: 'uuid',
  revision: 'int',
  entry: 'json',
});

const commandRows = many<{
  officer: string;
  key: string;
  request: string;
  response: unknown;
  at: string;
}>(
  'commands',
  { officer: 'text', key: 'text', request: 'text', response: 'json', at: 'timestamptz' },
  'order by officer, key on conflict (officer, key) do nothing returning officer, key',
);
const TAKE_KEYS = commandRows.statement(1);

/** Everything that follows from signatures, in one statement: its sender has to wait for the chain's lock until it is done. */
const KEEP = `with sealed as (${outboxRows.statement(1)}),
   keys as (${keyRows.statement(12)}),
   pending as (${pendingRows.statement(16)}),
   chain as (update chains set next = $22, prev = $23 where chain = $21),
   version as (update exchange_versions set version = version + 1 where exchange = any ($24::uuid[])),
   head as (update change_head set newest = newest + cardinality($1::uuid[]) returning newest)
 insert into changes (id, kind, exchange, item, version)
 select head.newest - cardinality($1::uuid[]) + place, 'submission', exchange, event::text, 1
 from head, unnest($1::uuid[], $4::uuid[]) with ordinality as added (event, exchange, place)`;

/** Plans that share a transaction, and so the chain's lock, one fsync and a few ways to the server. */
const MOST = 64;

type Answer = Committed | CommitRefusal;

/** A plan, with whoever waits for what becomes of it. */
type Waiting = {
  readonly plan: CommitPlan;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: unknown) => void;
};

/** What became of some plans: all were kept, or nothing was and some know why. */
type Outcome =
  { readonly kept: readonly Committed[] } | { readonly answers: readonly (Answer | undefined)[] };

/**
 * Commits plans, those that come while others are being committed together. A lone plan waits for no company; one that
 * is refused is answered, and its companions go on without it.
 */
export class Commits {
  #waiting: readonly Waiting[] = [];
  #running = false;

  constructor(private readonly database: Database) {}

  commit(plan: CommitPlan): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = [...this.#waiting, { plan, resolve, reject }];
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    // Who was woken by the same thing gets the chance to come along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const { together, later } = companions(this.#waiting);
      this.#waiting = later;
      await this.#commit(together);
    }
    this.#running = false;
  }

  async #commit(together: readonly Waiting[]): Promise<void> {
    try {
      const outcome = await this.database.transaction<Outcome>(
        (queries) =>
          commit(
            queries,
            together.map(({ plan }) => plan),
          ),
        { keep: (result) => 'kept' in result },
      );
      const answers = 'kept' in outcome ? outcome.kept : outcome.answers;
      const again: Waiting[] = [];
      for (const [n, one] of together.entries()) {
        const answer = answers[n];
        if (answer === undefined) again.push(one);
        else one.resolve(answer);
      }
      this.#waiting = [...again, ...this.#waiting];
    } catch (cause) {
      // One that cannot be signed must not take the others with it; a store that is away has failed them all.
      const alone = together.length === 1 || (cause instanceof HubError && cause.retriable);
      for (const one of together)
        if (alone) one.reject(cause);
        else await this.#commit([one]);
    }
  }
}

/** The first plan and those of its chain that get in nobody's way: what two of them would lock is for one after the other. */
const companions = (
  waiting: readonly Waiting[],
): { readonly together: readonly Waiting[]; readonly later: readonly Waiting[] } => {
  const taken = new Set<string>();
  const together: Waiting[] = [];
  const later: Waiting[] = [];
  for (const one of waiting) {
    const { chain, exchange, command, resolves = [] } = one.plan;
    const locks = [
      `exchange ${exchange}`,
      ...(command === undefined ? [] : [nameOf(command)]),
      ...resolves.map((id) => `to sign ${id}`),
    ];
    if (
      together.length === MOST ||
      chain !== waiting[0]?.plan.chain ||
      locks.some((lock) => taken.has(lock))
    )
      later.push(one);
    else together.push(one);
    // Also of one that is left for later: whoever came after it stays behind it.
    for (const lock of locks) taken.add(lock);
  }
  return { together, later };
};

const nameOf = ({ officer, key }: Pick<CommandKey, 'officer' | 'key'>): string =>
  JSON.stringify([officer, key]);

/** What was answered to the commands whose keys are taken. Takes the others; waits for those that are being taken. */
const takeKeys = async (
  queries: Queries,
  plans: readonly CommitPlan[],
): Promise<ReadonlyMap<string, CommandKey>> => {
  const commands = plans.flatMap(({ command, at }) =>
    command === undefined ? [] : [{ ...command, at }],
  );
  if (commands.length === 0) return new Map();
  const taken = await queries.prepared<CommandKey>(TAKE_KEYS, commandRows.values(commands));
  if (taken.length === commands.length) return new Map();
  const ours = new Set(taken.map(nameOf));
  const theirs = commands.filter((command) => !ours.has(nameOf(command)));
  const before = await queries.prepared<CommandKey>(
    `select officer, key, request, response from commands
     where (officer, key) in (select * from unnest($1::text[], $2::text[]))`,
    [theirs.map(({ officer }) => officer), theirs.map(({ key }) => key)],
  );
  return new Map(before.map((command) => [nameOf(command), command]));
};

const commit = async (queries: Transaction, plans: readonly CommitPlan[]): Promise<Outcome> => {
  const wished = plans.flatMap(({ resolves = [] }) => resolves);
  // Everything that has to be locked, in the order in which everybody locks it, by one way to the server.
  const [before, versions, resolved, [locked]] = await Promise.all([
    takeKeys(queries, plans),
    // One that is there is written as it is, which locks it.
    queries.prepared<{ exchange: string; version: bigint }>(
      `insert into exchange_versions (exchange, version)
       select exchange, 0 from unnest($1::uuid[]) as exchange order by exchange
       on conflict (exchange) do update set version = exchange_versions.version
       returning exchange, version`,
      [plans.map(({ exchange }) => exchange)],
    ),
    wished.length === 0
      ? []
      : queries.prepared<{ id: bigint }>(
          `update to_sign set done = true where id in (
             select id from to_sign where id = any ($1::bigint[]) and not done order by id for update)
           returning id`,
          [wished],
        ),
    queries.prepared<ChainRecord>(
      'select chain, next, prev, retired from chains where chain = $1 for update',
      [plans[0]?.chain],
    ),
  ]);
  const now = new Map(versions.map(({ exchange, version }) => [exchange, version]));
  const done = new Set(resolved.map(({ id }) => id));
  const answers = plans.map((plan): Answer | undefined => {
    const known = plan.command && before.get(nameOf(plan.command));
    if (known !== undefined)
      return known.request === plan.command?.request
        ? { outcome: 'repeated', response: known.response }
        : refuse('command-key-reused', 'this key was used for another request');
    if (now.get(plan.exchange) !== plan.decidedUpon)
      return refuse('exchange-moved', 'the exchange is not the one that was decided upon');
    if (plan.resolves?.some((id) => !done.has(id)) === true)
      return refuse('already-signed', 'this was signed before');
    if (locked === undefined) return refuse('chain-unknown', 'this chain was never opened');
    if (locked.retired) return refuse('chain-retired', 'this chain was given up');
    return undefined;
  });
  if (locked === undefined || answers.some((answer) => answer !== undefined)) return { answers };

  // One after the other: each header names the one before it.
  let head = headOf(locked);
  const signed: Signed[] = [];
  for (const plan of plans) {
    const sealed = await plan.finish(head);
    if (
      sealed.length !== plan.entries.length ||
      sealed.some(({ event }, n) => event !== plan.entries[n]?.recorded.id)
    )
      throw new Error('one envelope for each entry, in their order');
    const first = head.next;
    head = {
      chain: head.chain,
      next: first + BigInt(sealed.length),
      prev: sealed.at(-1)?.header ?? head.prev,
    };
    signed.push({ plan, sealed, first, head });
  }
  keep(queries, signed, head);
  return {
    kept: signed.map(({ first, head: after }) => ({ outcome: 'committed', first, head: after })),
  };
};

/** A plan with its envelopes, the first of which has the number `first`, and the chain's head behind them. */
type Signed = {
  readonly plan: CommitPlan;
  readonly sealed: readonly SealedRow[];
  readonly first: bigint;
  readonly head: ChainHead;
};

const keep = (queries: Transaction, signed: readonly Signed[], head: ChainHead): void => {
  const envelopes = signed.flatMap(({ plan: { exchange, at, entries }, sealed, first }) =>
    sealed.map(({ event, family, header, container, addressees }, n) => ({
      event,
      chain: head.chain,
      seq: first + BigInt(n),
      exchange,
      item: entries[n]?.recorded.event.item ?? exchange,
      family,
      officer: entries[n]?.recorded.officer,
      header,
      container,
      addressees,
      sealed_at: at,
    })),
  );
  const keys = signed.flatMap(({ sealed }) =>
    sealed.flatMap(({ event, keys: held }) =>
      held.map(({ descriptor, compartment, sessionKey }) => ({
        event,
        descriptor,
        compartment,
        session_key: sessionKey,
      })),
    ),
  );
  const pending = signed.flatMap(({ plan: { exchange, entries } }) =>
    entries.map((entry) => ({
      event: entry.recorded.id,
      exchange,
      item: entry.recorded.event.item,
      revision: 1,
      entry,
    })),
  );
  queries.along(
    queries.prepared(KEEP, [
      ...outboxRows.values(envelopes),
      ...keyRows.values(keys),
      ...pendingRows.values(pending),
      head.chain,
      head.next,
      head.prev,
      signed.map(({ plan: { exchange } }) => exchange),
    ]),
  );
  queries.tell(['changes', 'outbox']);
};
