import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FederationFolder, startEpoch } from '@tripoint/adapters/keys';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import { certificateText } from '@tripoint/federation';
import { type AgencyId, type Fingerprint, type Instant, isRefusal } from '@tripoint/kernel';
import { HttpLogSource, verifyLog } from '@tripoint/replay';
import { RegisteredFederation } from '../../../agency/src/federation/registered-federation.js';
import { parseClaim } from '../../../cli/src/agency/claim.js';
import { destroyEpoch, epochsOf, type OwnCopy } from '../../../cli/src/agency/epochs.js';
import { Nursery } from './testing/children.js';
import {
  AUDITOR_TOKEN,
  confirmed,
  type Federation,
  openFederation,
} from './testing/composition.js';
import { enact } from './testing/enact.js';
import { untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds, type Places } from './testing/grounds.js';
import { drained, examine, rowsOf } from './testing/oracle.js';
import { countFrom } from './testing/random.js';
import { contribution, give } from './testing/traffic.js';
import { EPOCH_HOPS, MOMENTS } from './testing/tripwire.js';

/** Each is two wraps of the agency's, and its receipt one more. */
const SAID = Math.ceil(countFrom('TRIPOINT_LIVE_WRAPS', 36) / 3);
/** Of the places and moments at which it can die while wraps are made again. */
const KILLS = countFrom('TRIPOINT_EPOCH_KILLS', 4);
const PATIENCE = 60_000;
/** How much longer a larger count may take, in milliseconds. */
const MORE = SAID * 200;
const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;

