import { randomInt } from 'node:crypto';
import { appendFile, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { searchEverything } from '../../cli/src/demo/byte-search.js';
import { playScenario } from '../../cli/src/demo/demo.command.js';
import { readDemoFile } from '../../cli/src/demo/demo-file.js';
import { URGENT_PLATE_CHECK } from '../../cli/src/demo/scenario-1.js';
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
