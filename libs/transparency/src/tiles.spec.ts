import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import fc from 'fast-check';
import {
  formatTilePath,
  fullTileHash,
  MerkleTree,
  parseTilePath,
  partialTilesOf,
  rootFromTiles,
  type Tile,
  tilesOf,
} from './index.js';

const tree = new MerkleTree();
for (let index = 0; index < 66_000; index += 1) tree.append(Buffer.from(String(index)));
const read = ({ level, index, width }: Tile): Promise<Buffer | undefined> =>
  Promise.resolve(tree.tile(level, index, width));
const code = (outcome: unknown): string => (isRefusal(outcome) ? outcome.refused : 'accepted');

describe('tiles', () => {
  it.each([0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 65_793, 66_000])(
    'give the root of a tree of %i leaves',
    async (size) => {
      expect(await rootFromTiles(size, read)).toEqual(tree.root(size));
    },
  );

  it('are as many as tlog-tiles says of 70 000 leaves', () => {
    expect([...tilesOf(70_000)]).toHaveLength(273 + 1 + 1 + 1 + 1);
    expect(partialTilesOf(70_000)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
  });

  it('stand in the tile above them once they are full', () => {
    const above = tree.tile(1, 0)!;
    expect(fullTileHash(tree.tile(0, 3)!)).toEqual(above.subarray(3 * 32, 4 * 32));
    expect(fullTileHash(tree.tile(0, 3, 255)!)).toBeUndefined();
  });

  it('are refused when one is missing, cut or of no size', async () => {
    expect(code(await rootFromTiles(9, () => Promise.resolve(undefined)))).toBe('missing-tile');
    expect(code(await rootFromTiles(9, () => Promise.resolve(Buffer.of(1))))).toBe(
      'malformed-tile',
    );
    expect(code(await rootFromTiles(-1, read))).toBe('malformed-size');
    expect(code(await rootFromTiles(0.5, read))).toBe('malformed-size');
  });

  it.each([
    [3, 0, 1],
    [0, 257, 209],
    [0, -1, 256],
    [0, 0.5, 1],
    [0, 0, 0],
    [0, 0, 257],
    [0, 0, 1.5],
    [-1, 0, 1],
    [0.5, 0, 1],
  ])('do not exist at level %d, index %d, width %d', (level, index, width) => {
    expect(tree.tile(level, index, width)).toBeUndefined();
  });
});

describe('the path of a tile', () => {
  it.each<[Tile, string]>([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 1, index: 999, width: 1 }, 'tile/1/999.p/1'],
    [{ level: 63, index: 1000, width: 255 }, 'tile/63/x001/000.p/255'],
    [{ level: 0, index: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 0, index: 2 ** 53 - 1, width: 256 }, 'tile/0/x009/x007/x199/x254/x740/991'],
  ])('of %j is %s', (tile, path) => {
    expect(formatTilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    '',
    '/tile/0/000',
    'tile/0/000/',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p/999',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/../000',
    'tile/entries/000',
    'tile/0/000\n',
    `tile/0/${'x001/'.repeat(50_000)}001`,
  ])('is not %s', (path) => {
    expect(code(parseTilePath(path))).toBe('malformed-tile-path');
  });

  it('is read back to the tile that it names', () => {
    const tile = fc.record({
      level: fc.nat(63),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (t) => {
        expect(parseTilePath(formatTilePath(t))).toEqual(t);
      }),
    );
    expect(() => formatTilePath({ level: 64, index: 0, width: 1 })).toThrow(RangeError);
  });
});
