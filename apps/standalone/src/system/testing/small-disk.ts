import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe } from '@jest/globals';

const run = promisify(execFile);
const MIB = 1024 * 1024;

/** Why no disk can be made here that fills up and belongs to a test alone; undefined when one can. */
const whyNone = (): string | undefined => {
  if (process.platform !== 'linux') return 'only Linux has a tmpfs';
  if (process.getuid?.() !== 0) return 'only root can mount a tmpfs';
  const folder = mkdtempSync(join(tmpdir(), 'tripoint-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' });
    execFileSync('umount', [folder], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'this system lets nobody mount a tmpfs';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

let found: { readonly why: string | undefined } | undefined;

/** Whether {@link SmallDisk.over} can do its work here. Says so loudly, once, where it cannot. */
export const hasSmallDisks = (): boolean => {
  if (found === undefined) {
    found = { why: whyNone() };
    if (found.why !== undefined)
      process.stderr.write(`\n*** no small disk: ${found.why}. FULL DISKS ARE NOT TRIED ***\n\n`);
  }
  return found.why === undefined;
};

/** Describes what needs a disk to fill up. Where none can be had its tests are counted as skipped, with the reason in their name. */
export const describeWithSmallDisks = (name: string, tests: () => void): void => {
  if (hasSmallDisks()) describe(name, tests);
  else describe.skip(`${name} (${found?.why ?? ''})`, tests);
};

/** A disk of its own under one folder. */
export class SmallDisk {
  readonly #ballast: string;

  private constructor(private readonly folder: string) {
    this.#ballast = join(folder, 'ballast');
  }

  static async over(folder: string, mebibytes: number): Promise<SmallDisk> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0700`, 'tmpfs', folder]);
    return new SmallDisk(folder);
  }

  /** Takes all the room that is left. */
  async fill(): Promise<void> {
    const file = await open(this.#ballast, 'a', 0o600);
    try {
      for (let bytes = Buffer.alloc(MIB); bytes.length > 0;)
        try {
          await file.write(bytes);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          // Less may still fit.
          bytes = bytes.subarray(0, bytes.length >> 1);
        }
    } finally {
      await file.close();
    }
  }

  makeRoom(): Promise<void> {
    return rm(this.#ballast, { force: true });
  }

  /** For when nobody uses it any more. A program that has just been killed may still be letting go of it. */
  async remove(): Promise<void> {
    await run('umount', ['--lazy', this.folder]);
  }
}
