import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEpoch } from '@tripoint/adapters/keys';
import { type Certificate, OpenPgpJs } from '@tripoint/envelope';
import { certificateText } from '@tripoint/federation';
import { type AgencyId, type Instant, type ItemId } from '@tripoint/kernel';
import { RegisteredFederation } from '../../../agency/src/federation/registered-federation.js';
import { confirmed, type Federation, openFederation } from './testing/composition.js';
import { enact } from './testing/enact.js';
import { untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { drained, examine } from './testing/oracle.js';
import { contribution, give, type Order } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;

describe('an agency whose keys are rotated while everything runs', () => {
  const openpgp = new OpenPgpJs();
  const removing: (() => Promise<void>)[] = [];
  let grounds: Grounds;
  let federation: Federation;

  const start = async (): Promise<void> => {
    federation = await openFederation(grounds.places);
    await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
  };

  beforeAll(async () => {
    const keys = await ceremony();
    removing.push(keys.remove);
    grounds = await freshGrounds(keys.path, [GR, BG]);
    removing.unshift(grounds.remove);
    await start();
  }, 180_000);

  afterAll(async () => {
    await federation.close();
    for (const remove of removing) await remove();
  }, 180_000);

  const folder = (): string => join(grounds.places.federation, 'keys', BG);
  const now = (): Instant => new Date().toISOString() as Instant;

  /** The registry has the certificate, and both agencies know it. */
  const registered = async ({ bytes }: Certificate): Promise<void> => {
    await enact(grounds.places, {
      kind: 'certificate-rotated',
      agency: BG,
      certificate: certificateText(bytes),
    });
    for (const member of federation.members.values())
      await untilTrue('it has heard of the rotation', async () => {
        const { registry } = await member.deciding.get(RegisteredFederation).now();
        const known = registry.encryptionCertificate(BG)?.certificate.bytes;
        return known !== undefined && Buffer.from(known).equals(bytes);
      });
  };

  /** One item in each direction; what BG sends is wrapped to its own new key too. */
  const exchanged = async (): Promise<readonly Order[]> => {
    const orders = [
      contribution(GR, BG, 'said to the new key'),
      contribution(BG, GR, 'said by its holder'),
    ];
    await give(federation.member(GR), orders[0]!);
    await give(federation.member(BG), orders[1]!);
    return orders;
  };

  const isShown = async (item: ItemId): Promise<boolean> =>
    (await federation.member(BG).store.views.contribution(item)) !== undefined;
  const findings = async () =>
    (await federation.member(BG).store.views.findings({ limit: 50 })).rows.filter(
      ({ code }) => code === 'no-key',
    );

  it('goes on without a restart', async () => {
    await registered(await startEpoch(openpgp, folder(), now()));
    await exchanged();
    await drained(grounds.places);
    expect((await examine(grounds.places)).faults).toEqual([]);
  }, 180_000);

  it.each([false, true])(
    'opens what came before its key as soon as the key is there (stopped in between: %p)',
    async (stopped) => {
      const elsewhere = `${folder()}-elsewhere`;
      await cp(folder(), elsewhere, { recursive: true });
      removing.unshift(() => rm(elsewhere, { recursive: true, force: true }));
      const before = (await findings()).length;
      await registered(await startEpoch(openpgp, elsewhere, now()));
      const orders = await exchanged();
      // Both, and GR's receipt for the one that BG sent.
      const unopened = orders.length + 1;
      await untilTrue('they came and could not be opened', async () => {
        const owed = (await findings()).filter(({ resolvedAt }) => resolvedAt === undefined);
        return owed.length === unopened;
      });
      for (const { decision } of orders) expect(await isShown(decision.item)).toBe(false);
      if (stopped) await federation.close();
      await cp(elsewhere, folder(), { recursive: true });
      await rm(elsewhere, { recursive: true });
      if (stopped) await start();
      for (const { decision } of orders)
        await untilTrue('it was opened', () => isShown(decision.item));
      await drained(grounds.places);
      const settled = await findings();
      expect(settled).toHaveLength(before + unopened);
      expect(settled.every(({ resolvedAt }) => resolvedAt !== undefined)).toBe(true);
      const { faults } = await examine(grounds.places);
      expect(faults.filter((fault) => fault !== `${BG} found no-key`)).toEqual([]);
    },
    180_000,
  );
});
