import { beforeAll, describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import { deflateRawSync } from 'node:zlib';
import * as pgp from 'openpgp';
import { admit, canonical, encodeCbor, parseCanonical, utf8 } from './index.js';
import { splitPackets, TAG, writePacket } from './packets.js';
import { registry, type World, world } from './testing/index.js';

const MILLISECONDS = 50;
const MEBIBYTES = 64;

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
  const before = process.memoryUsage().rss;
  for (let count = 0; count < 3; count++) {
    const start = performance.now();
    outcome = await attempt();
    best = Math.min(best, performance.now() - start);
  }
  expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(MEBIBYTES);
  expect(best).toBeLessThan(MILLISECONDS);
  expect(isRefusal(outcome)).toBe(true);
  return outcome;
};

describe('refusing is cheap', () => {
  it('for JSON nested 100 000 deep, also where a large statement is allowed', async () => {
    const deep = utf8('['.repeat(100_000) + ']'.repeat(100_000));
    expect(await cheaply(() => parseCanonical(deep))).toMatchObject({ refused: 'json-too-large' });
    expect(await cheaply(() => parseCanonical(deep, { size: deep.length }))).toMatchObject({
      refused: 'json-too-deep',
    });
  });

  it('for CBOR nested 100 000 deep', async () => {
    const deep = new Uint8Array(100_000).fill(0x81);
    expect(await cheaply(async () => w.admitted(deep))).toMatchObject({
      refused: 'container-malformed',
    });
  });

  it('for 10 000 wraps', async () => {
    const [digest] = w.container.bodies.keys();
    const wraps = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [String(at).padStart(64, '0'), Uint8Array.of(1)]),
    );
    const many = encodeCbor({ kind: 'event', wraps: { [digest!]: wraps } });
    expect(await cheaply(async () => w.admitted(many))).toMatchObject({
      refused: 'container-malformed',
    });
  });

  it('for a submission of 200 MiB', async () => {
    const large = Buffer.alloc(200 * 2 ** 20);
    expect(await cheaply(async () => w.admitted(large))).toMatchObject({ refused: 'too-large' });
  });

  it('for 200 MiB packed into a body that decrypts', async () => {
    const literal = Buffer.concat([
      Buffer.from([0xcb, 255, 0x0c, 0x80, 0, 6, 0x62, 0, 0, 0, 0, 0]),
      Buffer.alloc(200 * 2 ** 20),
    ]);
    const sessionKey = new Uint8Array(32).fill(7);
    const bomb = await encrypted(sessionKey, deflateRawSync(literal));
    expect(await cheaply(async () => w.openpgp.decrypt(sessionKey, bomb))).toMatchObject({
      refused: 'cannot-decrypt',
    });
  });
});

/** One SEIPD packet of the profile around a compressed packet, which the product never writes. */
const encrypted = async (sessionKey: Uint8Array, deflated: Uint8Array): Promise<Uint8Array> => {
  const packet = new pgp.CompressedDataPacket();
  Object.assign(packet, { algorithm: pgp.enums.compression.zip, compressed: deflated });
  const list = new pgp.PacketList<pgp.CompressedDataPacket>();
  list.push(packet);
  const message: unknown = await pgp.encrypt({
    message: new pgp.Message(list as never),
    sessionKey: { data: sessionKey, algorithm: 'aes256', aeadAlgorithm: 'gcm' },
    format: 'binary',
    config: { aeadChunkSizeByte: 12 },
  });
  const [found] = splitPackets(message as Uint8Array, 1) ?? [];
  return writePacket(TAG.seipd, found!.body);
};
