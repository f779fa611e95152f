import { hash } from 'node:crypto';
import { MerkleTree } from '@tripoint/transparency';
import { race, type Scale, scaled } from '../measure.js';
import { type Row } from '../table.js';

/** Bytes of a leaf; hashing costs the same up to a block. */
const LEAF = 48;
const NODE = 65;

export const merkleRows = async (scale: Scale): Promise<readonly Row[]> => {
  const leaves = scaled(scale, 1_000_000);
  const leaf = Buffer.alloc(LEAF);
  const node = Buffer.alloc(NODE, 1);
  const took = await race(Math.min(3, scale.rounds), {
    tree: () => {
      const tree = new MerkleTree();
      for (let index = 0; index < leaves; index += 1) {
        leaf.writeUInt32LE(index);
        tree.append(leaf);
      }
      tree.root();
      return leaves;
    },
    hashes: () => {
      for (let index = 0; index < leaves; index += 1) {
        leaf.writeUInt32LE(index);
        hash('sha256', leaf, 'buffer');
      }
      for (let index = 1; index < leaves; index += 1) {
        node.writeUInt32LE(index, 1);
        hash('sha256', node, 'buffer');
      }
      return leaves;
    },
  });
  return [
    {
      area: 'log',
      what: `a tree of ${leaves} leaves, a leaf`,
      product: took.tree * 1000,
      floor: { what: 'its hashes alone', value: took.hashes * 1000 },
      unit: 'µs',
      aim: { atMost: 1.5 },
    },
  ];
};
