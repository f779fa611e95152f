// E1: after what `deploy/OPERATIONS.md` says has been done, no byte of an erased wrap lies in a database's files, in its write-ahead
// log or on the bus. The same look finds every one of them before. `TRIPOINT_ERASURES` says how many.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureDatabase, PostgresBus, startEmbeddedPostgres } from '@tripoint/adapters/embedded';
import { HubDatabase, scrub } from '@tripoint/adapters/postgres';
import { type Digest, type Fingerprint } from '@tripoint/kernel';
import { type Wrap } from '@tripoint/vault';
import { Client } from 'pg';

const ERASURES = Number(process.env['TRIPOINT_ERASURES'] ?? '20');

const hex = () => randomBytes(32).toString('hex');

let folder: string;
let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tripoint-forgotten-'));
  server = await startEmbeddedPostgres(folder);
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** How many of these lie somewhere under the server's folder, and in how many files. */
const found = async (wraps: readonly Wrap[]): Promise<{ wraps: number; files: string[] }> => {
  const seen = new Set<Wrap>();
  const files: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    const here = wraps.filter(({ wrap }) => bytes.includes(Buffer.from(wrap)));
    for (const one of here) seen.add(one);
    if (here.length > 0) files.push(path);
  }
  return { wraps: seen.size, files };
};

const asked = async (settings: object, ...statements: readonly string[]): Promise<void> => {
  const client = new Client({ ...settings });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

describe('what the vault has forgotten', () => {
  it('lies nowhere any more once pages were written anew and the bus has forgotten it too', async () => {
    const hubAt = await ensureDatabase(server.superuser, 'hub');
    const busAt = await ensureDatabase(server.superuser, 'bus');
    const hub = new HubDatabase(hubAt);
    const bus = new PostgresBus(busAt);
    await hub.migrate();
    await bus.install();
    const made = Array.from({ length: ERASURES + 1 }, (): Wrap => ({
      descriptor: hex() as Digest,
      agency: hex() as Fingerprint,
      wrap: new Uint8Array(randomBytes(120)),
    }));
    const [kept, ...wraps] = made;
    if (kept === undefined) throw new Error('one is kept');
    await hub.vault.stage(made);
    await hub.vault.settle(made.map((wrap) => ({ ...wrap, allowed: true })));
    await bus.publish(
      'submissions.gr-police',
      made.map(({ wrap }) => ({ value: wrap })),
    );
    const logged = await found(wraps);
    // The planner's samples are bytes in a file as well.
    await asked(hubAt, 'analyze wraps');
    await asked(busAt, 'analyze bus.message');
    await asked(server.superuser, 'checkpoint');
    const before = await found(wraps);
    expect(before.wraps).toBe(ERASURES);
    for (const [place, { files }] of [
      ['pg_wal', logged],
      ['base', before],
    ] as const)
      expect(files.some((path) => path.includes(join('cluster', place)))).toBe(true);

    await hub.vault.erase(wraps.map(({ descriptor }) => descriptor));
    await bus.purge(0);
    // That rows were deleted is not enough.
    await asked(server.superuser, 'checkpoint');
    expect((await found(wraps)).wraps).toBeGreaterThan(0);

    for (const [database, kind] of [
      ['hub', 'hub'],
      ['bus', 'bus'],
    ] as const) {
      const done = await scrub({ ...server.superuser, database }, kind);
      expect(done).toMatchObject({ idle: false, left: [], log: true });
      expect(await scrub({ ...server.superuser, database }, kind)).toMatchObject({ idle: true });
    }
    expect(await found(wraps)).toEqual({ wraps: 0, files: [] });
    expect(await hub.vault.usable(kept.agency, [kept.descriptor])).toHaveLength(1);
    await bus.close();
    await hub.close();
  }, 120_000);
});
