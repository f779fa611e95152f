import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildEvidence } from '@tripoint/evidence';
import { littleEvidence } from '@tripoint/evidence/testing';
import { formatTrustAnchor } from '@tripoint/federation';
import { type Instant } from '@tripoint/kernel';
import { formatTrustPolicy } from '@tripoint/transparency';
import { dispatch, runCommand } from '../dispatch.js';
import { evidence } from './evidence.command.js';

describe('tripoint evidence verify', () => {
  let dir: string;
  let zip: Buffer;
  const at = (name: string): string => join(dir, name);

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tripoint-evidence-'));
    const { federation, policy, draft } = await littleEvidence('\u009b2J\u202esound: every file');
    zip = await buildEvidence(federation.openpgp, draft, federation.member('bg-gdbop').signing);
    await writeFile(at('bundle.zip'), zip);
    await writeFile(at('anchor.json'), formatTrustAnchor(federation.anchor));
    await writeFile(at('policy'), formatTrustPolicy(policy));
  });
  afterAll(async () => {
    await rm(dir, { recursive: true });
  });

  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const say = (line: string): void => {
      lines.push(line);
    };
    const exit = await runCommand(dispatch('tripoint', 'for a test', { evidence }), args, {
      out: say,
      err: say,
      environment: {},
      now: () => '2026-03-02T00:00:00.000Z' as Instant,
      fetch: () => Promise.reject(new Error('a bundle is verified without a network')),
    });
    return { exit, said: lines.join('\n') };
  };
  const verifying = (file: string, ...args: readonly string[]) =>
    run('evidence', 'verify', at(file), '--anchor', at('anchor.json'), ...args);

  it('ends with 0 when all is sound, and shows content only when it is asked to', async () => {
    const { exit, said } = await verifying('bundle.zip', '--policy', at('policy'));
    expect(said).toContain('sound: every file');
    expect(said).not.toContain('"type"');
    expect(said).not.toContain('give --policy');
    expect(exit).toBe(0);
    const { said: more } = await verifying('bundle.zip', '--content');
    expect(more).toContain('"type"');
    // Its author wrote what a terminal would act on.
    expect(more).toContain('\\u009b2J\\u202esound');
    expect(more).not.toMatch(/[\u0080-\u009f\u202e]/);
    expect(more).toContain('the witnesses are those that the bundle itself names');
  });

  it('ends with 1 and names the file, also for programs', async () => {
    // The first mention outside the manifest heads the file itself.
    const header = zip.indexOf('/core.body.pgp', zip.indexOf('manifest.sig'));
    const file = `${zip.subarray(header - 'events/0000000000'.length, header).toString()}/core.body.pgp`;
    const place = header + 60;
    const damaged = Buffer.from(zip);
    damaged[place] = (damaged[place] ?? 0) ^ 1;
    await writeFile(at('damaged.zip'), damaged);
    const { exit, said } = await verifying('damaged.zip', '--policy', at('policy'));
    expect(said.startsWith(`WRONG in ${file}: content-differs: `)).toBe(true);
    expect(exit).toBe(1);
    const forPrograms = await verifying('damaged.zip', '--json');
    expect(JSON.parse(forPrograms.said)).toMatchObject({
      sound: false,
      fault: { file, code: 'content-differs' },
    });
  });

  it('ends with 2 when the question is wrong', async () => {
    expect((await run('evidence', 'verify', '--anchor', at('anchor.json'))).exit).toBe(2);
    expect((await verifying('nowhere.zip')).exit).toBe(2);
    expect((await run('evidence', 'verify', at('bundle.zip'))).exit).toBe(2);
  });
});
