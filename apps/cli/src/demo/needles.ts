import { type Written } from './encodings.js';

/** What is looked for, under the name by which a hit is reported. */
export type Needle = { readonly name: string; readonly written: Written };

/** A needle found in some bytes. */
export type Hit = { readonly name: string; readonly as: string; readonly at: number };

const PAIRS = 0x1_0000;

/** Looks for many byte strings in one pass: hundreds of needles cost little more than one. */
export class Needles {
  /** Whether some needle begins with these two bytes. */
  readonly #begins = new Uint8Array(PAIRS);
  /** By the first four bytes, which every needle has. */
  readonly #byStart = new Map<number, Needle[]>();

  constructor(needles: readonly Needle[]) {
    for (const needle of needles) {
      const { bytes } = needle.written;
      this.#begins[bytes.readUInt16LE(0)] = 1;
      const start = bytes.readUInt32LE(0);
      const others = this.#byStart.get(start);
      if (others === undefined) this.#byStart.set(start, [needle]);
      else others.push(needle);
    }
  }

  /** The first hit of each name in `hay`. */
  find(hay: Buffer): readonly Hit[] {
    const hits = new Map<string, Hit>();
    const begins = this.#begins;
    const end = hay.length - 3;
    for (let at = 0; at < end; at += 1) {
      if (begins[(hay[at] ?? 0) | ((hay[at + 1] ?? 0) << 8)] === 0) continue;
      for (const { name, written } of this.#byStart.get(hay.readUInt32LE(at)) ?? []) {
        const { bytes, as } = written;
        if (hits.has(name) || at + bytes.length > hay.length) continue;
        if (bytes.equals(hay.subarray(at, at + bytes.length))) hits.set(name, { name, as, at });
      }
    }
    return [...hits.values()];
  }
}
