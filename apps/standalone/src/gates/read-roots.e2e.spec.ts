// Whoever holds an agency's door holds its database role, too. What it makes of the record of reads afterwards is contradicted by
// the roots that are in the log.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FederationFolder } from '@tripoint/adapters/keys';
import { OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId, type Instant, isRefusal, type OfficerId } from '@tripoint/kernel';
import { HttpLogSource, ReadRoots, type ReadsFault, verifyLog } from '@tripoint/replay';
import pg from 'pg';
import { ReadRootLoop } from '../../../agency/src/relay/read-root.js';
import {
  AUDITOR_TOKEN,
  confirmed,
  type Federation,
  type Member,
  openFederation,
} from './testing/composition.js';
import { untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';

const GR = 'gr-police' as AgencyId;

let remove: () => Promise<void>;
let grounds: Grounds;
let federation: Federation;
let gr: Member;

beforeAll(async () => {
  const keys = await ceremony();
  remove = keys.remove;
  grounds = await freshGrounds(keys.path, [GR]);
  federation = await openFederation(grounds.places, { door: true });
  gr = federation.member(GR);
  await confirmed(gr);
}, 180_000);
afterAll(async () => {
  await gr.close();
  await federation.hub.close();
  await grounds.remove();
  await remove();
});

const read = (purpose: string) =>
  gr.options.reads.release(
    {
      officer: 'eleni' as OfficerId,
      purpose,
      fields: ['core'],
      at: new Date().toISOString() as Instant,
    },
    () => Promise.resolve(undefined),
  );

/** Publishes, and waits for the leaf. */
const publish = async () => {
  const outcome = await gr.deciding.get(ReadRootLoop).publish();
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  await untilTrue('the root is in the log', async () => {
    const held = await Promise.all(
      outcome.submissions.map((event) => gr.store.journal.entry(event)),
    );
    return held.every((entry) => entry?.recorded.leaf !== undefined);
  });
  return outcome;
};

const found = async () => {
  const openpgp = new OpenPgpJs();
  const { anchor } = await FederationFolder.open(openpgp, grounds.places.federation);
  const source = new HttpLogSource({ url: federation.hub.url ?? '', token: AUDITOR_TOKEN });
  const roots = new ReadRoots();
  const faults: ReadsFault[] = [];
  const { fault } = await verifyLog(source, anchor, openpgp, {
    heard: (leaf, { registry }) => faults.push(...roots.take(leaf, registry)),
  });
  expect(fault).toBeNull();
  return { roots: roots.of(GR).map(({ size }) => size), faults };
};

describe('the record of reads', () => {
  it('is under roots that continue one another, one for all who publish at once', async () => {
    await read('PREVENTION');
    const [one, other] = await Promise.all([publish(), publish()]);
    expect([...one.submissions, ...other.submissions]).toHaveLength(1);
    expect(await gr.options.reads.published()).toMatchObject({ size: 1 });
    await read('PREVENTION');
    await read('PREVENTION');
    await publish();
    await untilTrue('both are signed for', async () => (await found()).roots.length === 2);
    expect(await found()).toEqual({ roots: [1, 3], faults: [] });
  });

  it('is in no list of exchanges', async () => {
    const { options } = gr;
    expect(await options.views.exchanges({}, { limit: 10 })).toMatchObject({ rows: [] });
  });

  it('cannot be rewritten by who may write it: the next root contradicts the one before', async () => {
    const client = new pg.Client(grounds.places.agencies[GR]);
    await client.connect();
    // A chain of hashes as good as the true one, made anew from the first row on.
    await client.query('update read_head set size = 0, hash = $1', ['0'.repeat(64)]);
    await client.query('delete from reads');
    await client.end();
    for (let n = 0; n < 4; n += 1) await read('CRIMINAL_PROCEEDINGS');
    expect(await gr.options.reads.firstBroken()).toBeUndefined();
    await publish();
    await untilTrue('it is signed for', async () => (await found()).roots.length === 3);
    expect((await found()).faults).toMatchObject([{ code: 'reads-rewritten', agency: GR }]);
  });
});
