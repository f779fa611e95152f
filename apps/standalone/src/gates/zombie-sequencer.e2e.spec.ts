import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FederationFolder } from '@tripoint/adapters/keys';
import { OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId } from '@tripoint/kernel';
import { HttpLogSource, verifyLog } from '@tripoint/replay';
import { HubOptions } from '../../../hub/src/hub.options.js';
import { VerifiedSigners } from '../../../hub/src/registrar/verified-signers.js';
import { Sequencer } from '../../../hub/src/sequencer/sequencer.js';
import { type Child, Nursery } from './testing/children.js';
import {
  AUDITOR_TOKEN,
  confirmed,
  type Federation,
  openFederation,
} from './testing/composition.js';
import { eventually, untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { drained, examine, rowsOf } from './testing/oracle.js';
import { countFrom } from './testing/random.js';
import { type ZombieTold } from './testing/sequencer-child.js';
import { contribution, give } from './testing/traffic.js';

const ZOMBIES = countFrom('TRIPOINT_ZOMBIES', 3);
const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;

describe('a sequencer that stood still while another went on', () => {
  const nursery = new Nursery('sequencer-child.ts');
  let keys: Awaited<ReturnType<typeof ceremony>>;
  let grounds: Grounds;
  let federation: Federation;

  beforeAll(async () => {
    keys = await ceremony();
    grounds = await freshGrounds(keys.path, [GR, BG]);
    federation = await openFederation(grounds.places, {
      door: true,
      instead: {
        hub: [
          {
            provide: Sequencer,
            inject: [HubOptions, VerifiedSigners],
            // Fenced off, the living one begins its next term at once: waiting longer shows nothing more.
            useFactory: (hub: HubOptions, signers: VerifiedSigners) => ({
              run: async (signal: AbortSignal) => {
                const sequencer = new Sequencer(hub, signers);
                while (!signal.aborted) await sequencer.run(signal).catch(() => undefined);
              },
            }),
          },
        ],
      },
    });
    await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
  }, 180_000);

  afterAll(async () => {
    await nursery.close();
    await federation.close();
    await grounds.remove();
    await keys.remove();
  }, 180_000);

  const logSize = async (): Promise<number> => {
    const [row] = await rowsOf<{ size: number }>(
      grounds.places.ledger,
      `select count(*)::int as size from ledger.entry where stream = 'log'`,
    );
    return row?.size ?? 0;
  };

  /** One that has opened a term. Where the living one is quicker each time, it is no zombie, and another one tries. */
  const opened = async (): Promise<{ zombie: Child; heard: ZombieTold[] }> => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const zombie = nursery.take();
      const heard: ZombieTold[] = [];
      zombie.on((told) => heard.push(told as unknown as ZombieTold));
      await zombie.begin({ places: grounds.places });
      const found = await eventually(
        'it opens a term',
        () => heard.find(({ told }) => told === 'opened'),
        30_000,
      ).catch(() => undefined);
      if (found !== undefined) return { zombie, heard };
      zombie.signal('SIGKILL');
      await zombie.ended;
    }
    throw new Error('no other sequencer has opened a term');
  };

  it(
    `never gets a leaf in, ${ZOMBIES} times`,
    async () => {
      for (let trial = 0; trial < ZOMBIES; trial += 1) {
        const { zombie, heard } = await opened();
        let place = 0;
        const traffic = { on: true };
        const talking = (async () => {
          for (; traffic.on; place += 1)
            await give(federation.member(GR), contribution(GR, BG, `trial ${trial}, ${place}`));
        })();
        try {
          const expected = await eventually(
            'it stops in the middle of an append',
            () =>
              heard.flatMap((one) => (one.told === 'stopping' ? [Number(one.expected)] : []))[0],
          );
          // The other one has moved beyond the place that the zombie is about to take.
          await untilTrue('the other goes on', async () => (await logSize()) > expected + 2);
        } finally {
          traffic.on = false;
          await talking;
        }
        zombie.signal('SIGCONT');
        const outcome = await eventually('it hears what became of it', () =>
          heard.find(({ told }) => told === 'refused' || told === 'wrote' || told === 'failed'),
        );
        expect(outcome).toEqual({ told: 'refused' });
        zombie.signal('SIGKILL');
        await zombie.ended;
      }
      await drained(grounds.places);
      const { faults } = await examine(grounds.places);
      expect(faults).toEqual([]);
      const openpgp = new OpenPgpJs();
      const { anchor } = await FederationFolder.open(openpgp, keys.path);
      const url = federation.hub.url ?? '';
      const source = new HttpLogSource({ url, token: AUDITOR_TOKEN });
      expect((await verifyLog(source, anchor, openpgp)).fault).toBeNull();
    },
    120_000 + ZOMBIES * 120_000,
  );
});
