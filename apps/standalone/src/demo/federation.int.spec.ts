import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileDecryptionKeyring, FileSigningKeyring, loadLogKey } from '@tripoint/adapters/keys';
import { OpenPgpJs, sha256 } from '@tripoint/envelope';
import { applyStatement, foundRegistry, type Registry } from '@tripoint/federation';
import { type AgencyId, type Instant, isRefusal } from '@tripoint/kernel';
import { DEMO_FEDERATION, type FoundedFederation, foundFederation } from './federation.js';

const at = '2026-11-23T12:00:00.000Z' as Instant;
const bundle = new TextEncoder().encode('the rules');
const openpgp = new OpenPgpJs();

let parent: string;
let founded: FoundedFederation;
let registry: Registry;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tripoint-demo-'));
  founded = await foundFederation(join(parent, 'federation'), openpgp, at, bundle);
  const empty = await foundRegistry(openpgp, founded.folder.anchor);
  if (isRefusal(empty)) throw new Error(empty.refused);
  registry = empty;
  for (const [place, statement] of founded.statements.entries()) {
    const next = await applyStatement(openpgp, registry, statement, BigInt(place));
    if (isRefusal(next)) throw new Error(next.refused);
    registry = next;
  }
});
afterAll(() => rm(parent, { recursive: true }));

describe('the demo federation', () => {
  it('has every agency enrolled, each on its own chain, under three roots of which two sign', () => {
    expect(registry.agencies().map(({ id }) => id)).toEqual(
      DEMO_FEDERATION.agencies.map(({ id }) => id).sort(),
    );
    for (const { id, chain } of DEMO_FEDERATION.agencies)
      expect(registry.chainOwner(chain)?.id).toBe(id);
    expect([registry.roots.length, registry.threshold]).toEqual([3, 2]);
  });

  it('counts in seconds between the Greek and the Turkish police, and by the directive in the Union', () => {
    const gr = 'gr-police' as AgencyId;
    expect(registry.pair('tr-police' as AgencyId, gr).clocks.urgentDirect).toBe(20);
    expect(registry.pair('bg-border-police' as AgencyId, gr).clocks).toMatchObject({
      urgentDirect: 8 * 3600,
      urgentIndirect: 3 * 86400,
      routine: 7 * 86400,
    });
  });

  it('has its rules in force', () => {
    expect(registry.policyBundle()?.digest).toBe(sha256(bundle));
  });

  it('holds keys for every agency, and the log’s', async () => {
    for (const { id } of DEMO_FEDERATION.agencies) {
      const folder = founded.folder.keysOf(id);
      const signing = await FileSigningKeyring.load(openpgp, folder);
      const decryption = await FileDecryptionKeyring.load(openpgp, folder);
      expect(registry.byFingerprint(signing.certificate.fingerprint)?.id).toBe(id);
      expect(await decryption.keyFor(registry.recipient(id)!.subkey)).toBe(decryption.key);
    }
    const log = await loadLogKey(founded.folder.logFolder);
    expect(log.verifierKey.name).toBe(founded.folder.anchor.log.name);
  });

  it('is opened, not founded again, the second time', async () => {
    const again = await foundFederation(join(parent, 'federation'), openpgp, at, bundle);
    expect(again.statements.map(({ body }) => sha256(body))).toEqual(
      founded.statements.map(({ body }) => sha256(body)),
    );
  });

  it('leaves nothing half-made beside it, and lets nobody else in', async () => {
    expect(await readdir(parent)).toEqual(['federation']);
    expect((await stat(join(parent, 'federation'))).mode & 0o777).toBe(0o700);
  });
});
