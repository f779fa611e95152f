/** Which stretch of a list is asked for. `after` is the cursor that the page before ended with. */
export type PageRequest = { readonly after?: string; readonly limit: number };

/** A stretch of a list; `next` is absent on the last one. Cursors are opaque and stay good while rows are added. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly next?: string };
