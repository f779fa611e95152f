/** Letters of Greek and Cyrillic plates, by the Latin letter that looks the same. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T' },
    ...{ У: 'Y', Х: 'X', І: 'I', Ј: 'J', Ѕ: 'S', З: '3' },
    ...{ Α: 'A', Β: 'B', Ε: 'E', Ζ: 'Z', Η: 'H', Ι: 'I', Κ: 'K', Μ: 'M', Ν: 'N', Ο: 'O' },
    ...{ Ρ: 'P', Τ: 'T', Υ: 'Y', Χ: 'X' },
  }),
);

/**
 * A plate, chassis or document number as the eye compares it: capitals, look-alikes in Latin, everything dropped that is
 * not a letter or a digit.
 */
export const foldNumber = (text: string): string =>
  Array.from(text.normalize('NFKC').replace(/[ıİ]/gu, 'I').toUpperCase().normalize('NFD'))
    .filter((letter) => /[\p{L}\p{N}]/u.test(letter))
    .map((letter) => LOOK_ALIKES.get(letter) ?? letter)
    .join('');
