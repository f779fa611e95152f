import { Form, Words, WholeInQuery } from './fields.js';

/** Which stretch of a list is asked for. */
export class PageQuery {
  @Form({
    about: 'The `next` of the page before, unchanged.',
    pattern: /^[\x21-\x7e]+$/,
    most: 2048,
    form: 'a cursor of this list',
    optional: true,
    example: 'WyJleGNoYW5nZXMiXQ',
  })
  readonly after?: string;

  @WholeInQuery({
    about: 'At most so many rows; 50 unless told.',
    least: 1,
    most: 200,
    optional: true,
    example: 50,
  })
  readonly limit?: number;
}

/** What every page of a list ends with. */
export class PageResponse {
  @Words({
    about: 'The cursor of the next page; absent on the last one.',
    most: 2048,
    optional: true,
  })
  readonly next?: string;
}

/** How many rows a page has when the query does not say. */
export const DEFAULT_LIMIT = 50;
