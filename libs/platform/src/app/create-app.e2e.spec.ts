import {
  Body,
  Controller,
  Get,
  HttpCode,
  Module,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  EmptyBody,
  EntityModels,
  IssueRequestBody,
  ItemParams,
  RequestsQuery,
  SearchBody,
} from '@tripoint/contracts';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { REQUEST_STATUSES } from '@tripoint/domain';
import { HubError, refuse, type AgencyId, type OfficerId } from '@tripoint/kernel';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import {
  createApp,
  CurrentOfficer,
  CurrentPurpose,
  cursorsOf,
  entityTag,
  EventStreams,
  IdempotencyKey,
  IfMatch,
  JsonLog,
  problem,
  Problem,
  Public,
  readConsole,
  Roles,
  routesAndRules,
  Sessions,
  SignedIn,
  type App,
  type Officer,
  type ProblemTable,
  type Purpose,
} from '../index.js';

const officer: Officer = {
  id: 'eleni' as OfficerId,
  agency: 'gr-police' as AgencyId,
  roles: ['LIAISON_OFFICER'],
};
const TOKEN = 'token-of-a-live-session';

class OneSession extends Sessions {
  override officerOf(token: string): Promise<Officer | undefined> {
    return Promise.resolve(token === TOKEN ? officer : undefined);
  }

  override async mayHaveEnded(signal: AbortSignal): Promise<void> {
    if (!signal.aborted) await once(signal, 'abort');
  }
}

const things = cursorsOf('things', ['instant', 'uuid']);

@Controller()
class ThingsController {
  constructor(private readonly streams: EventStreams) {}

  @Get('nobody')
  nobody(): string {
    return 'never';
  }

  @Public()
  @Get('open')
  open(): { open: boolean } {
    return { open: true };
  }

  @SignedIn()
  @Get('me')
  me(@CurrentOfficer() by: Officer): Officer {
    return by;
  }

  @Roles('HUB_OPERATOR')
  @Post('operate')
  operate(): string {
    return 'never';
  }

  @SignedIn()
  @EntityModels()
  @Post('requests')
  @HttpCode(202)
  issue(@Body() body: IssueRequestBody, @IdempotencyKey() key: string): unknown {
    return { body, key };
  }

  @SignedIn()
  @Post('requests/:item/accept')
  @HttpCode(202)
  accept(@Param() { item }: ItemParams, @Body() body: EmptyBody): unknown {
    return { item, body };
  }

  @SignedIn()
  @Get('requests')
  list(@Query() query: RequestsQuery): unknown {
    return query.after === undefined ? query : { keys: things.read(query.after) };
  }

  @SignedIn()
  @Post('search')
  @ApiResponse({ status: 200, description: 'What was found.' })
  search(@Body() body: SearchBody, @CurrentPurpose() purpose: Purpose): unknown {
    return { body, purpose };
  }

  @SignedIn()
  @Put('thing')
  edit(@IfMatch() version: string): unknown {
    if (version !== '7') throw new Problem('version-moved', 'the thing has changed');
    return { version };
  }

  @Public()
  @Get('throws/:what')
  throws(@Param('what') what: string): never {
    if (what === 'refusal') throw problem(refuse('not-your-case', 'only its owner closes it'));
    if (what === 'undeclared') throw problem(refuse('nobody-declared-this', 'XKA 4821'));
    if (what === 'full') throw new HubError('disk-full', 'XKA 4821 on /dev/sda1', true);
    if (what === 'retriable') throw new HubError('store-away', 'XKA 4821', true);
    if (what === 'broken') throw new HubError('row-damaged', 'the row is damaged', false);
    throw new Error('XKA 4821 is not valid JSON');
  }

  @Public()
  @Get('live')
  async live(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.streams.serve(request, reply, async function* (lastId) {
      yield await Promise.resolve({ id: '8', event: 'change', data: { after: lastId ?? 'now' } });
      yield { id: '9', event: 'change', data: 'two\nlines' };
    });
  }

  @SignedIn()
  @Get('watched')
  watched(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.endless(request, reply);
  }

  @Public()
  @Get('endless')
  async endless(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.streams.serve(request, reply, async function* () {
      // Ignores its signal, as a source with a fault would.
      await new Promise(() => undefined);
      yield { id: '1', event: 'never', data: null };
    });
  }
}

@Module({
  controllers: [ThingsController],
  providers: [{ provide: Sessions, useClass: OneSession }],
})
class ThingsModule {}

