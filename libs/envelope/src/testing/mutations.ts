import { type Random } from '../seal.js';

/** A number below `limit` drawn from `random`; near enough to even for a test. */
export const below = (random: Random, limit: number): number =>
  random(4).reduce((sum, octet) => sum * 256 + octet, 0) % limit;

/** `bytes` with one small damage of a kind that wires, disks and attackers make: never equal to what it was. */
export const mutated = (bytes: Uint8Array, random: Random): Uint8Array => {
  const at = below(random, Math.max(bytes.length, 1));
  const length = 1 + below(random, 16);
  const damage = [
    () => bytes.map((octet, index) => (index === at ? octet ^ (1 << below(random, 8)) : octet)),
    () => bytes.slice(0, at),
    () => spliced(bytes, at, 0, random(length)),
    () => spliced(bytes, at, length, new Uint8Array()),
    () => spliced(bytes, at, length, random(length)),
    () => {
      const from = below(random, Math.max(bytes.length, 1));
      return spliced(bytes, at, length, bytes.slice(from, from + length));
    },
    () => random(below(random, 2048)),
  ];
  const result = damage[below(random, damage.length)]?.() ?? bytes;
  return Buffer.compare(result, bytes) === 0 ? spliced(bytes, bytes.length, 0, random(1)) : result;
};

const spliced = (bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array => {
  const tail = bytes.subarray(Math.min(at + removed, bytes.length));
  const result = new Uint8Array(at + added.length + tail.length);
  result.set(bytes.subarray(0, at));
  result.set(added, at);
  result.set(tail, at + added.length);
  return result;
};
