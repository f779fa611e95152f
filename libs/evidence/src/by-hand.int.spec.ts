// Bundles checked as VERIFY.md says, by a program that knows nothing of us: each of its commands, run as it stands there.
import { execFile } from 'node:child_process';
import { writeSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { missingOpenPgpTool, openPgpTool } from '../../../scripts/openpgp-tools.mjs';
import {
  built,
  damaged,
  grantedEvidence,
  littleEvidence,
  permittedEvidence,
  readable,
  resigned,
} from './testing/index.js';

const run = promisify(execFile);

/** How many bundles are checked, and as many that were tampered with: one of each kind at least. */
const BUNDLES = Number(process.env['TRIPOINT_EVIDENCE_BY_HAND'] ?? 3);
const SQ =
  process.env['TRIPOINT_TEST_SQ'] ??
  (missingOpenPgpTool('trixie', 'sq') === null ? openPgpTool('trixie', 'sq') : 'sq');
/** Programs that the commands name besides what every Unix has. */
const path = [...(SQ.includes('/') ? [dirname(SQ)] : []), process.env['PATH']].join(delimiter);

const versionOf = async (program: string, flag: string): Promise<string | undefined> => {
  try {
    const { stdout, stderr } = await run(program, [flag]);
    return `${stdout}${stderr}`;
  } catch {
    return undefined;
  }
};

/** Why nothing can be checked by hand here. */
const missing = async (): Promise<string | undefined> => {
  const version = /^sq (\d+)\./m.exec((await versionOf(SQ, 'version')) ?? '')?.[1];
  if (version === undefined)
    return 'there is no sq: node scripts/openpgp-tools.mjs, or name one in TRIPOINT_TEST_SQ';
  if (Number(version) < 1) return 'sq is older than 1.0, which knows no certificates like ours';
  return (await versionOf('unzip', '-v')) === undefined ? 'there is no unzip' : undefined;
};

const reason = await missing();

if (reason !== undefined) {
  // Past the reporter, which says nothing of a suite in which nothing failed.
  writeSync(2, `\nSKIPPED: bundles checked by sq, because ${reason}\n`);
  describe('a bundle', () => {
    it.skip(`is checked by hand (skipped: ${reason})`, () => undefined);
  });
} else {
  let parent: string;
  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'tripoint-by-hand-'));
  });
  afterAll(() => rm(parent, { recursive: true, force: true }));

  const KINDS = [littleEvidence, grantedEvidence, permittedEvidence];

  /** The commands of a bundle's own instructions, in their order. */
  const commandsOf = (manual: string): readonly string[] =>
    manual
      .split('\n')
      .filter((line) => line.startsWith('    '))
      .map((line) => line.trim());

  /** Follows instructions; answers the first command that failed. */
  const followed = async (zip: Uint8Array, manual: string): Promise<string | undefined> => {
    const folder = await mkdtemp(join(parent, 'bundle-'));
    const [empty, home] = [join(folder, 'empty'), join(folder, 'home')];
    await mkdir(empty);
    await mkdir(home);
    await writeFile(join(folder, 'bundle.zip'), zip);
    const env = { PATH: path, HOME: home, SEQUOIA_HOME: home, BUNDLE: '../bundle.zip' };
    for (const command of commandsOf(manual)) {
      const written = command.replace(/\bBUNDLE\b/, '"$BUNDLE"');
      try {
        await run('sh', ['-c', written], { cwd: empty, env });
      } catch {
        return command;
      }
    }
    return undefined;
  };

  const instructionsIn = (zip: Uint8Array): string =>
    Buffer.from(readable(zip).files.get('VERIFY.md') ?? []).toString();

  describe('a bundle that is checked by hand', () => {
    it(`is sound, ${BUNDLES} times, and refused as often when something in it was changed`, async () => {
      for (let count = 0; count < BUNDLES; count += 1) {
        const little = await KINDS[count % KINDS.length]!();
        const zip = await built(little);
        const manual = instructionsIn(zip);
        expect(commandsOf(manual).length).toBeGreaterThan(8);
        expect(await followed(zip, manual)).toBeUndefined();

        // Carried by somebody who changes a file and cannot sign: whichever it is.
        const names = [...readable(zip).files.keys()];
        const carried = await resigned(
          little,
          zip,
          (files) => {
            damaged(files, names[(count * 7) % names.length]!);
          },
          'hub',
        );
        expect(await followed(carried, manual)).toMatch(/^sq verify /);

        // Made by a builder who changes what another said, and signs that.
        const signed = names.filter((name) =>
          /^events\/.*(\.signed|\.sig|\.descriptor\.json|\.body\.pgp|\.session-key\.txt)$/.test(
            name,
          ),
        );
        const file = signed[count % signed.length]!;
        const forged = await resigned(little, zip, (files) => {
          damaged(files, file);
        });
        expect([file, await followed(forged, manual)]).toEqual([
          file,
          expect.stringMatching(/^(sq|grep) /),
        ]);
      }
    }, 600_000);

    it('is refused when a file was changed and the manifest was not', async () => {
      const little = await littleEvidence();
      const zip = await built(little);
      const manual = instructionsIn(zip);
      const at = zip.indexOf(Buffer.from('"consultations"'));
      const wrong = Buffer.from(zip);
      wrong[at + 1] = (wrong[at + 1] ?? 0) ^ 1;
      expect(await followed(wrong, manual)).toMatch(/^(unzip|sha256sum) /);
    }, 60_000);
  });
}
