import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { PostgresBus, PostgresLedger } from '@tripoint/adapters/embedded';
import { type FreshDatabase, freshDatabase } from '@tripoint/adapters/embedded/testing';
import {
  type FederationFolder,
  FileDecryptionKeyring,
  FileSigningKeyring,
  loadLogKey,
} from '@tripoint/adapters/keys';
import { AgencyDatabase, HubDatabase } from '@tripoint/adapters/postgres';
import { type Message } from '@tripoint/bus';
import { type DraftEvent, type Recorded, UNMARKED } from '@tripoint/domain';
import { formatChainEntry, NO_PREVIOUS_HEADER, OpenPgpJs } from '@tripoint/envelope';
import {
  type AgencyId,
  type ChainId,
  type ExchangeId,
  type Instant,
  isRefusal,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import {
  chainStream,
  formatSubmission,
  mailboxTopic,
  REGISTRY_CHAIN,
  submissionsTopic,
} from '@tripoint/ledger';
import { type App, createApp, JsonLog } from '@tripoint/platform';
import { firstBundle } from '@tripoint/policy';
import { FOLDING, type JournalEntry } from '@tripoint/read-model';
import { Client } from 'pg';
import { AgencyOptions } from '../../agency/src/agency.options.js';
import { decidingProviders, SubmitCommand } from '../../agency/src/commands/index.js';
import { RegisteredFederation } from '../../agency/src/federation/registered-federation.js';
import { Envelopes } from '../../agency/src/sealing/envelopes.js';
import { ChainGuard } from '../../agency/src/chain/chain-guard.js';
import { HubModule, hubProblems } from '../../hub/src/hub.module.js';
import { ProjectorModule } from '../../projector/src/projector.module.js';
import { foundFederation } from './demo/federation.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;

/** Compartments of the event that the hub is told another thing of: open, and then refused. */
const REFUSED = 1;

/** The half of an agency that decides and seals, without its front door. */
@Module({})
class Deciding {}

/** A ledger that remembers where it was asked for the newest entry of. */
class AskedLedger extends PostgresLedger {
  readonly asked = new Set<string>();

  override last(stream: string): ReturnType<PostgresLedger['last']> {
    this.asked.add(stream);
    return super.last(stream);
  }
}

/** A bus that counts what is published under each topic. */
class CountingBus extends PostgresBus {
  readonly published = new Map<string, number>();

  override publish(topic: string, messages: readonly Message[]): Promise<void> {
    this.published.set(topic, (this.published.get(topic) ?? 0) + messages.length);
    return super.publish(topic, messages);
  }
}

/** Says how often something was decrypted with it. */
class CountingOpenPgp extends OpenPgpJs {
  decrypted = 0;

  override decrypt(...given: Parameters<OpenPgpJs['decrypt']>): ReturnType<OpenPgpJs['decrypt']> {
    this.decrypted += 1;
    return super.decrypt(...given);
  }
}

/** Looks again until `look` gives something. */
const eventually = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (const deadline = performance.now() + 90_000; performance.now() < deadline;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('it did not come about in time');
};

describe('a request that crosses the hub', () => {
  const closing: (() => Promise<unknown>)[] = [];
  const databases: FreshDatabase[] = [];
  const stores = new Map<AgencyId, AgencyDatabase>();
  const configs = new Map<AgencyId, FreshDatabase['config']>();
  const projectors = new Map<AgencyId, INestApplicationContext>();
  /** What each agency's projector opens with. */
  const opening = new Map<AgencyId, CountingOpenPgp>();
  const agencies = new Map<AgencyId, INestApplicationContext>();
  let hub: App;
  let ledger: AskedLedger;
  let bus: CountingBus;
  const lines: string[] = [];
  const item = randomUUID() as ItemId;
  const exchange = randomUUID() as ExchangeId;

  const database = async (name: string): Promise<FreshDatabase> => {
    const made = await freshDatabase(name);
    databases.push(made);
    return made;
  };

  const projectorOf = async (
    agency: AgencyId,
    { journal, views, witnessed, courtFiles, remaking }: AgencyDatabase,
    folder: FederationFolder,
    bus: PostgresBus,
    log: JsonLog,
  ): Promise<INestApplicationContext> => {
    const openpgp = new CountingOpenPgp();
    opening.set(agency, openpgp);
    const keys = await FileDecryptionKeyring.load(openpgp, folder.keysOf(agency));
    return NestFactory.createApplicationContext(
      ProjectorModule.with({
        agency,
        anchor: folder.anchor,
        openpgp,
        bus,
        log,
        now: Date.now,
        journal,
        views,
        witnessed,
        courtFiles,
        remaking,
        keyFor: (subkey) => keys.keyFor(subkey),
        drop: (subkey) => keys.drop(subkey),
      }),
      { logger: false },
    );
  };
  let project: (agency: AgencyId, into: AgencyDatabase) => Promise<INestApplicationContext>;

  beforeAll(async () => {
    const log = new JsonLog(
      'crossing',
      process.env['TRIPOINT_TEST_LOG'] === undefined ? 'warn' : 'debug',
      (line) => {
        lines.push(line);
        if (process.env['TRIPOINT_TEST_LOG'] !== undefined) process.stderr.write(line);
      },
    );
    const dir = await mkdtemp(join(tmpdir(), 'tripoint-crossing-'));
    closing.push(() => rm(dir, { recursive: true, force: true }));
    const openpgp = new OpenPgpJs();
    const { folder, statements } = await foundFederation(
      join(dir, 'federation'),
      openpgp,
      new Date().toISOString() as Instant,
      firstBundle().bytes,
    );
    ledger = new AskedLedger((await database('ledger')).config);
    bus = new CountingBus((await database('bus')).config);
    const hubDatabase = new HubDatabase((await database('hub')).config);
    await Promise.all([ledger.install(), bus.install(), hubDatabase.migrate()]);
    closing.unshift(
      () => ledger.close(),
      () => bus.close(),
      () => hubDatabase.close(),
    );
    await ledger.append(
      chainStream(REGISTRY_CHAIN),
      -1n,
      statements.map((entry) => formatChainEntry(entry)),
    );
    const hubSigning = await FileSigningKeyring.load(openpgp, folder.keysOf('hub' as AgencyId));
    hub = await createApp(
      HubModule.with({
        openpgp,
        anchor: folder.anchor,
        ledger,
        bus,
        vault: hubDatabase.vault,
        quarantine: hubDatabase.quarantine,
        positions: hubDatabase.positions,
        lease: hubDatabase.lease,
        holder: 'the only hub',
        leaseSeconds: 10,
        noteSigner: await loadLogKey(folder.logFolder),
        signing: hubSigning,
        auditorToken: 'an-auditor-of-this-spec',
        log,
        now: Date.now,
      }),
      {
        name: 'hub',
        port: 0,
        log,
        problems: hubProblems,
        openapi: { title: 'hub', description: 'hub', version: '0' },
      },
    );
    await hub.listen();
    closing.unshift(() => hub.close());
    for (const agency of [GR, BG]) {
      const { config } = await database(agency);
      configs.set(agency, config);
      const store = new AgencyDatabase(config);
      await store.migrate();
      stores.set(agency, store);
      closing.unshift(() => store.close());
      const shared = { agency, anchor: folder.anchor, openpgp, bus, log, now: Date.now };
      project = (to, into) => projectorOf(to, into, folder, bus, log);
      projectors.set(agency, await project(agency, store));
      const signing = await FileSigningKeyring.load(openpgp, folder.keysOf(agency));
      const { outbox, journal, views, reads, officers, changes, witnessed, courtFiles, remaking } =
        store;
      const options: AgencyOptions = {
        ...shared,
        outbox,
        journal,
        views,
        reads,
        officers,
        changes,
        witnessed,
        courtFiles,
        remaking,
        signing,
      };
      const deciding = await NestFactory.createApplicationContext(
        {
          module: Deciding,
          imports: [CqrsModule.forRoot()],
          providers: [{ provide: AgencyOptions, useValue: options }, ...decidingProviders],
        },
        { logger: false },
      );
      agencies.set(agency, deciding);
      closing.unshift(
        () => deciding.close(),
        () => projectors.get(agency)!.close(),
      );
    }
  }, 180_000);

  afterAll(async () => {
    for (const close of closing) await close();
    for (const { drop } of databases) await drop();
  });

  it('is sealed, recorded, delivered, opened and answered for', async () => {
    const gr = agencies.get(GR)!;
    const guard = gr.get(ChainGuard);
    await eventually(() => Promise.resolve(guard.confirmed));
    const submitted = await gr.get(CommandBus).execute(
      new SubmitCommand({
        type: 'IssueRequest',
        item,
        exchange,
        by: { agency: GR, officer: 'n.papadakis' as OfficerId },
        at: new Date().toISOString() as Instant,
        data: {
          to: BG,
          urgency: 'URGENT',
          access: 'DIRECT',
          marking: { classification: 'BPL', handling: ['H2'] },
          facts: {
            sought: 'crossings of the van since the first of the month',
            purpose: 'PREVENTION',
            offence: 'trafficking in human beings',
            availability: 'it was seen on the road to the crossing',
            necessity: 'nobody else could have seen it',
            urgencyGrounds: 'people are believed to be on board',
            language: 'en',
            entities: [],
          },
        },
      }),
    );
    if (isRefusal(submitted)) throw new Error(`${submitted.refused}: ${submitted.detail}`);
    const now = (): Instant => new Date().toISOString() as Instant;
    const seen = await eventually(() => stores.get(BG)!.views.request(item, now()));
    expect(seen.from).toBe(GR);
    const received = await eventually(async () => {
      const row = await stores.get(GR)!.views.request(item, now());
      return row?.receivedAt === undefined ? undefined : row;
    });
    expect(received.dueAt).toBeDefined();
    const submission = await stores.get(GR)!.outbox.submission(submitted.submissions[0]!);
    expect(submission?.stage).toBe('opened');
  }, 180_000);

  it('is folded by the present version, whatever version a database was folded by', async () => {
    // A database that was just made counts as folded by the first.
    for (const agency of [GR, BG]) {
      const client = new Client(configs.get(agency));
      await client.connect();
      const { rows } = await client.query('select version from folded');
      await client.end();
      expect(rows).toEqual([{ version: FOLDING }]);
    }
  });

  it('is not moved by an event of which the hub was told another thing than its reader', async () => {
    const bg = agencies.get(BG)!;
    const { outbox, journal } = stores.get(BG)!;
    const before = await stores.get(GR)!.views.request(item, new Date().toISOString() as Instant);
    const chain = bg.get(ChainGuard).chain();
    const { registry } = await bg.get(RegisteredFederation).now();
    const at = new Date().toISOString() as Instant;
    const draft: DraftEvent = {
      type: 'RequestAccepted',
      family: 'request',
      item,
      exchange,
      core: {},
      parts: {},
      audience: [{ compartment: 'core', to: [BG, GR] }],
      facts: { item, clock: 'stopped' },
      marking: UNMARKED,
    };
    const occasion = { officer: undefined, at, causation: undefined, correlation: undefined };
    const prepared = await bg.get(Envelopes).prepare(draft, registry, occasion);
    if (isRefusal(prepared) || isRefusal(chain)) throw new Error('it could not be sealed');
    const { id } = prepared;
    const event = { type: draft.type, item, core: {}, parts: {} } as Recorded['event'];
    // The leaf of the receipt may come between the two, and the exchange be another than was read.
    await eventually(async () => {
      const committed = await outbox.commit({
        chain,
        exchange,
        decidedUpon: (await journal.history(exchange)).version,
        at,
        entries: [
          {
            exchange,
            recorded: { id, event, issuer: BG, at },
            facts: draft.facts,
            descriptors: [],
          },
        ],
        finish: async ({ next, prev }) => [
          await bg
            .get(Envelopes)
            .finish(
              prepared,
              { chain, seq: Number(next), prev },
              bg.get(AgencyOptions).signing.key,
            ),
        ],
      });
      return isRefusal(committed) ? undefined : committed;
    });
    const finding = await eventually(async () => {
      const { rows } = await stores.get(GR)!.views.findings({ limit: 50 });
      return rows.find((row) => row.event === id);
    });
    expect(finding).toMatchObject({ code: 'facts-mismatch', event: id });
    // One that was refused for what its issuer signed is not asked for again, and holds up nobody.
    expect(lines.join('')).not.toContain('a delivery could not be opened');
    const after = await stores.get(GR)!.views.request(item, new Date().toISOString() as Instant);
    expect(after).toEqual(before);
  }, 180_000);

  it('leaves no trace of a chain that somebody has made up', async () => {
    const bg = agencies.get(BG)!;
    const { registry } = await bg.get(RegisteredFederation).now();
    const at = new Date().toISOString() as Instant;
    const draft: DraftEvent = {
      type: 'RequestAccepted',
      family: 'request',
      item,
      exchange,
      core: {},
      parts: {},
      audience: [{ compartment: 'core', to: [BG, GR] }],
      facts: { item },
      marking: UNMARKED,
    };
    const occasion = { officer: undefined, at, causation: undefined, correlation: undefined };
    const prepared = await bg.get(Envelopes).prepare(draft, registry, occasion);
    if (isRefusal(prepared)) throw new Error('it could not be sealed');
    const nobodys = 'nobodys-1' as ChainId;
    const place = { chain: nobodys, seq: 0, prev: NO_PREVIOUS_HEADER };
    const { key } = bg.get(AgencyOptions).signing;
    const { container } = await bg.get(Envelopes).finish(prepared, place, key);
    await bus.publish(submissionsTopic(BG), [
      { value: formatSubmission({ kind: 'container', bytes: container }) },
    ]);
    await eventually(async () => {
      const { rows } = await stores.get(BG)!.views.findings({ limit: 50 });
      return rows.find(({ detail }) => detail.endsWith('unknown-chain'));
    });
    expect(ledger.asked).not.toContain(chainStream(nobodys));
  }, 180_000);

  it('publishes no mailbox as often as somebody asks for it', async () => {
    const before = bus.published.get(mailboxTopic(GR)) ?? 0;
    const { next } = await stores.get(GR)!.journal.position();
    const begun = performance.now();
    for (let asked = 0; asked < 200; asked += 1)
      await bus.publish(submissionsTopic(GR), [
        { value: formatSubmission({ kind: 'resume', from: 0 }) },
      ]);
    // The last of them was read when this is answered, which costs nothing and is asked behind them.
    const chain = agencies.get(GR)!.get(ChainGuard).confirmed!.chain;
    await bus.publish(submissionsTopic(GR), [
      { value: formatSubmission({ kind: 'hello', chain, nonce: new Uint8Array(16) }) },
    ]);
    const lines = () => (bus.published.get(mailboxTopic(GR)) ?? 0) - before;
    await eventually(() => Promise.resolve(lines() > Number(next) ? lines() : undefined));
    const times = lines() / Number(next);
    const seconds = (performance.now() - begun) / 1_000;
    expect(times).toBeGreaterThan(0.9);
    expect(times).toBeLessThan(2 + seconds * 2);
  }, 180_000);

  it.each([GR, BG])(
    'is known at %s as it was said there, whether it is taken from what was pending or opened',
    async (agency) => {
      const recorded = async ({ journal }: AgencyDatabase): Promise<readonly JournalEntry[]> =>
        (await journal.history(exchange)).entries
          .filter(({ recorded: { leaf } }) => leaf !== undefined)
          .map((entry) => ({
            ...entry,
            descriptors: entry.descriptors.toSorted((a, b) =>
              a.descriptor < b.descriptor ? -1 : 1,
            ),
          }));
      // But for what is on its way: the event that was refused stays so with whoever sealed it.
      const shown = async ({ views }: AgencyDatabase) => ({
        ...(await views.request(item, '2026-01-01T00:00:00.000Z' as Instant)),
        onItsWay: 0,
        version: '',
      });
      const compartments = (entries: readonly JournalEntry[]): number =>
        entries.reduce((sum, { descriptors }) => sum + descriptors.length, 0);

      const kept = stores.get(agency)!;
      const before = await recorded(kept);
      const own = before.filter(({ recorded: { issuer } }) => issuer === agency);
      expect(own.length).toBeGreaterThan(0);
      // Of what was recorded, its own was not decrypted.
      expect(opening.get(agency)!.decrypted).toBe(
        compartments(before) - compartments(own) + (agency === GR ? REFUSED : 0),
      );

      await projectors.get(agency)!.close();
      const empty = new AgencyDatabase((await database(`${agency}-again`)).config);
      await empty.migrate();
      closing.push(() => empty.close());
      projectors.set(agency, await project(agency, empty));
      const after = await eventually(async () => {
        const entries = await recorded(empty);
        return entries.length === before.length ? entries : undefined;
      });
      expect(after).toEqual(before);
      expect(await shown(empty)).toEqual(await shown(kept));
      const every = compartments(before) + REFUSED;
      await eventually(() => Promise.resolve(opening.get(agency)!.decrypted >= every || undefined));
      expect(opening.get(agency)!.decrypted).toBe(every);
    },
    180_000,
  );
});
