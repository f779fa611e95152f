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
  createLogKey,
  type FederationFolder,
  FileDecryptionKeyring,
  FileSigningKeyring,
  loadLogKey,
  replaceAgencyKeys,
} from '@tripoint/adapters/keys';
import { AgencyDatabase, HubDatabase } from '@tripoint/adapters/postgres';
import { type Message } from '@tripoint/bus';
import { formatChainEntry, OpenPgpJs, parseChainEntry, sha256 } from '@tripoint/envelope';
import { applyStatement, certificateText, countersign, draftStatement } from '@tripoint/federation';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  isRefusal,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import {
  chainStream,
  formatDelivery,
  formatQuarantineNotice,
  formatSubmission,
  mailboxTopic,
  parseSubmission,
  REGISTRY_CHAIN,
  submissionsTopic,
} from '@tripoint/ledger';
import { signNote } from '@tripoint/transparency';
import { type App, createApp, JsonLog } from '@tripoint/platform';
import { firstBundle } from '@tripoint/policy';
import { AgencyOptions } from '../../agency/src/agency.options.js';
import { decidingProviders, SubmitCommand } from '../../agency/src/commands/index.js';
import { ChainGuard } from '../../agency/src/chain/chain-guard.js';
import { RegisteredFederation } from '../../agency/src/federation/registered-federation.js';
import { HubModule, hubProblems } from '../../hub/src/hub.module.js';
import { ProjectorModule } from '../../projector/src/projector.module.js';
import { foundFederation } from './demo/federation.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const TR = 'tr-police' as AgencyId;
const GR_CHAIN = 'gr-police-1' as ChainId;

/** A bus that can keep what one agency seals from leaving. */
class HeldBus extends PostgresBus {
  #released: Promise<void> = Promise.resolve();
  /** Envelopes that were published, as submitted. */
  readonly published: Uint8Array[] = [];

  /** Answers what lets everything go again. */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.#released = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      release();
    };
  }

  override async publish(topic: string, messages: readonly Message[]): Promise<void> {
    if (topic === submissionsTopic(GR) && messages.some(({ value }) => carriesEnvelope(value))) {
      await this.#released;
      this.published.push(...messages.map(({ value }) => value));
    }
    await super.publish(topic, messages);
  }
}

const carriesEnvelope = (value: Uint8Array): boolean => {
  const submission = parseSubmission(value);
  return !isRefusal(submission) && submission.kind === 'container';
};

/** The half of an agency that decides and seals, without its front door. */
@Module({})
class Deciding {}

/** Looks again until `look` gives something. */
const eventually = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (const deadline = performance.now() + 90_000; performance.now() < deadline;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('it did not come about in time');
};

