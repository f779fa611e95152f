import { beforeAll, describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import { admit, canonical, encodeCbor, parseCanonical } from './index.js';
import { bomb, deepCbor, deepJson, LARGE, manyWraps } from './testing/bombs.js';
import { registry, type World, world } from './testing/index.js';

// How much memory a refusal takes is measured in processes of their own: cost.int.spec.ts.
const MILLISECONDS = 50;

let w: World;
beforeAll(async () => {
  w = await world();
  // What is measured is the refusing, not the first compilation of it.
  await admit(w.openpgp, encodeCbor({ kind: 'event' }), registry());
  parseCanonical(canonical({ a: [1] }));
});

/** The best of three, so that a busy machine does not decide; a bomb would be slow three times. */
const cheaply = async (attempt: () => unknown): Promise<unknown> => {
  let outcome: unknown;
  let best = Infinity;
  for (let count = 0; count < 3; count++) {
    const start = performance.now();
    outcome = await attempt();
    best = Math.min(best, performance.now() - start);
  }
  expect(best).toBeLessThan(MILLISECONDS);
  expect(isRefusal(outcome)).toBe(true);
  return outcome;
};

describe('refusing is quick', () => {
  it('for JSON nested 100 000 deep, also where a large statement is allowed', async () => {
    const deep = deepJson();
    expect(await cheaply(() => parseCanonical(deep))).toMatchObject({ refused: 'json-too-large' });
    expect(await cheaply(() => parseCanonical(deep, { size: deep.length }))).toMatchObject({
      refused: 'json-too-deep',
    });
  });

  it('for CBOR nested 100 000 deep', async () => {
    const deep = deepCbor();
    expect(await cheaply(async () => w.admitted(deep))).toMatchObject({
      refused: 'container-malformed',
    });
  });

  it('for 10 000 wraps', async () => {
    const many = manyWraps();
    expect(await cheaply(async () => w.admitted(many))).toMatchObject({
      refused: 'container-malformed',
    });
  });

  it('for a submission of 200 MiB', async () => {
    const large = Buffer.alloc(LARGE);
    expect(await cheaply(async () => w.admitted(large))).toMatchObject({ refused: 'too-large' });
  });

  it('for 200 MiB packed into a body that decrypts', async () => {
    const sessionKey = new Uint8Array(32).fill(7);
    const body = await bomb(sessionKey);
    expect(await cheaply(async () => w.openpgp.decrypt(sessionKey, body))).toMatchObject({
      refused: 'cannot-decrypt',
    });
  });
});
