import { describe, expect, it } from '@jest/globals';
import { atADoor, NOW } from '../testing/at-a-door.js';
import { agency } from './agency.command.js';

const EVENT = '6a1f0a52-4f0e-4f7b-9b8e-0d8f3a1c2b4d';
const ITEM = 'd3b07384-d9a0-4c9b-8f3e-2f1e5a6b7c8d';
const drilling = (answer: object, status = 202) =>
  atADoor({ agency }, () => ({ status, body: answer }));
const ORDER = ['--event', EVENT, '--beneficiary', 'gr-police', '--compartment', 'facts'];

describe('tripoint agency drill', () => {
  it('has noise said, and prints what the other agency is to name', async () => {
    const { run, asked } = drilling({ item: ITEM, events: [{ event: EVENT }] });
    expect(await run('agency', 'drill')).toEqual({
      exit: 0,
      out: [`event ${EVENT}: noise, sealed and on its way`],
      err: [],
    });
    expect(asked).toMatchObject([{ method: 'POST', path: '/disclosures/drills', body: {} }]);
    expect(asked[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('orders that noise for a little less than a day, as an emergency on the ground of a drill', async () => {
    const { run, asked } = drilling({ item: ITEM, events: [{ event: EVENT }] });
    const { exit, out } = await run('agency', 'drill', ...ORDER);
    expect([exit, out]).toEqual([
      0,
      [`drill ${ITEM} is ordered: custodians answer it as any order`],
    ]);
    const { until, ...body } = asked[0]?.body as { readonly until: string };
    expect(body).toEqual({
      event: EVENT,
      compartments: ['facts'],
      beneficiary: 'gr-police',
      ground: 'DRILL',
      emergency: true,
    });
    const millis = Date.parse(until) - Date.parse(NOW);
    expect(millis).toBeLessThan(24 * 3_600_000);
    expect(millis).toBeGreaterThan(23 * 3_600_000);
  });

  it('says where a second officer is wanted, and what the door says no with', async () => {
    const proposed = drilling({ item: ITEM, events: [], proposal: 'p-1' });
    expect((await proposed.run('agency', 'drill', ...ORDER)).out).toEqual([
      `drill ${ITEM} is proposed: another officer confirms proposal p-1`,
    ]);
    const detail = 'a drill is of noise';
    const refused = drilling({ code: 'order-is-of-what-is-in-custody', detail }, 403);
    expect(await refused.run('agency', 'drill', ...ORDER)).toEqual({
      exit: 1,
      out: [],
      err: [`tripoint: order-is-of-what-is-in-custody: ${detail}`],
    });
  });

  it.each([
    ['--event', 'everything', '--beneficiary', 'gr-police', '--compartment', 'facts'],
    ['--event', EVENT, '--beneficiary', 'gr-police'],
    ['--event', EVENT, '--compartment', 'facts'],
    ['--event', EVENT, '--beneficiary', 'GR', '--compartment', 'facts'],
  ])('asks nobody where it is not understood: %s %s %s %s', async (...words) => {
    const { run, asked } = drilling({});
    expect((await run('agency', 'drill', ...words.filter(Boolean))).exit).toBe(2);
    expect(asked).toEqual([]);
  });
});
