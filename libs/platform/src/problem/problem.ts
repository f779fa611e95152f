import { type Refusal } from '@tripoint/kernel';

/** One thing wrong with a request, and where: `pointer` is a JSON pointer as a URI fragment (RFC 6901 §6). */
export type Fault = { readonly pointer: string; readonly detail: string };

/**
 * A request that cannot be served. It carries a code; the status and the title belong to the code
 * (see `ProblemTable`), so that the same code can never be answered in two ways.
 */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: string,
    /** For people: lower case, no full stop, never case content. */
    readonly detail: string,
    readonly errors: readonly Fault[] = [],
  ) {
    super(detail);
  }
}

/** Turns a refusal into something a controller can throw: `if (isRefusal(x)) throw problem(x)`. */
export const problem = ({ refused, detail }: Refusal): Problem => new Problem(refused, detail);
