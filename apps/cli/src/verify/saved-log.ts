import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError, isRefusal, type Refusal } from '@tripoint/kernel';
import { parseLogEntry } from '@tripoint/ledger';
import {
  formatLogExport,
  LARGEST_EXPORT,
  type LogExport,
  LogSource,
  parseLogExport,
} from '@tripoint/replay';
import { MerkleTree, type Tile } from '@tripoint/transparency';
import { UsageError } from '../command.js';

const CHECKPOINT = 'checkpoint';
const COSIGNED = 'cosigned';
/** By its first leaf. */
const STRETCH = /^leaves-(\d{12})\.cbor$/;
const nameOf = (first: number): string => `leaves-${String(first).padStart(12, '0')}.cbor`;

/** Asks a log, and keeps everything that it answers in a folder that {@link SavedLog} reads. It lets nothing pass for more than it is. */
export class SavingLog extends LogSource {
  private constructor(
    private readonly source: LogSource,
    private readonly folder: string,
  ) {
    super();
  }

  /** Begins an empty folder. @throws {UsageError} when there is something in it: two logs in one would be none */
  static async into(folder: string, source: LogSource): Promise<SavingLog> {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0)
      throw new UsageError('bad-arguments', `--save: ${folder} is not empty`);
    return new SavingLog(source, folder);
  }

  override async checkpoint(): Promise<Uint8Array | undefined> {
    return this.#kept(CHECKPOINT, await this.source.checkpoint());
  }

  override async cosigned(): Promise<Uint8Array | undefined> {
    return this.#kept(COSIGNED, await this.source.cosigned());
  }

  override tile(tile: Tile): Promise<Uint8Array | undefined> {
    return this.source.tile(tile);
  }

  override consistencyProof(from: number, to: number): Promise<readonly Uint8Array[] | undefined> {
    return this.source.consistencyProof(from, to);
  }

  override async entries(
    first: number,
    count: number,
  ): Promise<LogExport | Refusal<'malformed-export'> | undefined> {
    const answer = await this.source.entries(first, count);
    if (answer !== undefined && !isRefusal(answer))
      await this.#kept(nameOf(answer.first), formatLogExport(answer));
    return answer;
  }

  async #kept(name: string, bytes: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    if (bytes !== undefined) await writeFile(join(this.folder, name), bytes);
    return bytes;
  }
}

/**
 * A log as it was saved, without anybody to ask. Whoever had the folder controls every byte of it; what was signed over the tree is
 * in it, and the tree is made of its leaves.
 */
export class SavedLog extends LogSource {
  #tree: Promise<MerkleTree> | undefined;

  private constructor(
    private readonly folder: string,
    /** First leaves of what was saved, ascending. */
    private readonly stretches: readonly number[],
  ) {
    super();
  }

  static async in(folder: string): Promise<SavedLog> {
    const names = await readdir(folder).catch((cause: unknown) => {
      throw new UsageError('bad-arguments', `--log: ${folder} cannot be read`, { cause });
    });
    const found = names.flatMap((name) => STRETCH.exec(name)?.[1] ?? []).map(Number);
    return new SavedLog(
      folder,
      found.sort((a, b) => a - b),
    );
  }

  override checkpoint(): Promise<Uint8Array | undefined> {
    return this.#file(CHECKPOINT);
  }

  override cosigned(): Promise<Uint8Array | undefined> {
    return this.#file(COSIGNED);
  }

  override async tile({ level, index, width }: Tile): Promise<Uint8Array | undefined> {
    const tile = (await this.#grown()).tile(level, index, width);
    return isRefusal(tile) ? undefined : tile;
  }

  override async consistencyProof(
    from: number,
    to: number,
  ): Promise<readonly Uint8Array[] | undefined> {
    const tree = await this.#grown();
    return from <= to && to <= tree.size ? tree.consistencyProof(from, to) : undefined;
  }

  override async entries(
    first: number,
    count: number,
  ): Promise<LogExport | Refusal<'malformed-export'> | undefined> {
    const stretch = this.stretches.findLast((one) => one <= first);
    if (stretch === undefined) return undefined;
    const bytes = await this.#file(nameOf(stretch));
    const saved = bytes && parseLogExport(bytes);
    if (saved === undefined || isRefusal(saved)) return saved;
    const from = first - stretch;
    const entries = saved.entries.slice(from, from + Math.min(count, LARGEST_EXPORT));
    return entries.length === 0 ? undefined : { first, entries };
  }

  async #file(name: string): Promise<Uint8Array | undefined> {
    return readFile(join(this.folder, name)).catch((thrown: unknown) => {
      if ((thrown as { readonly code?: unknown }).code === 'ENOENT') return undefined;
      throw new HubError('log-unreadable', `${name} cannot be read`, false, { cause: thrown });
    });
  }

  #grown(): Promise<MerkleTree> {
    this.#tree ??= this.#grow();
    return this.#tree;
  }

  async #grow(): Promise<MerkleTree> {
    const tree = new MerkleTree();
    for (;;) {
      const next = await this.entries(tree.size, LARGEST_EXPORT);
      if (next === undefined || isRefusal(next)) return tree;
      for (const { entry } of next.entries) {
        const read = parseLogEntry(entry);
        // What is no entry is no leaf of any tree that somebody signed.
        tree.append(isRefusal(read) ? entry : read.leaf);
      }
    }
  }
}
