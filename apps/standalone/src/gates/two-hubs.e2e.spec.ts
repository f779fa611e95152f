import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgencyId, type ChainId, isRefusal } from '@tripoint/kernel';
import { formatSubmission, parseDelivery, parseLeaf, parseLogEntry } from '@tripoint/ledger';
import { randomBytes } from 'node:crypto';
import { Registrar } from '../../../hub/src/registrar/registrar.js';
import { Office } from '../../../hub/src/office/office.js';
import {
  confirmed,
  type Member,
  openHub,
  openMember,
  type RunningHub,
} from './testing/composition.js';
import { eventually, untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { drained, examine, rowsOf } from './testing/oracle.js';
import { contribution, give } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const LIMIT = 180_000;

const officeOf = ({ app }: RunningHub): Office => app.get(Office);

describe('two hubs over one ledger', () => {
  let keys: Awaited<ReturnType<typeof ceremony>>;
  let grounds: Grounds;
  const hubs = new Map<string, RunningHub>();
  const members = new Map<AgencyId, Member>();
  const memberOf = (agency: AgencyId): Member => {
    const member = members.get(agency);
    if (member === undefined) throw new Error(`${agency} is not here`);
    return member;
  };

  const start = async (holder: string): Promise<RunningHub> => {
    // Whoever stops hands the office over; nobody is to lose it because a machine is slow.
    const hub = await openHub(grounds.places, { door: true, holder, leaseSeconds: 60 });
    hubs.set(holder, hub);
    return hub;
  };
  const stop = async (holder: string): Promise<void> => {
    await hubs.get(holder)?.close();
    hubs.delete(holder);
  };
  const inOffice = (): Promise<string> =>
    eventually('one is in office', () => [...hubs].find(([, hub]) => officeOf(hub).held)?.[0]);

  const leafKinds = async (): Promise<readonly string[]> => {
    const rows = await rowsOf<{ bytes: Buffer }>(
      grounds.places.ledger,
      `select bytes from ledger.entry where stream = 'log' order by revision`,
    );
    return rows.map(({ bytes }) => {
      const entry = parseLogEntry(bytes);
      const leaf = isRefusal(entry) ? entry : parseLeaf(entry.leaf);
      return isRefusal(leaf) ? 'malformed' : leaf.kind;
    });
  };
  const epochs = async (): Promise<number> =>
    (await leafKinds()).filter((kind) => kind === 'epoch').length;
  const keptCheckpoint = async (): Promise<number> => {
    const [row] = await rowsOf<{ place: string }>(
      grounds.places.hub,
      `select place from positions where name = 'checkpoint'`,
    );
    return Number(row?.place.split(' ')[0] ?? 0);
  };
  const shownBy = async (hub: RunningHub): Promise<number> => {
    const answer = await fetch(`${hub.url ?? ''}/checkpoint`);
    return Number((await answer.text()).split('\n')[1]);
  };

  /** Hands a hub a submission of GR's, past the bus. */
  const received = (holder: string, value: Uint8Array): Promise<void> => {
    const registrar = hubs.get(holder)!.app.get(Registrar);
    return untilTrue(`${holder} has read the log`, () =>
      registrar.receive(GR, [{ value, offset: 0n }]).then(
        () => true,
        () => false,
      ),
    );
  };
  /** Hands a hub what it has seen before, so that it remembers where the chain of GR stands now. */
  const remembering = async (holder: string): Promise<void> => {
    const [row] = await rowsOf<{ value: Buffer }>(
      grounds.places.bus,
      `select value from bus.message where topic = 'submissions.gr-police' order by "offset" desc limit 1`,
    );
    await received(holder, new Uint8Array(row!.value));
  };

  beforeAll(async () => {
    keys = await ceremony();
    grounds = await freshGrounds(keys.path, [GR, BG]);
    await start('one');
    await inOffice();
    await start('two');
    for (const agency of [GR, BG]) members.set(agency, await openMember(grounds.places, agency));
    await Promise.all([...members.values()].map((member) => confirmed(member)));
  }, LIMIT);

  afterAll(async () => {
    for (const member of members.values()) await member.close();
    for (const holder of [...hubs.keys()]) await stop(holder);
    await grounds.remove();
    await keys.remove();
  }, LIMIT);

  it(
    'have one in office, and each answers with all that the other has shown',
    async () => {
      const [one, two] = [hubs.get('one')!, hubs.get('two')!];
      let newest = 0;
      for (let count = 0; count < 20; count += 1) {
        await give(memberOf(GR), contribution(GR, BG, `report ${count}`));
        for (const hub of count % 2 === 0 ? [one, two] : [two, one]) {
          const size = await shownBy(hub);
          expect(size).toBeGreaterThanOrEqual(newest);
          newest = size;
        }
      }
      await drained(grounds.places);
      expect((await examine(grounds.places)).faults).toEqual([]);
      expect([officeOf(one).held, officeOf(two).held]).toEqual([true, false]);
      expect(await epochs()).toBe(1);
    },
    LIMIT,
  );

  it(
    'go on in another’s place when one stops, from where it stood, with one epoch for each term',
    async () => {
      for (const [leaving, staying] of [
        ['one', 'two'],
        ['two', 'one'],
      ] as const) {
        const before = { epochs: await epochs(), kept: await keptCheckpoint() };
        // The one that stays knows where the chain stood, and not what the other records of it since.
        await remembering(staying);
        await give(memberOf(GR), contribution(GR, BG, `before ${leaving} leaves`));
        await drained(grounds.places);
        const order = contribution(GR, BG, `while ${leaving} leaves`);
        const giving = give(memberOf(GR), order);
        await stop(leaving);
        await giving;
        await untilTrue(`${staying} takes over`, () => officeOf(hubs.get(staying)!).held);
        await give(memberOf(BG), contribution(BG, GR, `after ${leaving} has left`));
        await drained(grounds.places);
        expect((await examine(grounds.places)).faults).toEqual([]);
        expect(await epochs()).toBe(before.epochs + 1);
        expect(await keptCheckpoint()).toBeGreaterThan(before.kept);
        await start(leaving);
      }
    },
    LIMIT,
  );

  it(
    'say where a chain stands by the ledger, and not by what each remembers of it',
    async () => {
      // Whoever asks may have been put back to an earlier state; one that is told an old head would sign a number twice.
      const chain = 'gr-police-1' as ChainId;
      const asked = async (holder: string): Promise<number> => {
        const nonce = new Uint8Array(randomBytes(16));
        const value = formatSubmission({ kind: 'hello', chain, nonce });
        await received(holder, value);
        return eventually(`${holder} answers`, async () => {
          const rows = await rowsOf<{ value: Buffer }>(
            grounds.places.bus,
            `select value from bus.message where topic = 'mailbox.gr-police' order by "offset" desc limit 50`,
          );
          for (const row of rows) {
            const delivery = parseDelivery(row.value);
            if (isRefusal(delivery) || delivery.kind !== 'head') continue;
            if (Buffer.compare(delivery.nonce, nonce) === 0)
              return Number(delivery.note.split('\n')[3]);
          }
          return undefined;
        });
      };
      const before = await Promise.all([asked('one'), asked('two')]);
      await give(memberOf(GR), contribution(GR, BG, 'recorded by one of the two'));
      await drained(grounds.places);
      const [row] = await rowsOf<{ newest: number }>(
        grounds.places.ledger,
        `select max(revision)::int as newest from ledger.entry where stream = 'chain-${chain}'`,
      );
      expect(Math.max(...before)).toBeLessThan(row?.newest ?? 0);
      expect(await Promise.all([asked('one'), asked('two')])).toEqual([row?.newest, row?.newest]);
    },
    LIMIT,
  );
});
