import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { WitnessStore } from '@tripoint/transparency';
import { namesIn, readWhole, writeWhole } from './files.js';
import { KeysError } from './keys-error.js';

// The folder of a witness:
//   cosigned/<digest of the origin>/0000000000000007   the note that was cosigned last, under how many there were before
//   evidence/<name>                                     two notes that do not go together
//
// A number is taken by whoever links a file to it first, and a file is durable before it has its name: of several processes
// over one folder one goes on from a note and the others find out.

const COSIGNED = 'cosigned';
const EVIDENCE = 'evidence';
const DIGITS = 16;
const FIRST = 0;
const WHOLE = { secret: false, replace: false };

/** What a witness remembers, in files. */
export class WitnessFolder extends WitnessStore {
  constructor(private readonly path: string) {
    super();
  }

  override async latest(origin: string): Promise<Uint8Array | undefined> {
    return (await this.#latest(origin))?.note;
  }

  override async replace(
    origin: string,
    before: Uint8Array | undefined,
    next: Uint8Array,
  ): Promise<boolean> {
    const held = await this.#latest(origin);
    if (!isSame(held?.note, before)) return false;
    const number = held === undefined ? FIRST : held.number + 1;
    const folder = this.#folderOf(origin);
    const taken = join(folder, nameOf(number));
    try {
      await writeWhole(taken, next, WHOLE);
    } catch (thrown) {
      if (thrown instanceof KeysError && thrown.code === 'key-exists') return false;
      throw thrown;
    }
    const names = await namesIn(folder);
    // Whoever stood still meanwhile may have found a number free again that others have long gone on from.
    if (names.at(-1) !== nameOf(number)) {
      await forget(taken);
      return false;
    }
    for (const name of names.slice(0, -1)) await forget(join(folder, name));
    return true;
  }

  override async keepEvidence(name: string, evidence: Uint8Array): Promise<void> {
    try {
      await writeWhole(join(this.path, EVIDENCE, name), evidence, WHOLE);
    } catch (thrown) {
      if (!(thrown instanceof KeysError && thrown.code === 'key-exists')) throw thrown;
    }
  }

  override async evidence(): Promise<ReadonlyMap<string, Uint8Array>> {
    const kept = new Map<string, Uint8Array>();
    const folder = join(this.path, EVIDENCE);
    for (const name of await namesIn(folder))
      kept.set(name, await readWhole(join(folder, name), false));
    return kept;
  }

  async #latest(
    origin: string,
  ): Promise<{ readonly number: number; readonly note: Uint8Array } | undefined> {
    const folder = this.#folderOf(origin);
    for (;;) {
      const name = (await namesIn(folder)).at(-1);
      if (name === undefined) return undefined;
      try {
        return { number: Number(name), note: await readWhole(join(folder, name), false) };
      } catch (thrown) {
        // Somebody has gone on from it, and it is no longer the newest.
        if (!(thrown instanceof KeysError && thrown.code === 'key-missing')) throw thrown;
      }
    }
  }

  #folderOf(origin: string): string {
    return join(this.path, COSIGNED, createHash('sha256').update(origin).digest('hex'));
  }
}

const nameOf = (number: number): string => number.toString().padStart(DIGITS, '0');

const isSame = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;

const forget = async (path: string): Promise<void> => {
  await unlink(path).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new KeysError('keys-away', `${path} cannot be removed`, { cause });
  });
};
