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

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- each brand of digest is the same digits
  digest<T extends string>(): T {
    return Buffer.from(this.bytes(32)).toString('hex') as T;
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- each brand of id is the same UUID
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

  /** A person's name in one of the scripts of the region: names that many bear, families that end alike. */
  name(): {
    readonly script: 'Cyrl' | 'Grek' | 'Latn';
    readonly given: string;
    readonly family: string;
  } {
    const { script, syllables, given, endings } = this.one(PEOPLES);
    const stem = this.#syllables(syllables, 2 + this.below(2));
    const family = `${stem}${this.one(endings)}`;
    return {
      script,
      given: this.one(given),
      family: `${family.slice(0, 1).toUpperCase()}${family.slice(1)}`,
    };
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

const PEOPLES = [
  {
    script: 'Cyrl',
    syllables: crossed('бвгдзклмнпрст', 'аеиоу'),
    given: 'Иван Георги Димитър Николай Мария Елена Десислава Петър Стоян Калин Рая'.split(' '),
    endings: ['ов', 'ова', 'ев', 'ева', 'ски', 'ска'],
  },
  {
    script: 'Grek',
    syllables: crossed('βγδζκλμνπρστ', 'αεηιο'),
    given: 'Νίκος Γιώργος Ελένη Μαρία Κώστας Δημήτρης Κατερίνα Ιωάννης Σοφία'.split(' '),
    endings: ['όπουλος', 'ίδης', 'άκης', 'ου', 'άκη'],
  },
  {
    script: 'Latn',
    syllables: LATIN,
    given: 'Ayşe Mehmet Murat Selin Ahmet Fatma Elif Mustafa Zeynep Hüseyin'.split(' '),
    endings: ['oğlu', 'er', 'taş', 'kaya', 'türk'],
  },
] as const;
