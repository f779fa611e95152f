import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type AgencyId, HubError } from '@tripoint/kernel';
import { type Ledger, LOG_STREAM } from '@tripoint/ledger';
import { Metrics } from '@tripoint/platform';
import { type Vault } from '@tripoint/vault';
import { measureHub } from '../../../hub/src/hub.metrics.js';
import { confirmed, type Federation, openFederation } from './testing/composition.js';
import { untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { drained } from './testing/oracle.js';
import { contribution, give } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const LIMIT = 120_000;

/** The same port, with `fails` asked before each call of `member`. */
const failing = <T extends object>(
  port: T,
  member: keyof T,
  fails: (first: unknown) => boolean,
): T =>
  new Proxy(port, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown =>
        name === member && fails(args[0])
          ? Promise.reject(new HubError('store-away', 'away', true))
          : Reflect.apply(value, target, args);
    },
  });

describe('what a hub measures of its hops', () => {
  let keys: Awaited<ReturnType<typeof ceremony>>;
  let grounds: Grounds;
  let federation: Federation;
  const away = { log: false, vault: false };

  beforeAll(async () => {
    keys = await ceremony();
    grounds = await freshGrounds(keys.path, [GR, BG]);
    federation = await openFederation(grounds.places, {
      between: {
        ledger: (port: Ledger) =>
          failing(port, 'append', (stream) => away.log && stream === LOG_STREAM),
        vault: (port: Vault) => failing(port, 'stage', () => away.vault),
      },
    });
    await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
  }, LIMIT);
  afterAll(async () => {
    await federation.close();
    await grounds.remove();
    await keys.remove();
  }, LIMIT);

  const value = async (name: string): Promise<number> => {
    const metrics = new Metrics();
    const { hub } = federation;
    measureHub(metrics, { nest: hub.app as never }, hub.store, Date.now);
    return Number(new RegExp(`^${name} (.+)$`, 'm').exec(await metrics.text())?.[1]);
  };
  const measures = (name: string, holds: (value: number) => boolean): Promise<void> =>
    untilTrue(name, async () => holds(await value(name)));

  it(
    'is what lies on chains and has no leaf',
    async () => {
      await measures('tripoint_unsequenced_entries', (count) => count === 0);
      away.log = true;
      await give(federation.member(GR), contribution(GR, BG, 'one'));
      await give(federation.member(GR), contribution(GR, BG, 'two'));
      await measures('tripoint_unsequenced_entries', (count) => count === 2);
      away.log = false;
      await measures('tripoint_unsequenced_entries', (count) => count === 0);
      await drained(grounds.places);
    },
    LIMIT,
  );

  it(
    'is for how long the registrar has had what it cannot admit',
    async () => {
      away.vault = true;
      await give(federation.member(GR), contribution(GR, BG, 'three'));
      // Longer than one try takes: it counts from the first.
      await measures('tripoint_admission_in_hand_seconds', (seconds) => seconds > 1);
      away.vault = false;
      await measures('tripoint_admission_in_hand_seconds', (seconds) => seconds === 0);
      await drained(grounds.places);
    },
    LIMIT,
  );
});
