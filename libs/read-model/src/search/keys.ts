// Fuzzy search by deletion: two words are at most one edit apart only if, after dropping at most one letter from
// each, they are the same. So a word is indexed under hashes of itself and of each of its one-letter deletions, and a query
// looks for any of the same. What the index finds is a superset, up to two edits apart or a colliding hash; `nearest` decides.
import { foldNumber } from './numbers.js';
import { latinSpellings, spellings, words } from './spellings.js';

/** Whether a text is compared as the words of a name or as one number. */
export type SearchAs = 'name' | 'number';

/** The keys of one word that is looked for. */
export type WordKeys = {
  /** Any of these is in the index of a row that has the word in another spelling. */
  readonly exact: readonly number[];
  /** Any of these is in the index of a row that has the word in another spelling or with one edit. */
  readonly near: readonly number[];
};

/** Shorter words match too much with an edit: they are only found as they are. */
const SHORTEST_WITH_EDITS = 3;
/** Of how many spellings of one word deletions are indexed. */
const SPELLINGS_WITH_EDITS = 8;

// FNV-1a, 32 bits, as a signed integer for PostgreSQL's int4.
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value | 0;
};

const letters = (word: string): readonly string[] => Array.from(word);

const deletions = (word: string): readonly string[] => {
  const all = letters(word);
  return all.length < SHORTEST_WITH_EDITS
    ? []
    : all.map((_, dropped) => all.filter((_letter, at) => at !== dropped).join(''));
};

const wordsOf = (text: string, as: SearchAs): readonly string[] =>
  as === 'name' ? words(text) : [foldNumber(text)].filter((number) => number !== '');

const spellingsOf = (word: string, as: SearchAs): readonly string[] =>
  as === 'name' ? spellings(word) : [word];

// A word and what is left of a longer one have the same keys: half as many to keep, and a few more rows to compare.
const keyOf = (spelling: string, as: SearchAs): number => hash(`${as}~${spelling}`);

const wordKeys = (word: string, as: SearchAs): WordKeys => {
  const forms = spellingsOf(word, as);
  const exact = forms.map((spelling) => keyOf(spelling, as));
  const near = forms
    .slice(0, SPELLINGS_WITH_EDITS)
    .flatMap((spelling) => deletions(spelling).map((left) => keyOf(left, as)));
  return { exact, near: [...new Set([...exact, ...near])] };
};

/** What a label is indexed under, sorted, each once. */
export const labelKeys = (label: string, as: SearchAs): readonly number[] =>
  [...new Set(wordsOf(label, as).flatMap((word) => wordKeys(word, as).near))].sort((a, b) => a - b);

/** What to look for, a set for each word: a row must have one of each set. Empty when the text holds no word. */
export const queryKeys = (text: string, as: SearchAs): readonly WordKeys[] =>
  wordsOf(text, as).map((word) => wordKeys(word, as));

const isBasic = (word: string): boolean => !/[\ud800-\udfff]/.test(word);

/** Whether at most one letter was changed, dropped, added, or swapped with its neighbour. */
export const withinOneEdit = (one: string, other: string): boolean => {
  if (one === other) return true;
  // Every candidate of a search comes here: text is only taken apart where a letter takes two places.
  if (isBasic(one) && isBasic(other)) return oneEdit(one, other);
  return oneEdit(letters(one), letters(other));
};

type Letters = { readonly length: number; readonly [at: number]: string };

const oneEdit = (one: Letters, other: Letters): boolean => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let from = 0;
  while (from < short.length && short[from] === long[from]) from += 1;
  let till = 0;
  while (
    till < short.length - from &&
    short[short.length - 1 - till] === long[long.length - 1 - till]
  )
    till += 1;
  const left = short.length - till - from;
  const right = long.length - till - from;
  if (right <= 1) return true;
  return (
    left === 2 && right === 2 && short[from] === long[from + 1] && short[from + 1] === long[from]
  );
};

/** How near a label is to a query. */
export type Nearness = {
  readonly distance: 0 | 1;
  /** The label's words in the spellings that the query came nearest to. */
  readonly spelling: string;
};

const nearestSpelling = (
  wanted: readonly string[],
  word: string,
  as: SearchAs,
): Nearness | undefined => {
  const offered = spellingsOf(word, as);
  const same = offered.find((spelling) => wanted.includes(spelling));
  if (same !== undefined) return { distance: 0, spelling: same };
  const near = offered
    .slice(0, SPELLINGS_WITH_EDITS)
    .find((spelling) =>
      wanted
        .slice(0, SPELLINGS_WITH_EDITS)
        .some(
          (other) =>
            Math.max(spelling.length, other.length) >= SHORTEST_WITH_EDITS &&
            withinOneEdit(spelling, other),
        ),
    );
  return near === undefined ? undefined : { distance: 1, spelling: near };
};

/**
 * Compares labels with a query: every word of the query must be a word of the label, in another spelling or one edit apart.
 * The distance is that of the farthest word; undefined when they do not match.
 */
export const matcher = (query: string, as: SearchAs): ((label: string) => Nearness | undefined) => {
  const wanted = wordsOf(query, as).map((word) => spellingsOf(word, as));
  return (label) => {
    const offered = wordsOf(label, as);
    const found = wanted
      .map((forms) =>
        offered
          .map((word) => nearestSpelling(forms, word, as))
          .filter((nearness) => nearness !== undefined)
          .reduce<Nearness | undefined>(
            (best, next) => (best === undefined || next.distance < best.distance ? next : best),
            undefined,
          ),
      )
      .filter((nearness) => nearness !== undefined);
    if (found.length === 0 || found.length < wanted.length) return undefined;
    return {
      distance: found.some(({ distance }) => distance === 1) ? 1 : 0,
      spelling: found.map(({ spelling }) => spelling).join(' '),
    };
  };
};

/** The official Latin spelling of a name, for people who do not read its script. */
export const latinName = (name: string): string =>
  words(name)
    .map((word) => latinSpellings(word)[0] ?? word)
    .join(' ');