const problems = {
  'not-your-case': { status: 403, title: 'Not your case', about: 'Its `owner` closes a case.' },
} satisfies ProblemTable;

const signedIn = { authorization: `Bearer ${TOKEN}` };
const request = {
  to: 'bg-border-police',
  urgency: 'URGENT',
  access: 'DIRECT',
  marking: { classification: 'BPL', handling: ['H2', 'H0'] },
  facts: {
    sought: 'when did it cross?',
    purpose: 'locating two persons',
    offence: 'trafficking in human beings',
    availability: 'a border crossing of yours',
    necessity: 'no other lead',
    urgencyGrounds: 'lives at risk',
    language: 'en',
    entities: [{ kind: 'vehicle', plate: 'XKA 4821', country: 'GR', type: 'VAN' }],
  },
};

type Answer = {
  type: string;
  code: string;
  status: number;
  detail: string;
  errors?: { pointer: string; detail: string }[];
};

describe('an application', () => {
  const lines: string[] = [];
  let app: App;

  beforeAll(async () => {
    app = await createApp(ThingsModule, {
      name: 'things',
      port: 0,
      problems,
      openapi: { title: 'Things', description: 'For tests.', version: '1' },
      checks: { store: () => undefined },
      log: new JsonLog('things', 'info', (line) => lines.push(line)),
    });
  });
  afterAll(() => app.close());

  const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
    app.nest.inject({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        ...signedIn,
        'idempotency-key': 'key-00000001',
        ...headers,
      },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
  const get = (url: string, headers: Record<string, string> = {}) =>
    app.nest.inject({ method: 'GET', url, headers });

  it('takes a body, composes its text and puts its codes in order', async () => {
    const decomposed = { ...request, facts: { ...request.facts, sought: 'Cafe\u0301?' } };
    const answer = await post('/requests', decomposed);
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({
      key: 'key-00000001',
      body: {
        ...request,
        marking: { classification: 'BPL', handling: ['H0', 'H2'] },
        facts: { ...request.facts, sought: 'Caf\u00e9?' },
      },
    });
  });

  it.each<[string, unknown, string]>([
    ['sends a member that nobody knows', { ...request, admin: true }, '#/admin'],
    [
      'hides a member in an entity',
      {
        ...request,
        facts: { ...request.facts, entities: [{ kind: 'vehicle', type: 'VAN', ssn: '1' }] },
      },
      '#/facts/entities/0/ssn',
    ],
    [
      'invents a kind of entity',
      { ...request, facts: { ...request.facts, entities: [{ kind: 'ghost' }] } },
      '#/facts/entities/0/kind',
    ],
    [
      'names a kind that every object has',
      { ...request, facts: { ...request.facts, entities: [{ kind: 'constructor' }] } },
      '#/facts/entities/0/kind',
    ],
    [
      'sends an entity without a kind',
      { ...request, facts: { ...request.facts, entities: [{}] } },
      '#/facts/entities/0/kind',
    ],
    [
      'sends nothing for an entity',
      { ...request, facts: { ...request.facts, entities: [null] } },
      '#/facts/entities',
    ],
    [
      'wraps entities in another list',
      { ...request, facts: { ...request.facts, entities: [[{ kind: 'vehicle', type: 'VAN' }]] } },
      '#/facts/entities',
    ],
    [
      'sends text where a list belongs',
      { ...request, facts: { ...request.facts, entities: 'XKA 4821' } },
      '#/facts/entities',
    ],
    ['sends a list where an object belongs', { ...request, facts: [request.facts] }, '#/facts'],
    ['sends null for what may be left out', { ...request, exchange: null }, '#/exchange'],
    ['sends null for a nested object', { ...request, marking: null }, '#/marking'],
    [
      'sends a number for text',
      { ...request, facts: { ...request.facts, sought: 7 } },
      '#/facts/sought',
    ],
    [
      'hides the direction of text',
      { ...request, facts: { ...request.facts, offence: 'a\u202eb' } },
      '#/facts/offence',
    ],
    [
      'breaks a line that is one',
      { ...request, facts: { ...request.facts, offence: 'a\nb' } },
      '#/facts/offence',
    ],
    [
      'sends half a character',
      { ...request, facts: { ...request.facts, purpose: 'a\ud800' } },
      '#/facts/purpose',
    ],
    [
      'writes more than anybody reads',
      { ...request, facts: { ...request.facts, purpose: 'x'.repeat(8001) } },
      '#/facts/purpose',
    ],
    [
      'sends nothing but blanks',
      { ...request, facts: { ...request.facts, purpose: '   ' } },
      '#/facts/purpose',
    ],
    ['invents a code', { ...request, urgency: 'urgent' }, '#/urgency'],
    [
      'repeats a code',
      { ...request, marking: { classification: 'BPL', handling: ['H0', 'H0'] } },
      '#/marking/handling',
    ],
    [
      'sends too many entities',
      {
        ...request,
        facts: { ...request.facts, entities: Array(65).fill({ kind: 'vehicle', type: 'VAN' }) },
      },
      '#/facts/entities',
    ],
    ['climbs out of the agency', { ...request, to: '../hub' }, '#/to'],
  ])('refuses a body when someone %s', async (_attack, body, pointer) => {
    const answer = await post('/requests', body);
    expect(answer.statusCode).toBe(400);
    const { code, errors } = answer.json<Answer>();
    expect(code).toBe('invalid-request');
    expect(errors?.map((fault) => fault.pointer)).toContain(pointer);
    expect(answer.body).not.toContain('XKA');
  });

  it.each<[string, string, number, string]>([
    ['is not JSON', '{"to":', 400, 'malformed-request'],
    ['plants a prototype', '{"__proto__":{"admin":true}}', 400, 'malformed-request'],
    [
      'plants a constructor',
      '{"constructor":{"prototype":{"admin":true}}}',
      400,
      'malformed-request',
    ],
    ['writes a member twice', '{"to":"a","to":"b"}', 400, 'member-repeated'],
    [
      'writes one twice under another spelling',
      String.raw`{"a":[{"to":1,"\u0074o":2}]}`,
      400,
      'member-repeated',
    ],
    ['is a list', '[]', 400, 'invalid-request'],
    ['is null', 'null', 400, 'invalid-request'],
    ['is a number', '7', 400, 'invalid-request'],
    ['is empty', '', 400, 'invalid-request'],
    [
      'nests a hundred thousand deep',
      '{"facts":'.concat('['.repeat(100_000), ']'.repeat(100_000), '}'),
      400,
      'body-too-deep',
    ],
    [
      'is larger than the limit',
      JSON.stringify({ to: 'x'.repeat(300_000) }),
      413,
      'body-too-large',
    ],
  ])('answers a body that %s with a problem', async (_fault, body, status, code) => {
    const answer = await post('/requests', body);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect([answer.statusCode, answer.json<Answer>().code]).toEqual([status, code]);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('refuses a body that is not UTF-8 instead of reading something else into it', async () => {
    const [before = '', after = ''] = JSON.stringify(request).split('when did');
    const answer = await app.nest.inject({
      method: 'POST',
      url: '/requests',
      headers: {
        'content-type': 'application/json',
        ...signedIn,
        'idempotency-key': 'key-00000002',
      },
      payload: Buffer.concat([Buffer.from(before), Buffer.of(0xff, 0xfe), Buffer.from(after)]),
    });
    expect([answer.statusCode, answer.json<Answer>().code]).toEqual([400, 'malformed-request']);
  });

  it('says of a body that is compressed what is wrong with it', async () => {
    const headers = { 'content-type': 'application/json', ...signedIn };
    const ask = (encoding: string, payload: Buffer) =>
      app.nest.inject({
        method: 'POST',
        url: '/search',
        headers: { ...headers, 'content-encoding': encoding },
        payload,
      });
    const body = Buffer.from(JSON.stringify({ text: 'ab', as: 'name' }));
    for (const encoding of ['gzip', 'br', 'identity, gzip']) {
      const answer = await ask(encoding, gzipSync(body));
      expect([answer.statusCode, answer.json<Answer>().code]).toEqual([
        415,
        'content-encoding-unsupported',
      ]);
    }
    expect((await ask('identity', body)).json<Answer>().code).toBe('purpose-required');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/html',
    'application/xml',
  ])('does not read a body of %s', async (type) => {
    const answer = await post('/requests', 'a=b', { 'content-type': type });
    expect([answer.statusCode, answer.json<Answer>().code]).toEqual([
      415,
      'media-type-unsupported',
    ]);
  });

  it('names at most 32 faults, and cuts names that are long', async () => {
    const hostile = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`${'n'.repeat(300)}${n}`, 1]),
    );
    const { errors } = (await post('/requests', hostile)).json<Answer>();
    expect(errors).toHaveLength(32);
    expect(Math.max(...errors!.map(({ pointer }) => pointer.length))).toBeLessThan(100);
  });

  it('takes a command without words, with or without a body', async () => {
    const url = '/requests/8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21/accept';
    expect((await post(url, '')).statusCode).toBe(202);
    expect((await post(url, {})).statusCode).toBe(202);
    expect((await app.nest.inject({ method: 'POST', url, headers: signedIn })).statusCode).toBe(
      202,
    );
    expect((await post(url, { words: 1 })).json<Answer>().errors).toEqual([
      { pointer: '#/words', detail: 'is not a member of this body' },
    ]);
  });

  it.each<[string, Record<string, string>]>([
    ['no token', {}],
    ['an unknown token', { authorization: 'Bearer another-token-of-nobody' }],
    ['a token of another scheme', { authorization: `Basic ${TOKEN}` }],
    ['a token with a space in it', { authorization: `Bearer ${TOKEN} x` }],
    ['an endless token', { authorization: `Bearer ${'x'.repeat(600)}` }],
  ])('asks who it is at %s', async (_what, headers) => {
    const answer = await get('/me', headers);
    expect([answer.statusCode, answer.json<Answer>().code]).toEqual([401, 'not-signed-in']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('knows the officer of a live session', async () => {
    expect((await get('/me', signedIn)).json()).toEqual(officer);
  });

  it('refuses a role that is not there, and a route that has no rule', async () => {
    expect((await post('/operate', {})).json<Answer>().code).toBe('forbidden');
    expect((await get('/nobody', signedIn)).statusCode).toBe(403);
    expect((await get('/nobody')).statusCode).toBe(403);
  });

  it('lists its routes with their rules', () => {
    const routes = routesAndRules(app.nest);
    expect(routes).toContainEqual({ method: 'GET', path: '/nobody', rule: 'none' });
    expect(routes).toContainEqual({
      method: 'GET',
      path: '/health/live',
      rule: { kind: 'public' },
    });
    expect(routes).toContainEqual({
      method: 'POST',
      path: '/operate',
      rule: { kind: 'roles', roles: ['HUB_OPERATOR'] },
    });
  });

  it.each<[string, string | undefined, string]>([
    ['missing', undefined, 'idempotency-key-required'],
    ['short', 'short', 'idempotency-key-invalid'],
    ['long', 'x'.repeat(129), 'idempotency-key-invalid'],
    ['split', 'two words', 'idempotency-key-invalid'],
  ])('refuses an idempotency key that is %s', async (_fault, key, code) => {
    const answer = await app.nest.inject({
      method: 'POST',
      url: '/requests',
      headers: { ...signedIn, ...(key !== undefined && { 'idempotency-key': key }) },
      payload: request,
    });
    expect([answer.statusCode, answer.json<Answer>().code]).toEqual([400, code]);
  });

  const search = { text: 'XKA 4821', as: 'number' };
  it.each<[string, Record<string, string>, string]>([
    ['is missing', {}, 'purpose-required'],
    ['is not in the list', { 'tripoint-purpose': 'CURIOSITY' }, 'purpose-unknown'],
    ['is in the wrong case', { 'tripoint-purpose': 'investigation' }, 'purpose-unknown'],
    ['comes twice', { 'tripoint-purpose': 'INVESTIGATION, OVERSIGHT' }, 'purpose-unknown'],
    [
      'has words that are not UTF-8',
      { 'tripoint-purpose': 'INVESTIGATION', 'tripoint-purpose-text': '%ff' },
      'purpose-invalid',
    ],
    [
      'has words that break the line',
      { 'tripoint-purpose': 'INVESTIGATION', 'tripoint-purpose-text': 'a%0Ab' },
      'purpose-invalid',
    ],
    [
      'has too many words',
      { 'tripoint-purpose': 'INVESTIGATION', 'tripoint-purpose-text': 'x'.repeat(501) },
      'purpose-invalid',
    ],
  ])('refuses to show content when the purpose %s', async (_fault, headers, code) => {
    const answer = await post('/search', search, headers);
    expect([answer.statusCode, answer.json<Answer>().code]).toEqual([400, code]);
  });

  it('reads a purpose with its words and its legal basis', async () => {
    const answer = await post('/search', search, {
      'tripoint-purpose': 'INVESTIGATION',
      'tripoint-purpose-text': encodeURIComponent('Проверка на лента 4'),
      'tripoint-legal-basis': 'Dir. (EU) 2023/977 Art. 5',
    });
    expect(answer.json()).toMatchObject({
      purpose: {
        code: 'INVESTIGATION',
        text: 'Проверка на лента 4',
        legalBasis: 'Dir. (EU) 2023/977 Art. 5',
      },
    });
  });

  it.each<[string, string | undefined, number, string]>([
    ['none', undefined, 428, 'version-required'],
    ['any', '*', 400, 'version-invalid'],
    ['a weak one', 'W/"v7"', 400, 'version-invalid'],
    ['two', '"v6", "v7"', 400, 'version-invalid'],
    ['an older one', entityTag(6n), 412, 'version-moved'],
  ])('refuses an edit that is based on %s', async (_what, tag, status, code) => {
    const answer = await app.nest.inject({
      method: 'PUT',
      url: '/thing',
      headers: { ...signedIn, ...(tag !== undefined && { 'if-match': tag }) },
    });
    expect([answer.statusCode, answer.json<Answer>().code]).toEqual([status, code]);
  });

  it('takes an edit that is based on the present version', async () => {
    const answer = await app.nest.inject({
      method: 'PUT',
      url: '/thing',
      headers: { ...signedIn, 'if-match': entityTag(7n) },
    });
    expect(answer.json()).toEqual({ version: '7' });
  });

  it('turns the digits of a query into numbers and refuses what is unknown or twice there', async () => {
    expect((await get('/requests?limit=20&overdue=true', signedIn)).json()).toEqual({
      limit: 20,
      overdue: true,
    });
    for (const query of [
      'limit=2e1',
      'limit=201',
      'limit=1&limit=2',
      'overdue=yes',
      'plate=XKA',
      'open[]=true',
    ])
      expect([query, (await get(`/requests?${query}`, signedIn)).statusCode]).toEqual([query, 400]);
  });

  it.each<[string, { pointer: string; detail: string }[]]>([
    ['limit=abc', [{ pointer: '#/limit', detail: 'has to be a whole number' }]],
    ['limit=0', [{ pointer: '#/limit', detail: 'is below 1' }]],
    ['limit=1&limit=2', [{ pointer: '#/limit', detail: 'is given more than once' }]],
    [
      'plate=XKA&limit=201',
      [
        { pointer: '#/limit', detail: 'is above 200' },
        { pointer: '#/plate', detail: 'is not a parameter of this query' },
      ],
    ],
    [
      'status=FOO',
      [{ pointer: '#/status', detail: `has to be one of ${REQUEST_STATUSES.join(', ')}` }],
    ],
    [
      'status=SHARED',
      [{ pointer: '#/status', detail: expect.stringContaining('ISSUED') as unknown as string }],
    ],
  ])('says plainly what is wrong with the query %s', async (query, errors) => {
    const answer = await get(`/requests?${query}`, signedIn);
    expect(answer.json()).toMatchObject({ detail: 'the query is not valid' });
    const said = answer.json<Answer>().errors ?? [];
    expect(said).toHaveLength(errors.length);
    expect(said).toEqual(expect.arrayContaining(errors));
  });

  it('says plainly what is wrong with a path', async () => {
    const answer = await post('/requests/NOT-A-UUID/accept', {});
    expect(answer.json()).toMatchObject({
      code: 'invalid-request',
      detail: 'the path is not valid',
      errors: [{ pointer: '#/item', detail: 'has to be a UUID in lower case' }],
    });
  });

  it('continues a list from its own cursor and from no other', async () => {
    const cursor = things.after([
      '2026-11-23T12:00:00.000Z',
      '8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21',
    ]);
    expect((await get(`/requests?after=${cursor}`, signedIn)).json()).toEqual({
      keys: ['2026-11-23T12:00:00.000Z', '8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21'],
    });
    const others = cursorsOf('others', ['instant', 'uuid']);
    const foreign = others.after([
      '2026-11-23T12:00:00.000Z',
      '8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21',
    ]);
    for (const wrong of [foreign, `${cursor}x`, cursor.slice(1), `${cursor}=`, 'x'])
      expect((await get(`/requests?after=${wrong}`, signedIn)).json<Answer>().code).toBe(
        'cursor-invalid',
      );
  });

  it.each<[string, number, string, string]>([
    ['refusal', 403, 'not-your-case', 'only its owner closes it'],
    ['undeclared', 500, 'internal-error', 'the request could not be completed'],
    ['full', 503, 'disk-full', 'the request could not be completed'],
    ['retriable', 503, 'unavailable', 'the request could not be completed'],
    ['broken', 500, 'internal-error', 'the request could not be completed'],
    ['bug', 500, 'internal-error', 'the request could not be completed'],
  ])(
    'answers a thrown %s in its own way and never with its message',
    async (what, status, code, detail) => {
      const answer = await get(`/throws/${what}`);
      expect(answer.statusCode).toBe(status);
      expect(answer.json()).toEqual({
        type: `/problems/${code}`,
        title: app.nest
          .get<{ kind(code: string): { title: string } | undefined }>(
            (await import('../index.js')).Problems,
          )
          .kind(code)?.title,
        status,
        detail,
        instance: `urn:uuid:${String(answer.headers['x-request-id'])}`,
        code,
      });
      expect(answer.headers['retry-after']).toBe(status === 503 ? '5' : undefined);
    },
  );

  it.each(['/nowhere', '/requests/x/y', '/%2e%2e/etc', '/docs/../../etc/passwd'])(
    'finds nothing at %s',
    async (url) => {
      const answer = await get(url, signedIn);
      expect([answer.statusCode, answer.json<Answer>().code]).toEqual([404, 'not-found']);
    },
  );

  it.each<[string, string, string]>([
    ['POST', '/open', 'GET, HEAD'],
    ['DELETE', '/open?and=more', 'GET, HEAD'],
    ['GET', '/search', 'POST'],
    ['DELETE', '/requests', 'GET, HEAD, POST'],
    ['PUT', '/requests/no-such-thing/accept', 'POST'],
    ['OPTIONS', '/thing', 'PUT'],
    ['HEAD', '/operate', 'POST'],
    ['PATCH', '/nobody', 'GET, HEAD'],
  ])('says of %s at %s what it answers there', async (method, url, allow) => {
    for (const headers of [{}, signedIn]) {
      const answer = await app.nest.inject({ method: method as 'GET', url, headers });
      expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow]);
      if (method !== 'HEAD') expect(answer.json<Answer>().code).toBe('method-not-allowed');
    }
  });

  it.each(['POST', 'DELETE'] as const)('finds no path for %s either', async (method) => {
    for (const url of ['/nowhere', '/requests/x/y', '/requests//accept', '/open/', '/']) {
      const answer = await app.nest.inject({ method, url, headers: signedIn });
      expect([url, answer.statusCode, answer.headers.allow]).toEqual([url, 404, undefined]);
    }
  });

  it('answers at once whoever asks for the headers of a stream', async () => {
    const answer = await app.nest.inject({ method: 'HEAD', url: '/watched', headers: signedIn });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect(app.nest.get(EventStreams).size).toBe(0);
    const nobody = await app.nest.inject({ method: 'HEAD', url: '/watched' });
    expect(nobody.statusCode).toBe(401);
  });

  it.each([
    ['/%zz', 400, 'malformed-request'],
    [`/problems/${'x'.repeat(200)}`, 414, 'uri-too-long'],
  ] as const)(
    'answers what the router itself refuses, as %s, with a problem',
    async (url, status, code) => {
      const answer = await get(url);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect([answer.statusCode, answer.json<Answer>().code]).toEqual([status, code]);
    },
  );

  it('explains every code that it answers with', async () => {
    const list = (await get('/problems')).json<{ code: string; type: string }[]>();
    expect(list.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['not-your-case', 'not-found']),
    );
    for (const { type } of list) expect((await get(type)).statusCode).toBe(200);
    const page = await get('/problems/not-your-case', { accept: 'text/html' });
    expect(page.body).toContain('<code>owner</code>');
    expect(
      (await get('/problems/%3Cscript%3E', { accept: 'text/html' })).headers['content-type'],
    ).toBe('application/problem+json');
  });

  it('sets the headers that keep a browser from doing harm, on answers of every kind', async () => {
    for (const url of ['/open', '/me', '/nowhere', '/docs-json', '/live']) {
      const { headers } = await get(url);
      expect([url, headers['x-content-type-options']]).toEqual([url, 'nosniff']);
      expect([url, headers['content-security-policy']]).toEqual([
        url,
        "default-src 'none'; frame-ancestors 'none'",
      ]);
      expect([url, headers['cache-control']]).toEqual([url, 'no-store']);
    }
  });

  it('streams events, from the id that the client saw last', async () => {
    const answer = await get('/live', { 'last-event-id': '7' });
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(answer.body).toBe(
      ': open\n\nid: 8\nevent: change\ndata: {"after":"7"}\n\nid: 9\nevent: change\ndata: "two\\nlines"\n\n',
    );
    expect((await get('/live', { 'last-event-id': 'a b' })).statusCode).toBe(400);
  });

  it('tells whether it is ready', async () => {
    expect((await get('/health/live')).json()).toEqual({ status: 'up', checks: [] });
    expect((await get('/health/ready')).json()).toEqual({
      status: 'up',
      checks: [{ name: 'store', ready: true }],
    });
    app.readiness.add('bus', () => Promise.reject(new Error('away')));
    const answer = await get('/health/ready');
    expect([answer.statusCode, answer.json<{ status: string }>().status]).toEqual([503, 'down']);
  });

  it('logs the route and never the address, a header, a body or the message of an error', async () => {
    lines.length = 0;
    await get('/requests?after=SECRET-CURSOR', signedIn);
    await post('/requests', request);
    await get('/throws/bug?plate=XKA%204821');
    await get('/throws/undeclared');
    const written = lines.join('');
    for (const secret of ['SECRET', 'XKA', TOKEN, 'plate', 'is not valid JSON', 'key-00000001'])
      expect(written).not.toContain(secret);
    expect(lines.map((line) => JSON.parse(line) as Record<string, unknown>)).toContainEqual(
      expect.objectContaining({
        app: 'things',
        message: 'request',
        method: 'GET',
        route: '/throws/:what',
        status: 500,
      }),
    );
  });

  it('describes itself completely', async () => {
    const document = (await get('/docs-json')).json<{
      paths: Record<
        string,
        Record<
          string,
          {
            operationId: string;
            security?: unknown[];
            parameters?: { name: string }[];
            responses: Record<string, { $ref?: string }>;
          }
        >
      >;
      components: {
        schemas: Record<
          string,
          {
            enum?: string[];
            required?: string[];
            properties?: Record<string, Record<string, unknown>>;
          }
        >;
      };
    }>();
    const issue = document.paths['/requests']!['post']!;
    expect(issue.operationId).toBe('things_issue');
    expect(issue.security).toEqual([{ bearer: [] }]);
    expect(issue.parameters?.map(({ name }) => name)).toContain('Idempotency-Key');
    expect(Object.keys(issue.responses)).toEqual(
      expect.arrayContaining(['400', '401', '403', '409', '413', '415', '500', '503']),
    );
    expect(document.components.schemas['Classification']?.enum).toContain('R-UE/EU-R');
    expect(document.components.schemas['VehicleBody']?.properties?.['plate']).toMatchObject({
      maxLength: 16,
    });
    // Every reference leads somewhere, and every member of every body says what it is.
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(Object.keys(document.components.schemas)).toContain(name);
    for (const [name, { properties = {} }] of Object.entries(document.components.schemas))
      for (const [member, schema] of Object.entries(properties))
        expect([
          name,
          member,
          'type' in schema || '$ref' in schema || 'allOf' in schema || 'oneOf' in schema,
        ]).toEqual([name, member, true]);
  });

  it('shows the document without any other origin', async () => {
    const page = await get('/docs');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    for (const [, file] of page.body.matchAll(/(?:src|href)="(\.\/[^"#]+)"/g)) {
      const answer = await get(new URL(file!, 'http://node/docs').pathname);
      expect([file, answer.statusCode]).toEqual([file, 200]);
    }
  });
});

describe('the console of an application', () => {
  let folder: string;
  let app: App;
  const page = '<!doctype html><title>Tripoint</title>';
  const script = 'export const answer = 42;';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tripoint-console-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), page);
    await writeFile(join(folder, 'assets', 'start-4f2a.js'), script);
    await writeFile(join(folder, 'assets', 'start-4f2a.js.br'), brotliCompressSync(script));
    await writeFile(join(folder, 'assets', 'start-4f2a.js.map'), 'sources');
    app = await createApp(ThingsModule, {
      name: 'things',
      port: 0,
      problems,
      openapi: { title: 'Things', description: 'For tests.', version: '1' },
      console: await readConsole(folder),
      log: new JsonLog('things', 'error'),
    });
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  const get = (url: string, headers: Record<string, string> = {}) =>
    app.nest.inject({ method: 'GET', url, headers });

  it.each([
    '/console/',
    '/console/inbox',
    '/console/compose?x=1',
    '/console/..%2f..%2fetc%2fpasswd',
  ])('answers %s with its one page, under a policy that runs nothing else', async (url) => {
    const answer = await get(url);
    expect([answer.statusCode, answer.body]).toEqual([200, page]);
    expect(answer.headers['cache-control']).toBe('no-cache');
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|data:|https?:/);
  });

  it('gives its files for good, compressed for whoever can read that', async () => {
    const plain = await get('/console/assets/start-4f2a.js');
    expect([plain.body, plain.headers['content-type']]).toEqual([
      script,
      'text/javascript; charset=utf-8',
    ]);
    expect(plain.headers['cache-control']).toContain('immutable');
    const compressed = await get('/console/assets/start-4f2a.js', {
      'accept-encoding': 'gzip, br',
    });
    expect(compressed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(compressed.rawPayload).toString()).toBe(script);
  });

  it.each(['/console/assets/gone.js', '/console/assets/start-4f2a.js.map', '/console/assets/'])(
    'has nothing at %s',
    async (url) => {
      expect((await get(url)).json<Answer>().code).toBe('not-found');
    },
  );

  it('is where the front door leads', async () => {
    for (const url of ['/', '/console'])
      expect((await get(url)).headers.location).toBe('/console/');
  });

  it('is missing where nobody has built it', async () => {
    await expect(readConsole(join(folder, 'assets'))).rejects.toMatchObject({
      code: 'console-missing',
    });
  });
});

