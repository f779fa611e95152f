import { type Refusal, refuse } from '@tripoint/kernel';
import { parseDecimal } from './text.js';

/** Levels of the tree that one tile spans. */
export const TILE_HEIGHT = 8;
/** Hashes in a full tile. */
export const FULL_TILE = 256;

/** Part of the tree as C2SP tlog-tiles serves it. `width` is 256 for a full tile, 1 to 255 for a partial one. */
export type Tile = { readonly level: number; readonly index: number; readonly width: number };

const MAX_LEVEL = 63;
const PATH = /^tile\/(0|[1-9]\d?)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/**
 * The tile's path: `tile/0/x001/x234/067.p/12`.
 * @throws {RangeError} for numbers that no tile has
 */
export const formatTilePath = (tile: Tile): string => {
  if (!isTile(tile)) throw new RangeError('naming a tile that cannot exist');
  const { level, index, width } = tile;
  let elements = threeDigits(index);
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    elements = `x${threeDigits(rest)}/${elements}`;
  return `tile/${level}/${elements}${width === FULL_TILE ? '' : `.p/${width}`}`;
};

/** Reads a path that a stranger asked for. The inverse of {@link formatTilePath}. */
export const parseTilePath = (path: string): Tile | Refusal<'malformed-tile-path'> => {
  const refusal = refuse('malformed-tile-path', 'no tile has this path');
  const match = PATH.exec(path);
  if (match === null) return refusal;
  const [, level = '', elements = '', width] = match;
  const tile = {
    level: Number(level),
    index: parseDecimal(elements.replace(/[x/]/g, '').replace(/^0+(?=\d)/, '')) ?? -1,
    width: width === undefined ? FULL_TILE : Number(width),
  };
  // A group of zeros in front, or the full width spelled out, is a second name for the same tile.
  return isTile(tile) && formatTilePath(tile) === path ? tile : refusal;
};

const threeDigits = (value: number): string => String(value % 1000).padStart(3, '0');

const isTile = ({ level, index, width }: Tile): boolean =>
  isBetween(level, 0, MAX_LEVEL) &&
  isBetween(index, 0, Number.MAX_SAFE_INTEGER) &&
  isBetween(width, 1, FULL_TILE);

const isBetween = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;
