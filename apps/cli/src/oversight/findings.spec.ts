import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Instant } from '@tripoint/kernel';
import { dispatch, runCommand } from '../dispatch.js';
import { oversight } from './oversight.command.js';

const shown = (number: number, state: string) => ({
  number: `${number}`,
  code: 'reads-root-late',
  state,
  detail: 'a detail',
  agency: 'gr-police',
  leaf: '7',
  at: '2026-11-01T12:00:00.000Z',
  lastAt: '2026-11-26T12:00:00.000Z',
  times: 2,
  ageInDays: 25,
});

const erasure = {
  item: 'i-1',
  exchange: 'x-1',
  event: 'e-1',
  originator: 'gr-police',
  by: 'oversight',
  ground: 'SUPERVISORY_ORDER',
  leaf: '9',
  orderedAt: '2026-11-01T12:00:00.000Z',
  until: '2026-11-08T12:00:00.000Z',
  status: 'ORDERED',
  told: [
    { agency: 'gr-police', purged: true, backupsUntil: '2026-11-15T12:00:00.000Z' },
    { agency: 'tr-police', purged: false, overdueSince: '2026-11-08T12:00:00.000Z' },
    { agency: 'bg-customs', purged: false, kept: ['LEGAL_HOLD'] },
  ],
  overdue: ['tr-police'],
};

describe('tripoint oversight', () => {
  let asked: string[];
  let state: string;

  /** A door with two pages of findings, of which the last can be taken on. */
  const door: typeof fetch = (input, init) => {
    const { pathname, search } = new URL(input as URL);
    const method = init?.method ?? 'GET';
    const authorized = new Headers(init?.headers).get('authorization') === 'Bearer a-session';
    asked.push(`${method} ${pathname}${search}`);
    const answer = (status: number, body?: unknown): Promise<Response> =>
      Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status }));
    if (pathname === '/sub/sessions') return answer(201, { token: 'a-session' });
    if (!authorized) return answer(401, { code: 'not-signed-in' });
    if (method === 'DELETE') return answer(204);
    if (method === 'POST') {
      const body = JSON.parse(init?.body as string) as { readonly state: string };
      if (body.state === 'CLOSED')
        return answer(409, { code: 'finding-step-refused', detail: 'not from there' });
      state = body.state;
      return answer(200, shown(2, state));
    }
    if (pathname === '/sub/erasures') return answer(200, { rows: [erasure] });
    if (pathname === '/sub/findings')
      return search.includes('after=1')
        ? answer(200, { rows: [shown(2, state)] })
        : answer(200, { rows: [shown(1, 'OPEN')], next: '1' });
    return answer(200, {
      finding: shown(2, state),
      steps: [{ state: 'ACKNOWLEDGED', by: 'l.todorov', reason: 'seen', at: shown(2, state).at }],
      occasions: [
        { at: shown(2, state).lastAt, leaf: '7', detail: 'a detail' },
        { at: shown(2, state).at, detail: 'an earlier one' },
      ],
    });
  };

  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const say = (line: string): unknown => lines.push(line);
    const exit = await runCommand(
      dispatch('tripoint', 'for a test', { oversight }),
      ['oversight', ...args, '--door', 'http://door.test/sub', '--officer', 'l.todorov'],
      {
        out: say,
        err: say,
        environment: { TRIPOINT_OFFICER_PASSWORD: 'correct horse battery staple' },
        now: () => '2026-11-26T12:00:00.000Z' as Instant,
        fetch: door,
      },
    );
    return { exit, lines };
  };

  beforeEach(() => {
    asked = [];
    state = 'OPEN';
  });

  it('lists findings to the last page, and signs out', async () => {
    const { exit, lines } = await run('findings');
    expect(exit).toBe(0);
    expect(lines).toEqual([
      '1  OPEN  reads-root-late of gr-police at leaf 7, 25 days old, found 2× from 2026-11-01T12:00:00.000Z to 2026-11-26T12:00:00.000Z, the last time: a detail',
      '2  OPEN  reads-root-late of gr-police at leaf 7, 25 days old, found 2× from 2026-11-01T12:00:00.000Z to 2026-11-26T12:00:00.000Z, the last time: a detail',
      '2 findings',
    ]);
    expect(asked).toEqual([
      'POST /sub/sessions',
      'GET /sub/findings?first=OLDEST&limit=1000&state=UNSETTLED',
      'GET /sub/findings?first=OLDEST&limit=1000&state=UNSETTLED&after=1',
      'DELETE /sub/sessions/current',
    ]);
  });

  it('lists what was to be forgotten, and ends with 1 where somebody is asked for and late', async () => {
    const all = await run('erasures');
    expect(all).toEqual({
      exit: 0,
      lines: [
        'i-1  ORDERED  OVERDUE  SUPERVISORY_ORDER, ordered by oversight at leaf 9, 2026-11-01T12:00:00.000Z, until 2026-11-08T12:00:00.000Z',
        '  event e-1 of gr-police, exchange x-1',
        '  gr-police  says that it is gone, from backups by 2026-11-15T12:00:00.000Z',
        '  tr-police  has said nothing, late since 2026-11-08T12:00:00.000Z',
        '  bg-customs  keeps a copy: LEGAL_HOLD',
        '1 erasures, 1 of them overdue somewhere',
      ],
    });
    expect(await run('erasures', '--overdue')).toEqual({ ...all, exit: 1 });
  });

  it('takes a finding a step on and shows its history', async () => {
    const words = ['--number', '2', '--step', 'ACKNOWLEDGED', '--reason', 'seen'];
    const { exit, lines } = await run('finding', ...words);
    expect(exit).toBe(0);
    expect(lines[0]).toContain('2  ACKNOWLEDGED');
    expect(lines[1]).toContain('ACKNOWLEDGED by l.todorov: seen');
    // Every time that it was found, each with what was found then.
    expect(lines.slice(2)).toEqual([
      '  2026-11-01T12:00:00.000Z  found: an earlier one',
      '  2026-11-26T12:00:00.000Z  found at leaf 7: a detail',
    ]);
  });

  it('says what the door says no with, and signs out all the same', async () => {
    const refused = await run('finding', '--number', '2', '--step', 'CLOSED', '--reason', 'done');
    expect(refused).toEqual({
      exit: 1,
      lines: ['tripoint: finding-step-refused: not from there'],
    });
    expect(asked.at(-1)).toBe('DELETE /sub/sessions/current');
    expect((await run('finding', '--number', '2', '--step', 'CLOSED')).exit).toBe(2);
    expect((await run('findings', '--state', 'GONE')).exit).toBe(2);
  });
});
