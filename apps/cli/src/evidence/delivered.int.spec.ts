import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ShownLine } from '@tripoint/evidence';
import { type LittleDelivery, littleDelivery } from '@tripoint/evidence/testing';
import { formatTrustAnchor } from '@tripoint/federation';
import { type Instant } from '@tripoint/kernel';
import { formatTrustPolicy } from '@tripoint/transparency';
import { dispatch, runCommand } from '../dispatch.js';
import { evidence } from './evidence.command.js';

describe('tripoint evidence delivered', () => {
  let dir: string;
  let little: LittleDelivery;
  const at = (name: string): string => join(dir, name);
  const asGiven = ({ delivery, cosigned }: ShownLine) => ({
    delivery: Buffer.from(delivery).toString('base64'),
    ...(cosigned && {
      cosigned: {
        note: cosigned.note,
        path: cosigned.hashes.map((hash) => Buffer.from(hash).toString('hex')),
      },
    }),
  });
  const write = (name: string, proofs: readonly ShownLine[]): Promise<void> => {
    const { said, statements } = little.shown;
    const shown = {
      said: asGiven(said),
      statements: statements.map(asGiven),
      proofs: proofs.map(asGiven),
    };
    return writeFile(at(name), JSON.stringify(shown));
  };

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tripoint-delivered-'));
    little = await littleDelivery();
    await writeFile(at('anchor.json'), formatTrustAnchor(little.federation.anchor));
    await writeFile(at('policy'), formatTrustPolicy(little.policy));
    await write('shown.json', little.shown.proofs);
    await write('nothing.json', []);
    await write('forged.json', [little.lineOf(little.at.before)]);
  }, 60_000);
  afterAll(async () => {
    await rm(dir, { recursive: true });
  });

  const verifying = async (file: string, ...args: readonly string[]) => {
    const lines: string[] = [];
    const say = (line: string): void => {
      lines.push(line);
    };
    const given = ['evidence', 'delivered', at(file), '--anchor', at('anchor.json'), ...args];
    const exit = await runCommand(dispatch('tripoint', 'for a test', { evidence }), given, {
      out: say,
      err: say,
      environment: {},
      now: () => '2026-03-02T00:00:00.000Z' as Instant,
      fetch: () => Promise.reject(new Error('it is verified without a network')),
    });
    return { exit, said: lines.join('\n') };
  };

  it('says who has signed that it came, and who has not', async () => {
    const { exit, said } = await verifying('shown.json', '--policy', at('policy'));
    expect(said).toContain(`gr-police: has signed that it came: leaf ${little.at.proof}`);
    expect(said).toContain('under a quorum of witnesses');
    expect(exit).toBe(0);
    const none = await verifying('nothing.json');
    expect(none.said).toContain('gr-police: was to have it; nothing in here shows that it came');
    expect(none.said).toContain('give --policy');
  });

  it('ends with 1 where something is wrong, and with 2 where it is no such file', async () => {
    const { exit, said } = await verifying('forged.json', '--policy', at('policy'));
    expect(said).toContain('WRONG in proofs/0: leaf-differs');
    expect(exit).toBe(1);
    expect((await verifying('policy')).exit).toBe(2);
    expect((await verifying('nowhere.json')).exit).toBe(2);
  });
});
