import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tripoint/adapters/embedded/testing';
import { type ExchangeId, type Instant, type ItemId, type OfficerId } from '@tripoint/kernel';
import { type Proposal } from '@tripoint/read-model';
import { AgencyDatabase } from './agency-database.js';

const AT = '2026-11-26T12:00:00.000Z' as Instant;
const LATER = '2026-11-27T12:00:00.000Z' as Instant;
const one = 'e.georgiou' as OfficerId;
const other = 'n.papadakis' as OfficerId;
const DUTY = ['PROSECUTOR', 'JIT_LEADER'];

describe('what waits for a second officer', () => {
  let fresh: FreshDatabase;
  let database: AgencyDatabase;

  beforeEach(async () => {
    fresh = await freshDatabase('proposals');
    database = new AgencyDatabase(fresh.config);
    await database.migrate();
    await database.officers.add({ id: one, name: 'E', roles: DUTY, passwordHash: 'none' });
  });
  afterEach(async () => {
    await database.close();
    await fresh.drop();
  });

  const proposal = (): Proposal => ({
    id: randomUUID(),
    command: 'GrantRelease',
    item: randomUUID() as ItemId,
    exchange: randomUUID() as ExchangeId,
    data: { compartments: ['facts'] },
    seen: '3',
    proposedBy: one,
    proposedAt: AT,
    until: LATER,
  });
  const by = (officer: OfficerId, outcome: 'CONFIRMED' | 'REJECTED' = 'CONFIRMED', at = AT) => ({
    outcome,
    by: officer,
    at,
  });

  it('is kept once, as it was proposed first', async () => {
    const { proposals } = database;
    const first = proposal();
    await proposals.add(first);
    await proposals.add({ ...first, command: 'RevokeGrant', proposedBy: other });
    expect(await proposals.one(first.id)).toEqual(first);
    expect(await proposals.newest(10)).toEqual([first]);
    expect(await proposals.one(randomUUID())).toBeUndefined();
  });

  it('is not decided where somebody is asked before and says no', async () => {
    const { proposals } = database;
    const it = proposal();
    await proposals.add(it);
    const no = () => Promise.reject(new Error('it would be refused'));
    await expect(proposals.decide(it.id, by(other), DUTY, no)).rejects.toThrow(
      'it would be refused',
    );
    expect(await proposals.one(it.id)).toEqual(it);
    // Nobody is asked who rejects it.
    expect(await proposals.decide(it.id, by(other, 'REJECTED'), DUTY, no)).toMatchObject({
      decision: { outcome: 'REJECTED' },
    });
  });

  it('is confirmed by one other officer, whoever comes at the same time', async () => {
    const { proposals } = database;
    const it = proposal();
    await proposals.add(it);
    expect(await proposals.decide(it.id, by(one), DUTY)).toMatchObject({ refused: 'proposal-own' });
    const officers = Array.from({ length: 16 }, (_, n) => `officer-${n}` as OfficerId);
    const outcomes = await Promise.all(
      officers.map((officer, n) =>
        proposals.decide(it.id, by(officer, n % 2 ? 'REJECTED' : 'CONFIRMED'), DUTY),
      ),
    );
    const done = outcomes.filter((outcome) => 'decision' in outcome);
    expect(done).toHaveLength(1);
    const decided = await proposals.one(it.id);
    expect(done).toEqual([decided]);
    const again = decided?.decision;
    expect(again && (await proposals.decide(it.id, { ...again, at: LATER }, DUTY))).toEqual(
      decided,
    );
  });

  it('lapses, and may be taken back before that', async () => {
    const { proposals } = database;
    const [late, back] = [proposal(), proposal()];
    await proposals.add(late);
    await proposals.add(back);
    expect(await proposals.decide(late.id, by(other, 'CONFIRMED', LATER), DUTY)).toMatchObject({
      refused: 'proposal-expired',
    });
    expect(await proposals.decide(back.id, by(one, 'REJECTED'), DUTY)).toMatchObject({
      decision: { by: one },
    });
    expect(await proposals.decide(back.id, by(other), DUTY)).toMatchObject({
      refused: 'proposal-decided',
    });
    expect(await proposals.decide(randomUUID(), by(other), DUTY)).toMatchObject({
      refused: 'proposal-unknown',
    });
  });

  it('is not confirmed once who proposed it could not any more, and may still be rejected', async () => {
    const { officers, proposals } = database;
    const [waiting, foreign] = [proposal(), { ...proposal(), proposedBy: 'nobody' as OfficerId }];
    for (const one of [waiting, foreign]) await proposals.add(one);
    const refused = { refused: 'proposer-without-duty' };
    expect(await proposals.decide(foreign.id, by(other), DUTY)).toMatchObject(refused);
    await officers.change(one, { active: false });
    expect(await proposals.decide(waiting.id, by(other), DUTY)).toMatchObject(refused);
    await officers.change(one, { active: true, roles: ['ANALYST'] });
    expect(await proposals.decide(waiting.id, by(other), DUTY)).toMatchObject(refused);
    expect(await proposals.decide(foreign.id, by(other, 'REJECTED'), DUTY)).toMatchObject({
      decision: { outcome: 'REJECTED' },
    });
    await officers.change(one, { roles: ['JIT_LEADER'] });
    expect(await proposals.decide(waiting.id, by(other), DUTY)).toMatchObject({
      decision: { by: other },
    });
    // What was confirmed stays so: it is carried out, or told again.
    await officers.change(one, { active: false });
    expect(await proposals.decide(waiting.id, by(other), DUTY)).toMatchObject({
      decision: { by: other },
    });
  });
});
