import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseChainEntry } from '@tripoint/envelope';
import { type AgencyId, type ChainId, isRefusal } from '@tripoint/kernel';
import { ChainGuard } from '../../../agency/src/chain/chain-guard.js';
import {
  confirmed,
  type Federation,
  type Member,
  openFederation,
  openHub,
  openMember,
} from './testing/composition.js';
import { enact } from './testing/enact.js';
import { eventually, untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds, type Places } from './testing/grounds.js';
import { drained, examine, rowsOf } from './testing/oracle.js';
import { contribution, give } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;

describe('what was put back to an earlier state', () => {
  const removing: (() => Promise<void>)[] = [];
  const running = new Set<{ close(): Promise<void> }>();

  /** Each case has keys of its own: what one adds to the registry would be wrong in another. */
  const prepared = async (): Promise<Grounds> => {
    const keys = await ceremony();
    removing.push(keys.remove);
    const grounds = await freshGrounds(keys.path, [GR, BG]);
    removing.unshift(grounds.remove);
    return grounds;
  };

  const started = async <T extends { close(): Promise<void> }>(what: Promise<T>): Promise<T> => {
    const one = await what;
    running.add(one);
    return one;
  };
  const stopped = async (one: { close(): Promise<void> }): Promise<void> => {
    running.delete(one);
    await one.close();
  };

  afterAll(async () => {
    for (const one of running) await one.close();
    for (const remove of removing) await remove();
  }, 180_000);

  const say = async (federation: Federation, from: AgencyId, to: AgencyId): Promise<void> => {
    await give(federation.member(from), contribution(from, to, `news ${randomUUID()}`));
  };

  /** What the hub has stated on its own chain of chains that forked; countersignatures stand there too. */
  const forks = async ({ ledger }: Places): Promise<readonly Buffer[]> => {
    const stated = await rowsOf<{ bytes: Buffer }>(
      ledger,
      `select bytes from ledger.entry where stream = 'chain-hub' order by revision`,
    );
    return stated.flatMap(({ bytes }) => {
      const entry = parseChainEntry(bytes);
      if (isRefusal(entry) || entry.kind !== 'statement') throw new Error('no statement');
      return entry.statement === 'fork' ? [bytes] : [];
    });
  };

  describe('an agency', () => {
    let grounds: Grounds;
    let earlier: Places;

    beforeAll(async () => {
      grounds = await prepared();
      const federation = await started(openFederation(grounds.places));
      await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
      await say(federation, GR, BG);
      await drained(grounds.places);
      await stopped(federation);
      const settings = grounds.places.agencies[GR];
      if (settings === undefined) throw new Error('no database');
      const copy = await grounds.snapshot(settings);
      earlier = { ...grounds.places, agencies: { ...grounds.places.agencies, [GR]: copy } };
      const goingOn = await started(openFederation(grounds.places));
      await say(goingOn, GR, BG);
      await say(goingOn, GR, BG);
      await drained(grounds.places);
      await stopped(goingOn);
    }, 180_000);

    it('seals nothing until it has a new chain, and forks nothing when it goes on', async () => {
      const federation = await started(openFederation(earlier));
      const order = contribution(GR, BG, 'what is said after the restore');
      await expect(give(federation.member(GR), order)).rejects.toThrow(/^chain-rewound/);
      const [{ sealed } = { sealed: -1 }] = await rowsOf<{ sealed: number }>(
        earlier.agencies[GR]!,
        'select count(*)::int as sealed from outbox where leaf is null',
      );
      expect(sealed).toBe(0);

      const chain = `${GR}-2` as ChainId;
      await enact(earlier, { kind: 'chain-opened', agency: GR, chain });
      const guard = federation.member(GR).deciding.get(ChainGuard);
      await untilTrue('the new chain is confirmed', () => guard.confirmed?.chain === chain);
      await give(federation.member(GR), order);
      await untilTrue('it arrives', async () => {
        const { client } = { client: earlier.agencies[BG]! };
        const rows = await rowsOf(
          client,
          `select 1 from items where item = '${order.decision.item}'`,
        );
        return rows.length === 1;
      });
      const leaves = await rowsOf<{ stream: string }>(
        earlier.ledger,
        `select distinct stream from ledger.entry where stream like 'chain-%' order by stream`,
      );
      expect(leaves.map(({ stream }) => stream)).toEqual(
        expect.arrayContaining([`chain-${GR}-1`, `chain-${GR}-2`, 'chain-registry']),
      );
      expect(await forks(earlier)).toEqual([]);
      await stopped(federation);
    }, 180_000);
  });

  describe('a ledger', () => {
    it('is not gone on with: nothing is signed, nothing is added, and the hub is not ready', async () => {
      const grounds = await prepared();
      const federation = await started(openFederation(grounds.places));
      await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
      await stopped(federation);
      const ledger = await grounds.snapshot(grounds.places.ledger);
      const goingOn = await started(openFederation(grounds.places));
      await say(goingOn, GR, BG);
      await drained(grounds.places);
      await stopped(goingOn);

      const size = 'select count(*)::int as size from ledger.entry';
      const [before] = await rowsOf<{ size: number }>(ledger, size);
      const signed = `select place from positions where name = 'checkpoint'`;
      const lines: string[] = [];
      const faults: string[] = [];
      const hub = await started(
        openHub(
          { ...grounds.places, ledger },
          {
            door: true,
            log: (line) => lines.push(line),
            stuck: ({ code }) => faults.push(code),
          },
        ),
      );
      const [kept] = await rowsOf(grounds.places.hub, signed);
      // It has looked more than once, and every time it saw the same.
      await untilTrue(
        'it has refused three times',
        () => lines.filter((line) => line.includes('ledger-rolled-back')).length >= 3,
      );
      const ready = await fetch(new URL('/health/ready', hub.url));
      expect(ready.status).toBe(503);
      const checkpoint = await fetch(new URL('/checkpoint', hub.url));
      expect(checkpoint.status).toBe(503);
      expect(await rowsOf(grounds.places.hub, signed)).toEqual([kept]);
      expect(await rowsOf(ledger, size)).toEqual([before]);
      // Whoever started it is told once; who watches a server sees that it goes on refusing.
      expect(faults).toEqual(['ledger-rolled-back']);
      await stopped(hub);
    }, 180_000);
  });

  describe("a hub's database", () => {
    it('is not gone on with: what the log allowed since could be handed to nobody', async () => {
      const grounds = await prepared();
      const { places } = grounds;
      const federation = await started(openFederation(places));
      await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
      await say(federation, GR, BG);
      await drained(places);
      await stopped(federation);
      const same = await grounds.snapshot(places.hub);
      const earlier = await grounds.snapshot(places.hub);
      const goingOn = await started(openFederation(places));
      await say(goingOn, GR, BG);
      await drained(places);
      await stopped(goingOn);

      const size = 'select count(*)::int as size from ledger.entry';
      const [before] = await rowsOf<{ size: number }>(places.ledger, size);
      const lines: string[] = [];
      const hub = await started(
        openHub({ ...places, hub: earlier }, { door: true, log: (line) => lines.push(line) }),
      );
      await untilTrue(
        'it has refused three times',
        () => lines.filter((line) => line.includes('vault-rolled-back')).length >= 3,
      );
      const ready = await fetch(new URL('/health/ready', hub.url));
      expect(ready.status).toBe(503);
      const checkpoint = await fetch(new URL('/checkpoint', hub.url));
      expect(checkpoint.status).toBe(503);
      expect(await rowsOf(places.ledger, size)).toEqual([before]);
      expect(lines.filter((line) => line.includes('in office'))).toEqual([]);
      await stopped(hub);

      // With its wraps, the same old places are gone on from; and so it is without them, where somebody says so.
      const copied = await rowsOf<{ descriptor: Buffer; agency: Buffer; wrap: Buffer }>(
        places.hub,
        'select descriptor, agency, wrap from wraps',
      );
      for (const { descriptor, agency, wrap } of copied)
        await rowsOf(
          same,
          `insert into wraps (descriptor, agency, wrap)
           values ('\\x${descriptor.toString('hex')}', '\\x${agency.toString('hex')}', '\\x${wrap.toString('hex')}')
           on conflict do nothing`,
        );
      for (const wishes of [
        { hub: same, lostWrapsBefore: 0 },
        { hub: earlier, lostWrapsBefore: before?.size ?? 0 },
      ]) {
        const serving = await started(
          openHub(
            { ...places, hub: wishes.hub },
            { door: true, lostWrapsBefore: wishes.lostWrapsBefore },
          ),
        );
        await untilTrue('it serves', async () => {
          const answer = await fetch(new URL('/health/ready', serving.url));
          return answer.status === 200;
        });
        await stopped(serving);
      }
    }, 180_000);
  });

  describe('an issuer that signs one number twice', () => {
    it('is frozen with both envelopes as evidence, and goes on when the roots say so', async () => {
      const grounds = await prepared();
      const { places } = grounds;
      const gr = places.agencies[GR]!;
      const first = await started(openFederation(places));
      await Promise.all([...first.members.values()].map((member) => confirmed(member)));
      await stopped(first);
      const copy = await grounds.snapshot(gr);
      const federation = await started(openFederation(places));
      await say(federation, GR, BG);
      await drained(places);

      // Its double signs from the same state, and does not ask the hub where the chain stands.
      const chain = `${GR}-1` as ChainId;
      const careless = {
        chain: () => chain,
        confirmed: { chain, recorded: -1 },
        run: () => Promise.resolve(),
        heard: () => Promise.resolve(),
      };
      const double: Member = await started(
        openMember({ ...places, agencies: { [GR]: copy } }, GR, {
          instead: { agency: [{ provide: ChainGuard, useValue: careless }] },
        }),
      );
      await give(double, contribution(GR, BG, 'the other truth'));
      const evidence = await eventually('the fork is stated', async () => {
        const [stated] = await forks(places);
        return stated;
      });
      const [recorded] = await rowsOf<{ bytes: Buffer }>(
        places.ledger,
        `select bytes from ledger.entry where stream = 'chain-${chain}' and revision = 0`,
      );
      expect(evidence.includes(recorded!.bytes)).toBe(true);
      await stopped(double);

      const held = contribution(GR, BG, 'said while frozen');
      await give(federation.member(GR), held);
      const height = async (): Promise<number> => {
        const [row] = await rowsOf<{ height: number }>(
          places.ledger,
          `select count(*)::int as height from ledger.entry where stream = 'chain-${chain}'`,
        );
        return row?.height ?? -1;
      };
      await untilTrue('the held envelope was sent', async () => {
        const rows = await rowsOf(
          gr,
          'select 1 from outbox where leaf is null and sent_at is not null',
        );
        return rows.length > 0;
      });
      // What BG sends after it has crossed, so the hub has seen the held one too and let it lie.
      await say(federation, BG, GR);
      await untilTrue('the other agency is not held up', async () => {
        const rows = await rowsOf(
          places.ledger,
          `select 1 from ledger.entry where stream = 'chain-${BG}-1'`,
        );
        return rows.length >= 2;
      });
      expect(await height()).toBe(1);

      await enact(places, { kind: 'chain-unfrozen', chain, reason: 'RESTORED_FROM_BACKUP' });
      await drained(places);
      const { faults } = await examine(places);
      expect(faults.filter((fault) => !fault.endsWith('found chain-forked'))).toEqual([]);
      await stopped(federation);
    }, 240_000);
  });
});