describe('an application on the network', () => {
  const quiet = new JsonLog('things', 'error', () => undefined);
  const start = (port: number) =>
    createApp(ThingsModule, {
      name: 'things',
      port,
      openapi: { title: 'Things', description: '', version: '1' },
      log: quiet,
    });

  it('complains of nothing where there are no accounts', async () => {
    const lines: string[] = [];
    const app = await createApp(
      {
        module: class Bare {
          readonly has = 'nothing';
        },
      },
      {
        name: 'bare',
        port: 0,
        openapi: { title: 'Bare', description: '', version: '1' },
        log: new JsonLog('bare', 'error', (line) => lines.push(line)),
      },
    );
    await app.close();
    expect(lines).toEqual([]);
  });

  it('ends its live streams when it closes, even those whose source hangs', async () => {
    const app = await start(0);
    const address = await app.listen();
    const stream = await fetch(`${address}/endless`);
    const body = stream.text();
    await app.close();
    await expect(body).resolves.toBe(': open\n\n');
    await expect(app.close()).resolves.toBeUndefined();
  });

  it('lets go of a stream whose reader has left', async () => {
    const app = await start(0);
    const address = await app.listen();
    const leaving = new AbortController();
    const stream = await fetch(`${address}/endless`, { signal: leaving.signal });
    const streams = app.nest.get(EventStreams);
    expect(streams.size).toBe(1);
    leaving.abort();
    await expect(stream.text()).rejects.toThrow();
    while (streams.size > 0) await new Promise(setImmediate);
    await app.close();
  });

  it('holds only so many streams open for one officer, and counts off those that ended', async () => {
    const app = await start(0);
    const address = await app.listen();
    const streams = app.nest.get(EventStreams);
    const leaving = new AbortController();
    const open = () => fetch(`${address}/watched`, { headers: signedIn, signal: leaving.signal });
    const held: Response[] = [];
    for (let answer = await open(); held.length < 100; answer = await open()) {
      if (answer.status !== 200) {
        expect(await answer.json()).toMatchObject({ status: 429, code: 'too-many-streams' });
        break;
      }
      held.push(answer);
    }
    expect(held).toHaveLength(8);
    expect(streams.size).toBe(8);
    // Nobody else pays for it.
    const stranger = new AbortController();
    expect((await fetch(`${address}/endless`, { signal: stranger.signal })).status).toBe(200);
    stranger.abort();
    leaving.abort();
    while (streams.size > 0) await new Promise(setImmediate);
    const again = await fetch(`${address}/watched`, { headers: signedIn });
    expect(again.status).toBe(200);
    await app.close();
  });

  it('says which port is taken', async () => {
    const first = await start(0);
    const port = Number(new URL(await first.listen()).port);
    const second = await start(port);
    await expect(second.listen()).rejects.toMatchObject({
      code: 'port-busy',
      message: `port ${port} on 127.0.0.1 is in use by another program; choose another one`,
    });
    await second.close();
    await first.close();
  });

  it.each<[string, string, number, string]>([
    ['what is not HTTP', 'rubbish\r\n\r\n', 400, 'malformed-request'],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'two lengths of one body',
      'POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
      'malformed-request',
    ],
    [
      'a length and chunks at once',
      'POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'malformed-request',
    ],
  ])('answers %s with a problem', async (_attack, bytes, status, code) => {
    const app = await start(0);
    const { connect } = await import('node:net');
    const port = Number(new URL(await app.listen()).port);
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => {
        resolve(text);
      });
      socket.on('error', reject);
    });
    await app.close();
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain(`"code":"${code}"`);
  });
});
