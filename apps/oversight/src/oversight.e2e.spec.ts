import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tripoint/adapters/embedded/testing';
import { AgencyDatabase, OversightDatabase } from '@tripoint/adapters/postgres';
import { type Facts, parseHeader, utf8 } from '@tripoint/envelope';
import {
  type AgencyId,
  type ExchangeId,
  type Instant,
  isRefusal,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type App, createApp, hashPassword, JsonLog, routesAndRules } from '@tripoint/platform';
import { firstBundle, firstSources, publishBundle } from '@tripoint/policy';
import { generatedClient } from '@tripoint/platform/testing';
import { ATTESTED_WITHIN } from '@tripoint/replay';
import {
  entryOf,
  custodyIn,
  LittleFederation,
  LittleHub,
  LittleLog,
  type Played,
  type ServedLog,
} from '@tripoint/replay/testing';
import {
  addSignature,
  Cosigner,
  formatCheckpoint,
  formatVerifierKey,
  generateNoteKey,
  openLogEvidence,
  parseLogEvidence,
  signNote,
} from '@tripoint/transparency';
import { OversightModule, oversightProblems } from './oversight.module.js';

const PASSWORD = 'correct horse battery staple';
const PATIENCE = 30_000;

type Json = Readonly<Record<string, unknown>>;

const witness = Cosigner.fromPem(
  'witness.test',
  generateNoteKey('witness.test', 'cosignature-v1').privateKeyPem,
  () => new Date('2026-11-26T12:00:00Z'),
);

