import { HubError } from '@tripoint/kernel';
import { type Page, type PageRequest } from '@tripoint/read-model';

const MOST = 500;

export const limitOf = ({ limit }: PageRequest): number =>
  Math.min(MOST, Math.max(1, Math.trunc(limit)));

/** What looks like an instant may still name no day, and the store would choke on it. */
const isMoment = (text: string): boolean => {
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === text && text >= '0001';
};

/**
 * The place where a page ended, as the sort key of its last row. Whoever asks may have written it: it is only ever a
 * parameter, and what does not read as one is refused.
 */
export const placeOf = (
  { after }: PageRequest,
  shape: readonly ('bigint' | 'text' | 'uuid' | 'instant')[],
): readonly string[] | undefined => {
  if (after === undefined) return undefined;
  const refused = new HubError('cursor-malformed', 'the page cursor is not one of ours', false);
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
  } catch {
    throw refused;
  }
  const fits = (value: unknown, at: number): value is string =>
    typeof value === 'string' &&
    value.length <= 1024 &&
    !value.includes('\0') &&
    (shape[at] !== 'bigint' || /^-?\d{1,18}$/.test(value)) &&
    (shape[at] !== 'uuid' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) &&
    (shape[at] !== 'instant' || isMoment(value));
  if (!Array.isArray(place) || place.length !== shape.length) throw refused;
  const values: readonly unknown[] = place;
  if (!values.every(fits)) throw refused;
  return values;
};

export const cursorOf = (place: readonly (string | number | bigint)[]): string =>
  Buffer.from(JSON.stringify(place.map(String))).toString('base64url');

/** One row more than the page holds was asked for: whether there is a next page is then known. */
export const pageOf = <Row, Shown>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Shown,
  place: (row: Row) => readonly (string | number | bigint)[],
): Page<Shown> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(show),
    ...(rows.length > limit && last !== undefined ? { next: cursorOf(place(last)) } : {}),
  };
};

/** Collects the conditions of a query with their parameters. */
export class Conditions {
  readonly #clauses: string[] = [];
  readonly values: unknown[] = [];

  /** Adds `clause`, in which `?` stands for each value in turn, unless a value is undefined. */
  and(clause: string, ...values: readonly unknown[]): this {
    if (values.includes(undefined)) return this;
    let at = 0;
    this.#clauses.push(clause.replaceAll('?', () => this.bind(values[at++])));
    return this;
  }

  bind(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get where(): string {
    return this.#clauses.length === 0 ? '' : `where ${this.#clauses.join(' and ')}`;
  }
}
