import { Problem } from '../problem/problem.js';

/** What one key of a sorted list can be. */
export type CursorKey = 'text' | 'integer' | 'instant' | 'uuid';
type KeyValue<Kind extends CursorKey> = Kind extends 'integer' ? number : string;
type KeyValues<Kinds extends readonly CursorKey[]> = {
  readonly [Position in keyof Kinds]: KeyValue<Kinds[Position]>;
};

const accepts: Readonly<Record<CursorKey, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value.length <= 256,
  integer: (value) => Number.isSafeInteger(value),
  instant: (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  uuid: (value) =>
    typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
};

/** Writes and reads the cursors of one list; strict inverses of each other. */
export type Cursors<Values> = {
  /** The cursor after the row with these keys. */
  after(values: Values): string;
  /**
   * The keys in a cursor. The text comes from the caller.
   * @throws {Problem} `cursor-invalid` when this list never wrote it
   */
  read(cursor: string): Values;
};

/**
 * The cursors of the list called `list`, sorted by keys of these kinds. The name is part of a
 * cursor, so that one taken from another list is refused and never silently misread.
 */
export const cursorsOf = <const Kinds extends readonly CursorKey[]>(
  list: string,
  kinds: Kinds,
): Cursors<KeyValues<Kinds>> => {
  const after = (values: KeyValues<Kinds>): string =>
    Buffer.from(JSON.stringify([list, ...(values as readonly unknown[])])).toString('base64url');
  const read = (cursor: string): KeyValues<Kinds> => {
    const refused = new Problem('cursor-invalid', 'the cursor is not one of this list');
    if (cursor.length > 2048) throw refused;
    let parts: unknown;
    try {
      parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    } catch {
      throw refused;
    }
    if (!Array.isArray(parts) || parts.length !== kinds.length + 1 || parts[0] !== list)
      throw refused;
    const values: unknown[] = parts.slice(1);
    if (!kinds.every((kind, position) => accepts[kind](values[position]))) throw refused;
    // Base64 tolerates stray characters and JSON white space: only our own spelling is accepted.
    if (after(values as unknown as KeyValues<Kinds>) !== cursor) throw refused;
    return values as unknown as KeyValues<Kinds>;
  };
  return { after, read };
};
