/** One column: its heading and its lines, as long as they like. */
export type Column = { readonly title: string; readonly lines: readonly string[] };

const BETWEEN = ' │ ';
const NARROWEST = 26;

const widthOf = (text: string): number => Array.from(text).length;
const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Breaks a line at spaces so that no part is wider than `width`; what follows is indented as the line was, and a little more. */
export const wrapped = (line: string, width: number): readonly string[] => {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const hanging = `${indent}  `;
  const lines: string[] = [];
  let current = indent;
  let empty = true;
  for (const word of line.trim().split(/ +/)) {
    let rest = word;
    if (!empty && widthOf(current) + 1 + widthOf(rest) > width) {
      lines.push(current);
      current = hanging;
      empty = true;
    }
    while (widthOf(current) + (empty ? 0 : 1) + widthOf(rest) > width) {
      const room = Math.max(1, width - widthOf(current));
      const letters = Array.from(rest);
      lines.push(current + letters.slice(0, room).join(''));
      rest = letters.slice(room).join('');
      current = hanging;
      empty = true;
    }
    current += (empty ? '' : ' ') + rest;
    empty = false;
  }
  return [...lines, current];
};

/** Columns beside each other, or below each other where the terminal is too narrow for that. */
export const beside = (columns: readonly Column[], width: number): readonly string[] => {
  const each = Math.floor((width - BETWEEN.length * (columns.length - 1)) / columns.length);
  if (each < NARROWEST)
    return columns.flatMap(({ title, lines }) => [
      title,
      '─'.repeat(Math.min(width, widthOf(title))),
      ...lines.flatMap((line) => wrapped(line, width)),
      '',
    ]);
  const cells = columns.map(({ title, lines }) => [
    title,
    '─'.repeat(each),
    ...lines.flatMap((line) => wrapped(line, each)),
  ]);
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, row) =>
    cells
      .map((cell) => padded(cell[row] ?? '', each))
      .join(BETWEEN)
      .trimEnd(),
  );
};

/** A heading over the whole width. */
export const heading = (text: string, width: number): string =>
  `━━ ${text} ${'━'.repeat(Math.max(0, width - widthOf(text) - 4))}`;
