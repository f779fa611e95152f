import { isRefusal } from '@tripoint/kernel';
import { parseLogEntry } from '@tripoint/ledger';
import {
  formatCheckpoint,
  formatTilePath,
  MerkleTree,
  type NoteSigner,
  signNote,
  type Tile,
} from '@tripoint/transparency';
import { type LogExport } from '../log-export.js';
import { LogSource } from '../log-source.js';
import { type Handed } from '../verify-leaf.js';

/** A log that somebody serves and may have changed: its leaves, its tree and what was signed over it. */
export class ServedLog extends LogSource {
  readonly tiles = new Map<string, Uint8Array>();
  note = new Uint8Array();
  cosignedNote: Uint8Array | undefined;
  tree = new MerkleTree();

  private constructor(
    /** What is handed over, to be changed at will. */
    readonly handed: Handed[],
    readonly signer: NoteSigner,
  ) {
    super();
  }

  static async of(handed: Handed[], signer: NoteSigner): Promise<ServedLog> {
    const served = new ServedLog(handed, signer);
    await served.sign();
    return served;
  }

  /** Grows the tree anew over what is there and signs it: what whoever holds the log's key can do. */
  async sign(): Promise<void> {
    this.tree = new MerkleTree();
    for (const { entry } of this.handed) {
      const read = parseLogEntry(entry);
      this.tree.append(isRefusal(read) ? entry : read.leaf);
    }
    await this.signRoot(this.tree.root());
  }

  async signRoot(root: Uint8Array, size = this.tree.size, signer = this.signer): Promise<void> {
    const origin = this.signer.verifierKey.name;
    const text = formatCheckpoint({ origin, size, root, extensions: [] });
    this.note = new Uint8Array(await signNote(text, [signer]));
  }

  override checkpoint(): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.note.length === 0 ? undefined : this.note);
  }

  /** Nobody cosigns it, unless told otherwise. */
  override cosigned(): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.cosignedNote);
  }

  override tile(tile: Tile): Promise<Uint8Array | undefined> {
    const { level, index, width } = tile;
    return Promise.resolve(
      this.tiles.get(formatTilePath(tile)) ?? this.tree.tile(level, index, width),
    );
  }

  override consistencyProof(from: number, to: number): Promise<readonly Uint8Array[] | undefined> {
    return Promise.resolve(
      from <= to && to <= this.tree.size ? this.tree.consistencyProof(from, to) : undefined,
    );
  }

  override entries(first: number, count: number): Promise<LogExport> {
    return Promise.resolve({ first, entries: this.handed.slice(first, first + count) });
  }
}
