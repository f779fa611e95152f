// What a terminal would act on instead of showing it: controls beyond those that JSON escapes by itself, separators of lines, what has no
// width, and what makes a text read differently from what it says. Whoever wrote the content controls it.
const UNSEEN =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The same beyond the ends of lines and tabs: what no line of ours holds. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;
const BREAKS = /[\t\n]/g;

const asCode = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Lines for a terminal, which shows all that is in them and acts on nothing: much of what is said was written by others. */
export const visibleLines = (lines: string): string =>
  lines.replace(CONTROLS, asCode).replace(UNSEEN, asCode);

/** A text of strangers, for the middle of a line: it begins none of its own. */
export const visibleText = (text: string): string => visibleLines(text).replace(BREAKS, asCode);

/** JSON of something that strangers wrote, for a terminal: the same value, and nothing in it that is not to be seen. */
export const visibleJson = (value: unknown): string =>
  JSON.stringify(value).replace(UNSEEN, asCode);
