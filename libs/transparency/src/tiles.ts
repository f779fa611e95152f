import { isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { HASH_BYTES, rootOf } from './hash.js';
import { FULL_TILE, type Tile } from './tile-path.js';

/** Every tile of a tree of `size` leaves, level by level, the partial one of a level last. */
export function* tilesOf(size: number): Generator<Tile> {
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / FULL_TILE)) {
    const full = Math.floor(count / FULL_TILE);
    for (let index = 0; index < full; index += 1) yield { level, index, width: FULL_TILE };
    if (count % FULL_TILE > 0) yield { level, index: full, width: count % FULL_TILE };
  }
}

/** The partial tiles of a tree of `size` leaves: the few that fix its root. */
export const partialTilesOf = (size: number): readonly Tile[] => {
  const tiles: Tile[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / FULL_TILE))
    if (count % FULL_TILE > 0)
      tiles.push({ level, index: Math.floor(count / FULL_TILE), width: count % FULL_TILE });
  return tiles;
};

/** The hashes that tile content holds, or undefined when it is not `width` hashes long. */
export const hashesOf = (content: Uint8Array, width: number): readonly Buffer[] | undefined => {
  if (content.length !== width * HASH_BYTES) return undefined;
  const bytes = Buffer.from(content);
  return Array.from({ length: width }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
};

/** The hash of the full tile with this content, as the level above holds it; undefined when it is not full. */
export const fullTileHash = (content: Uint8Array): Buffer | undefined => {
  const hashes = hashesOf(content, FULL_TILE);
  return hashes && rootOf(hashes);
};

/**
 * Recomputes the root of a tree of `size` leaves from its partial tiles, which `read` fetches from
 * wherever a stranger keeps them; it answers undefined for what is not there.
 */
export const rootFromTiles = async (
  size: number,
  read: (tile: Tile) => Promise<Uint8Array | undefined>,
): Promise<Buffer | Refusal<'missing-tile' | 'malformed-tile' | 'malformed-size'>> => {
  if (!Number.isSafeInteger(size) || size < 0)
    return refuse('malformed-size', 'no tree has this size');
  // From the lowest level up: what lies right of the full subtrees of a level is one ragged subtree.
  let ragged: readonly Buffer[] = [];
  for (const tile of partialTilesOf(size)) {
    const hashes = await readHashes(tile, read);
    if (isRefusal(hashes)) return hashes;
    ragged = [rootOf([...hashes, ...ragged])];
  }
  return rootOf(ragged);
};

const readHashes = async (
  tile: Tile,
  read: (tile: Tile) => Promise<Uint8Array | undefined>,
): Promise<readonly Buffer[] | Refusal<'missing-tile' | 'malformed-tile'>> => {
  const content = await read(tile);
  if (content === undefined)
    return refuse('missing-tile', `tile ${tile.index} of level ${tile.level} is missing`);
  return (
    hashesOf(content, tile.width) ??
    refuse('malformed-tile', `tile ${tile.index} of level ${tile.level} has the wrong length`)
  );
};
