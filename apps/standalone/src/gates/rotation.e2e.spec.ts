import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresBus } from '@tripoint/adapters/embedded';
import { FileSigningKeyring, replaceAgencyKeys, startEpoch } from '@tripoint/adapters/keys';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import {
  type Certificate,
  OpenPgpJs,
  parseChainEntry,
  sealVoid,
  type SecretKey,
  utf8,
  verifyStatement,
} from '@tripoint/envelope';
import { certificateText } from '@tripoint/federation';
import { type AgencyId, HubError, type Instant, isRefusal, type ItemId } from '@tripoint/kernel';
import {
  chainStream,
  COUNTERSIGNED,
  formatSubmission,
  HUB_CHAIN,
  submissionsTopic,
} from '@tripoint/ledger';
import { ChainGuard } from '../../../agency/src/chain/chain-guard.js';
import { SubmitCommand } from '../../../agency/src/commands/index.js';
import { RegisteredFederation } from '../../../agency/src/federation/registered-federation.js';
import { Audience } from '../../../agency/src/sealing/audience.js';
import { RecordedLog } from '../../../hub/src/log/recorded-log.js';
import { HubChain } from '../../../hub/src/registrar/hub-chain.js';
import { confirmed, type Federation, openFederation } from './testing/composition.js';
import { enact } from './testing/enact.js';
import { untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { drained, examine, rowsOf } from './testing/oracle.js';
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

  /** What is wrong besides what the cases before left to be read. */
  /** What is wrong, but for what has to be found: a key that is not there yet, and whose word a lost key puts in doubt. */
  const faults = async (): Promise<readonly string[]> =>
    (await examine(grounds.places)).faults.filter(
      (fault) => fault !== `${BG} found no-key` && !fault.endsWith(' found word-in-doubt'),
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
      expect(await faults()).toEqual([]);
    },
    180_000,
  );

  const replaced = (keys: string): Promise<Certificate> =>
    replaceAgencyKeys(openpgp, keys, { name: BG, at: now() });
  /** Nothing was sealed: it says at once why, and is not tried again. */
  const sealing = (order: Order) =>
    federation.member(BG).commands.execute(new SubmitCommand(order.decision));

  it('signs with its new key when every key was replaced, and opens what is sealed to it', async () => {
    await registered(await replaced(folder()));
    await exchanged();
    await drained(grounds.places);
    expect(await faults()).toEqual([]);
  }, 180_000);

  it('seals nothing while the registry has another signing key than it, and then goes on', async () => {
    const elsewhere = `${folder()}-elsewhere`;
    await cp(folder(), elsewhere, { recursive: true });
    removing.unshift(() => rm(elsewhere, { recursive: true, force: true }));
    await registered(await replaced(elsewhere));
    const order = contribution(BG, GR, 'said when the key is there');
    const refused: unknown = await sealing(order).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(HubError);
    expect(refused).toMatchObject({ code: 'signing-key-outdated', retriable: true });
    // What it is sent meanwhile waits, and so does what it has to say to it.
    const sent = contribution(GR, BG, 'sent before the key is there');
    await give(federation.member(GR), sent);
    await untilTrue('it came and could not be opened', async () =>
      (await findings()).some(({ resolvedAt }) => resolvedAt === undefined),
    );
    await cp(elsewhere, folder(), { recursive: true });
    await rm(elsewhere, { recursive: true });
    await give(federation.member(BG), order);
    await untilTrue('it was opened', () => isShown(sent.decision.item));
    await drained(grounds.places);
    expect(await faults()).toEqual([]);
  }, 180_000);

  const heard = async (holds: (one: RegisteredFederation) => Promise<boolean>): Promise<void> => {
    const own = federation.member(BG).deciding.get(RegisteredFederation);
    await untilTrue('it has heard of the statement', () => holds(own));
  };

  const otherHas = async (
    holds: (one: RegisteredFederation) => Promise<boolean>,
  ): Promise<void> => {
    const other = federation.member(GR).deciding.get(RegisteredFederation);
    await untilTrue('the other has heard of the statement', () => holds(other));
  };
  /** What somebody is told who addresses the agency. */
  const addressing = () => {
    const { decision } = contribution(GR, BG, 'said to whom nobody may say anything');
    return federation.member(GR).commands.execute(new SubmitCommand(decision));
  };

  it('is told that it is suspended, and goes on when it is reinstated', async () => {
    const order = contribution(BG, GR, 'said after the suspension');
    const suspended = async (one: RegisteredFederation): Promise<boolean> =>
      (await one.now()).registry.agency(BG)?.suspended === true;
    await enact(grounds.places, { kind: 'agency-suspended', agency: BG });
    await heard(suspended);
    const told = { refused: 'own-agency-suspended' };
    expect(await sealing(order)).toMatchObject(told);
    const audience = federation.member(BG).deciding.get(Audience);
    expect(await audience.preview(order.decision)).toMatchObject(told);
    await otherHas(suspended);
    expect(await addressing()).toMatchObject({ refused: 'recipient-suspended' });
    await enact(grounds.places, { kind: 'agency-reinstated', agency: BG });
    await heard(async (one) => !(await suspended(one)));
    await give(federation.member(BG), order);
    await drained(grounds.places);
    expect(await faults()).toEqual([]);
  }, 180_000);

  it('is told that its certificate was revoked, and goes on with the next one', async () => {
    const order = contribution(BG, GR, 'said after the revocation');
    const { registry } = await federation.member(BG).deciding.get(RegisteredFederation).now();
    const { certificate } = registry.encryptionCertificate(BG)!;
    await enact(grounds.places, {
      kind: 'certificate-revoked',
      fingerprint: certificate.fingerprint,
      reason: 'compromised',
      since: Number(registry.index) + 1,
    });
    await heard(async (one) => (await one.now()).registry.encryptionCertificate(BG) === undefined);
    expect(await sealing(order)).toMatchObject({ refused: 'own-certificate-revoked' });
    await otherHas(
      async (one) => (await one.now()).registry.encryptionCertificate(BG) === undefined,
    );
    expect(await addressing()).toMatchObject({ refused: 'recipient-revoked' });
    await registered(await replaced(folder()));
    await give(federation.member(BG), order);
    await drained(grounds.places);
    expect(await faults()).toEqual([]);
  }, 180_000);

  /** Gives up the next number of the chain of BG's, upon nobody's word. */
  const voids = async (key: SecretKey): Promise<void> => {
    const { outbox } = federation.member(BG).store;
    const chain = federation.member(BG).deciding.get(ChainGuard).confirmed!.chain;
    const { next, prev } = (await outbox.head(chain))!;
    const { submission } = await sealVoid(
      openpgp,
      { v: 1, issuer: BG, chain, seq: Number(next), prev, at: now(), reason: 'STOLEN' },
      utf8('told by nobody'),
      key,
    );
    const bus = new PostgresBus(grounds.places.bus);
    const value = formatSubmission({ kind: 'container', bytes: submission });
    await bus.publish(submissionsTopic(BG), [{ value }]);
    await bus.close();
  };
  /** How many submissions the hub has put aside because of the key that signed them. */
  const putAside = async (): Promise<number> => {
    const rows = await rowsOf(
      grounds.places.hub,
      `select from quarantine where code = 'signer-ended'`,
    );
    return rows.length;
  };

  it('loses no number of its chain to whoever has a key that it has replaced', async () => {
    const { key: stolen } = await FileSigningKeyring.load(openpgp, folder());
    await registered(await replaced(folder()));
    await voids(stolen);
    const order = contribution(BG, GR, 'said in spite of the thief');
    await give(federation.member(BG), order);
    await untilTrue('it is delivered', async () => {
      const held = await federation.member(GR).store.views.contribution(order.decision.item);
      return held !== undefined;
    });
    await drained(grounds.places);
    const noted = `${BG} found submission-quarantined`;
    expect((await faults()).filter((fault) => fault !== noted)).toEqual([]);
  }, 60_000);

  it('goes on with the next one when its signing key was lost, and the lost one is of no use to anybody', async () => {
    const { key: lost } = await FileSigningKeyring.load(openpgp, folder());
    await give(federation.member(BG), contribution(BG, GR, 'said before the loss'));
    await drained(grounds.places);
    await rm(join(folder(), 'signing.pgp'));
    const own = federation.member(BG).deciding.get(RegisteredFederation);
    const { certificate } = (await own.now()).registry.certificateInForce(BG)!;
    await enact(grounds.places, {
      kind: 'certificate-revoked',
      fingerprint: certificate.fingerprint,
      reason: 'compromised',
      since: federation.hub.app.get(RecordedLog).state.size,
    });
    await heard(async (one) => (await one.now()).registry.certificateInForce(BG) === undefined);
    // Whoever found it, before there is another one and after.
    const useless = async (): Promise<void> => {
      const put = await putAside();
      await voids(lost);
      await untilTrue('it was put aside', async () => (await putAside()) > put);
    };
    await useless();
    const order = contribution(BG, GR, 'said by the next key');
    expect(await sealing(order)).toMatchObject({ refused: 'own-certificate-revoked' });
    await registered(await replaced(folder()));
    await give(federation.member(BG), order);
    await drained(grounds.places);
    await useless();
    const next = contribution(BG, GR, 'said in spite of whoever has the lost one');
    await give(federation.member(BG), next);
    await untilTrue('it is delivered', async () => {
      const held = await federation.member(GR).store.views.contribution(next.decision.item);
      return held !== undefined;
    });
    await drained(grounds.places);
    const noted = `${BG} found submission-quarantined`;
    expect((await faults()).filter((fault) => fault !== noted)).toEqual([]);
  }, 120_000);

  it('is told that its certificate has expired, burns no number, and goes on when it is renewed', async () => {
    const { key } = await FileSigningKeyring.load(openpgp, folder());
    const own = federation.member(BG).deciding.get(RegisteredFederation);
    const inForce = async () => (await own.now()).registry.certificateInForce(BG)!;
    const { certificate } = await inForce();
    const renewed = (expires?: Instant) =>
      enact(grounds.places, {
        kind: 'certificate-rotated',
        agency: BG,
        certificate: certificateText(certificate.bytes),
        ...(expires === undefined ? {} : { expires }),
      });
    const order = contribution(BG, GR, 'said when it is renewed');
    await renewed(now());
    await heard(async () => (await inForce()).expires !== undefined);
    expect(await sealing(order)).toMatchObject({ refused: 'own-certificate-expired' });
    // Whoever signs in spite of that uses up no number of the chain.
    const put = await putAside();
    await voids(key);
    await untilTrue('it was put aside', async () => (await putAside()) > put);
    // It may still be written to, and reads what it is sent.
    const sent = contribution(GR, BG, 'sent to whom nothing is accepted from');
    await give(federation.member(GR), sent);
    await untilTrue('it was opened', () => isShown(sent.decision.item));
    await renewed();
    await heard(async () => (await inForce()).expires === undefined);
    await give(federation.member(BG), order);
    await drained(grounds.places);
    const noted = `${BG} found submission-quarantined`;
    expect((await faults()).filter((fault) => fault !== noted)).toEqual([]);
  }, 120_000);

  it('has a hub that states with its next key as soon as that lies in its folder', async () => {
    const hub = 'hub' as AgencyId;
    const keys = join(grounds.places.federation, 'keys', 'hub');
    const next = await replaceAgencyKeys(openpgp, keys, { name: hub, at: now() });
    const certificate = certificateText(next.bytes);
    await enact(grounds.places, { kind: 'certificate-rotated', agency: hub, certificate });
    const chain = federation.hub.app.get(HubChain);
    await untilTrue('the hub has heard of it', () => {
      const { registry } = federation.hub.app.get(RecordedLog).state;
      return Promise.resolve(
        registry.certificateInForce(hub)?.certificate.fingerprint === next.fingerprint,
      );
    });
    // Of no agency's mailbox: it is rejected, and stands there as the hub has signed it.
    await chain.state(COUNTERSIGNED, { countersignature: 'ab'.repeat(32) }, new Uint8Array([0]));
    const stated = await federation.hub.ledger.last(chainStream(HUB_CHAIN));
    const entry = parseChainEntry(stated!.bytes);
    if (isRefusal(entry) || entry.kind !== 'statement') throw new Error('no statement');
    const verified = await verifyStatement(
      openpgp,
      COUNTERSIGNED,
      entry.body,
      entry.signatures,
      [next],
      1,
    );
    expect(isRefusal(verified)).toBe(false);
  }, 60_000);

  it('hears where its chain stands, however much waits to be signed', async () => {
    await federation.close();
    const waiting = Array.from({ length: 200 }, (_, at) => ({
      key: `receipt:${at}`,
      kind: 'receipt',
      body: {},
    }));
    const store = new AgencyDatabase(grounds.places.agencies[BG]!);
    await store.journal.aside({ toSign: waiting });
    await store.close();
    await start();
    await untilTrue('nothing waits any more', async () => {
      const { journal } = federation.member(BG).store;
      return (await journal.toSign(0n, 1)).length === 0;
    });
  }, 180_000);
});
