import { describe, expect, it } from '@jest/globals';
import { MerkleTree } from '@tripoint/transparency';
import { LogRoot } from './log-root.js';

describe('the root of a log that is read once', () => {
  it('is that of the tree, at every size', () => {
    const [tree, log] = [new MerkleTree(), new LogRoot()];
    for (let size = 0; size <= 130; size += 1) {
      expect([log.size, log.root().toString('hex')]).toEqual([size, tree.root().toString('hex')]);
      const leaf = Buffer.from(`leaf ${size}`);
      tree.append(leaf);
      log.append(leaf);
    }
  });
});
