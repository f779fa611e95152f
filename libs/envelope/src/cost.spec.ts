import { beforeAll, describe, expect, it } from '@jest/globals';
import { admit, canonical, encodeCbor, parseCanonical } from './index.js';
import { deepCbor, deepJson, LARGE, manyWraps } from './testing/bombs.js';
import { cheaply } from './testing/cheaply.js';
import { registry, type World, world } from './testing/index.js';

// How much memory a refusal takes is measured in processes of their own, and packing the bomb takes seconds: cost.int.spec.ts.

let w: World;
beforeAll(async () => {
  w = await world();
  // What is measured is the refusing, not the first compilation of it.
  await admit(w.openpgp, encodeCbor({ kind: 'event' }), registry());
  parseCanonical(canonical({ a: [1] }));
});

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
});
