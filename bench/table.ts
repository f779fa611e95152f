/** A figure and the one that it is held against. Both are in the same unit, so that their ratio means something. */
export type Row = {
  readonly area: string;
  readonly what: string;
  readonly product: number;
  /** Absent where the figure stands by itself. */
  readonly floor?: { readonly what: string; readonly value: number };
  readonly unit: 'µs' | 'ms' | '/s' | 'B' | 'MiB' | '';
  readonly aim?: { readonly atMost: number } | { readonly atLeast: number };
  readonly note?: string;
};

/** Product to floor, or the figure itself where there is no floor. */
export const ratioOf = ({ product, floor }: Row): number =>
  floor === undefined ? product : product / floor.value;

/** Whether the aim is reached; undefined where there is none. */
export const reached = (row: Row): boolean | undefined => {
  if (row.aim === undefined) return undefined;
  return 'atMost' in row.aim ? ratioOf(row) <= row.aim.atMost : ratioOf(row) >= row.aim.atLeast;
};

const figure = (value: number): string => {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4);
};

const aimOf = ({ aim }: Row): string =>
  aim === undefined ? '' : 'atMost' in aim ? `≤ ${aim.atMost}` : `≥ ${aim.atLeast}`;

const cells = (row: Row): readonly string[] => {
  const met = reached(row);
  const unit = row.unit === '' ? '' : row.unit === '/s' ? '/s' : ` ${row.unit}`;
  return [
    row.area,
    row.what,
    `${figure(row.product)}${unit}`,
    row.floor === undefined ? '' : `${figure(row.floor.value)}${unit}`,
    row.floor?.what ?? '',
    row.floor === undefined && row.aim === undefined ? '' : figure(ratioOf(row)),
    aimOf(row),
    met === undefined ? '' : met ? 'yes' : 'no',
  ];
};

const HEAD = ['area', 'product', 'figure', 'floor', 'what the floor is', 'ratio', 'aim', 'reached'];
const RIGHT = new Set([2, 3, 5, 6]);

/** The rows as a table for a terminal. */
export const table = (rows: readonly Row[]): string => {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          RIGHT.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
