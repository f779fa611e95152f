import { DEFAULT_LIMIT } from '@tripoint/contracts';
import { HubError } from '@tripoint/kernel';
import { cursorsOf, Problem } from '@tripoint/platform';
import { type Page, type PageRequest } from '@tripoint/read-model';

/** What a caller asks a list for. */
type Asked = { readonly after?: string | undefined; readonly limit?: number | undefined };

/**
 * The pages of one list. The store's cursors do not say which list they belong to; these do, so that one taken from
 * another list is refused.
 */
export const pagesOf = (list: string) => {
  const cursors = cursorsOf(list, ['text']);
  return async <Row, Shown>(
    { after, limit = DEFAULT_LIMIT }: Asked,
    show: (row: Row) => Shown,
    look: (page: PageRequest) => Promise<Page<Row>>,
  ): Promise<{ rows: Shown[]; next?: string }> => {
    const [place] = after === undefined ? [] : cursors.read(after);
    const { rows, next } = await look({
      limit,
      ...(place === undefined ? {} : { after: place }),
    }).catch((thrown: unknown): never => {
      if (thrown instanceof HubError && thrown.code === 'cursor-malformed')
        throw new Problem('cursor-invalid', 'the cursor is not one of this list');
      throw thrown;
    });
    return {
      rows: rows.map(show),
      ...(next === undefined ? {} : { next: cursors.after([next]) }),
    };
  };
};
