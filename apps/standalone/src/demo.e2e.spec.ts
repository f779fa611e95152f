import { randomInt } from 'node:crypto';
import { appendFile, chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadLogKey } from '@tripoint/adapters/keys';
import { isRefusal } from '@tripoint/kernel';
import {
  formatAddCheckpoint,
  formatCheckpoint,
  leafHash,
  openWitnessed,
  parseTrustPolicy,
  signNote,
} from '@tripoint/transparency';
import { searchEverything } from '../../cli/src/demo/byte-search.js';
import { playScenario } from '../../cli/src/demo/demo.command.js';
import { readDemoFile } from '../../cli/src/demo/demo-file.js';
import { Door } from '../../cli/src/demo/door.js';
import { URGENT_PLATE_CHECK } from '../../cli/src/demo/scenario-1.js';
import { eventually } from './gates/testing/eventually.js';
import { type Standalone, startStandalone } from './standalone.js';

describe('the urgent plate check on a standalone hub', () => {
  let parent: string;
  let data: string;
  let standalone: Standalone | undefined;

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'tripoint-demo-'));
    // The database server may have to run as another user, who has to reach its folder.
    await chmod(parent, 0o755);
    data = join(parent, 'data');
    standalone = await startStandalone(
      { data, port: randomInt(20_000, 30_000), fresh: false },
      (_what, work) => work(),
    );
  }, 180_000);

  afterAll(async () => {
    await standalone?.stop();
    await rm(parent, { recursive: true, force: true });
  });

  it('is seen by those who must see it, and by nobody else', async () => {
    const lines: string[] = [];
    const out = (line: string): void => {
      lines.push(line);
    };
    const { checks, wrong } = await playScenario(
      URGENT_PLATE_CHECK,
      { data, pace: 'fast', width: 120 },
      { out, fetch },
    );
    expect(lines.filter((line) => line.includes('✗'))).toEqual([]);
    expect(wrong).toBe(0);
    expect(checks.length).toBeGreaterThan(25);
  }, 240_000);

  it('comes under a quorum of witnesses, and whoever sealed it sees so', async () => {
    const policy = parseTrustPolicy(await readFile(join(data, 'federation', 'trust-policy')));
    if (isRefusal(policy)) throw new Error(policy.detail);
    const { agencies } = await readDemoFile(data);
    const asking = agencies.find(({ id }) => id === 'gr-police')!;
    const liaison = asking.officers.find(({ role }) => role === 'LIAISON_OFFICER')!;
    const door = await Door.open(asking, liaison, fetch);
    type Row = { readonly leaf?: string; readonly verified: boolean };
    const rows = await eventually('everything is verified', async () => {
      const { body } = await door.get('submissions');
      const found = (body as { readonly rows: readonly Row[] }).rows;
      return found.every(({ verified }) => verified) ? found : undefined;
    });
    await door.close();
    expect(rows.length).toBeGreaterThan(0);

    const answer = await fetch(new URL('/checkpoint', standalone?.hub.url));
    const opened = openWitnessed(Buffer.from(await answer.arrayBuffer()), policy);
    if (isRefusal(opened)) throw new Error(opened.detail);
    expect(opened.cosignatures).toHaveLength(4);
    for (const { leaf } of rows) expect(Number(leaf)).toBeLessThan(opened.checkpoint.size);

    // Whoever has the log's key shows them another tree.
    const signer = await loadLogKey(join(data, 'federation', 'log'));
    const { origin, size } = opened.checkpoint;
    const text = formatCheckpoint({ origin, size, root: leafHash(Buffer.of()), extensions: [] });
    const request = { old: size, proof: [], checkpoint: await signNote(text, [signer]) };
    for (const { url } of policy.witnesses) {
      const body = new Uint8Array(formatAddCheckpoint(request));
      const refused = await fetch(new URL('add-checkpoint', url ?? ''), { method: 'POST', body });
      expect([409, 422]).toContain(refused.status);
    }
  }, 120_000);

  it('would have been found out: a plate planted in a log of the hub, in Base64', async () => {
    await appendFile(
      join(data, 'logs', 'hub.log'),
      `${Buffer.from('{"plate":"XKA 4821"}').toString('base64')}\n`,
    );
    const plates = URGENT_PLATE_CHECK.canaries.filter(({ kind }) => kind === 'plate');
    const { findings } = await searchEverything(await readDemoFile(data), data, {
      canaries: plates,
      ids: [],
    });
    expect(findings).toEqual([
      { what: 'plate', zone: 'log hub.log', where: 'hub.log, base64', wrong: 'leaked' },
    ]);
  }, 180_000);
});