describe('an agency that goes on to its next epoch', () => {
  const openpgp = new OpenPgpJs();
  const nursery = new Nursery('federation-child.ts');
  let keys: Awaited<ReturnType<typeof ceremony>>;
  let grounds: Grounds;
  /** The same federation, but the agency's database is as it was before anything came. */
  let anew: Places;
  let running: Federation | undefined;
  let old: Fingerprint;
  let database: AgencyDatabase;

  const start = async (places = grounds.places): Promise<Federation> => {
    running = await openFederation(places, { door: true });
    return running;
  };
  const stop = async (): Promise<void> => {
    await running?.close();
    running = undefined;
  };
  const folder = (): string => join(grounds.places.federation, 'keys', BG);
  const own = (): OwnCopy => ({
    openpgp,
    agency: BG,
    database,
    anchor: join(grounds.places.federation, 'anchor.json'),
    now: () => new Date().toISOString() as Instant,
  });
  const standing = async () => (await epochsOf(own())).find(({ subkey }) => subkey === old);
  const destroyed = () =>
    destroyEpoch(own(), { keys: folder(), signing: folder(), out: `${folder()}.claim` });
  const say = async (text: string): Promise<void> => {
    if (running === undefined) throw new Error('nothing runs');
    await give(running.member(GR), contribution(GR, BG, text));
  };
  const wrapsTo = async (subkey: Fingerprint): Promise<number> => {
    const stored = await rowsOf<{ wrap: Buffer }>(grounds.places.hub, 'select wrap from wraps');
    return stored.filter(({ wrap }) => wrap.toString('hex').includes(subkey)).length;
  };

  beforeAll(
    async () => {
      keys = await ceremony();
      grounds = await freshGrounds(keys.path, [GR, BG]);
      const settings = grounds.places.agencies[BG];
      if (settings === undefined) throw new Error('no database');
      const empty = await grounds.snapshot(settings);
      anew = { ...grounds.places, agencies: { ...grounds.places.agencies, [BG]: empty } };
      database = new AgencyDatabase(settings);

      const federation = await start();
      await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
      for (let count = 0; count < SAID; count += 1) await say(`before ${count}`);
      await drained(grounds.places);
      const next = await startEpoch(openpgp, folder(), new Date().toISOString() as Instant);
      old = next.encryption[1]!;
      await enact(grounds.places, {
        kind: 'certificate-rotated',
        agency: BG,
        certificate: certificateText(next.bytes),
      });
      const author = federation.member(GR).deciding.get(RegisteredFederation);
      await untilTrue('its author has heard of it', async () => {
        const { registry } = await author.now();
        return registry.recipient(BG)?.subkey === next.encryption[0];
      });
      await say('between the two');
      await drained(grounds.places);
      await stop();
    },
    3 * PATIENCE + MORE,
  );

  afterAll(async () => {
    await stop();
    await nursery.close();
    await database.close();
    await grounds.remove();
    await keys.remove();
  }, 180_000);

  it('destroys nothing that is not retired', async () => {
    expect(await wrapsTo(old)).toBe(SAID * 3);
    expect(await standing()).toMatchObject({ state: 'before' });
    expect(await destroyed()).toMatchObject({ refused: 'epoch-unknown' });
    // What another agency's database has says nothing of an agency's own epochs.
    await expect(epochsOf({ ...own(), agency: GR })).rejects.toMatchObject({
      code: 'wrong-agency',
    });
  });

  it(
    'loses no wrap when it dies on the way, wherever that is',
    async () => {
      await enact(grounds.places, {
        kind: 'epoch-retired',
        agency: BG,
        subkey: old,
        keepSeconds: 1,
      });
      const traps = EPOCH_HOPS.flatMap((hop, place) =>
        // One after the other: whatever comes after a write is reached only when it was made.
        (KILLS > EPOCH_HOPS.length ? MOMENTS : [MOMENTS[place % MOMENTS.length]!]).map(
          (moment) => ({
            hop,
            moment,
          }),
        ),
      );
      for (const { hop, moment } of traps.slice(0, KILLS)) {
        const child = nursery.take();
        const trap = { hop, moment, nth: 1, from: 'start' as const };
        await child.begin({ places: grounds.places, trap, again: [], idle: true });
        const patience = setTimeout(() => {
          child.signal('SIGTERM');
        }, PATIENCE);
        const { signal, lines } = await child.ended;
        clearTimeout(patience);
        if (signal !== 'SIGKILL') throw new Error(`it did not die at ${hop} ${moment}: ${lines}`);
      }
      expect(await destroyed()).toMatchObject({
        refused: expect.stringMatching(/^epoch-/) as never,
      });

      await start();
      await untilTrue('nothing is wrapped to it any more', async () => {
        const { state } = (await standing()) ?? {};
        return state === 'kept' || state === 'destructible';
      });
      expect(await wrapsTo(old)).toBe(0);
    },
    PATIENCE + KILLS * PATIENCE + MORE,
  );

  it(
    'destroys its old key when its time is over, and says so in the log',
    async () => {
      await untilTrue('the log’s time has passed', async () => {
        await say('so that time passes');
        return (await standing())?.state === 'destructible';
      });
      await drained(grounds.places);
      expect(await destroyed()).toBe(old);
      expect(await destroyed()).toBe(old);
      const file = await openpgp.secretKey(await readFile(join(folder(), 'decryption.pgp')));
      expect(isRefusal(file) || file.encryption).not.toContain(old);
      const claim = parseClaim(await readFile(`${folder()}.claim`));
      if (claim === undefined) throw new Error('no claim was written');
      await enact(grounds.places, { kind: 'epoch-destroyed', ...claim });
      await untilTrue('the agency knows', async () => (await standing())?.state === 'destroyed');
      const { anchor } = await FederationFolder.open(openpgp, grounds.places.federation);
      const source = new HttpLogSource({ url: running!.hub.url!, token: AUDITOR_TOKEN });
      const { fault } = await verifyLog(source, anchor, openpgp);
      expect(fault).toBeNull();
      expect((await examine(grounds.places)).faults).toEqual([]);
      await stop();
    },
    2 * PATIENCE + MORE,
  );

  it(
    'can read everything anew without the old key, when its database was lost',
    async () => {
      const held = async (places: Places): Promise<readonly unknown[]> => {
        const settings = places.agencies[BG];
        if (settings === undefined) throw new Error('no database');
        return rowsOf(settings, 'select event, leaf from journal order by leaf');
      };
      await start(anew);
      const before = await held(grounds.places);
      expect(before.length).toBeGreaterThanOrEqual(SAID * 2);
      await untilTrue(
        'all of it is there again',
        async () => (await held(anew)).length === before.length,
        PATIENCE + MORE,
      );
      expect(await held(anew)).toEqual(before);
      const found = await rowsOf(anew.agencies[BG]!, 'select code from findings');
      expect(found).toEqual([]);
    },
    2 * PATIENCE + MORE,
  );
});
