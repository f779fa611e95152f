import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from '@tripoint/adapters/embedded/testing';
import { createLogKey, loadLogKey } from '@tripoint/adapters/keys';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { Bus, type Message } from '@tripoint/bus';
import { hex } from '@tripoint/envelope';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  isRefusal,
  type ItemId,
} from '@tripoint/kernel';
import { formatStandingNotice, parseSubmission } from '@tripoint/ledger';
import { JsonLog } from '@tripoint/platform';
import { type CommitPlan } from '@tripoint/read-model';
import { signNote } from '@tripoint/transparency';
import { randomUUID } from 'node:crypto';
import { type AgencyOptions } from '../agency.options.js';
import { type RegisteredFederation } from '../federation/registered-federation.js';
import { ChainGuard } from './chain-guard.js';

const LOG = 'spec.tripoint/log';
const CHAIN = 'gr-police-1' as ChainId;
const NEXT_CHAIN = 'gr-police-2' as ChainId;
const header = (byte: string): Digest => byte.repeat(64) as Digest;

/** Takes down what is asked. */
class Asked extends Bus {
  readonly nonces: { readonly chain: ChainId; readonly nonce: string }[] = [];
  #told: () => void = () => undefined;
  readonly #waiting = (): Promise<void> =>
    new Promise((resolve) => {
      this.#told = resolve;
    });

  async next(after: number): Promise<{ readonly chain: ChainId; readonly nonce: string }> {
    while (this.nonces.length <= after) await this.#waiting();
    return this.nonces[after]!;
  }

  override check(): Promise<void> {
    return Promise.resolve();
  }

  override publish(_topic: string, messages: readonly Message[]): Promise<void> {
    for (const { value } of messages) {
      const said = parseSubmission(value);
      if (!isRefusal(said) && said.kind === 'hello')
        this.nonces.push({ chain: said.chain, nonce: hex(said.nonce) });
    }
    this.#told();
    return Promise.resolve();
  }

  override consume(): Promise<void> {
    return Promise.resolve();
  }
}

describe('the guard of a chain', () => {
  let dir: string;
  let fresh: FreshDatabase;
  let store: AgencyDatabase;
  let bus: Asked;
  let guard: ChainGuard;
  let chains: ChainId[];
  let stop: AbortController;
  let running: Promise<void>;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tripoint-guard-'));
    fresh = await freshDatabase('guard');
    store = new AgencyDatabase(fresh.config);
    await store.migrate();
    await store.outbox.openChain(CHAIN);
    bus = new Asked();
    chains = [CHAIN];
    const vkey = await createLogKey(join(dir, 'log'), LOG);
    const options = {
      agency: 'gr-police' as AgencyId,
      anchor: { log: { name: LOG, vkey } },
      bus,
      outbox: store.outbox,
      log: new JsonLog('guard', 'error', () => undefined),
    } as unknown as AgencyOptions;
    const federation = {
      now: () => Promise.resolve({ registry: { agency: () => ({ chains }) } }),
    } as unknown as RegisteredFederation;
    guard = new ChainGuard(options, federation);
    for (const byte of ['a', 'b']) await seal(byte);
    stop = new AbortController();
    running = guard.run(stop.signal);
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await store.close();
    await fresh.drop();
    await rm(dir, { recursive: true, force: true });
  });

  const seal = async (byte: string): Promise<void> => {
    const event = randomUUID() as EventId;
    const exchange = randomUUID() as ExchangeId;
    const entry = {
      exchange,
      recorded: { id: event, event: { item: randomUUID() as ItemId } },
    } as unknown as CommitPlan['entries'][number];
    await store.outbox.commit({
      chain: CHAIN,
      exchange,
      decidedUpon: 0n,
      at: new Date(0).toISOString() as Instant,
      entries: [entry],
      finish: () =>
        Promise.resolve([
          {
            event,
            family: 'request',
            header: header(byte),
            container: new Uint8Array([1]),
            keys: [],
            addressees: 1,
          },
        ]),
    });
  };

  type Said = { readonly key?: string; readonly chain?: ChainId; readonly agency?: AgencyId };
  const note = async (
    nonce: string,
    seq: number,
    digest: Digest,
    { key = 'log', chain = CHAIN, agency = 'gr-police' as AgencyId }: Said = {},
  ): Promise<string> => {
    if (key !== 'log') await createLogKey(join(dir, key), LOG);
    const signer = await loadLogKey(join(dir, key));
    const at = new Date(0).toISOString() as Instant;
    const said = { agency, chain, seq, header: digest, lines: 7, nonce, at };
    return (await signNote(formatStandingNotice(LOG, said), [signer])).toString();
  };

  it.each([
    ['has nothing', -1, '0'],
    ['is behind', 0, 'a'],
    ['is where we are', 1, 'b'],
  ])('lets seal when the hub %s', async (_case, seq, byte) => {
    expect(() => guard.chain()).toThrow('the hub has not said');
    const { nonce } = await bus.next(0);
    await guard.heard(nonce, await note(nonce, seq, header(byte)));
    expect(guard.chain()).toBe(CHAIN);
    expect(guard.confirmed).toMatchObject({ recorded: seq });
  });

  it.each([
    ['is ahead', 2, 'c'],
    ['has another newest', 1, 'c'],
    ['has another old one', 0, 'c'],
  ])(
    'lets nothing be sealed when the hub %s, until a new chain is opened',
    async (_c, seq, byte) => {
      const { nonce } = await bus.next(0);
      await guard.heard(nonce, await note(nonce, seq, header(byte)));
      expect(guard.chain()).toMatchObject({ refused: 'chain-rewound' });
      expect(await store.outbox.currentChain()).toBeUndefined();

      chains.push(NEXT_CHAIN);
      const asked = await bus.next(1);
      expect(asked.chain).toBe(NEXT_CHAIN);
      await guard.heard(
        asked.nonce,
        await note(asked.nonce, -1, header('0'), { chain: NEXT_CHAIN }),
      );
      expect(guard.chain()).toBe(NEXT_CHAIN);
    },
  );

  it('believes no answer to another question, to another agency, or by another key', async () => {
    const { nonce } = await bus.next(0);
    const [newest, old] = [header('b'), '00'.repeat(16)];
    await guard.heard(old, await note(old, 1, newest));
    // What the hub signed then, put beside what is asked now.
    await guard.heard(nonce, await note(old, 1, newest));
    await guard.heard(nonce, await note(nonce, 1, newest, { agency: 'bg-police' as AgencyId }));
    await guard.heard(nonce, await note(nonce, 1, newest, { key: 'another' }));
    expect(guard.confirmed).toBeUndefined();
    expect(guard.lines).toBeUndefined();
    expect(() => guard.chain()).toThrow('the hub has not said');
    await guard.heard(nonce, await note(nonce, 1, newest));
    expect(guard.lines).toBe(7);
  });
});
