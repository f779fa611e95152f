import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreDBLedger, parseConnectionString } from '@tripoint/adapters/eventstoredb';
import { EventStoreDBDouble } from '@tripoint/adapters/eventstoredb/testing';
import { FederationFolder } from '@tripoint/adapters/keys';
import { OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId, type Instant } from '@tripoint/kernel';
import { HttpLogSource, type Report, verifyLog } from '@tripoint/replay';
import { runCommand } from '../../../cli/src/dispatch.js';
import { ledger } from '../../../cli/src/ledger/ledger.command.js';
import { RecordedLog } from '../../../hub/src/log/recorded-log.js';
import { AUDITOR_TOKEN, confirmed, openFederation, type Wishes } from './testing/composition.js';
import { untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { drained, rowsOf } from './testing/oracle.js';
import { contribution, give } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;

describe('a federation whose ledger was carried over to EventStoreDB', () => {
  const openpgp = new OpenPgpJs();
  const removing: (() => Promise<void>)[] = [];
  let dir: string;
  let grounds: Grounds;
  let double: EventStoreDBDouble;
  let moved: EventStoreDBLedger;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tripoint-carried-'));
    removing.unshift(() => rm(dir, { recursive: true }));
    const keys = await ceremony();
    removing.unshift(keys.remove);
    grounds = await freshGrounds(keys.path, [GR, BG]);
    removing.unshift(grounds.remove);
    double = await EventStoreDBDouble.start({ nodes: 3 });
    removing.unshift(() => {
      double.stop();
      return Promise.resolve();
    });
    moved = new EventStoreDBLedger(await parseConnectionString(`esdb://${double.hosts}?tls=false`));
    removing.unshift(() => moved.close());
  }, 180_000);

  afterAll(async () => {
    for (const remove of removing) await remove();
  }, 60_000);

  /** A federation that is running; what BG is then told has arrived when this resolves. */
  const running = async <T>(
    wishes: Wishes,
    then: (url: string, hub: INestApplicationContext) => Promise<T>,
  ): Promise<T> => {
    const federation = await openFederation(grounds.places, { door: true, ...wishes });
    try {
      await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
      for (let said = 0; said < 3; said += 1) {
        const order = contribution(GR, BG, `what is said ${said}`);
        await give(federation.member(GR), order);
        await untilTrue('it arrives', async () => {
          const { item } = order.decision;
          const rows = await rowsOf(
            grounds.places.agencies[BG]!,
            `select 1 from items where item = '${item}'`,
          );
          return rows.length === 1;
        });
      }
      const { url } = federation.hub;
      if (url === undefined) throw new Error('the hub has no door');
      return await then(url, federation.hub.app);
    } finally {
      await federation.close();
    }
  };

  const verified = async (url: string, since?: Uint8Array): Promise<Report> => {
    const { anchor } = await FederationFolder.open(openpgp, grounds.places.federation);
    const source = new HttpLogSource({ url, token: AUDITOR_TOKEN });
    return verifyLog(source, anchor, openpgp, since === undefined ? {} : { since });
  };

  const carried = async (...more: readonly string[]) => {
    const { host, port, database, user, password } = grounds.places.ledger;
    const file = join(dir, 'password');
    await writeFile(file, password, { mode: 0o600 });
    const lines: string[] = [];
    const args = [
      ...['carry', '--from', `postgres://${host}:${port}/${database}`, '--from-user', user],
      ...[
        '--from-password-file',
        file,
        '--to',
        `esdb://${double.hosts}`,
        '--to-plaintext',
        '--json',
        ...more,
      ],
    ];
    const code = await runCommand(ledger, args, {
      out: (line) => lines.push(line),
      err: (line) => lines.push(line),
      environment: {},
      now: () => new Date().toISOString() as Instant,
      fetch,
    });
    return { code, said: lines.join('\n') };
  };

  it('goes on there, with the root that was signed before', async () => {
    const checkpoint = join(dir, 'checkpoint');
    const before = await running({}, async (url) => {
      await drained(grounds.places);
      const report = await verified(url);
      if (report.checkpoint === null) throw new Error('nothing was signed');
      await writeFile(checkpoint, report.checkpoint.note);
      return report;
    });
    expect(before.fault).toBeNull();
    const note = await readFile(checkpoint);

    const anchor = join(grounds.places.federation, 'anchor.json');
    const { code, said } = await carried('--checkpoint', checkpoint, '--anchor', anchor);
    expect([code, JSON.parse(said)]).toEqual([
      0,
      expect.objectContaining({ same: true, checkpoint: before.checkpoint?.size }),
    ]);
    const { log } = JSON.parse(said) as { log: { size: number; root: string } };

    const after = await running({ between: { ledger: () => moved } }, async (url, hub) => ({
      report: await verified(url, note),
      root: hub.get(RecordedLog).tree.root(log.size).toString('hex'),
    }));
    expect(after.report.fault).toBeNull();
    expect(after.report.verified).toBeGreaterThan(log.size);
    expect(after.root).toBe(log.root);
  }, 240_000);

  it('is refused where the checkpoint is not the log’s', async () => {
    const forged = join(dir, 'forged');
    const note = await readFile(join(dir, 'checkpoint'), 'utf8');
    await writeFile(forged, note.replace(/\n(\d+)\n/u, '\n1$1\n'));
    const anchor = join(grounds.places.federation, 'anchor.json');
    const { code, said } = await carried('--checkpoint', forged, '--anchor', anchor);
    expect([code, said]).toEqual([1, expect.stringContaining('checkpoint-refused')]);
  });

  it('is not carried over a ledger that has gone on', async () => {
    const { code, said } = await carried();
    expect([code, said]).toEqual([1, expect.stringContaining('carry-target-ahead')]);
  });
});