describe('a chain with an envelope that the hub refuses', () => {
  const closing: (() => Promise<unknown>)[] = [];
  const databases: FreshDatabase[] = [];
  const stores = new Map<AgencyId, AgencyDatabase>();
  const agencies = new Map<AgencyId, INestApplicationContext>();
  const openpgp = new OpenPgpJs();
  let hub: App;
  let bus: HeldBus;
  let ledger: PostgresLedger;
  let folder: FederationFolder;

  const database = async (name: string): Promise<FreshDatabase> => {
    const made = await freshDatabase(name);
    databases.push(made);
    return made;
  };

  beforeAll(async () => {
    const lines: string[] = [];
    const log = new JsonLog(
      'void',
      process.env['TRIPOINT_TEST_LOG'] === undefined ? 'error' : 'debug',
      (line) => {
        lines.push(line);
        if (process.env['TRIPOINT_TEST_LOG'] !== undefined) process.stderr.write(line);
      },
    );
    const dir = await mkdtemp(join(tmpdir(), 'tripoint-void-'));
    closing.push(() => rm(dir, { recursive: true, force: true }));
    const founded = await foundFederation(
      join(dir, 'federation'),
      openpgp,
      new Date().toISOString() as Instant,
      firstBundle().bytes,
    );
    ({ folder } = founded);
    const { statements } = founded;
    ledger = new PostgresLedger((await database('ledger')).config);
    bus = new HeldBus((await database('bus')).config);
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
      const store = new AgencyDatabase((await database(agency)).config);
      await store.migrate();
      stores.set(agency, store);
      closing.unshift(() => store.close());
      const shared = { agency, anchor: folder.anchor, openpgp, bus, log, now: Date.now };
      const opening = await FileDecryptionKeyring.load(openpgp, folder.keysOf(agency));
      const projector = await NestFactory.createApplicationContext(
        ProjectorModule.with({
          ...shared,
          journal: store.journal,
          views: store.views,
          witnessed: store.witnessed,
          courtFiles: store.courtFiles,
          remaking: store.remaking,
          keyFor: (subkey) => opening.keyFor(subkey),
          drop: (subkey) => opening.drop(subkey),
        }),
        { logger: false },
      );
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
        () => projector.close(),
      );
    }
  }, 180_000);

  afterAll(async () => {
    for (const close of closing) await close();
    for (const { drop } of databases) await drop();
  });

  /** Registers new keys in place of those of the agency, and waits until `reader` knows it. */
  const rotate = async (agency: AgencyId, reader: AgencyId): Promise<void> => {
    const { registry } = await folder.registry();
    const at = new Date().toISOString() as Instant;
    const certificate = await replaceAgencyKeys(openpgp, folder.keysOf(agency), {
      name: agency,
      at,
    });
    let entry = draftStatement(
      registry,
      { kind: 'certificate-rotated', agency, certificate: certificateText(certificate.bytes) },
      at,
    );
    for (const root of (await folder.roots()).slice(0, 2)) {
      const signed = await countersign(openpgp, entry, await folder.rootKey(root));
      if (isRefusal(signed)) throw new Error(signed.refused);
      entry = signed;
    }
    const applied = await applyStatement(openpgp, registry, entry, registry.index + 1n);
    if (isRefusal(applied)) throw new Error(applied.refused);
    const { seq } = registry.next;
    await folder.keep(seq, entry);
    await ledger.append(chainStream(REGISTRY_CHAIN), BigInt(seq) - 1n, [formatChainEntry(entry)]);
    const wanted = certificate.encryption;
    await eventually(async () => {
      const now = await agencies.get(reader)!.get(RegisteredFederation).now();
      const known = now.registry.encryptionCertificate(agency)?.certificate.encryption;
      return known?.join() === wanted.join() ? known : undefined;
    });
  };

  const ask = async (to: AgencyId, item: ItemId, key: string): Promise<EventId> => {
    const officer = 'n.papadakis' as OfficerId;
    const submitted = await agencies
      .get(GR)!
      .get(CommandBus)
      .execute(
        new SubmitCommand(
          {
            type: 'IssueRequest',
            item,
            exchange: item as string as ExchangeId,
            by: { agency: GR, officer },
            at: new Date().toISOString() as Instant,
            data: {
              to,
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
          },
          { identity: { officer, key, request: sha256(new TextEncoder().encode(key)) } },
        ),
      );
    if (isRefusal(submitted)) throw new Error(`${submitted.refused}: ${submitted.detail}`);
    const [event] = submitted.submissions;
    if (event === undefined) throw new Error('nothing was sealed');
    return event;
  };

  const recorded = (event: EventId) =>
    eventually(async () => {
      const row = await stores.get(GR)!.outbox.submission(event);
      return row?.leaf === undefined ? undefined : row;
    });

  const kinds = async (): Promise<readonly string[]> =>
    (await ledger.read(chainStream(GR_CHAIN), 0n, 100)).map(({ bytes }) => {
      const entry = parseChainEntry(bytes);
      return isRefusal(entry) ? entry.refused : entry.kind;
    });

  /** Says to the holder of the chain that what has this digest will never be admitted. */
  const saying = async (
    signer: Awaited<ReturnType<typeof loadLogKey>>,
    agency: AgencyId,
    digest: Digest,
  ): Promise<Uint8Array> => {
    const at = new Date().toISOString() as Instant;
    const notice = { agency, digest, code: 'unknown-recipient', at };
    const note = await signNote(formatQuarantineNotice(folder.anchor.log.name, notice), [signer]);
    return formatDelivery({ kind: 'quarantined', note: note.toString() });
  };

  it('takes nothing back that the hub has not refused to it, whatever the broker says', async () => {
    const guard = agencies.get(GR)!.get(ChainGuard);
    await eventually(() => Promise.resolve(guard.confirmed));
    const release = bus.hold();
    const asked = await ask(BG, randomUUID() as ItemId, 'before all others');
    const [sealed] = await stores.get(GR)!.outbox.unsent(GR_CHAIN, -1n, 1);
    const digest = sha256(formatSubmission({ kind: 'container', bytes: sealed!.container }));
    const brokers = join(folder.logFolder, '..', 'of-the-broker');
    await createLogKey(brokers, folder.anchor.log.name);
    const hubs = await loadLogKey(folder.logFolder);
    await bus.publish(mailboxTopic(GR), [
      { value: await saying(await loadLogKey(brokers), GR, digest) },
      // The hub did say so once, of the same bytes, to an agency that had no business to submit them.
      { value: await saying(hubs, BG, digest) },
      { value: await saying(hubs, GR, sha256(new TextEncoder().encode('a damaged copy'))) },
    ]);
    // The last of them is believed, and says that the others were read.
    await eventually(async () => {
      const { rows } = await stores.get(GR)!.views.findings({ limit: 50 });
      return rows.find(({ code }) => code === 'submission-quarantined');
    });
    release();
    expect(await recorded(asked)).toMatchObject({ seq: 0n, refusals: [] });
    expect(await kinds()).toEqual(['event']);
  }, 180_000);

  it('drains by voids, tells why, and goes on', async () => {
    const guard = agencies.get(GR)!.get(ChainGuard);
    await eventually(() => Promise.resolve(guard.confirmed));
    const items = [0, 1, 2].map(() => randomUUID() as ItemId);
    const [first, second, third] = items as [ItemId, ItemId, ItemId];

    const release = bus.hold();
    const refused = await ask(TR, first, 'first');
    const behind = [await ask(BG, second, 'second'), await ask(BG, third, 'third')];
    await rotate(TR, GR);
    release();

    expect(await recorded(refused)).toMatchObject({
      seq: 1n,
      refusals: ['unknown-recipient'],
      deliveredTo: 0,
    });
    for (const event of behind)
      expect(await recorded(event)).toMatchObject({ refusals: ['follows-refused'] });
    expect(await kinds()).toEqual(['event', 'void', 'void', 'void']);
    expect(await stores.get(GR)!.journal.entry(refused)).toBeUndefined();
    expect(await stores.get(GR)!.outbox.heldKeys(refused)).toEqual([]);

    const again = await ask(TR, first, 'first, again');
    expect(await recorded(again)).toMatchObject({ seq: 4n, refusals: [] });
    const more = await ask(BG, second, 'second, again');
    expect(await recorded(more)).toMatchObject({ seq: 5n, refusals: [] });
    const now = new Date().toISOString() as Instant;
    await eventually(() => stores.get(BG)!.views.request(second, now));
    expect(await kinds()).toEqual(['event', 'void', 'void', 'void', 'event', 'event']);
  }, 180_000);

  it('is left alone by late copies of what was said and sent before', async () => {
    const old = bus.published.slice(1, 4);
    const before = await stores.get(GR)!.outbox.head(GR_CHAIN);
    const chain = await kinds();
    const [envelope] = old;
    if (envelope === undefined) throw new Error('nothing was published');
    await bus.publish(mailboxTopic(GR), [
      {
        value: await saying(await loadLogKey(folder.logFolder), GR, sha256(envelope)),
      },
    ]);
    // What followed the refused envelope names it as predecessor and is well signed: no fork for that.
    await bus.publish(
      submissionsTopic(GR),
      old.map((value) => ({ value })),
    );
    expect(await stores.get(GR)!.outbox.head(GR_CHAIN)).toEqual(before);

    const next = await ask(BG, randomUUID() as ItemId, 'next');
    expect(await recorded(next)).toMatchObject({ seq: 6n, refusals: [] });
    expect(await kinds()).toEqual([...chain, 'event']);
    const { registry } = await agencies.get(BG)!.get(RegisteredFederation).now();
    expect(registry.frozen(GR_CHAIN)).toBe(false);
  }, 180_000);
});
