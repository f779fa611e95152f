import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresBus } from '@tripoint/adapters/embedded';
import { type FreshDatabase, freshDatabase } from '@tripoint/adapters/embedded/testing';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { type OfficerRole, PURPOSES, type ShownReads } from '@tripoint/contracts';
import { UNMARKED } from '@tripoint/domain';
import { OpenPgpJs } from '@tripoint/envelope';
import { enrol } from '@tripoint/envelope/testing';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type App, createApp, hashPassword, JsonLog, routesAndRules } from '@tripoint/platform';
import { generatedClient } from '@tripoint/platform/testing';
import { firstBundle } from '@tripoint/policy';
import { readUnder } from '@tripoint/replay';
import { MerkleTree } from '@tripoint/transparency';
import { type Delivery, type RecordedEntry } from '@tripoint/read-model';
import { AgencyModule, agencyProblems } from '../agency.module.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const exchange = randomUUID() as ExchangeId;
const item = randomUUID() as ItemId;
const event = randomUUID() as EventId;
const absent = randomUUID();
const TIME = '2026-11-23T12:00:00.000Z' as Instant;
const inDays = (days: number): Instant =>
  new Date(Date.now() + days * 86_400_000).toISOString() as Instant;
const SECRET = 'XKA 4821';
/** H2: how many words that are like a purpose every route is asked with. */
const LIKE_A_PURPOSE = Number(process.env['TRIPOINT_LIKE_A_PURPOSE'] ?? 8);

/** Who may call a route and who may not; the roles are one example of each. */
type Row = 'public' | 'signed-in' | readonly [may: OfficerRole, mayNot: OfficerRole];
const CASEWORK: Row = ['LIAISON_OFFICER', 'NGO_CASEWORKER'];
const EVERY_CASE: Row = ['NGO_CASEWORKER', 'NRM_COORDINATOR'];
const CARE: Row = ['NGO_SUPERVISOR', 'INVESTIGATOR'];
const RELEASES: Row = ['NGO_SUPERVISOR', 'ANALYST'];
const HOLDS: Row = ['PROSECUTOR', 'INVESTIGATOR'];
const BREAKS_GLASS: Row = ['CENTRE_COORDINATOR', 'INVESTIGATOR'];
const ORDERS: Row = ['OVERSIGHT_AUDITOR', 'PROSECUTOR'];
const LISTS: Row = ['NRM_COORDINATOR', 'NODE_SECURITY_OFFICER'];
const CONTENT: Row = ['FIRST_LINE_IDENTIFIER', 'NODE_SECURITY_OFFICER'];
const TRAFFIC: Row = ['NODE_SECURITY_OFFICER', 'WITNESS_OPERATOR'];
const ACCOUNTS: Row = ['NODE_SECURITY_OFFICER', 'LIAISON_OFFICER'];

const MATRIX: Readonly<Record<string, Row>> = {
  'POST /sessions': 'public',
  'POST /sessions/console': 'public',
  'GET /sessions/current': 'signed-in',
  'DELETE /sessions/current': 'signed-in',
  'PUT /sessions/current/password': 'signed-in',
  'PUT /sessions/console/password': 'signed-in',
  'GET /problems': 'public',
  'GET /problems/:code': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'POST /requests': CASEWORK,
  'POST /requests/:item/ask-clarification': CASEWORK,
  'POST /requests/:item/clarify': CASEWORK,
  'POST /requests/:item/accept': CASEWORK,
  'POST /requests/:item/notify-delay': CASEWORK,
  'POST /requests/:item/answer': CASEWORK,
  'POST /requests/:item/refuse': CASEWORK,
  'POST /requests/:item/withdraw': CASEWORK,
  'POST /requests/:item/close': CASEWORK,
  'GET /requests': LISTS,
  'GET /requests/:item': LISTS,
  'GET /requests/:item/content': CONTENT,
  'POST /contributions': EVERY_CASE,
  'POST /contributions/:item/acknowledge': EVERY_CASE,
  'POST /contributions/:item/evaluate': EVERY_CASE,
  'POST /contributions/:item/revise': EVERY_CASE,
  'GET /contributions': LISTS,
  'GET /contributions/:item': LISTS,
  'GET /contributions/:item/content': CONTENT,
  'POST /referrals': EVERY_CASE,
  'POST /referrals/:item/accept': CARE,
  'POST /referrals/:item/reject': CARE,
  'POST /referrals/:item/not-possible': CARE,
  'POST /referrals/:item/feedback': CARE,
  'POST /referrals/:item/complete': EVERY_CASE,
  'POST /referrals/:item/revoke': EVERY_CASE,
  'GET /referrals': LISTS,
  'GET /referrals/:item': LISTS,
  'GET /referrals/:item/content': CONTENT,
  'POST /holds': HOLDS,
  'POST /holds/:item/lift': HOLDS,
  'GET /holds': LISTS,
  'GET /holds/:item': LISTS,
  'GET /holds/:item/content': CONTENT,
  'GET /holds/:item/kept': HOLDS,
  'POST /disclosures': BREAKS_GLASS,
  'POST /disclosures/:item/release': RELEASES,
  'POST /disclosures/:item/decline': RELEASES,
  'POST /disclosures/drills': BREAKS_GLASS,
  'POST /disclosures/:item/review': ['OVERSIGHT_AUDITOR', 'PROSECUTOR'],
  'GET /disclosures/told': LISTS,
  'GET /disclosures': LISTS,
  'GET /disclosures/:item': LISTS,
  'POST /erasures': RELEASES,
  'GET /erasures': LISTS,
  'GET /erasures/:item': LISTS,
  'POST /orders/erasures': ORDERS,
  'POST /orders/disclosures': ORDERS,
  'GET /proposals': ['NODE_SECURITY_OFFICER', 'ANALYST'],
  'POST /proposals/:proposal/confirm': ['JIT_LEADER', 'ANALYST'],
  'POST /proposals/:proposal/reject': ['JIT_LEADER', 'ANALYST'],
  'POST /recalls': RELEASES,
  'GET /recalls': LISTS,
  'GET /recalls/:item': LISTS,
  'GET /recalls/:item/content': CONTENT,
  'POST /releases': EVERY_CASE,
  'POST /releases/offer': RELEASES,
  'POST /releases/:item/grant': RELEASES,
  'POST /releases/:item/deny': RELEASES,
  'POST /releases/:item/revoke': RELEASES,
  'GET /releases': LISTS,
  'GET /releases/:item': LISTS,
  'GET /releases/:item/content': CONTENT,
  'POST /audience/requests': CASEWORK,
  'POST /audience/requests/:item/answer': CASEWORK,
  'POST /audience/contributions': EVERY_CASE,
  'POST /audience/referrals': EVERY_CASE,
  'POST /audience/referrals/:item/reject': CARE,
  'POST /audience/referrals/:item/not-possible': CARE,
  'POST /audience/referrals/:item/feedback': CARE,
  'GET /events/:event/proof': LISTS,
  'GET /exchanges': LISTS,
  'GET /exchanges/:exchange': LISTS,
  'GET /exchanges/:exchange/timeline': LISTS,
  'GET /exchanges/:exchange/content': CONTENT,
  'GET /exchanges/:exchange/entities': CONTENT,
  'GET /events/:event/content': CONTENT,
  'POST /search': CONTENT,
  'GET /events': TRAFFIC,
  'GET /submissions': TRAFFIC,
  'GET /submissions/:event': TRAFFIC,
  'GET /events/:event/deliveries': TRAFFIC,
  'GET /findings': TRAFFIC,
  'POST /evidence': ['PROSECUTOR', 'LIAISON_OFFICER'],
  'GET /agencies': 'signed-in',
  'GET /keys': TRAFFIC,
  'GET /reads': ACCOUNTS,
  'GET /reads/root': ACCOUNTS,
  'GET /reads/shown': ['OVERSIGHT_AUDITOR', 'LIAISON_OFFICER'],
  'POST /transcripts': ['DATA_PROTECTION_OFFICER', 'INVESTIGATOR'],
  'GET /officers': ACCOUNTS,
  'POST /officers': ACCOUNTS,
  'PUT /officers/:officer/roles': ACCOUNTS,
  'DELETE /officers/:officer': ACCOUNTS,
  'POST /officers/:officer/unlock': ACCOUNTS,
};

