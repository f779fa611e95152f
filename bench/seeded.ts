import { createHash } from 'node:crypto';

/** A source of choices that are the same for the same seed. */
export class Seeded {
  #state: number;

  constructor(seed: string) {
    this.#state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  }

  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number {
    // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  }

  one<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  digest<T extends string>(): T {
    return Buffer.from(this.bytes(32)).toString('hex') as T;
  }

  uuid<T extends string>(): T {
    const digits = Buffer.from(this.bytes(16)).toString('hex');
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}` as T;
  }

  /** About `length` characters of prose. */
  prose(length: number): string {
    let text = this.word();
    while (text.length < length) text += ` ${this.word()}`;
    return text;
  }

  word(): string {
    return this.#syllables(LATIN, 2 + this.below(3));
  }

  /** A family name in one of the scripts of the region. */
  name(): { readonly script: 'Cyrl' | 'Grek' | 'Latn'; readonly family: string } {
    const [script, syllables] = this.one([
      ['Cyrl', CYRILLIC],
      ['Grek', GREEK],
      ['Latn', LATIN],
    ] as const);
    const name = this.#syllables(syllables, 3 + this.below(2));
    return { script, family: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}` };
  }

  #syllables(from: readonly string[], count: number): string {
    return Array.from({ length: count }, () => this.one(from)).join('');
  }
}

const crossed = (consonants: string, vowels: string): readonly string[] =>
  Array.from(consonants).flatMap((consonant) =>
    Array.from(vowels, (vowel) => `${consonant}${vowel}`),
  );
const LATIN = crossed('bdfgklmnprstvz', 'aeiou');
const CYRILLIC = crossed('бвгдзклмнпрст', 'аеиоу');
const GREEK = crossed('βγδζκλμνπρστ', 'αεηιο');
