import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDBDouble } from '@tripoint/adapters/eventstoredb/testing';
import { type Instant } from '@tripoint/kernel';

import { type Surroundings } from '../command.js';
import { runCommand } from '../dispatch.js';
import { ledger } from './ledger.command.js';

let double: EventStoreDBDouble;
beforeAll(async () => {
  double = await EventStoreDBDouble.start();
});
afterAll(() => {
  double.stop();
});

/** What the command said, and how it ended. */
const tripointLedger = async (
  line: string,
  environment: Surroundings['environment'] = {
    TRIPOINT_EVENTSTOREDB: `esdb://${double.hosts}?tls=false`,
  },
): Promise<readonly unknown[]> => {
  const said: string[] = [];
  const say = (words: string): unknown => said.push(words);
  const now = (): Instant => '2026-11-23T12:00:00.000Z' as Instant;
  const code = await runCommand(ledger, line.split(' '), {
    out: say,
    err: say,
    environment,
    now,
    fetch,
  });
  return [code, ...said];
};

describe('tripoint ledger provision', () => {
  it('says once who may append and who may read', async () => {
    const line = 'provision --writer hub --reader oversight --reader auditors';
    expect(await tripointLedger(line)).toEqual([0, 'changed $settings', 'changed $$$all']);
    expect(await tripointLedger(line)).toEqual([0, 'everything was so already']);
  });

  it.each<[string, string, number, RegExp]>([
    ['nobody would write', 'provision --reader oversight', 2, /--writer is missing/u],
    ['a name is none', 'provision --writer $all', 1, /ledger-roles-unfit/u],
    ['an option is unknown', 'provision --writer hub --force', 2, /bad-arguments/u],
  ])('is refused when %s', async (_what, line, code, words) => {
    const [exit, said] = await tripointLedger(line);
    expect(exit).toBe(code);
    expect(said).toMatch(words);
  });

  it('is refused where no server is named, or the name is unfit, and repeats no password', async () => {
    const line = 'provision --writer hub';
    expect(await tripointLedger(line, {})).toEqual([2, expect.stringMatching(/names no server/u)]);
    const [exit, said] = await tripointLedger(line, {
      TRIPOINT_EVENTSTOREDB: 'esdb://admin:s3cret@127.0.0.1:1?tls=false',
    });
    expect(exit).toBe(1);
    expect(said).toMatch(/eventstoredb-misconfigured: credentials-in-clear/u);
    expect(said).not.toContain('s3cret');
  });

  it('says what the driver says when the server is away', async () => {
    const away = await EventStoreDBDouble.start();
    const hosts = away.hosts;
    away.stop();
    const [exit, driver, said] = await tripointLedger('provision --writer hub', {
      TRIPOINT_EVENTSTOREDB: `esdb://${hosts}?tls=false`,
    });
    expect([exit, said]).toEqual([3, expect.stringMatching(/^tripoint: ledger-away: /u)]);
    expect(driver).toMatch(/UNAVAILABLE/u);
  });

  it('has its own help', async () => {
    expect(await tripointLedger('provision --help')).toEqual([
      0,
      expect.stringContaining('tripoint ledger provision --writer NAME'),
    ]);
  });
});