const issued: RecordedEntry = {
  exchange,
  recorded: {
    id: event,
    issuer: BG,
    at: TIME,
    leaf: { index: 7, time: TIME },
    event: {
      type: 'RequestIssued',
      item,
      core: { to: GR, urgency: 'URGENT', access: 'DIRECT', dueInSeconds: 60, graceSeconds: 10 },
      parts: {
        facts: {
          sought: 'crossings',
          purpose: 'prevention',
          offence: 'smuggling',
          availability: 'cameras',
          necessity: 'needed',
          urgencyGrounds: 'people on board',
          language: 'en',
          entities: [{ kind: 'vehicle', plate: SECRET, country: 'GR' }],
        },
      },
    },
  },
  facts: { opens: true, item },
  descriptors: [
    {
      compartment: 'core',
      descriptor: randomBytes(32).toString('hex') as Digest,
      marking: UNMARKED,
    },
    {
      compartment: 'facts',
      descriptor: randomBytes(32).toString('hex') as Digest,
      marking: UNMARKED,
    },
  ],
};

const request = {
  to: BG,
  urgency: 'ROUTINE',
  access: 'DIRECT',
  marking: { classification: 'BPL', handling: [] },
  facts: {
    sought: 'crossings',
    purpose: 'prevention',
    offence: 'smuggling',
    availability: 'cameras',
    necessity: 'needed',
    language: 'en',
    entities: [],
  },
};

