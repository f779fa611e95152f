import { deflateRawSync } from 'node:zlib';
import * as pgp from 'openpgp';
import { encodeCbor, utf8 } from '../index.js';
import { splitPackets, TAG, writePacket } from '../packets.js';

/** Bytes of what is small on the way and large once somebody believes it. */
export const LARGE = 200 * 2 ** 20;

/** JSON of nothing but brackets. */
export const deepJson = (): Uint8Array => utf8('['.repeat(100_000) + ']'.repeat(100_000));

/** CBOR of nothing but arrays. */
export const deepCbor = (): Uint8Array => new Uint8Array(100_000).fill(0x81);

/** A container that holds more wraps than any has. */
export const manyWraps = (): Uint8Array => {
  const digest = (at: number): string => String(at).padStart(64, '0');
  const wraps = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, at) => [digest(at), Uint8Array.of(1)]),
  );
  return encodeCbor({ kind: 'event', wraps: { [digest(0)]: wraps } });
};

/** 200 MiB of zeros, packed into a body that decrypts with `sessionKey`. */
export const bomb = async (sessionKey: Uint8Array): Promise<Uint8Array> => {
  const literal = Buffer.concat([
    Buffer.from([0xcb, 255, 0x0c, 0x80, 0, 6, 0x62, 0, 0, 0, 0, 0]),
    Buffer.alloc(LARGE),
  ]);
  return encrypted(sessionKey, deflateRawSync(literal));
};

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
