// What is recomputed of one leaf: its hash, the root that its path leads to, and whether the log's key has signed that root.
import { bytesOf, hexOf, leafHash, rootOfInclusion, sameBytes, type Step } from './merkle';
import { type Checkpoint, type Finding, readNote, readNoteKey, signedBy } from './note';

/** A leaf with its proof, as a server hands it over: nothing of it is believed. */
export type Shown = {
  /** The leaf’s bytes, as text. */
  readonly leaf: string;
  readonly index: string;
  readonly size: string;
  readonly path: readonly string[];
  readonly note: string;
  /** The verifier key of the log. */
  readonly log: string;
};

export type LeafProof = {
  readonly hash: string;
  /** The root that the path led to; absent where it does not fit the place. */
  readonly root?: string;
  readonly steps: readonly Step[];
  readonly checkpoint?: Checkpoint;
  readonly signature: Finding;
  /** Whether the path leads to the very root that was signed for this size. */
  readonly included: boolean;
};

const pathOf = (path: readonly string[]): readonly Uint8Array[] | undefined => {
  const hashes = path.map(bytesOf);
  return hashes.every((one) => one !== undefined) ? hashes : undefined;
};

export const verifyLeaf = async (shown: Shown): Promise<LeafProof> => {
  const leaf = new TextEncoder().encode(shown.leaf);
  const hash = hexOf(await leafHash(leaf));
  const path = pathOf(shown.path);
  const size = Number(shown.size);
  const led = path && (await rootOfInclusion(leaf, Number(shown.index), size, path));
  const note = readNote(shown.note);
  const key = await readNoteKey(shown.log).catch(() => undefined);
  const signature =
    key === undefined || note?.checkpoint.origin !== key.name
      ? 'bad'
      : (await signedBy(note, key)).found;
  return {
    hash,
    ...(led && { root: hexOf(led.root) }),
    steps: led?.steps ?? [],
    ...(note && { checkpoint: note.checkpoint }),
    signature,
    included:
      led !== undefined &&
      note?.checkpoint.size === size &&
      sameBytes(note.checkpoint.root, led.root),
  };
};