describe("an agency's front door", () => {
  let fresh: FreshDatabase[];
  let database: AgencyDatabase;
  let bus: PostgresBus;
  let app: App;
  const lines: string[] = [];
  /** By how much the door's clock is ahead of this machine's, in milliseconds. */
  let ahead = 0;

  beforeAll(async () => {
    fresh = [await freshDatabase('front-door'), await freshDatabase('front-door-bus')];
    database = new AgencyDatabase(fresh[0]!.config);
    bus = new PostgresBus(fresh[1]!.config);
    await Promise.all([database.migrate(), bus.install()]);
    await database.journal.append([
      {
        number: 0n,
        digest: randomBytes(32).toString('hex') as Digest,
        previous: '0'.repeat(64) as Digest,
        leaf: { index: 7, time: TIME },
        at: TIME,
        entry: issued,
      },
    ]);
    const openpgp = new OpenPgpJs();
    const keys = await enrol(openpgp, GR);
    const log = new JsonLog('front-door', 'debug', (line) => lines.push(line));
    const { outbox, journal, views, reads, officers, changes, witnessed, courtFiles, remaking } =
      database;
    app = await createApp(
      AgencyModule.with({
        agency: GR,
        anchor: {
          federation: 'spec',
          roots: [keys.files.certificate],
          threshold: 1,
          log: { name: 'spec/log', vkey: 'none' },
        },
        openpgp,
        bus,
        outbox,
        journal,
        views,
        reads,
        officers,
        changes,
        witnessed,
        courtFiles,
        remaking,
        fourEyes: {
          commands: new Set(['OrderErasure', 'LiftHold']),
          proposals: database.proposals,
        },
        signing: { key: keys.signing, reread: () => Promise.resolve() },
        // There is no hub here; that the database is the one that was left is known.
        mark: { read: () => Promise.resolve(1n), move: () => Promise.resolve() },
        waitForHubSeconds: 0,
        log,
        now: () => Date.now() + ahead,
      }),
      {
        name: 'front-door',
        port: 0,
        log,
        problems: agencyProblems,
        openapi: { title: 'front door', description: 'front door', version: '0' },
      },
    );
  }, 180_000);

  afterAll(async () => {
    await app.close();
    await bus.close();
    await database.close();
    for (const { drop } of fresh) await drop();
  });

  /** A session of an officer who has this role. */
  const tokenOf = async (role: OfficerRole): Promise<string> => {
    const id = role.toLowerCase().replaceAll('_', '-') as OfficerId;
    await database.officers.add({ id, name: role, roles: [role], passwordHash: 'none' });
    const token = randomBytes(32).toString('base64url');
    await database.officers.signedIn(id, {
      token: createHash('sha256').update(token).digest('hex') as Digest,
      passwordHash: 'none',
      at: new Date().toISOString() as Instant,
      expiresAt: new Date(Date.now() + 60_000).toISOString() as Instant,
    });
    return token;
  };

  type Asked = {
    readonly as?: OfficerRole;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: object;
  };
  const ask = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    { as, headers = {}, body }: Asked = {},
  ) =>
    app.nest.inject({
      method,
      url,
      headers: {
        ...headers,
        ...(as && { authorization: `Bearer ${await tokenOf(as)}` }),
      },
      ...(body && { payload: body }),
    });
  const command = (version = '1'): Readonly<Record<string, string>> => ({
    'idempotency-key': randomUUID(),
    'if-match': `"v${version}"`,
  });
  const PURPOSE = { 'tripoint-purpose': 'INVESTIGATION' };

  describe('authorisation', () => {
    const at = (route: string) => {
      const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string];
      const url = path
        .replace(':officer', 'nobody')
        .replace(':code', 'not-found')
        .replace(/:\w+/, absent);
      // A live stream has no end to wait for; this one is refused once the officer has been let in.
      const headers = { 'last-event-id': 'none' };
      return (as?: OfficerRole) =>
        ask(method, url, { headers, ...(as && { as }), ...(method !== 'GET' && { body: {} }) });
    };

    it('is decided for every route, and for no other', () => {
      const routes = routesAndRules(app.nest).map(({ method, path }) => `${method} ${path}`);
      expect(routes.sort()).toEqual(Object.keys(MATRIX).sort());
    });

    it.each(Object.entries(MATRIX))('lets through to %s whom it should', async (route, row) => {
      const call = at(route);
      const anonymous = await call();
      if (row === 'public') {
        // Without a hub nothing is ready here.
        expect([200, 400, 403, 503]).toContain(anonymous.statusCode);
        return;
      }
      expect(anonymous.statusCode).toBe(401);
      if (row !== 'signed-in') expect((await call(row[1])).statusCode).toBe(403);
      const allowed = await call(row === 'signed-in' ? 'WITNESS_OPERATOR' : row[0]);
      expect([200, 204, 400, 404, 428, 503]).toContain(allowed.statusCode);
    });
  });

  describe('a command', () => {
    it('needs a key', async () => {
      const answer = await ask('POST', '/requests', { as: 'LIAISON_OFFICER', body: request });
      expect(answer.json()).toMatchObject({ status: 400, code: 'idempotency-key-required' });
    });

    it('is refused member by member', async () => {
      const { urgency, ...rest } = request;
      const body = { ...rest, colour: urgency };
      const answer = await ask('POST', '/requests', {
        as: 'LIAISON_OFFICER',
        headers: command(),
        body,
      });
      expect(answer.json()).toMatchObject({
        code: 'invalid-request',
        errors: expect.arrayContaining([
          expect.objectContaining({ pointer: '#/urgency' }),
          expect.objectContaining({ pointer: '#/colour' }),
        ]),
      });
    });

    it('waits for the hub after a start', async () => {
      const answer = await ask('POST', '/requests', {
        as: 'LIAISON_OFFICER',
        headers: command(),
        body: request,
      });
      expect(answer.json()).toMatchObject({ status: 503, code: 'chain-unconfirmed' });
      expect(answer.headers['retry-after']).toBeDefined();
    });

    it.each<[string, number, string, string, Record<string, string>]>([
      ['no version', 428, 'version-required', item, { 'idempotency-key': randomUUID() }],
      ['an older version', 412, 'version-moved', item, command('99')],
      ['an item that is not held', 404, 'not-found', absent, command()],
    ])('is refused upon %s', async (_upon, status, code, id, headers) => {
      const answer = await ask('POST', `/requests/${id}/accept`, {
        as: 'LIAISON_OFFICER',
        headers,
      });
      expect(answer.json()).toMatchObject({ status, code });
    });

    it('does not reach an item of another kind', async () => {
      const answer = await ask('POST', `/referrals/${item}/accept`, {
        as: 'NGO_CASEWORKER',
        headers: command(),
      });
      expect(answer.json()).toMatchObject({ status: 404, code: 'not-found' });
    });

    it.each([
      ['an exchange that is not held', { exchange: absent }],
      ['an event that is not held', { derivedFrom: [absent] }],
    ])('does not name %s', async (_what, change) => {
      const answer = await ask('POST', '/requests', {
        as: 'LIAISON_OFFICER',
        headers: command(),
        body: { ...request, ...change },
      });
      expect(answer.json()).toMatchObject({ status: 404, code: 'not-found' });
    });
  });

  describe('a work list', () => {
    it('shows how a request stands, and nothing of what it says', async () => {
      const answer = await ask('GET', '/requests?to=gr-police&open=true', { as: 'ANALYST' });
      expect(answer.json()).toMatchObject({
        rows: [{ item, exchange, from: BG, to: GR, status: 'ISSUED', newestLeaf: '7' }],
      });
      expect(answer.body).not.toContain(SECRET);
      const other = await ask('GET', '/requests?from=gr-police', { as: 'ANALYST' });
      expect(other.json()).toEqual({ rows: [] });
    });

    it('is not sent twice', async () => {
      for (const url of ['/requests', `/exchanges/${exchange}`, '/submissions']) {
        const { etag } = (await ask('GET', url, { as: 'ANALYST' })).headers;
        const again = await ask('GET', url, {
          as: 'ANALYST',
          headers: { 'if-none-match': String(etag) },
        });
        expect(again.statusCode).toBe(304);
        expect(again.body).toBe('');
        const another = await ask('GET', url, {
          as: 'ANALYST',
          headers: { 'if-none-match': '"v0"' },
        });
        expect(another.statusCode).toBe(200);
      }
    });

    it('takes no cursor of another list', async () => {
      const cursor = Buffer.from(JSON.stringify(['exchanges', 'x'])).toString('base64url');
      const forged = Buffer.from(JSON.stringify(['requests', 'x'])).toString('base64url');
      for (const after of [cursor, forged]) {
        const answer = await ask('GET', `/requests?after=${after}`, { as: 'ANALYST' });
        expect(answer.json()).toMatchObject({ status: 400, code: 'cursor-invalid' });
      }
    });

    it('sends an overdue request anew, whatever its reader has', async () => {
      const { headers, body } = await ask('GET', `/requests/${item}`, { as: 'ANALYST' });
      expect(JSON.parse(body)).toMatchObject({ overdue: true, version: '1' });
      expect(headers.etag).toBe('"v1"');
      const again = await ask('GET', `/requests/${item}`, {
        as: 'ANALYST',
        headers: { 'if-none-match': '"v1"' },
      });
      expect(again.statusCode).toBe(200);
    });
  });

  describe('content', () => {
    const places = [
      `/requests/${item}/content`,
      `/exchanges/${exchange}/content`,
      `/exchanges/${exchange}/entities`,
      `/events/${event}/content`,
    ];

    it.each(places)('is not shown at %s without a purpose', async (url) => {
      const { size } = await database.reads.head();
      const none = await ask('GET', url, { as: 'ANALYST' });
      expect(none.json()).toMatchObject({ status: 400, code: 'purpose-required' });
      const unknown = await ask('GET', url, {
        as: 'ANALYST',
        headers: { 'tripoint-purpose': 'investigation' },
      });
      expect(unknown.json()).toMatchObject({ status: 400, code: 'purpose-unknown' });
      expect((await database.reads.head()).size).toBe(size);
    });

    it('asks for one at every route that shows any, and takes nothing that is only like one', async () => {
      const { paths } = (await ask('GET', '/docs-json')).json<{
        paths: Record<string, Record<string, { parameters?: readonly { name: string }[] }>>;
      }>();
      const routes = Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).flatMap(([method, { parameters = [] }]) =>
          parameters.some(({ name }) => name === 'Tripoint-Purpose')
            ? [`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`]
            : [],
        ),
      );
      const content = Object.keys(MATRIX).filter(
        (route) => MATRIX[route] === CONTENT || /content|kept$/.test(route),
      );
      expect(routes).toEqual(
        expect.arrayContaining([...content, 'POST /evidence', 'POST /transcripts']),
      );
      const like = PURPOSES.flatMap((code) => [
        ...[code.toLowerCase(), `${code[0]}${code.slice(1).toLowerCase()}`, `${code}S`],
        ...[code.slice(1), `${code},${code}`, `"${code}"`, code.replace(/[IO]/, '0')],
      ]).filter((code) => !(PURPOSES as readonly string[]).includes(code));
      const wrong = ['', 'constructor', '__proto__', '0', ...like.slice(0, LIKE_A_PURPOSE)];
      const ids: Readonly<Record<string, string>> = { item, exchange, event };
      const bodies: Readonly<Record<string, object>> = {
        '/search': { text: SECRET, as: 'number' },
        '/transcripts': { about: [{ exchange, item }] },
      };
      const { size } = await database.reads.head();
      for (const route of routes) {
        const [method, path] = route.split(' ') as ['GET' | 'POST', string];
        const url = path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? absent);
        const row = MATRIX[route]!;
        const as = typeof row === 'string' ? undefined : row[0];
        const body = bodies[path] ?? {};
        for (const code of [undefined, ...wrong]) {
          const answer = await ask(method, url, {
            ...(as && { as }),
            ...(code !== undefined && { headers: { 'tripoint-purpose': code } }),
            ...(method === 'POST' && { body }),
          });
          const refused = answer.json<{ status: number; code: string }>();
          const expected = code === undefined || code === '' ? 'required' : 'unknown';
          expect([route, code, refused.status, refused.code]).toEqual([
            ...[route, code, 400, `purpose-${expected}`],
          ]);
        }
      }
      expect((await database.reads.head()).size).toBe(size);
    });

    it.each(places)('is shown at %s, and the read recorded', async (url) => {
      const { size } = await database.reads.head();
      const answer = await ask('GET', url, { as: 'ANALYST', headers: PURPOSE });
      expect(answer.body).toContain(SECRET);
      const [row] = await database.reads.rows(size, 10);
      expect(row).toMatchObject({ officer: 'analyst', purpose: 'INVESTIGATION', exchange });
    });

    it.each(['requests', 'contributions', 'referrals', 'exchanges', 'events'])(
      'that is not held among %s is answered like what is not there, and recorded',
      async (list) => {
        const { size } = await database.reads.head();
        const answer = await ask('GET', `/${list}/${absent}/content`, {
          as: 'ANALYST',
          headers: PURPOSE,
        });
        expect(answer.json()).toMatchObject({ status: 404, code: 'not-found' });
        expect((await database.reads.head()).size).toBe(size + 1n);
      },
    );

    it('is found by a plate written in other letters, and the words searched for are kept nowhere', async () => {
      const { size } = await database.reads.head();
      const answer = await ask('POST', '/search', {
        as: 'ANALYST',
        headers: PURPOSE,
        body: { text: 'ХКА-4821', as: 'number' },
      });
      expect(answer.json()).toMatchObject({
        rows: [{ entity: { event, kind: 'vehicle' }, distance: 0 }],
      });
      const [row] = await database.reads.rows(size, 1);
      expect(row?.fields).toEqual(['search']);
      // Letters and not the digits alone: those turn up in ids and times by chance.
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.join('')).not.toMatch(/XKA|ХКА/iu);
    });

    it('leaves a record whose root recomputes', async () => {
      const root = await ask('GET', '/reads/root', { as: 'NODE_SECURITY_OFFICER' });
      const { size, hash } = await database.reads.head();
      expect(root.json()).toMatchObject({ size: String(size), head: hash });
      const first = await ask('GET', '/reads?limit=2', { as: 'NODE_SECURITY_OFFICER' });
      const page = first.json<{ rows: { number: string }[]; next: string }>();
      const second = await ask('GET', `/reads?limit=2&after=${page.next}`, {
        as: 'NODE_SECURITY_OFFICER',
      });
      expect(page.rows.map(({ number }) => number)).toEqual(['0', '1']);
      expect(second.json()).toMatchObject({ rows: [{ number: '2' }, { number: '3' }] });
    });

    it('is found, for a data subject and nobody else, by whoever answers those, and told of without it', async () => {
      const as = 'DATA_PROTECTION_OFFICER';
      const body = { text: SECRET, as: 'number' };
      const other = await ask('POST', '/search', { as, headers: PURPOSE, body });
      expect(other.json()).toMatchObject({ status: 403, code: 'forbidden' });
      const headers = { 'tripoint-purpose': 'DATA_SUBJECT_REQUEST' };
      const found = await ask('POST', '/search', { as, headers, body });
      const about = found
        .json<{ rows: { entity: { exchange: string; item: string } }[] }>()
        .rows.map(({ entity }) => ({ exchange: entity.exchange, item: entity.item }));
      expect(about).toEqual([{ exchange, item }]);
      const none = await ask('POST', '/transcripts', { as, headers: PURPOSE, body: { about } });
      expect(none.json()).toMatchObject({ status: 403, code: 'forbidden' });
      const { size } = await database.reads.head();
      const told = await ask('POST', '/transcripts', { as, headers, body: { about } });
      expect(told.json()).toMatchObject({
        agency: GR,
        about,
        said: [{ event, issuer: BG, to: [GR], leaf: '7', verified: false }],
      });
      expect(told.body).not.toContain(SECRET);
      expect(told.body).not.toContain('"officer"');
      const [row] = await database.reads.rows(size, 1);
      expect(row).toMatchObject({ item, fields: ['transcript'] });
    });

    it('shows rows to oversight with the proof that they stand under a root', async () => {
      const as = 'NODE_SECURITY_OFFICER';
      const tree = new MerkleTree();
      for (const row of await database.reads.hashes(3n)) tree.append(Buffer.from(row, 'hex'));
      const root = { size: 3, root: tree.root().toString('hex') as Digest };
      const shown = await ask('GET', '/reads/shown?size=3&from=1&limit=1', { as });
      const { rows, next } = shown.json<ShownReads>();
      const [row] = rows;
      const path = (row?.path.match(/.{64}/g) ?? []) as Digest[];
      const read = { number: Number(row?.number), text: row?.text ?? '', path };
      expect(readUnder(root, read)?.number).toBe(1n);
      expect(next).toBe('2');
      expect((await ask('GET', '/reads/shown?size=3&from=2', { as })).json()).not.toHaveProperty(
        'next',
      );
      expect((await ask('GET', '/reads/shown?size=99999', { as })).statusCode).toBe(404);
    });
  });

  describe('what needs two officers', () => {
    const order = {
      event,
      compartments: ['facts'],
      ground: 'DATA_SUBJECT_RIGHT',
      until: inDays(30),
    };
    const key = randomUUID();
    const propose = (idempotency = key) =>
      ask('POST', '/erasures', {
        as: 'PROSECUTOR',
        body: order,
        headers: { 'idempotency-key': idempotency },
      });
    const decide = (proposal: string, how: string, as: OfficerRole) =>
      ask('POST', `/proposals/${proposal}/${how}`, { as });
    const listed = async (as: OfficerRole = 'NODE_SECURITY_OFFICER') =>
      (await ask('GET', '/proposals', { as })).json<{
        rows: { proposal: string; status: string; proposedBy: string; decidedBy?: string }[];
      }>().rows;
    /** What the prosecutor has proposed about a hold that is none any more. */
    const kept = async (until: string, seen = '1') => {
      const id = randomUUID();
      await database.proposals.add({
        id,
        command: 'LiftHold',
        item,
        exchange: issued.exchange,
        data: {},
        seen,
        proposedBy: 'prosecutor' as OfficerId,
        proposedAt: '2020-01-01T00:00:00.000Z' as Instant,
        until: until as Instant,
      });
      return id;
    };

    it('is proposed by one, once, and seals nothing', async () => {
      const answer = await propose();
      expect(answer.statusCode).toBe(202);
      const { proposal, events } = answer.json<{ proposal: string; events: unknown[] }>();
      expect(events).toEqual([]);
      expect((await propose()).json()).toEqual(answer.json());
      expect(await listed()).toMatchObject([
        { proposal, status: 'OPEN', proposedBy: 'prosecutor' },
      ]);
      expect(
        (await ask('GET', '/submissions', { as: 'NODE_SECURITY_OFFICER' })).json(),
      ).toMatchObject({ rows: [] });
    });

    it('is confirmed by another with the duty, and by nobody twice', async () => {
      const [{ proposal } = { proposal: '' }] = await listed();
      expect((await decide(proposal, 'confirm', 'PROSECUTOR')).json()).toMatchObject({
        status: 403,
        code: 'proposal-own',
      });
      expect((await decide(absent, 'confirm', 'JIT_LEADER')).statusCode).toBe(404);
      // The hub has not answered in this test: what was confirmed is carried out as soon as it has.
      for (const as of ['JIT_LEADER', 'JIT_LEADER'] as const)
        expect((await decide(proposal, 'confirm', as)).json()).toMatchObject({
          status: 503,
          code: 'chain-unconfirmed',
        });
      expect((await decide(proposal, 'reject', 'JIT_LEADER')).json()).toMatchObject({
        status: 409,
        code: 'proposal-decided',
      });
      expect(await listed()).toMatchObject([
        { status: 'CONFIRMED', proposedBy: 'prosecutor', decidedBy: 'jit-leader' },
      ]);
    });

    it('may be taken back by who proposed it', async () => {
      const { proposal } = (await propose(randomUUID())).json<{ proposal: string }>();
      expect((await decide(proposal, 'reject', 'PROSECUTOR')).json()).toMatchObject({
        status: 'REJECTED',
      });
      expect((await decide(proposal, 'confirm', 'JIT_LEADER')).json()).toMatchObject({
        code: 'proposal-decided',
      });
    });

    it('is for those with the duty, and without what it says for whoever keeps accounts', async () => {
      const id = await kept('2099-01-01T00:00:00.000Z');
      expect((await decide(id, 'confirm', 'NGO_SUPERVISOR')).json()).toMatchObject({
        code: 'forbidden',
      });
      expect((await decide(id, 'reject', 'NGO_SUPERVISOR')).json()).toMatchObject({
        code: 'forbidden',
      });
      const shown = async (as: OfficerRole) =>
        (await listed(as)).find(({ proposal }) => proposal === id);
      expect(await shown('NGO_SUPERVISOR')).toBeUndefined();
      expect(await shown('NODE_SECURITY_OFFICER')).not.toHaveProperty('says');
      expect(await shown('JIT_LEADER')).toMatchObject({ says: '{}', status: 'OPEN' });
    });

    it('is not confirmed once who proposed it was suspended', async () => {
      const id = await kept('2099-01-01T00:00:00.000Z');
      const proposer = 'prosecutor' as OfficerId;
      await database.officers.change(proposer, { active: false });
      expect((await decide(id, 'confirm', 'JIT_LEADER')).json()).toMatchObject({
        status: 409,
        code: 'proposer-without-duty',
      });
      await database.officers.change(proposer, { active: true, roles: ['ANALYST'] });
      expect((await decide(id, 'confirm', 'JIT_LEADER')).json()).toMatchObject({
        code: 'proposer-without-duty',
      });
      await database.officers.change(proposer, { roles: ['PROSECUTOR'] });
      expect((await decide(id, 'reject', 'JIT_LEADER')).json()).toMatchObject({
        status: 'REJECTED',
      });
    });

    it('is not on record as confirmed where it would be refused by now', async () => {
      // The item has moved on since it was read.
      const id = await kept('2099-01-01T00:00:00.000Z', '0');
      expect((await decide(id, 'confirm', 'JIT_LEADER')).json()).toMatchObject({
        status: 412,
        code: 'version-moved',
      });
      const [found] = (await listed()).filter(({ proposal }) => proposal === id);
      expect(found).toMatchObject({ status: 'OPEN' });
      expect(found).not.toHaveProperty('decidedBy');
      expect((await decide(id, 'reject', 'JIT_LEADER')).json()).toMatchObject({
        status: 'REJECTED',
      });
    });

    it('is not carried out a day later, although it was confirmed in time', async () => {
      const until = '2020-01-02T00:00:00.000Z';
      const id = await kept(until);
      const at = '2020-01-01T12:00:00.000Z' as Instant;
      const by = 'jit-leader' as OfficerId;
      await database.proposals.decide(id, { outcome: 'CONFIRMED', by, at }, ['PROSECUTOR']);
      expect((await decide(id, 'confirm', 'JIT_LEADER')).json()).toMatchObject({
        status: 409,
        code: 'proposal-expired',
      });
    });
  });

  it('says why nothing is named: it was not asked for, or is forgotten', async () => {
    const [said, release] = [randomUUID() as EventId, randomUUID() as ItemId];
    const recorded = { issuer: GR, at: TIME, leaf: { index: 8, time: TIME } };
    const marked = (compartment: 'core' | 'facts') => ({
      compartment,
      descriptor: randomBytes(32).toString('hex') as Digest,
      marking: UNMARKED,
    });
    const [core, facts] = [marked('core'), marked('facts')];
    const statement = { text: 'a lorry', language: 'en', statement: 'FACT', entities: [] };
    const entries = [
      {
        exchange,
        facts: {},
        descriptors: [core, facts],
        recorded: {
          ...recorded,
          id: said,
          event: {
            type: 'ContributionShared',
            item: randomUUID() as ItemId,
            core: { to: BG },
            parts: { facts: statement },
          },
        },
      },
      {
        exchange,
        facts: {},
        descriptors: [],
        recorded: {
          ...recorded,
          issuer: BG,
          leaf: { index: 9, time: TIME },
          id: randomUUID() as EventId,
          event: {
            type: 'ReleaseRequested',
            item: release,
            core: {
              to: GR,
              grantee: BG,
              event: said,
              purpose: 'INVESTIGATION',
              compartments: ['facts'],
            },
            parts: {},
          },
        },
      },
    ] as unknown as readonly RecordedEntry[];
    const take = async (news: Partial<Delivery>) => {
      const { next, digest } = await database.journal.position();
      const leaf = { index: 8 + Number(next), time: TIME };
      const line = randomBytes(32).toString('hex') as Digest;
      const [taken] = [{ number: next, digest: line, previous: digest, leaf, at: TIME, ...news }];
      expect(await database.journal.append([taken])).toMatchObject({ applied: 1 });
    };
    for (const entry of entries) await take({ entry });
    const until = inDays(30);
    const beyond = await ask('POST', `/releases/${release}/grant`, {
      as: 'PROSECUTOR',
      body: { compartments: ['facts', 'intelligence'], until },
      headers: command(),
    });
    expect(beyond.json()).toMatchObject({ status: 400, code: 'release-beyond-request' });

    const erase = (event: EventId, headers = command()) =>
      ask('POST', '/erasures', {
        as: 'PROSECUTOR',
        body: { event, compartments: ['facts'], ground: 'INACCURATE', until },
        headers,
      });
    const first = command();
    const proposed = (await erase(said, first)).json<object>();
    expect(proposed).toMatchObject({ proposal: expect.any(String) });
    const order = { item: randomUUID() as ItemId, exchange, event: said, originator: GR, by: GR };
    const descriptors = [facts.descriptor];
    await take({
      erasure: { ...order, descriptors, ground: 'INACCURATE', until },
      purges: [{ event: said, compartments: ['facts'], descriptors, everywhere: true }],
    });
    expect((await erase(said)).json()).toMatchObject({ status: 409, code: 'forgotten-already' });
    expect((await erase(absent as EventId)).json()).toMatchObject({ code: 'not-found' });
    // What it has brought about takes the first answer from nobody.
    expect((await erase(said, first)).json()).toEqual(proposed);

    // Nor is anything taken from what is not held any more: it could not be named, and its markings would bind nobody.
    const granted = randomUUID() as EventId;
    const [handedOn, marking] = [
      marked('facts'),
      { classification: 'BPL', handling: ['H1', 'H2'] },
    ];
    await take({
      entry: {
        exchange,
        facts: {},
        descriptors: [{ ...handedOn, marking }],
        recorded: {
          ...recorded,
          issuer: BG,
          leaf: { index: 3, time: TIME },
          id: granted,
          event: {
            type: 'ContributionShared',
            item: randomUUID() as ItemId,
            parts: { facts: statement },
          },
        },
      } as unknown as RecordedEntry,
    });
    await take({
      purges: [{ event: granted, compartments: ['facts'], descriptors: [handedOn.descriptor] }],
    });
    for (const path of ['/contributions', '/audience/contributions'])
      expect(
        (
          await ask('POST', path, {
            as: 'PROSECUTOR',
            body: {
              to: BG,
              marking: { classification: 'BPL', handling: [] },
              facts: statement,
              derivedFrom: [granted],
            },
            headers: command(),
          })
        ).json(),
      ).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('does not fall over a command that nests a hundred thousand deep', async () => {
    const answer = await app.nest.inject({
      method: 'POST',
      url: '/requests',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await tokenOf('ANALYST')}`,
        ...command(),
      },
      payload: '{"facts":'.concat('['.repeat(100_000), ']'.repeat(100_000), '}'),
    });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      400,
      'body-too-deep',
    ]);
  });

  describe('accounts', () => {
    it('are added, locked, unlocked, given other roles and closed', async () => {
      const as = 'NODE_SECURITY_OFFICER';
      const password = randomBytes(12).toString('hex');
      const body = { officer: 'e.new', name: 'E. New', password, roles: ['ANALYST'] };
      expect((await ask('POST', '/officers', { as, body })).statusCode).toBe(201);
      expect((await ask('POST', '/officers', { as, body })).json()).toMatchObject({
        code: 'officer-exists',
      });
      const guess = (password: string) =>
        ask('POST', '/sessions', { body: { officer: 'e.new', password } });
      for (let wrong = 0; wrong < 5; wrong += 1) await guess('wrong');
      const signIn = () => guess(password);
      const told = ({ statusCode, json }: Awaited<ReturnType<typeof guess>>) => ({
        ...json<Record<string, unknown>>(),
        instance: 'its own',
        statusCode,
      });
      // Whoever guesses on during the lock-out must not learn from the answer that a guess was right.
      expect(told(await signIn())).toEqual(told(await guess('wrong')));
      expect((await signIn()).statusCode).toBe(401);
      await ask('POST', '/officers/e.new/unlock', { as });
      expect((await signIn()).statusCode).toBe(201);
      const changed = await ask('PUT', '/officers/e.new/roles', {
        as,
        body: { roles: ['INVESTIGATOR'] },
      });
      expect(changed.json()).toMatchObject({ roles: ['INVESTIGATOR'], active: true });
      expect((await ask('DELETE', '/officers/e.new', { as })).statusCode).toBe(204);
      expect((await signIn()).statusCode).toBe(401);
    });

    it('are locked by guesses that are made all at once, too', async () => {
      const password = randomBytes(12).toString('hex');
      const body = { officer: 'e.many', name: 'E. Many', password, roles: ['ANALYST'] };
      await ask('POST', '/officers', { as: 'NODE_SECURITY_OFFICER', body });
      const guesses = [...Array<string>(24).fill('wrong'), password];
      const answers = await Promise.all(
        guesses.map((guess) =>
          ask('POST', '/sessions', { body: { officer: 'e.many', password: guess } }),
        ),
      );
      expect(answers.map(({ statusCode }) => statusCode)).toEqual(guesses.map(() => 401));
    });
  });

  describe('the last officer who keeps accounts', () => {
    const as = 'NODE_SECURITY_OFFICER';
    const self = '/officers/node-security-officer';

    it.each<[string, () => ReturnType<typeof ask>]>([
      ['is not closed', () => ask('DELETE', self, { as })],
      ['keeps that role', () => ask('PUT', `${self}/roles`, { as, body: { roles: ['ANALYST'] } })],
    ])('%s', async (_what, attempt) => {
      expect((await attempt()).json()).toMatchObject({
        status: 409,
        code: 'last-security-officer',
      });
      expect((await ask('GET', '/officers', { as })).statusCode).toBe(200);
    });

    it('goes once there is another', async () => {
      const password = randomBytes(12).toString('hex');
      const body = { officer: 'e.second', name: 'E. Second', password, roles: [as] };
      expect((await ask('POST', '/officers', { as, body })).statusCode).toBe(201);
      expect((await ask('DELETE', '/officers/e.second', { as })).statusCode).toBe(204);
      expect((await ask('DELETE', self, { as })).json()).toMatchObject({
        code: 'last-security-officer',
      });
    });
  });

  it('tells what changed, from where its reader left, without content', async () => {
    const address = await app.listen();
    const stopped = new AbortController();
    const answer = await fetch(`${address}/events`, {
      headers: {
        authorization: `Bearer ${await tokenOf('NODE_SECURITY_OFFICER')}`,
        'last-event-id': '0',
      },
      signal: stopped.signal,
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk);
      if (text.includes('event: request')) break;
    }
    stopped.abort();
    expect(text).toContain('id: 1\n');
    expect(text).toContain(item);
    expect(text).not.toContain(SECRET);
  });

  describe('a live stream', () => {
    const as = 'NODE_SECURITY_OFFICER';
    const password = randomBytes(12).toString('hex');
    let address: string;
    let elsewhere: AgencyDatabase;

    beforeAll(async () => {
      address = await app.nest.getUrl();
      elsewhere = new AgencyDatabase(fresh[0]!.config);
      const body = { officer: 'e.watch', name: 'E. Watch', password, roles: ['ANALYST'] };
      expect((await ask('POST', '/officers', { as, body })).statusCode).toBe(201);
    });
    afterAll(() => elsewhere.close());

    const watch = async (token: string) => {
      const answer = await fetch(`${address}/events`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
      return answer;
    };
    const signIn = async (): Promise<string> => {
      const body = { officer: 'e.watch', password };
      return (await ask('POST', '/sessions', { body })).json<{ token: string }>().token;
    };

    it.each<[string, (token: string) => Promise<unknown>]>([
      [
        'signs out',
        (token) =>
          ask('DELETE', '/sessions/current', { headers: { authorization: `Bearer ${token}` } }),
      ],
      [
        'changes the password',
        (token) =>
          ask('PUT', '/sessions/current/password', {
            headers: { authorization: `Bearer ${token}` },
            body: { present: password, next: password },
          }),
      ],
      [
        'is given other roles',
        () => ask('PUT', '/officers/e.watch/roles', { as, body: { roles: ['INVESTIGATOR'] } }),
      ],
      [
        'is signed out by another process',
        (token) =>
          elsewhere.officers.signOut(createHash('sha256').update(token).digest('hex') as Digest),
      ],
      ['has the account closed', () => ask('DELETE', '/officers/e.watch', { as })],
    ])('ends when its officer %s', async (_when, end) => {
      const token = await signIn();
      const stream = await watch(token);
      await end(token);
      // Resolves when the stream has ended, and not before.
      expect(await stream.text()).toContain(': open');
      const after = await fetch(`${address}/events`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(after.status).toBe(401);
    });

    it('ends when its session expires', async () => {
      const HOUR = 3_600_000;
      const id = 'e.short' as OfficerId;
      await database.officers.add({
        id,
        name: 'E. Short',
        roles: ['ANALYST'],
        passwordHash: 'none',
      });
      const token = randomBytes(32).toString('base64url');
      await database.officers.signedIn(id, {
        token: createHash('sha256').update(token).digest('hex') as Digest,
        passwordHash: 'none',
        at: new Date().toISOString() as Instant,
        expiresAt: new Date(Date.now() + HOUR).toISOString() as Instant,
      });
      const stream = await watch(token);
      ahead = HOUR;
      expect(await stream.text()).toContain(': open');
      ahead = 0;
    });
  });

  describe('a session of the console', () => {
    const password = 'three words and a number 7';
    const HOST = 'console.gr-police.example';
    const own = {
      host: HOST,
      origin: `https://${HOST}`,
      'tripoint-console': '1',
      'sec-fetch-site': 'same-origin',
    };
    const signIn = (headers: Readonly<Record<string, string>> = own) =>
      ask('POST', '/sessions/console', { headers, body: { officer: 'e.browser', password } });

    beforeAll(async () => {
      await database.officers.add({
        id: 'e.browser' as OfficerId,
        name: 'E. Browser',
        roles: ['LIAISON_OFFICER'],
        passwordHash: await hashPassword(password),
      });
    });

    const cookieOf = (answer: Awaited<ReturnType<typeof signIn>>): string =>
      String(answer.headers['set-cookie']).split(';', 1)[0]!;

    it('is kept in a cookie that no script reads and no other site sends, and in no answer', async () => {
      const answer = await signIn();
      expect(answer.statusCode).toBe(201);
      expect(answer.headers['set-cookie']).toMatch(
        /^__Host-tripoint-gr-police=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      );
      expect(answer.body).not.toContain(cookieOf(answer).split('=')[1]);
      expect(answer.json()).toEqual({
        door: 'AGENCY',
        officer: 'e.browser',
        name: 'E. Browser',
        agency: GR,
        roles: ['LIAISON_OFFICER'],
      });
    });

    it('does without TLS on this machine alone', async () => {
      const local = { ...own, host: '127.0.0.1:4102', origin: 'http://127.0.0.1:4102' };
      expect((await signIn(local)).headers['set-cookie']).toMatch(
        /^tripoint-gr-police=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
      );
    });

    it('reads, writes and ends', async () => {
      const cookie = cookieOf(await signIn());
      const headers = { ...own, cookie };
      const current = () => ask('GET', '/sessions/current', { headers });
      expect((await current()).json()).toMatchObject({ officer: 'e.browser', name: 'E. Browser' });
      const search = { text: SECRET, as: 'number' };
      const found = await ask('POST', '/search', {
        headers: { ...headers, ...PURPOSE },
        body: search,
      });
      expect(found.statusCode).toBe(200);
      const out = await ask('DELETE', '/sessions/current', { headers });
      expect([out.statusCode, out.headers['set-cookie']]).toEqual([
        204,
        '__Host-tripoint-gr-police=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0',
      ]);
      expect((await current()).statusCode).toBe(401);
    });

    it('is another one after the password was changed, and the new token is in no answer', async () => {
      const before = cookieOf(await signIn());
      const change = (headers: Readonly<Record<string, string>>) =>
        ask('PUT', '/sessions/console/password', {
          headers,
          body: { present: password, next: password },
        });
      const bearer = await ask('POST', '/sessions', { body: { officer: 'e.browser', password } });
      const { token } = bearer.json<{ token: string }>();
      const refused = await change({ authorization: `Bearer ${token}` });
      expect(refused.json()).toMatchObject({ code: 'not-from-console' });

      const changed = await change({ ...own, cookie: before });
      expect(changed.statusCode).toBe(200);
      const after = cookieOf(changed);
      expect(changed.body).not.toContain(after.slice(after.indexOf('=') + 1));
      const status = async (cookie: string) =>
        (await ask('GET', '/sessions/current', { headers: { ...own, cookie } })).statusCode;
      expect([await status(before), await status(after)]).toEqual([401, 200]);
    });

    it.each<[string, (cookie: string) => Record<string, string | undefined>]>([
      ['sends it without the header of the console', () => ({ 'tripoint-console': undefined })],
      ['sends it from another origin', () => ({ origin: 'https://evil.example' })],
      ['sends it from another port of the host', () => ({ origin: `https://${HOST}:8443` })],
      ['sends it from an opaque origin', () => ({ origin: 'null' })],
      ['leaves the origin out', () => ({ origin: undefined })],
      ['sends it across the site', () => ({ 'sec-fetch-site': 'cross-site' })],
      ['sends it from a neighbour of the site', () => ({ 'sec-fetch-site': 'same-site' })],
      ['sends it by a bookmark', () => ({ 'sec-fetch-site': 'none' })],
    ])('is refused when another page %s', async (_attack, change) => {
      const cookie = cookieOf(await signIn());
      const sent: Record<string, string | undefined> = { ...own, cookie, ...change(cookie) };
      const headers = Object.fromEntries(
        Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== undefined),
      );
      const refused = await ask('DELETE', '/sessions/current', { headers });
      expect(refused.json()).toMatchObject({ status: 403, code: 'not-from-console' });
      // Nor may another page sign an officer in as somebody else.
      expect((await signIn(headers)).json()).toMatchObject({ code: 'not-from-console' });
      const still = await ask('GET', '/sessions/current', { headers: { ...own, cookie } });
      expect(still.statusCode).toBe(200);
    });

    it.each<[string, (cookie: string) => string]>([
      ['plants a second one beside it', (cookie) => `${cookie}; ${cookie.slice(0, -1)}x`],
      ['renames it to one without a prefix', (cookie) => cookie.replace('__Host-', '')],
      ['offers it to another agency', (cookie) => cookie.replace('gr-police', 'bg-customs')],
      ['cuts it', (cookie) => cookie.slice(0, -30)],
    ])('is none when somebody %s', async (_attack, change) => {
      const headers = { ...own, cookie: change(cookieOf(await signIn())) };
      expect((await ask('GET', '/sessions/current', { headers })).statusCode).toBe(401);
    });

    it('gives way to a bearer token, whoever sends both', async () => {
      const headers = {
        ...own,
        cookie: cookieOf(await signIn()),
        authorization: 'Bearer of-nobody-at-all',
      };
      expect((await ask('GET', '/sessions/current', { headers })).statusCode).toBe(401);
    });
  });

  // `TRIPOINT_WRITE_CLIENT=1` writes it anew.
  it('has the interface that the console was written for', async () => {
    const file = join(import.meta.dirname, '../../../console/src/api/agency.gen.ts');
    const document = (await ask('GET', '/docs-json')).json<object>();
    const { now, written } = await generatedClient('agency', document, file);
    expect(written).toBe(now);
  });

  it('explains every rule and describes every route', async () => {
    for (const { id } of firstBundle().rules) expect(agencyProblems).toHaveProperty(id);
    const document = (await ask('GET', '/docs-json')).json<{ paths: Record<string, object> }>();
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(
        (method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      ),
    );
    expect(described.sort()).toEqual(Object.keys(MATRIX).sort());
  });
});
