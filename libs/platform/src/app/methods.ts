/**
 * Which methods the routes of an application answer, by path: what `Allow` says where another one was used. Only routes are looked
 * at, and never what an id in a path stands for.
 */
export class Methods {
  readonly #routes: { readonly method: string; readonly parts: readonly string[] }[] = [];

  /** Notes a route; `url` is its pattern. */
  add(methods: string | readonly string[], url: string): void {
    // What stands for every path says nothing of any.
    if (url === '*' || url === '/*') return;
    const parts = partsOf(url);
    for (const method of [methods].flat()) this.#routes.push({ method, parts });
  }

  /** The methods of the routes that `url` could be of, sorted; none where there is no such route. */
  at(url: string): readonly string[] {
    const asked = partsOf(url.split('?', 1)[0] ?? '');
    const found = this.#routes.filter(({ parts }) => fits(parts, asked));
    return [...new Set(found.map(({ method }) => method))].sort();
  }
}

const partsOf = (url: string): readonly string[] => url.split('/');

const fits = (parts: readonly string[], asked: readonly string[]): boolean =>
  (parts.at(-1) === '*' ? asked.length >= parts.length : asked.length === parts.length) &&
  parts.every((part, n) => part === '*' || part === asked[n] || isName(part, asked[n]));

const isName = (part: string, asked: string | undefined): boolean =>
  part.startsWith(':') && asked !== undefined && asked !== '';
