/**
 * Whether a JSON text writes a member of one object twice: of two parsers one would take the first and the other the last. Every
 * member is written with one colon outside a text, and `value`, what the text was parsed to, has kept each name once.
 */
export const writesAMemberTwice = (text: string, value: unknown): boolean =>
  colonsIn(text) !== membersIn(value);

const COLON = 0x3a;
const BACKSLASH = 0x5c;

const colonsIn = (text: string): number => {
  let colons = 0;
  for (let at = 0; at < text.length;) {
    const opening = text.indexOf('"', at);
    for (const end = opening === -1 ? text.length : opening; at < end; at += 1)
      if (text.charCodeAt(at) === COLON) colons += 1;
    if (opening === -1) break;
    at = closing(text, opening) + 1;
  }
  return colons;
};

/** Where the text ends that begins at `opening`: at the first quote that an even number of backslashes stands before. */
const closing = (text: string, opening: number): number => {
  for (let quote = text.indexOf('"', opening + 1); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
  }
};

const membersIn = (value: unknown): number => {
  let members = 0;
  // No recursion: the value may be of any depth.
  const left: unknown[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const within = Object.values(next) as unknown[];
    if (!Array.isArray(next)) members += within.length;
    for (const one of within) left.push(one);
  }
  return members;
};
