import { type Queries } from './database.js';

/** A column of a table that is written many rows at a time. */
type ColumnType =
  | 'text'
  | 'uuid'
  | 'bigint'
  | 'int'
  | 'boolean'
  | 'timestamptz'
  | 'bytea'
  | 'json'
  | 'text[]'
  | 'int[]';

/** PostgreSQL's literal of an array: arrays of arrays cannot be unnested, so each travels as one text. */
export const arrayLiteral = (values: readonly (string | number)[]): string =>
  `{${values.map((value) => (typeof value === 'number' ? value.toString() : `"${value.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;

/** Statement by table and conflict clause: they are few, and always the same. */
export const insertStatement = (
  table: string,
  columns: Readonly<Record<string, ColumnType>>,
  conflict: string,
  first = 1,
): string => {
  const names = Object.keys(columns);
  const types = Object.values(columns);
  const wrapped = (type: ColumnType): boolean => type === 'json' || type.endsWith('[]');
  return `insert into ${table} (${names.join(', ')})
    select ${names.map((name, at) => (wrapped(types[at] ?? 'text') ? `${name}::${types[at] ?? 'text'}` : name)).join(', ')}
    from unnest(${types.map((type, at) => `$${at + first}::${wrapped(type) ? 'text' : type}[]`).join(', ')}) as many (${names.join(', ')})
    ${conflict}`;
};

/** Writes many rows into one table: as a statement of its own, or as a part of a larger one. */
export type Many<Row> = {
  /** Its parameters are numbered from `first` on: one for each column. */
  readonly statement: (first: number) => string;
  readonly values: (rows: readonly Row[]) => readonly unknown[];
};

export const many = <Row extends object>(
  table: string,
  columns: Readonly<Record<keyof Row & string, ColumnType>>,
  conflict = '',
): Many<Row> => {
  const values = Object.entries(columns).map(([name, type]) => (row: Row): unknown => {
    const value: unknown = row[name as keyof Row];
    if (value === undefined || value === null) return null;
    if (type === 'json') return JSON.stringify(value);
    return Array.isArray(value) ? arrayLiteral(value as readonly (string | number)[]) : value;
  });
  return {
    statement: (first) => insertStatement(table, columns, conflict, first),
    values: (rows) => values.map((valueOf) => rows.map(valueOf)),
  };
};

/** A table that is written many rows at a time, one statement for all of them. */
export const manyInto = <Row extends object>(
  table: string,
  columns: Readonly<Record<keyof Row & string, ColumnType>>,
  conflict = '',
): ((queries: Queries, rows: readonly Row[]) => Promise<void>) => {
  const rowsOf = many<Row>(table, columns, conflict);
  const statement = rowsOf.statement(1);
  return async (queries, rows) => {
    if (rows.length > 0) await queries.prepared(statement, rowsOf.values(rows));
  };
};

/** `on conflict` that replaces everything but the key. */
export const replacing = (key: string, columns: readonly string[]): string =>
  `on conflict (${key}) do update set ${columns
    .filter((name) => name !== key)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`;
