import { createHash, randomInt, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AttemptsResponse,
  type ChangeResponse,
  type ContributionResponse,
  type EventContentResponse,
  type EventContentsResponse,
  type EventProofResponse,
  type HealthResponse,
  type ReadResponse,
  type ReadsResponse,
  type ReadsRootResponse,
  type ReferralResponse,
  type RequestResponse,
  type RequestsResponse,
  type SearchResponse,
  type SubmissionsResponse,
  type SubmittedResponse,
  type VerificationResponse,
} from '@tripoint/contracts';
import {
  leafHash,
  openCheckpoint,
  type OpenedCheckpoint,
  parseVerifierKey,
  type VerifierKey,
  verifyInclusion,
} from '@tripoint/transparency';
import { type Standalone, startStandalone } from '../standalone.js';
import { eventually, untilTrue } from '../gates/testing/eventually.js';

type Answer<Body = Readonly<Record<string, unknown>>> = {
  readonly status: number;
  readonly body: Body;
};

const LIMIT = 120_000;

const GR = 'gr-police';
const BG = 'bg-border-police';
const TR = 'tr-police';
const ANIMUS = 'animus';
const LIAISON = [GR, 'n.papadakis'] as const;
const INVESTIGATOR = [GR, 'e.georgiou'] as const;
const SECURITY = [GR, 'p.vlachou'] as const;
const BORDER = [BG, 'i.dimitrov'] as const;
const OPERATOR = [BG, 'm.ilieva'] as const;
const STRANGER = [TR, 'a.yilmaz'] as const;
const CASEWORKER = ['animus', 'r.hristova'] as const;
const AUDITOR = ['oversight', 'l.todorov'] as const;
type Who = readonly [agency: string, officer: string];

const PURPOSE = {
  'tripoint-purpose': 'INVESTIGATION',
  'tripoint-purpose-text': encodeURIComponent('έλεγχος οχήματος'),
  'tripoint-legal-basis': 'Directive (EU) 2023/977, Article 5',
};
const OPEN = { classification: 'BPL', handling: [] };
const H2 = { classification: 'BPL', handling: ['H2'] };

const question = (sought: string, entities: readonly object[] = []): object => ({
  to: BG,
  urgency: 'URGENT',
  access: 'DIRECT',
  marking: OPEN,
  facts: {
    sought,
    purpose: 'finding people who are believed to be carried against their will',
    offence: 'trafficking in human beings',
    availability: 'the van was on the way to the crossing',
    necessity: 'nobody else can have seen it',
    urgencyGrounds: 'people are believed to be on board',
    connection: 'believed to be the driver',
    language: 'en',
    entities,
  },
});
const statement = (text: string, entities: readonly object[] = []): object => ({
  text,
  language: 'en',
  statement: 'FACT',
  entities,
});
const remark = (text: string): object => ({ marking: OPEN, facts: { text, language: 'en' } });
const grading = (source: string, info: string): object => ({
  marking: OPEN,
  intelligence: { evaluation: { source, info } },
});

/** The Merkle tree hash of RFC 6962, section 2.1, written out from its definition. */
const merkleRoot = (entries: readonly Buffer[]): Buffer => {
  const hash = (...parts: readonly Uint8Array[]): Buffer =>
    createHash('sha256').update(Buffer.concat(parts)).digest();
  const [only] = entries;
  if (only === undefined) return hash();
  if (entries.length === 1) return hash(Buffer.of(0), only);
  let split = 1;
  while (split * 2 < entries.length) split *= 2;
  return hash(Buffer.of(1), merkleRoot(entries.slice(0, split)), merkleRoot(entries.slice(split)));
};

/** One server-sent event. */
type Told = { readonly id: number; readonly event: string; readonly data: ChangeResponse };