describe('oversight', () => {
  let federation: LittleFederation;
  let log: LittleLog;
  let played: Played;
  let hub: LittleHub;
  let fresh: readonly [FreshDatabase, FreshDatabase];
  let accounts: AgencyDatabase;
  let store: OversightDatabase;
  let app: App;
  let token: string;
  let witnessUrl: string | null = null;

  const start = async (now = () => log.time): Promise<App> => {
    const lines = new JsonLog('oversight', 'error');
    const started = await createApp(
      OversightModule.with({
        agency: 'oversight' as AgencyId,
        anchor: federation.anchor,
        openpgp: federation.openpgp,
        hub: hub.url,
        auditorToken: 'auditors-token',
        trustPolicy: {
          logs: [{ key: federation.noteSigner.verifierKey, url: null }],
          witnesses: [{ name: 'w', key: witness.verifierKey, url: witnessUrl }],
          groups: [],
          quorum: 'w',
        },
        officers: accounts.officers,
        positions: store.positions,
        findings: store.findings,
        log: lines,
        now,
      }),
      {
        name: 'oversight',
        port: 0,
        log: lines,
        problems: oversightProblems,
        openapi: { title: 'Oversight', description: 'For a test.', version: '0' },
      },
    );
    await started.listen();
    return started;
  };

  const ask = async (url: string, bearer = token, post?: Json) => {
    const answer = await app.nest.inject({
      method: post === undefined ? 'GET' : 'POST',
      url,
      ...(post === undefined ? {} : { payload: post }),
      headers: bearer === '' ? {} : { authorization: `Bearer ${bearer}` },
    });
    return { status: answer.statusCode, body: answer.json<Json>() };
  };

  const signIn = async (officer: string): Promise<string> => {
    const answer = await app.nest.inject({
      method: 'POST',
      url: '/sessions',
      payload: { officer, password: PASSWORD },
    });
    return answer.json<{ token: string }>().token;
  };

  /** Waits for a fact about the continuous verification. */
  const until = async (url: string, holds: (body: Json) => boolean): Promise<Json> => {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const { body } = await ask(url);
      if (holds(body)) return body;
      if (Date.now() > end) throw new Error(`${url} still answers ${JSON.stringify(body)}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  /** Whether that many leaves stand under a checkpoint that was recomputed to its end: they are counted one by one before. */
  const recomputed = (size: string) => (body: Json) =>
    (body['checkpoint'] as { readonly size: string } | undefined)?.size === size;
  const found = (code: string) => (body: Json) =>
    (body['rows'] as readonly { code: string }[]).some((row) => row.code === code);

  beforeAll(async () => {
    federation = await LittleFederation.found();
    log = await LittleLog.begin(federation);
    played = await log.play();
    hub = await LittleHub.start(await log.served(), 'auditors-token');
    fresh = [await freshDatabase('oversight'), await freshDatabase('oversight-accounts')];
    store = new OversightDatabase(fresh[0].config);
    accounts = new AgencyDatabase(fresh[1].config);
    await Promise.all([store.migrate(), accounts.migrate()]);
    const passwordHash = await hashPassword(PASSWORD);
    for (const [id, roles] of [
      ['l.todorov', ['OVERSIGHT_AUDITOR']],
      ['somebody', ['ANALYST']],
    ] as const)
      await accounts.officers.add({ id: id as OfficerId, name: id, passwordHash, roles });
    app = await start();
    token = await signIn('l.todorov');
    await until('/verification', recomputed(`${played.size}`));
  }, PATIENCE);
  afterAll(async () => {
    await app.close();
    await Promise.all([accounts.close(), store.close(), hub.stop()]);
    await Promise.all(fresh.map((database) => database.drop()));
  });

  it('opens nothing to whoever is not an auditor', async () => {
    const stranger = await signIn('somebody');
    const guarded = routesAndRules(app.nest).filter(
      ({ rule, path }) => rule !== 'none' && rule.kind === 'roles' && path !== '/',
    );
    expect(guarded.length).toBeGreaterThanOrEqual(16);
    for (const { path, method } of guarded) {
      const url = path
        .replace(':index', '7')
        .replace(':finding', '1')
        .replace(':descriptor', '0'.repeat(64))
        .replace(':agency', 'gr-police')
        .replace(':exchange', played.exchanges[0]);
      const body = method === 'POST' ? {} : undefined;
      expect((await ask(url, '', body)).status).toBe(401);
      expect([403, 404]).toContain((await ask(url, stranger, body)).status);
    }
  });

  it('lists leaves by what they are about', async () => {
    const { status, body } = await ask(`/log?from=${played.request}&limit=2`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      rows: [
        { index: `${played.request}`, kind: 'event', family: 'request', allowed: 4, denied: 1 },
        { index: `${played.receipt}`, kind: 'event', family: 'receipt', allowed: 2, denied: 0 },
      ],
      size: `${played.size}`,
      next: `${played.receipt + 1}`,
    });
  });

  it('shows a leaf with its records and what was asked, and no body', async () => {
    const { body } = await ask(`/log/${played.request}`);
    const text = JSON.stringify(body);
    expect(body).toMatchObject({
      leaf: { kind: 'event' },
      source: { chain: 'bg-gdbop-1', revision: '0', header: { type: 'request' } },
    });
    expect(text).toContain('"relation"');
    expect(text).not.toContain('bodies');
    expect((await ask(`/log/${played.size}`)).status).toBe(404);
  });

  it('proves that a leaf is in the tree and that the tree only grew', async () => {
    const { body } = await ask(`/log/${played.answer}/inclusion`);
    const { tree } = hub.served;
    expect(body).toMatchObject({
      proof: {
        root: tree.root().toString('hex'),
        path: tree.inclusionProof(played.answer).map((hash) => hash.toString('hex')),
      },
      checkpoint: { size: `${played.size}` },
    });
    const grown = await ask(`/log/consistency?from=3&to=9`);
    expect(grown.body).toMatchObject({
      path: tree.consistencyProof(3, 9).map((hash) => hash.toString('hex')),
    });
    expect((await ask(`/log/consistency?from=9&to=3`)).status).toBe(404);
  });

  it('names whose signatures count, for whoever verifies it all once more', async () => {
    const { body } = await ask('/trust');
    expect(body).toEqual({
      log: formatVerifierKey(federation.noteSigner.verifierKey),
      witnesses: [formatVerifierKey(witness.verifierKey)],
    });
  });

  it('shows what the record has of every agency', async () => {
    const { body } = await ask('/agencies');
    const rows = body['rows'] as readonly Json[];
    expect(rows).toContainEqual(
      expect.objectContaining({ agency: 'bg-gdbop', active: true, events: 2, denied: 1, late: 0 }),
    );
    const { rows: leaves } = (await ask('/log?limit=1000')).body as {
      readonly rows: readonly Json[];
    };
    for (const { agency, events } of rows)
      expect([agency, events]).toEqual([
        agency,
        leaves.filter(({ issuer }) => issuer === agency).length,
      ]);
  });

  // `TRIPOINT_WRITE_CLIENT=1` writes it anew.
  it('has the interface that the console was written for', async () => {
    const file = join(import.meta.dirname, '../../console/src/api/oversight.gen.ts');
    const { body } = await ask('/docs-json');
    const { now, written } = await generatedClient('oversight', body, file);
    expect(written).toBe(now);
  });

  it('decides again, and says who could see what and what was refused', async () => {
    const replayed = await ask(`/decisions/${played.request}/replay`);
    expect(replayed.body).toMatchObject({ index: `${played.request}`, agrees: true });
    expect(replayed.body['decided']).toHaveLength(5);
    const { verdicts, rules } = replayed.body as {
      readonly verdicts: readonly (Json & { readonly recorded: string; readonly again: string })[];
      readonly rules: Json;
    };
    expect(rules).toMatchObject({
      bundle: firstBundle().digest,
      policies: expect.stringContaining('@id("recipient-takes-part")') as unknown,
    });
    expect(verdicts).toHaveLength(5);
    for (const { recorded, again, equal } of verdicts) {
      expect(again).toBe(recorded);
      expect(equal).toBe(true);
    }
    expect(verdicts.find(({ recipient }) => recipient === 'tr-customs')).toMatchObject({
      inputs: expect.arrayContaining([
        { name: 'relation.participant', value: 'false' },
        { name: 'recipient.kind', value: 'CUSTOMS' },
      ]) as unknown,
      request: expect.stringContaining('"participant": false') as unknown,
    });

    const [exchange] = played.exchanges;
    const before = await ask(`/exchanges/${exchange}/as-of/${played.request}`);
    expect(before.body['disclosed']).toHaveLength(2);
    const after = await ask(`/exchanges/${exchange}/as-of/${played.size - 1}`);
    expect(after.body['disclosed']).toHaveLength(5);
    expect((await ask(`/exchanges/${exchange}/as-of/2`)).status).toBe(404);
    const beyond = await ask(`/exchanges/${exchange}/as-of/99999`);
    expect([beyond.status, beyond.body['code']]).toEqual([404, 'beyond-log']);

    const attempts = await ask('/attempts');
    expect(attempts.body).toMatchObject({
      rows: [
        {
          index: `${played.request}`,
          issuer: 'bg-gdbop',
          tried: ['tr-customs'],
          compartment: 'core',
          because: 'the agency does not take part in the exchange',
        },
      ],
      found: '1',
    });
  });

  it('says how every agency stands to a compartment as of a leaf', async () => {
    const { body } = await ask(`/log/${played.request}`);
    const [record] = (body['leaf'] as { records: { descriptor: string }[] }).records;
    const at = (index: number) => ask(`/descriptors/${record?.descriptor}/as-of/${index}`);
    expect((await at(played.request)).body).toMatchObject({
      rows: expect.arrayContaining([
        expect.objectContaining({ agency: 'bg-gdbop', couldSee: true, how: 'given' }),
        expect.objectContaining({ agency: 'tr-customs', couldSee: false }),
      ]) as unknown,
    });
    expect((await at(played.request - 1)).status).toBe(404);
    expect((await at(99_999)).body).toMatchObject({ code: 'beyond-log' });
  });

  it('says what proposed rules would have decided otherwise', async () => {
    const proposing = (bundle: string, since = '0') =>
      ask('/decisions/next-bundle', token, { bundle, since });
    const same = await proposing(Buffer.from(firstBundle().bytes).toString());
    expect(same).toMatchObject({
      status: 200,
      body: { sound: true, nowAllowed: 0, nowDenied: 0, otherRules: 0, terms: [], rows: [] },
    });
    const open = publishBundle({
      ...firstSources,
      policies: 'permit (principal, action == Action::"receive", resource);'.replace(
        /^/,
        '@id("open-to-all")\n@because("nobody is kept from anything")\n',
      ),
      retention: [{ retention: 'STANDARD', seconds: 45 }],
    });
    if (isRefusal(open)) throw new Error(open.detail);
    const { body } = await proposing(Buffer.from(open.bytes).toString(), `${played.request}`);
    expect(body['terms']).toContainEqual({ retention: 'STANDARD', would: 45, parts: 0 });
    expect(body['rows']).toContainEqual(
      expect.objectContaining({
        index: `${played.request}`,
        recipient: 'tr-customs',
        compartment: 'core',
        would: {
          allowed: true,
          rules: ['open-to-all'],
          because: 'nobody is kept from anything',
        },
      }),
    );
    expect((await proposing('{}')).body).toMatchObject({ code: 'bundle-refused' });
  });

  it('follows the log as it grows', async () => {
    log.pass(60);
    await log.own('heartbeat');
    hub.served = await log.served();
    const { body } = {
      body: await until('/verification', recomputed(`${played.size + 1}`)),
    };
    expect(body).toMatchObject({ sound: true, hubAnswers: true });
  });

  it('lists whose mailbox nobody has countersigned in time', async () => {
    await until('/findings', ({ rows }) =>
      ['bg-gdbop', 'gr-police', 'oversight', 'tr-customs'].every((agency) =>
        (rows as readonly { code: string; detail: string }[]).some(
          ({ code, detail }) => code === 'countersignature-overdue' && detail.startsWith(agency),
        ),
      ),
    );
    const { body } = await ask('/mailboxes');
    expect(body).toMatchObject({
      rows: ['bg-gdbop', 'gr-police', 'oversight', 'tr-customs'].map((agency) => ({
        agency,
        waitingFor: `${played.heads}`,
        contradicts: false,
        overdue: true,
      })),
    });
  });

  it('lists what is to be forgotten, who has said that it is, and who is late since when', async () => {
    const [exchange, item] = [randomUUID() as ExchangeId, randomUUID() as ItemId];
    const both = ['bg-gdbop', 'gr-police'] as const;
    const members = { agency: 'gr-police', compartments: ['core', 'facts'] };
    const said = await log.seal({
      by: 'bg-gdbop',
      exchange,
      family: 'contribution',
      parts: [
        {
          compartment: 'core',
          to: [...both],
          facts: { opens: true, item: randomUUID(), admits: [members] },
        },
        { compartment: 'facts', to: [...both] },
      ],
    });
    const entry = entryOf(said.container);
    await log.record(federation.member('bg-gdbop').chain, entry);
    const header = entry.kind === 'event' ? parseHeader(entry.header) : undefined;
    if (header === undefined || isRefusal(header)) throw new Error('no event');
    const facts = said.compartments.find(({ name }) => name === 'facts');
    const end = new Date(log.time + 600_000).toISOString() as Instant;
    const erases = {
      event: header.id,
      descriptors: [facts!.descriptorDigest],
      ground: 'SUPERVISORY_ORDER',
      until: end,
    };
    const alone = (by: 'oversight' | 'gr-police' | 'bg-gdbop', family: string, told: Facts) =>
      log.event({ by, exchange, family, parts: [{ compartment: 'core', to: [by], facts: told }] });
    await alone('gr-police', 'erasure', { item: randomUUID(), erases });
    const nothing = { agency: 'gr-police', event: randomUUID(), compartments: ['facts'] };
    await log.event({
      by: 'gr-police',
      exchange: randomUUID() as ExchangeId,
      family: 'disclosure',
      parts: [
        {
          compartment: 'core',
          to: ['gr-police'],
          facts: {
            item: randomUUID(),
            opens: true,
            order: { ...nothing, until: end, emergency: true, ground: 'DANGER_TO_LIFE' },
          },
        },
      ],
    });
    const ordered = await alone('oversight', 'erasure', { item, erases });
    const backups = new Date(log.time + 86_400_000).toISOString();
    await alone('bg-gdbop', 'receipt', { item, purged: { stores: ['CONTENT', 'KEYS'], backups } });
    log.pass(600);
    const due = await log.own('heartbeat');
    hub.served = await log.served();
    await until('/verification', recomputed(`${due + 1}`));
    const { body } = await ask('/erasures');
    expect(body).toMatchObject({
      found: '1',
      overdue: '1',
      rows: [
        {
          item,
          by: 'oversight',
          originator: 'bg-gdbop',
          leaf: `${ordered}`,
          status: 'ORDERED',
          until: end,
          told: [
            { agency: 'bg-gdbop', purged: true, backupsUntil: backups },
            { agency: 'gr-police', purged: false, overdueSince: end },
          ],
          overdue: ['gr-police'],
        },
      ],
    });
    expect((await ask(`/erasures/${item}`)).body).toEqual((body['rows'] as Json[])[0]);
    expect((await ask(`/erasures/${randomUUID()}`)).status).toBe(404);
    await until('/findings', found('erasure-overdue'));
    await until('/findings', found('erasure-in-vain'));
    await until('/findings', found('disclosure-in-vain'));
  });

  it('says when the hub now shows another leaf than the one it verified', async () => {
    const handed = hub.served.handed[played.answer]!;
    hub.served.handed[played.answer] = { ...handed, entry: utf8('something else') };
    expect((await ask(`/log/${played.answer}`)).status).toBe(409);
    const { body } = await ask('/findings');
    expect(body['rows']).toContainEqual(
      expect.objectContaining({ code: 'log-changed', leaf: `${played.answer}` }),
    );
    hub.served = await log.served();
  });

  const again = async (served: ServedLog, now?: () => number): Promise<void> => {
    await app.close();
    hub.served = served;
    app = await start(now);
    token = await signIn('l.todorov');
  };

  it('finds, after a restart too, that the log was put back', async () => {
    const served = await log.served();
    served.handed.pop();
    await served.sign();
    await again(served);
    const body = await until('/findings', found('log-shrunk'));
    expect(body['rows']).toContainEqual(expect.objectContaining({ code: 'log-changed' }));
    expect((await ask('/verification')).body).toMatchObject({ sound: false });
  });

  it('finds two roots that were signed for one size, and brings both notes to witnesses', async () => {
    const brought: Buffer[] = [];
    const place = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (`${request.method} ${request.url}` === 'POST /w/evidence')
          brought.push(Buffer.concat(chunks));
        response.writeHead(201).end();
      });
    });
    await new Promise<void>((resolve) => place.listen(0, '127.0.0.1', resolve));
    witnessUrl = `http://127.0.0.1:${(place.address() as AddressInfo).port}/w`;
    try {
      const served = await log.served();
      await again(served);
      const size = log.handed.length;
      await until('/verification', recomputed(`${size}`));
      const older = served.note;
      await served.signRoot(served.tree.root().map((byte) => byte ^ 1));
      await until('/findings', found('other-history'));
      await until('/findings', found('split-view'));
      await until('/findings', () => brought.length > 0);
      const evidence = parseLogEvidence(brought[0]!);
      expect(evidence).toMatchObject({
        first: Buffer.from(older),
        second: Buffer.from(served.note),
      });
      expect(openLogEvidence(brought[0]!, federation.noteSigner.verifierKey)).toMatchObject({
        finding: 'split-view',
        sizes: [size, size],
      });

      // A restart loses nothing of it: a witness that was away has it in the end.
      brought.splice(0);
      await again(await log.served());
      await until('/findings', () => brought.length > 0);
      expect(brought[0]!.length).toBeGreaterThan(0);
    } finally {
      witnessUrl = null;
      place.closeAllConnections();
      place.close();
    }
  });

  it('finds a log that stands still', async () => {
    await again(await log.served(), () => log.time + 3 * 60_000);
    await until('/findings', found('log-stalled'));
  });

  it('finds that it stands still although its time has not come yet', async () => {
    log.pass(60);
    await log.own('heartbeat');
    // The hub was a day ahead. Here a minute passes in a second.
    const began = performance.now();
    const dayBefore = log.time - 24 * 60 * 60_000;
    await again(await log.served(), () => dayBefore + 60 * (performance.now() - began));
    const newest = `${log.handed.length - 1}`;
    await until('/findings', found('leaf-time-ahead'));
    await until('/findings', ({ rows }) =>
      (rows as readonly Json[]).some(({ code, leaf }) => code === 'log-stalled' && leaf === newest),
    );
  });

  it('finds the first leaf that is wrong', async () => {
    log.pass(60);
    await log.own('heartbeat');
    log.pass(60);
    await log.own('heartbeat');
    const served = await log.served();
    served.handed.splice(log.handed.length - 2, 1);
    await again(served);
    const body = await until('/findings', found('leaf-out-of-place'));
    expect(body['rows']).toContainEqual(
      expect.objectContaining({ code: 'leaf-out-of-place', leaf: `${log.handed.length - 2}` }),
    );
    expect((await ask('/log')).body).toMatchObject({ size: `${log.handed.length - 2}` });
  });

  it('shows what witnesses have cosigned, and finds that it is another log', async () => {
    const served = await log.served();
    served.cosignedNote = new Uint8Array((await addSignature(served.note, witness)) as Uint8Array);
    await again(served);
    const size = `${log.handed.length}`;
    const shown = await until('/verification', ({ witnessed }) => witnessed === size);
    expect(shown).toMatchObject({ sound: true, witnessedAt: '2026-11-26T12:00:00.000Z' });

    const text = formatCheckpoint({
      origin: federation.anchor.log.name,
      size: log.handed.length - 1,
      root: served.tree.root().map((byte) => byte ^ 1),
      extensions: [],
    });
    served.cosignedNote = new Uint8Array(await signNote(text, [served.signer, witness]));
    await until('/findings', ({ rows }) =>
      (rows as readonly Json[]).some(({ detail }) =>
        (detail as string).includes('witnesses have cosigned another log'),
      ),
    );
    expect((await ask('/verification')).body).toMatchObject({ sound: false, witnessed: size });
  });

  it('finds that witnesses have cosigned nothing for long', async () => {
    let now = log.time;
    await again(await log.served(), () => now);
    // Leaves count as verified one by one; the checkpoint shows when witnesses were looked at, too.
    await until('/verification', ({ checkpoint }) => checkpoint !== undefined);
    now += 11 * 60_000;
    await until('/findings', found('not-witnessed'));
  });

  it('lets an auditor follow a finding to its end, and opens it when the hub does it again', async () => {
    let now = log.time;
    const served = await log.served();
    await again(served, () => now);
    await until('/verification', recomputed(`${log.handed.length}`));
    const before = (await ask('/findings?first=OLDEST&limit=50')).body;
    const rows = before['rows'] as readonly { readonly number: string; readonly code: string }[];
    const number = rows.find(({ code }) => code === 'log-changed')!.number;
    const stage = (state: string, reason = 'looked into') =>
      ask(`/findings/${number}/steps`, token, { state, reason });
    expect(await stage('CLOSED')).toMatchObject({
      status: 409,
      body: { code: 'finding-step-refused' },
    });
    expect((await stage('ACKNOWLEDGED', '')).status).toBe(400);
    expect((await ask('/findings?first=OLDEST&limit=1')).body).toMatchObject({
      rows: [rows[0]],
      next: '1',
    });
    for (const state of ['ACKNOWLEDGED', 'REMEDIED', 'CLOSED'])
      expect(await stage(state)).toMatchObject({ status: 200, body: { number, state } });
    expect((await ask('/findings?state=CLOSED')).body).toMatchObject({
      found: before['found'],
      unsettled: (before['unsettled'] as number) - 1,
      rows: [{ number }],
    });
    // On the same day it is the same; on another it was said to be over and is not.
    served.handed[played.answer] = { ...served.handed[played.answer]!, entry: utf8('other') };
    expect((await ask(`/log/${played.answer}`)).status).toBe(409);
    expect((await ask(`/findings/${number}`)).body).toMatchObject({ finding: { state: 'CLOSED' } });
    now += 24 * 60 * 60_000;
    token = await signIn('l.todorov');
    expect((await ask(`/log/${played.answer}`)).status).toBe(409);
    expect((await ask(`/findings/${number}`)).body).toMatchObject({
      finding: { state: 'OPEN', times: 2, ageInDays: 1, code: 'log-changed' },
      steps: [
        { state: 'OPEN', reason: 'found' },
        { state: 'ACKNOWLEDGED', by: 'l.todorov', reason: 'looked into' },
        { state: 'REMEDIED', by: 'l.todorov' },
        { state: 'CLOSED', by: 'l.todorov' },
        { state: 'OPEN', reason: 'found again' },
      ],
    });
    expect((await ask('/findings/99999999999')).status).toBe(404);
  });

  it('finds that an agency forgets who read what, and that it says nothing any more', async () => {
    const publish = (size: number) =>
      log.event({
        by: 'gr-police',
        exchange: randomUUID() as ExchangeId,
        family: 'reads',
        parts: [
          {
            compartment: 'core',
            to: ['gr-police'],
            facts: {
              item: randomUUID(),
              reads: { size, root: 'ab'.repeat(32), since: 0, proof: [] },
            },
          },
        ],
      });
    await publish(3);
    const shrunk = await publish(2);
    log.pass(4 * 60 * 60);
    await log.own('heartbeat');
    await again(await log.served());
    await until('/findings', found('reads-root-late'));
    const { body } = await ask('/findings?state=OPEN');
    expect(body['rows']).toContainEqual(
      expect.objectContaining({ code: 'reads-shrunk', agency: 'gr-police', leaf: `${shrunk}` }),
    );
    expect((await ask('/verification')).body).toMatchObject({ sound: true });
    expect(await ask('/agencies/nobody/read-roots')).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    expect((await ask('/agencies/gr-police/read-roots')).body).toMatchObject({
      rows: [{ size: '2', leaf: `${shrunk}`, root: 'ab'.repeat(32) }, { size: '3' }],
      found: '2',
    });
    const row = { number: '0', text: '["tripoint/read/v2"]', path: '' };
    const show = (size: string, agency = 'gr-police') =>
      ask('/agencies/gr-police/reads', token, { agency, size, rows: [row] });
    expect((await show('9')).status).toBe(404);
    expect((await show('2', 'tr-police')).status).toBe(404);
    expect(await show('2')).toMatchObject({
      status: 200,
      body: { sound: false, leaf: `${shrunk}`, wrong: '0' },
    });
    await until('/findings', found('reads-shown-differ'));
    // Nothing signs a row: whoever brings a wrong one is named, and the agency has not shown it by that alone.
    expect((await ask('/findings?state=OPEN')).body['rows']).toContainEqual(
      expect.objectContaining({
        code: 'reads-shown-differ',
        detail: expect.stringMatching(/^by the word of \S+, who brought it, /) as unknown,
      }),
    );
  });

  it('lists emergencies that nobody has reviewed in time, and what was made of them', async () => {
    const custody = custodyIn(() => log, ['bg-gdbop', 'tr-customs']);
    await custody.agree();
    const of = await custody.said();
    const emergency = { by: 'gr-police', emergency: true } as const;
    const made = await custody.ordered(of, custody.order(of, emergency));
    const grown = async (): Promise<Json> => {
      await again(await log.served());
      await until('/verification', recomputed(`${log.handed.length}`));
      return (await ask('/disclosures')).body;
    };
    const ordered = {
      item: made.item,
      originator: 'bg-gdbop',
      orderedBy: 'gr-police',
      ground: 'DANGER_TO_LIFE',
      emergency: true,
      leaf: `${made.leaf}`,
    };
    expect(await grown()).toMatchObject({ overdue: '0', rows: [{ ...ordered, overdue: false }] });
    await log.event(custody.share(of, made, 'bg-gdbop'));
    const last = await log.event(custody.share(of, made, 'tr-customs'));
    await grown();
    // It stands where it was said, and not only where it was ordered.
    const seenOf = async (exchange: string, index: number) =>
      (await ask(`/exchanges/${exchange}/as-of/${index}`)).body['disclosed'] as readonly Json[];
    const opened = expect.objectContaining({
      index: `${last}`,
      compartment: 'facts',
      until: made.until,
      audience: [expect.objectContaining({ agency: 'gr-police', allowed: true })],
    });
    expect(await seenOf(of.header.stream, last - 1)).not.toContainEqual(opened);
    expect(await seenOf(of.header.stream, last)).toContainEqual(opened);
    expect(await seenOf(made.exchange, last)).not.toContainEqual(opened);
    log.pass(72 * 3600);
    await log.own('heartbeat');
    expect(await grown()).toMatchObject({ overdue: '1', rows: [{ ...ordered, overdue: true }] });
    await until('/findings', found('review-overdue'));
    await log.event(custody.review(made.item, 'UNJUSTIFIED'));
    expect(await grown()).toMatchObject({
      found: '1',
      overdue: '0',
      rows: [{ ...ordered, review: { outcome: 'UNJUSTIFIED', by: 'oversight' } }],
    });
  });

  it('says which leaves a lost key puts in doubt, and which of them were attested since', async () => {
    const say = () =>
      log.event({
        by: 'gr-police',
        exchange: randomUUID() as ExchangeId,
        family: 'contribution',
        parts: [{ compartment: 'core', to: ['gr-police'], facts: { item: randomUUID() } }],
      });
    const { id, fingerprint } = federation.member('gr-police');
    const since = await say();
    const others = [await say(), await log.void('gr-police')] as const;
    const lost = await log.statement({
      kind: 'certificate-revoked',
      fingerprint,
      reason: 'compromised',
      since,
    });
    await again(await log.served());
    await until('/findings', found('key-lost'));
    expect((await ask('/findings?state=OPEN')).body['rows']).toContainEqual(
      expect.objectContaining({
        code: 'key-lost',
        agency: id,
        leaf: `${lost}`,
        detail: expect.stringContaining('3 leaves') as unknown,
      }),
    );
    const row = {
      agency: id,
      certificate: fingerprint,
      reason: 'compromised',
      since: `${since}`,
      until: `${lost}`,
    };
    const [first, last] = [`${since}`, `${others[1]}`];
    await until('/verification', recomputed(`${log.state.size}`));
    expect((await ask('/doubts')).body).toMatchObject({
      rows: [{ ...row, inDoubt: '3', leaves: [{ first, last }], attested: [], resting: [] }],
    });

    await log.statement({ kind: 'history-attested', agency: id, from: since, through: others[0] });
    await again(await log.served());
    await until('/verification', recomputed(`${log.state.size}`));
    expect((await ask('/doubts')).body).toMatchObject({
      rows: [
        {
          ...row,
          inDoubt: '1',
          leaves: [{ first: last, last }],
          attested: [{ first, last: `${others[0]}` }],
        },
      ],
      overdue: [],
    });

    const attestedAt = new Date(log.time).toISOString();
    log.pass(ATTESTED_WITHIN / 1000 + 1);
    await log.own('heartbeat');
    await again(await log.served());
    await until('/verification', recomputed(`${log.state.size}`));
    expect((await ask('/doubts')).body['overdue']).toContainEqual({
      agency: id,
      leaf: last,
      since: expect.any(String) as unknown,
      attestedThrough: `${others[0]}`,
      attestedAt,
    });
  });
});
