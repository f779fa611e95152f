// Latin spellings of one name, as passports, police forms and ears have them. Two steps, because practice
// differs in two ways. A letter that becomes different Latin letters (Ъ: a, u, i) branches here, into alternatives.
// Latin letters that mean the same (y, j, i; ou, u; kh, h) merge in `merged`, which both sides of a comparison pass.
// Sources: ICAO Doc 9303-3 §6, ISO 9, Bulgaria's Transliteration Act, ELOT 743, and what people do.

/** Source letters -> Latin, the official spelling first. */
type Letters = ReadonlyMap<string, readonly string[]>;

const table = (rows: string): Letters =>
  new Map(
    rows
      .trim()
      .split(/\s*\n\s*/)
      .map((row) => {
        const [source = '', ...latin] = row.split(' ');
        return [source, latin.map((letters) => (letters === '-' ? '' : letters))];
      }),
  );

const CYRILLIC = table(`
  дж dzh j c
  ьо yo o
  ия ia iya
  а a
  б b
  в v
  г g
  д d
  е e
  ё e yo
  ж zh j
  з z
  и i
  й y
  к k
  л l
  м m
  н n
  о o
  п p
  р r
  с s
  т t
  у u
  ф f
  х h ch
  ц ts c
  ч ch c tch
  ш sh s
  щ sht shch st
  ъ a u i
  ы y
  ь y -
  э e
  ю yu u
  я ya
  і i
  ї yi
  є ye e
  ґ g
  ј j
  љ lj
  њ nj
  ћ c ch
  ђ dj
  џ dzh c
  ѓ g gj
  ќ k kj
  ѕ dz
`);

// Greek has no letters of its own for sh, zh and ch, and writes s, z and ts for them: it is the Greek word that may be either,
// so that names which Cyrillic or Latin letters tell apart stay apart.
const GREEK = table(`
  αι ai e
  ει ei i
  οι oi i
  υι yi i
  ου ou
  αυ av af au
  ευ ev ef eu
  ηυ iv if iu
  γγ ng gg
  γκ gk g
  γχ nch nh
  γξ nx
  μπ mp b
  ντ nt d
  τζ tz j c
  τσ ts ch
  α a
  β v b
  γ g y
  δ d
  ε e
  ζ z zh
  η i
  θ th
  ι i
  κ k c
  λ l
  μ m
  ν n
  ξ x
  ο o
  π p
  ρ r
  σ s sh
  ς s
  τ t
  υ y
  φ f
  χ ch h
  ψ ps
  ω o
`);

// Letters that lose their mark stand for themselves first: that is what a machine-readable zone prints.
const MARKED_LATIN = table(`
  ş s sh
  ç c ch
  ğ g - y
  ı i
  ö o oe
  ü u ue
  ä a ae
  â a ia
  ß ss
  æ ae
  ø o oe
  å a aa
  đ d dj
  š s sh
  ș s sh
  ț t ts
  ţ t ts
  č c ch
  ć c ch
  ž z zh
  ñ n
  ł l
`);

const LETTERS: Letters = new Map([...CYRILLIC, ...GREEK, ...MARKED_LATIN]);

/** How many spellings of one word are kept; the official one is the first. */
const MOST = 24;

const MERGES: readonly (readonly [RegExp, string])[] = [
  // -off, -eff: how names in -ov, -ev were written abroad.
  [/(?<=[oe])ff?$/, 'v'],
  [/tch/g, 'ch'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/kh/g, 'h'],
  [/gk/g, 'g'],
  [/mp/g, 'b'],
  [/nt/g, 'd'],
  [/tz/g, 'ts'],
  [/ck|q/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/ou|ue/g, 'u'],
  [/oe/g, 'o'],
  [/[yj]/g, 'i'],
  [/(.)\1+/g, '$1'],
];

/** One form for all Latin spellings that only convention tells apart. */
export const merged = (latin: string): string =>
  MERGES.reduce((word, [letters, one]) => word.replace(letters, one), latin);

/** Letters with marks that `LETTERS` knows keep them; all other marks go, Greek accents among them. */
const plain = (word: string): string =>
  Array.from(word.normalize('NFC'), (letter) => {
    if (MARKED_LATIN.has(letter) || letter === 'й' || letter === 'ї' || letter === 'ё')
      return letter;
    // Diaeresis in Greek parts two vowels that would else be read as one.
    return letter.normalize('NFD').replace(/\p{M}+/gu, '');
  }).join('');

const lower = (text: string): string =>
  // The dot of a Turkish capital would survive lower-casing as a mark of its own.
  text.replaceAll('İ', 'i').toLowerCase();

/**
 * The words of a name, in its own script, lower case, without accents, without punctuation. Apostrophes and soft marks
 * inside a word are dropped; hyphens part words.
 */
export const words = (name: string): readonly string[] =>
  lower(name.normalize('NFKC'))
    .replace(/['’ʼ`´]/gu, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(plain)
    .filter((word) => word !== '');

/** One way of writing a word: which Latin letters stand for which, and how often that departs from the official. */
type Draft = { readonly chosen: ReadonlyMap<string, string>; readonly departures: number };

type Unit = { readonly source: string; readonly latin: readonly string[] };

const units = (word: string): readonly Unit[] => {
  const found: Unit[] = [];
  for (let at = 0; at < word.length;) {
    const two = word.slice(at, at + 2);
    const source = two.length === 2 && LETTERS.has(two) ? two : word.charAt(at);
    found.push({ source, latin: LETTERS.get(source) ?? [source] });
    at += source.length;
  }
  return found;
};

/**
 * The Latin spellings of one word, the official one first, at most 24. A writer keeps to one convention, so a letter that
 * occurs twice is spelt alike both times.
 */
export const latinSpellings = (word: string): readonly string[] => {
  const sequence = units(word);
  const choices = new Map(
    sequence.filter(({ latin }) => latin.length > 1).map(({ source, latin }) => [source, latin]),
  );
  let drafts: readonly Draft[] = [{ chosen: new Map(), departures: 0 }];
  for (const [source, latin] of choices)
    drafts = drafts
      .flatMap(({ chosen, departures }) =>
        latin.map((letters, at) => ({
          chosen: new Map([...chosen, [source, letters]]),
          departures: departures + (at === 0 ? 0 : 1),
        })),
      )
      .sort((a, b) => a.departures - b.departures)
      .slice(0, MOST);
  return [
    ...new Set(
      drafts.map(({ chosen }) =>
        sequence.map(({ source, latin }) => chosen.get(source) ?? latin[0] ?? '').join(''),
      ),
    ),
  ].filter((spelling) => spelling !== '');
};

const spellingsAnew = (word: string): readonly string[] => {
  const latin = latinSpellings(word);
  return [...new Set([word, ...latin.slice(0, 1), ...latin.map(merged)])].filter(
    (spelling) => spelling !== '',
  );
};

// The same given and family names come again and again, in a batch as in the candidates of one search.
const MOST_REMEMBERED = 4096;
const remembered = new Map<string, readonly string[]>();

/**
 * Everything that a word is compared by: as written, as officially transliterated, and every alternative with
 * conventions merged. Two words are spellings of one another when they have one of these in common.
 */
export const spellings = (word: string): readonly string[] => {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const found = spellingsAnew(word);
  remembered.set(word, found);
  return found;
};