describe('the standalone over HTTP', () => {
  const port = randomInt(20_000, 30_000);
  let parent: string;
  let standalone: Standalone | undefined;
  const sessions = new Map<string, string>();
  let first: object | undefined;

  const start = async (): Promise<void> => {
    sessions.clear();
    standalone = await startStandalone(
      { data: join(parent, 'data'), port, fresh: false },
      (_what, work) => work(),
    );
  };
  const running = (): Standalone => {
    if (standalone === undefined) throw new Error('the standalone is not running');
    return standalone;
  };
  const urlOf = (agency: string): string => {
    const door = [...running().agencies, running().oversight].find(({ id }) => id === agency);
    if (door === undefined) throw new Error(`the demo has no ${agency}`);
    return door.url;
  };
  const passwordOf = ([agency, officer]: Who): string => {
    const password = running().passwords[`${agency}/${officer}`];
    if (password === undefined) throw new Error(`the demo has no ${officer} at ${agency}`);
    return password;
  };

  const call = async <Body = Readonly<Record<string, unknown>>>(
    agency: string,
    method: string,
    path: string,
    {
      token,
      body,
      headers = {},
    }: {
      readonly token?: unknown;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<Answer<Body>> => {
    const response = await fetch(`${urlOf(agency)}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(typeof token === 'string' ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const signIn = ([agency, officer]: Who, password: string): Promise<Answer> =>
    call(agency, 'POST', '/sessions', { body: { officer, password } });
  const tokenOf = async (who: Who): Promise<string> => {
    const known = sessions.get(who.join('/'));
    if (known !== undefined) return known;
    const { token } = (await signIn(who, passwordOf(who))).body;
    if (typeof token !== 'string') throw new Error(`${who.join('/')} cannot sign in`);
    sessions.set(who.join('/'), token);
    return token;
  };

  const get = async <Body = Readonly<Record<string, unknown>>>(
    who: Who,
    path: string,
  ): Promise<Answer<Body>> => call<Body>(who[0], 'GET', path, { token: await tokenOf(who) });
  const read = async <Body = Readonly<Record<string, unknown>>>(
    who: Who,
    path: string,
  ): Promise<Answer<Body>> =>
    call<Body>(who[0], 'GET', path, { token: await tokenOf(who), headers: PURPOSE });
  const contentOf = async (who: Who, path: string): Promise<readonly EventContentResponse[]> => {
    const { status, body } = await read<EventContentsResponse>(who, `${path}/content`);
    expect(status).toBe(200);
    return body.rows;
  };

  /** A command as a client gives it: what is retriable is sent again under the same key. */
  const command = async (
    who: Who,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const token = await tokenOf(who);
    const named = { 'idempotency-key': randomUUID(), ...headers };
    return eventually(`${who.join('/')} is answered at ${path}`, async () => {
      const answer = await call(who[0], 'POST', path, { token, body, headers: named });
      return answer.status === 503 ? undefined : answer;
    });
  };
  const opened = async (who: Who, path: string, body: unknown): Promise<SubmittedResponse> => {
    const answer = await command(who, path, body);
    expect(answer).toMatchObject({ status: 202 });
    return answer.body as unknown as SubmittedResponse;
  };
  /** Moves an item from the version that the officer's node shows. */
  const move = async (who: Who, path: string, step: string, body: unknown = {}): Promise<Answer> =>
    eventually(`${who.join('/')} moves ${path}: ${step}`, async () => {
      const { version } = (await get(who, path)).body;
      const answer = await command(who, `${path}/${step}`, body, {
        'if-match': `"v${String(version)}"`,
      });
      // A record of the hub's may have moved the item between the two.
      return answer.status === 412 ? undefined : answer;
    });
  const moved = async (who: Who, path: string, step: string, body: unknown = {}): Promise<void> => {
    expect(await move(who, path, step, body)).toMatchObject({ status: 202 });
  };
  const stands = async <Row = RequestResponse>(
    who: Who,
    path: string,
    status: string,
  ): Promise<Row> =>
    eventually(`${who.join('/')} sees ${path} ${status}`, async () => {
      const answer = await get(who, path);
      return answer.status === 200 && answer.body['status'] === status
        ? (answer.body as Row)
        : undefined;
    });
  /** A request that has reached the border police and was confirmed to its issuer. */
  const asked = async (sought: string, entities?: readonly object[]): Promise<string> => {
    const { item } = await opened(LIAISON, '/requests', question(sought, entities));
    await stands(BORDER, `/requests/${item}`, 'RECEIVED');
    await stands(LIAISON, `/requests/${item}`, 'RECEIVED');
    return `/requests/${item}`;
  };

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'tripoint-system-'));
    // The database server may have to run as another user, who has to reach its folder.
    await chmod(parent, 0o755);
    await start();
    // At once and once only: what was said to be ready answers.
    const checkpoint = await fetch(`${running().hub.url}/checkpoint`);
    const command = await call(GR, 'POST', '/requests', {
      token: await tokenOf(LIAISON),
      body: question('whatever is asked first'),
      headers: { 'idempotency-key': randomUUID() },
    });
    first = { checkpoint: checkpoint.status, command: command.status };
  }, LIMIT);

  afterAll(async () => {
    await standalone?.stop();
    await rm(parent, { recursive: true, force: true });
  }, LIMIT);

  describe('a start', () => {
    it('is over when everything that was started can be used', () => {
      expect(running().missing).toEqual([]);
      expect(first).toEqual({ checkpoint: 200, command: 202 });
    });

    it('names what each door depends on', async () => {
      for (const [id, names] of [
        [GR, ['bus', 'caught-up', 'database', 'hub', 'witnesses']],
        ['oversight', ['accounts', 'database']],
      ] as const) {
        const { status, body } = await call<HealthResponse>(id, 'GET', '/health/ready');
        expect([status, body.status]).toEqual([200, 'up']);
        expect(body.checks.map(({ name }) => name).sort()).toEqual(names);
      }
      const hub = await fetch(`${running().hub.url}/health/ready`);
      const { checks } = (await hub.json()) as HealthResponse;
      expect(checks.map(({ name }) => name).sort()).toEqual(['bus', 'database', 'log']);
    });
  });

  describe('a request', () => {
    it('is proved to both sides by what anybody can recompute, and by no word of it', async () => {
      const path = await asked('what nobody needs for a proof');
      await stands(LIAISON, path, 'RECEIVED');
      const [issued] = await contentOf(LIAISON, path);
      expect(issued!.markings).toContainEqual({ compartment: 'facts', ...OPEN });
      const { checkpoint } = (await get<VerificationResponse>(AUDITOR, '/verification')).body;
      for (const who of [LIAISON, BORDER]) {
        const proof = await eventually('witnesses have cosigned it', async () => {
          const { body } = await get<EventProofResponse>(who, `/events/${issued!.event}/proof`);
          return body.cosigned === undefined ? undefined : body;
        });
        const { leaf, index, size, path: audit, note, cosigned, log } = proof;
        const opened = openCheckpoint(Buffer.from(note), parseVerifierKey(log) as VerifierKey);
        const { root } = (opened as OpenedCheckpoint).checkpoint;
        const hashes = audit.map((hash) => Buffer.from(hash, 'hex'));
        expect(
          verifyInclusion({
            leafHash: leafHash(Buffer.from(leaf)),
            index: Number(index),
            size: Number(size),
            proof: hashes,
            root,
          }),
        ).toBe(true);
        expect(index).toBe(issued!.leaf);
        expect(Number(cosigned!.size)).toBeGreaterThanOrEqual(Number(size));
        expect(checkpoint!.note.startsWith(log.split('+')[0]!)).toBe(true);
        expect(JSON.stringify(proof)).not.toContain('nobody needs');
      }
      const absent = await get(STRANGER, `/events/${issued!.event}/proof`);
      expect(absent.status).toBe(404);
    });

    it(
      'goes from its issue to its close, each side seeing each step and its own parts only',
      async () => {
        const path = await asked('where the van crossed');
        const received = await stands(LIAISON, path, 'RECEIVED');
        const allowed = ({ receivedAt, dueAt }: RequestResponse): number =>
          (Date.parse(dueAt ?? '') - Date.parse(receivedAt ?? '')) / 1000;
        expect(allowed(received)).toBe(8 * 3600);

        await moved(BORDER, path, 'ask-clarification', remark('which of the two vans?'));
        const halted = await stands(LIAISON, path, 'CLARIFICATION_ASKED');
        expect(halted.dueAt).toBeUndefined();
        expect(halted.suspendedAt).toBeDefined();
        await moved(LIAISON, path, 'clarify', remark('the white one'));
        await stands(BORDER, path, 'RECEIVED');
        await moved(BORDER, path, 'accept');
        await stands(BORDER, path, 'ACCEPTED');
        await moved(BORDER, path, 'notify-delay', {
          seconds: 3600,
          judicialAuthorisation: false,
          ...remark('the archive is closed'),
        });
        const delayed = await stands(LIAISON, path, 'DELAY_NOTIFIED');
        expect(allowed(delayed)).toBeGreaterThanOrEqual(9 * 3600);
        await moved(BORDER, path, 'answer', {
          outcome: 'PARTIAL',
          marking: OPEN,
          facts: statement('it was seen on Friday'),
        });
        await stands(LIAISON, path, 'ANSWERED_PARTIAL');
        await stands(BORDER, path, 'ANSWERED_PARTIAL');
        await moved(BORDER, path, 'answer', {
          outcome: 'FULL',
          marking: OPEN,
          facts: statement('it crossed at lane 4'),
          source: { text: 'the operator of the lane camera' },
        });
        await stands(LIAISON, path, 'ANSWERED_FULL');
        await moved(LIAISON, path, 'close');
        for (const who of [LIAISON, BORDER])
          expect(await stands(who, path, 'CLOSED')).toMatchObject({ open: false, overdue: false });

        const [greek, bulgarian] = [await contentOf(LIAISON, path), await contentOf(BORDER, path)];
        const types = [
          'RequestIssued',
          'RequestReceived',
          'ClarificationAsked',
          'ClarificationProvided',
          'RequestAccepted',
          'DelayNotified',
          'AnswerProvided',
          'AnswerProvided',
          'RequestClosed',
        ];
        expect(greek.map(({ type }) => type)).toEqual(types);
        expect(bulgarian.map(({ type }) => type)).toEqual(types);
        expect(greek[7]?.parts).toMatchObject({ facts: { text: 'it crossed at lane 4' } });
        expect(JSON.stringify(greek)).not.toContain('lane camera');
        expect(JSON.stringify(bulgarian)).toContain('lane camera');
        expect(await move(BORDER, path, 'accept')).toMatchObject({
          status: 409,
          body: { code: 'status-does-not-allow' },
        });
      },
      LIMIT,
    );

    it(
      'is refused on a ground, which its issuer learns',
      async () => {
        const path = await asked('who owns the van');
        await moved(BORDER, path, 'refuse', { ground: 'f-ii', scope: 'WHOLE', marking: OPEN });
        expect((await stands(LIAISON, path, 'REFUSED')).settledAt).toBeDefined();
        expect((await contentOf(LIAISON, path)).at(-1)).toMatchObject({
          type: 'RequestRefused',
          core: { ground: 'f-ii', scope: 'WHOLE' },
        });
      },
      LIMIT,
    );

    it(
      'is withdrawn, after which nobody answers it',
      async () => {
        const path = await asked('who rented the van');
        await moved(LIAISON, path, 'withdraw');
        await stands(BORDER, path, 'WITHDRAWN');
        expect(
          await move(BORDER, path, 'answer', { outcome: 'NOTHING_HELD', marking: OPEN }),
        ).toMatchObject({ status: 409, body: { code: 'status-does-not-allow' } });
      },
      LIMIT,
    );

    it(
      'is answered once when two officers answer it at once',
      async () => {
        // Signed in beforehand, so that nothing keeps the one behind the other; and not once only, since chance may.
        for (const who of [BORDER, OPERATOR]) await tokenOf(who);
        for (let race = 0; race < 5; race += 1) {
          const path = await asked('whether the van came back');
          const { version } = await stands(BORDER, path, 'RECEIVED');
          const answers = await Promise.all(
            [BORDER, OPERATOR].map((who) =>
              command(
                who,
                `${path}/answer`,
                { outcome: 'FULL', marking: OPEN, facts: statement(`found by ${who[1]}`) },
                { 'if-match': `"v${version}"` },
              ),
            ),
          );
          const [first, second] = answers.toSorted((one, other) => one.status - other.status);
          expect(first?.status).toBe(202);
          expect([
            [409, 'status-does-not-allow'],
            [412, 'version-moved'],
          ]).toContainEqual([second?.status, second?.body['code']]);
          for (const who of [LIAISON, BORDER]) {
            await stands(who, path, 'ANSWERED_FULL');
            const types = (await contentOf(who, path)).map(({ type }) => type);
            expect(types.filter((type) => type === 'AnswerProvided')).toHaveLength(1);
          }
        }
      },
      LIMIT,
    );
  });

  describe('an Idempotency-Key', () => {
    it(
      'gives the same answer again, and no second event',
      async () => {
        const key = { 'idempotency-key': randomUUID() };
        const body = question('once only');
        const answers = await Promise.all(
          [1, 2, 3].map(() => command(LIAISON, '/requests', body, key)),
        );
        answers.push(await command(LIAISON, '/requests', body, key));
        const [{ status, body: said }] = answers as [Answer];
        expect(status).toBe(202);
        for (const answer of answers) expect(answer).toEqual({ status, body: said });
        const { item, exchange } = said as unknown as SubmittedResponse;
        await stands(LIAISON, `/requests/${item}`, 'RECEIVED');
        const ours = await get<SubmissionsResponse>(LIAISON, `/submissions?exchange=${exchange}`);
        expect(ours.body.rows).toHaveLength(1);

        expect(await command(LIAISON, '/requests', question('another'), key)).toMatchObject({
          status: 409,
          body: { code: 'command-key-reused' },
        });
        const another = await command(INVESTIGATOR, '/requests', body, key);
        expect(another).toMatchObject({ status: 202 });
        expect(another.body['item']).not.toBe(item);
      },
      LIMIT,
    );

    it(
      'gives the same answer after the item has moved on',
      async () => {
        const path = await asked('once only, too');
        const { version } = await stands(BORDER, path, 'RECEIVED');
        const headers = { 'idempotency-key': randomUUID(), 'if-match': `"v${version}"` };
        const first = await command(BORDER, `${path}/accept`, {}, headers);
        expect(first.status).toBe(202);
        await stands(BORDER, path, 'ACCEPTED');
        expect(await command(BORDER, `${path}/accept`, {}, headers)).toEqual(first);
        expect(
          await command(
            BORDER,
            `${path}/refuse`,
            {
              ground: 'a',
              scope: 'WHOLE',
              marking: OPEN,
            },
            headers,
          ),
        ).toMatchObject({ status: 409, body: { code: 'command-key-reused' } });
      },
      LIMIT,
    );
  });

  describe('If-Match', () => {
    it(
      'is needed, and has to name the version that stands',
      async () => {
        const path = await asked('something with a version');
        const none = await command(BORDER, `${path}/accept`, {});
        expect(none).toMatchObject({ status: 428, body: { code: 'version-required' } });
        const { version } = await stands(BORDER, path, 'RECEIVED');
        await moved(BORDER, path, 'accept');
        await stands(BORDER, path, 'ACCEPTED');
        const stale = await command(
          BORDER,
          `${path}/refuse`,
          { ground: 'a', scope: 'WHOLE', marking: OPEN },
          { 'if-match': `"v${version}"` },
        );
        expect(stale).toMatchObject({ status: 412, body: { code: 'version-moved' } });
        await stands(BORDER, path, 'ACCEPTED');
      },
      LIMIT,
    );

    it(
      'lets one of two officers through who decide upon the same version, and nobody while that is on its way',
      async () => {
        for (const who of [BORDER, OPERATOR]) await tokenOf(who);
        const refusal = { ground: 'a', scope: 'WHOLE', marking: OPEN };
        const answer = { outcome: 'NOTHING_HELD', marking: OPEN };
        for (let race = 0; race < 6; race += 1) {
          const path = await asked('something that two take on at once');
          const { version } = await stands(BORDER, path, 'RECEIVED');
          const seen = { 'if-match': `"v${version}"` };
          const answers = await Promise.all([
            command(BORDER, `${path}/accept`, {}, seen),
            command(OPERATOR, `${path}/refuse`, refusal, seen),
          ]);
          // The log may have recorded the first by now or not: the version from before it is gone either way.
          answers.push(await command(BORDER, `${path}/answer`, answer, seen));
          expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([
            202, 412, 412,
          ]);
          expect((await get(BORDER, path)).body['version']).not.toBe(version);
        }
      },
      LIMIT,
    );
  });

  describe('a contribution', () => {
    it(
      'is received by a node and acknowledged by an officer, evaluated and revised, and is not passed on without release',
      async () => {
        const seen = 'three people were let out behind the warehouse';
        const { item, exchange, events } = await opened(BORDER, '/contributions', {
          to: GR,
          marking: H2,
          facts: statement(seen),
          source: { text: 'a guard of the warehouse' },
        });
        const path = `/contributions/${item}`;
        // That it arrived is not that anybody has read it: it stays open until an officer says so.
        for (const who of [BORDER, LIAISON])
          expect(await stands<ContributionResponse>(who, path, 'RECEIVED')).toMatchObject({
            open: true,
          });
        const acknowledged = await move(LIAISON, path, 'acknowledge');
        expect(acknowledged).toMatchObject({
          status: 202,
          body: { events: [{ type: 'ContributionAcknowledged' }] },
        });
        for (const who of [BORDER, LIAISON])
          expect(await stands<ContributionResponse>(who, path, 'ACKNOWLEDGED')).toMatchObject({
            open: false,
          });
        const again = await move(LIAISON, path, 'acknowledge');
        expect(again.status).toBe(200);
        expect(again.body).toEqual({ item, exchange, events: [], already: 'ACKNOWLEDGED' });
        await moved(LIAISON, path, 'evaluate', grading('B', '2'));
        for (const who of [BORDER, LIAISON])
          await stands<ContributionResponse>(who, path, 'EVALUATED');
        await moved(LIAISON, path, 'revise', grading('A', '1'));
        await stands<ContributionResponse>(BORDER, path, 'RE_EVALUATED');
        const graded = (await contentOf(BORDER, path)).map(({ type, parts }) => [
          type,
          (parts['intelligence'] as { readonly evaluation?: object } | undefined)?.evaluation,
        ]);
        expect(graded).toEqual([
          ['ContributionShared', undefined],
          ['ContributionReceived', undefined],
          ['ContributionAcknowledged', undefined],
          ['ContributionEvaluated', { source: 'B', info: '2' }],
          ['EvaluationRevised', { source: 'A', info: '1' }],
        ]);
        expect(JSON.stringify(await contentOf(LIAISON, path))).not.toContain('a guard');

        const before = (await get<AttemptsResponse>(AUDITOR, '/attempts')).body.rows;
        const event = events[0]?.event;
        const forward = (key: string, to: string = TR) =>
          command(
            LIAISON,
            '/contributions',
            { to, marking: H2, facts: statement(seen), derivedFrom: [event] },
            { 'idempotency-key': key },
          );
        const key = randomUUID();
        const first = await forward(key);
        expect(first).toMatchObject({ status: 403, body: { code: 'handling-h2-needs-release' } });
        // The same command again is the same attempt; another one is another, and comes behind both on the chain.
        const { instance, ...said } = first.body;
        expect(await forward(key)).toMatchObject({ status: 403, body: said });
        expect(instance).toBeDefined();
        expect(await forward(randomUUID(), ANIMUS)).toMatchObject({
          status: 403,
          body: { code: 'handling-h2-needs-release' },
        });
        const attempts = await eventually('oversight sees the attempts', async () => {
          const { rows } = (await get<AttemptsResponse>(AUDITOR, '/attempts')).body;
          const seen = rows.filter(({ index }) => before.every((old) => old.index !== index));
          return seen.some(({ tried }) => tried.includes(ANIMUS)) ? seen : undefined;
        });
        expect(attempts.map(({ tried }) => tried.join()).sort()).toEqual([ANIMUS, TR].sort());
        for (const attempt of attempts)
          expect(attempt).toMatchObject({ issuer: GR, declared: true });
        expect((await forward(key, ANIMUS)).body).toMatchObject({ code: 'command-key-reused' });
        // Nothing was exchanged where it was tried: those who work on exchanges find none of it among them.
        const tried = new Set(attempts.map((attempt) => attempt.exchange));
        await eventually('the attempts came back to their author', async () => {
          const [one, two] = [...tried].map((id) => get(LIAISON, `/exchanges/${id}`));
          return (await one)?.status === 200 && (await two)?.status === 200 ? true : undefined;
        });
        const { rows } = (
          await get<{ rows: { exchange: string }[] }>(LIAISON, '/exchanges?limit=200')
        ).body;
        expect(rows.map((row) => row.exchange)).toContain(exchange);
        expect(rows.filter((row) => tried.has(row.exchange as never))).toEqual([]);
        expect(attempts[0]?.exchange).not.toBe(exchange);
        expect(JSON.stringify(attempts)).not.toContain('warehouse');
      },
      LIMIT,
    );
  });

  describe('a referral', () => {
    const name = 'Ралица';
    const referral = (): object => ({
      to: 'animus',
      marking: OPEN,
      persons: [
        {
          kind: 'person',
          category: 'VICTIM',
          names: [{ kind: 'PRIMARY', script: 'Cyrl', family: 'Крушева', given: name }],
        },
      ],
      needs: { services: ['SHELTER'], urgency: 'URGENT', language: 'bg' },
    });
    const consent = (): object => ({
      subjectPseudonym: 'P-7F3A',
      purposes: ['SERVICE_REFERRAL'],
      recipients: ['animus'],
      compartments: ['identity', 'needs'],
      language: 'bg',
      givenBy: 'SELF',
      from: new Date(Date.now() - 3_600_000).toISOString(),
      until: new Date(Date.now() + 86_400_000).toISOString(),
      evidenceRef: 'file 2026/114',
    });

    it(
      'needs consent, and tells the police the outcome only',
      async () => {
        expect(await command(BORDER, '/referrals', referral())).toMatchObject({
          status: 403,
          body: { code: 'no-consent' },
        });
        const { item } = await opened(BORDER, '/referrals', {
          ...referral(),
          consent: consent(),
        });
        const path = `/referrals/${item}`;
        await stands<ReferralResponse>(CASEWORKER, path, 'RECEIVED');
        expect(JSON.stringify(await contentOf(CASEWORKER, path))).toContain(name);
        await moved(CASEWORKER, path, 'accept');
        await stands<ReferralResponse>(CASEWORKER, path, 'ACCEPTED');
        const welfare = 'has a room on the second floor and sleeps well';
        const feedback = {
          outcome: 'ACCEPTED',
          marking: OPEN,
          welfare: { text: welfare, services: ['SHELTER'] },
        };
        // That there is feedback at all would be more than the outcome: it goes to nobody else.
        expect(await command(CASEWORKER, `/audience${path}/feedback`, feedback)).toMatchObject({
          status: 200,
          body: {
            parts: [
              { compartment: 'core', readers: [ANIMUS] },
              { compartment: 'welfare', readers: [ANIMUS] },
            ],
          },
        });
        await moved(CASEWORKER, path, 'feedback', feedback);
        await stands<ReferralResponse>(CASEWORKER, path, 'FEEDBACK_GIVEN');
        expect(JSON.stringify(await contentOf(CASEWORKER, path))).toContain('second floor');

        expect(await move(CASEWORKER, path, 'complete')).toMatchObject({
          status: 202,
          body: { events: [{ type: 'ReferralServiceEnded' }] },
        });
        await stands<ReferralResponse>(CASEWORKER, path, 'DONE');
        // What comes after it has arrived: so would it have, if it had been sent.
        await moved(BORDER, path, 'complete');
        await stands<ReferralResponse>(BORDER, path, 'DONE');
        expect((await contentOf(BORDER, path)).map(({ type }) => type)).toEqual([
          'ReferralIssued',
          'ReferralReceived',
          'ReferralAccepted',
          'ReferralCompleted',
        ]);
        expect(JSON.stringify(await contentOf(BORDER, path))).not.toContain('second floor');
        const ended = await eventually('the service sees both ends', async () => {
          const ends = (await contentOf(CASEWORKER, path)).slice(-2);
          return ends.at(-1)?.type === 'ReferralCompleted' ? ends : undefined;
        });
        expect(ended.map(({ type, overtaken }) => [type, overtaken])).toEqual([
          ['ReferralServiceEnded', false],
          ['ReferralCompleted', true],
        ]);
      },
      LIMIT,
    );
  });

  describe('reading', () => {
    const reads = async (): Promise<readonly ReadResponse[]> => {
      const rows: ReadResponse[] = [];
      for (let after: string | undefined = ''; after !== undefined;) {
        const { body }: Answer<ReadsResponse> = await get<ReadsResponse>(
          SECURITY,
          `/reads?limit=3${after === '' ? '' : `&after=${after}`}`,
        );
        rows.push(...body.rows);
        after = body.next;
      }
      return rows;
    };

    it(
      'finds a name in every script, and stays on record under the root that is published',
      async () => {
        const driver = {
          kind: 'person',
          category: 'SUSPECT',
          names: [{ kind: 'PRIMARY', script: 'Cyrl', family: 'Христу', given: 'Пеньо' }],
        };
        const path = await asked('where the driver lives', [driver]);
        const item = path.slice('/requests/'.length);
        const token = await tokenOf(LIAISON);
        const unexplained = await call(GR, 'POST', '/search', {
          token,
          body: { text: 'Христу', as: 'name' },
        });
        expect(unexplained).toMatchObject({ status: 400, body: { code: 'purpose-required' } });
        const { length: before } = await reads();
        for (const text of ['Χρήστου', 'Hristu', 'ХРИСТУ', 'Penyo Hristu']) {
          const { status, body } = await call<SearchResponse>(GR, 'POST', '/search', {
            token,
            headers: PURPOSE,
            body: { text, as: 'name' },
          });
          expect(status).toBe(200);
          expect(body.rows.map(({ entity }) => entity.item)).toContain(item);
        }
        const rows = await reads();
        expect(rows).toHaveLength(before + 4);
        expect(rows.at(-1)).toMatchObject({
          officer: LIAISON[1],
          purpose: 'INVESTIGATION',
          legalBasis: PURPOSE['tripoint-legal-basis'],
          fields: ['search'],
          textDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
        });
        expect(JSON.stringify(rows)).not.toMatch(/έλεγχος|Hristu|Χρήστου/);
        for (const [at, row] of rows.entries()) {
          expect(row.number).toBe(String(at));
          expect(row.previous).toBe(rows[at - 1]?.hash ?? '0'.repeat(64));
        }
        const { body: root } = await get<ReadsRootResponse>(SECURITY, '/reads/root');
        expect(root).toEqual({
          size: String(rows.length),
          root: merkleRoot(rows.map(({ hash }) => Buffer.from(hash, 'hex'))).toString('hex'),
          head: rows.at(-1)?.hash,
        });
        expect(await get(LIAISON, '/reads')).toMatchObject({ status: 403 });
      },
      LIMIT,
    );

    it(
      'tells an agency that takes no part the same as of something that does not exist',
      async () => {
        const { item, exchange, events } = await opened(
          LIAISON,
          '/requests',
          question('nobody else'),
        );
        await stands(LIAISON, `/requests/${item}`, 'RECEIVED');
        const event = events[0]?.event ?? '';
        const answerTo = async (id: string, path: string): Promise<object> => {
          const at = path.replace('*', id);
          const { status, body } = await (path.endsWith('/accept')
            ? command(STRANGER, at, {}, { 'if-match': '"v1"' })
            : read(STRANGER, at));
          expect(status).toBe(404);
          return { ...body, instance: 'the id of this very request' };
        };
        for (const [id, path] of [
          [item, '/requests/*'],
          [item, '/requests/*/content'],
          [item, '/requests/*/accept'],
          [item, '/contributions/*'],
          [exchange, '/exchanges/*'],
          [exchange, '/exchanges/*/content'],
          [event, '/events/*/content'],
          [event, '/submissions/*'],
        ] as const)
          expect(await answerTo(id, path)).toEqual(await answerTo(randomUUID(), path));
        const listed = await get<RequestsResponse>(STRANGER, '/requests?limit=200');
        expect(JSON.stringify(listed.body)).not.toContain(item);
      },
      LIMIT,
    );
  });

  describe('the live stream', () => {
    /** Follows the border police's stream until `enough`, and hangs up. */
    const follow = async (
      last: number | undefined,
      during: () => Promise<string>,
      enough: (told: readonly Told[], item: string) => boolean,
    ): Promise<{
      readonly told: readonly Told[];
      readonly text: string;
      readonly item: string;
    }> => {
      const response = await fetch(`${urlOf(BG)}/events`, {
        headers: {
          authorization: `Bearer ${await tokenOf(OPERATOR)}`,
          ...(last === undefined ? {} : { 'last-event-id': String(last) }),
        },
        signal: AbortSignal.timeout(90_000),
      });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      if (response.body === null) throw new Error('the stream has no body');
      const item = await during();
      const decoder = new TextDecoder();
      let text = '';
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(chunk, { stream: true });
        const whole = text.slice(0, text.lastIndexOf('\n\n') + 1);
        const told = [...whole.matchAll(/^id: (\d+)\nevent: (.+)\ndata: (.+)$/gm)].map(
          ([, id, event = '', data = '']): Told => ({
            id: Number(id),
            event,
            data: JSON.parse(data) as ChangeResponse,
          }),
        );
        // Leaving the loop hangs up.
        if (enough(told, item)) return { told, text, item };
      }
      throw new Error('the stream ended before it had told enough');
    };

    it(
      'tells what changes without content, and goes on from what was seen last',
      async () => {
        const canary = 'the colour of the second van';
        const about = (told: readonly Told[], item: string): readonly Told[] =>
          told.filter(({ event, data }) => event === 'request' && data.item === item);
        const first = await follow(
          undefined,
          async () => (await asked(canary)).slice('/requests/'.length),
          (told, item) => about(told, item).length > 0,
        );
        expect(first.text).not.toContain(canary);
        for (const { data } of first.told)
          expect([
            'kind',
            'exchange',
            data.kind === 'submission' ? 'event' : 'item',
            'version',
          ]).toEqual(expect.arrayContaining(Object.keys(data)));
        const sent = first.told.filter(({ event }) => event === 'submission');
        expect(sent.length).toBeGreaterThan(0);
        for (const { data } of sent)
          expect((await get(BORDER, `/submissions/${data.event ?? ''}`)).status).toBe(200);

        // What happens while nobody listens is told afterwards, from the place that the listener names.
        const path = `/requests/${first.item}`;
        const last = about(first.told, first.item)[0]?.id ?? 0;
        await moved(BORDER, path, 'accept');
        const { version } = await stands(BORDER, path, 'ACCEPTED');
        const again = await follow(
          last,
          () => Promise.resolve(first.item),
          (told, item) => about(told, item).some(({ data }) => data.version === version),
        );
        const ids = again.told.map(({ id }) => id);
        expect(ids.every((id) => id > last)).toBe(true);
        expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
        // Nothing that the first listener heard after that place is left out.
        expect(ids).toEqual(
          expect.arrayContaining(first.told.map(({ id }) => id).filter((id) => id > last)),
        );
        expect(again.text).not.toContain(canary);
      },
      LIMIT,
    );
  });

  describe('an officer’s own password', () => {
    const who = ['bg-customs', 'g.nikolov'] as const;
    const [agency, officer] = who;

    it(
      'is changed only by who knows it, and ends every session but the new one',
      async () => {
        const present = passwordOf(who);
        const next = 'a password that nobody guessed';
        const mine = (await signIn(who, present)).body['token'];
        const elsewhere = (await signIn(who, present)).body['token'];
        const change = (token: unknown, body: object): Promise<Answer> =>
          call(agency, 'PUT', '/sessions/current/password', { token, body });
        const current = (token: unknown): Promise<Answer> =>
          call(agency, 'GET', '/sessions/current', { token });

        expect((await change(undefined, { present, next })).status).toBe(401);
        expect((await change(mine, { present: 'not it', next })).status).toBe(401);
        expect((await change(mine, { present, next: 'short' })).status).toBe(400);
        expect((await current(elsewhere)).status).toBe(200);

        const changed = await change(mine, { present, next });
        expect(changed.status).toBe(200);
        for (const token of [mine, elsewhere]) expect((await current(token)).status).toBe(401);
        expect(await current(changed.body['token'])).toMatchObject({
          status: 200,
          body: { officer },
        });
        expect((await signIn(who, present)).status).toBe(401);
        expect((await signIn(who, next)).status).toBe(201);
      },
      LIMIT,
    );
  });

  describe('after a stop and a start on the same folder', () => {
    it(
      'has everything that was there, and goes on',
      async () => {
        const path = await asked('whether this outlives the night');
        await moved(BORDER, path, 'accept');
        for (const who of [LIAISON, BORDER]) await stands(who, path, 'ACCEPTED');
        // Proofs of delivery are added when the log says its next heads, however long everything was there by then.
        const told = (what: unknown): string =>
          JSON.stringify(what, (name, value: unknown) =>
            name === 'deliveries' ? undefined : value,
          );
        const seen = async (): Promise<unknown> => ({
          row: (await get(LIAISON, path)).body,
          content: await contentOf(BORDER, path),
          attempts: (await get<AttemptsResponse>(AUDITOR, '/attempts')).body.rows,
        });
        const before = await eventually('witnesses have cosigned all of it', async () => {
          const now = await seen();
          return JSON.stringify(now).includes('"verified":false') ? undefined : now;
        });
        const { body: root } = await get<ReadsRootResponse>(SECURITY, '/reads/root');

        await running().stop();
        standalone = undefined;
        await start();

        await untilTrue('oversight has verified the log again', async () => {
          const { body } = await get<VerificationResponse>(AUDITOR, '/verification');
          return body.sound && (body.checkpoint?.size ?? '0') !== '0';
        });
        await eventually('everything is there', async () => {
          const after = await seen();
          return told(after) === told(before) ? after : undefined;
        });
        expect((await get<ReadsRootResponse>(SECURITY, '/reads/root')).body).toEqual(root);
        await moved(BORDER, path, 'answer', { outcome: 'NOTHING_HELD', marking: OPEN });
        await stands(LIAISON, path, 'ANSWERED_NOTHING_HELD');
      },
      2 * LIMIT,
    );
  });
});
