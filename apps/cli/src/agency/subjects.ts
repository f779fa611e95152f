import { type ReadSubject } from '@tripoint/domain';
import { isExchangeId, isItemId } from '@tripoint/kernel';
import { UsageError } from '../command.js';

/** What every command takes that is about where somebody is named. */
export const ABOUT_OPTIONS = {
  about: { type: 'string', multiple: true, default: [] as string[] },
} as const;

export const ABOUT_USAGE =
  '  --about EXCHANGE[/ITEM]  an exchange with all that is in it, or one item of it; once for each';

/** What `--about` names. @throws {UsageError} */
export const subjectsIn = (about: readonly string[]): readonly ReadSubject[] => {
  if (about.length === 0) throw new UsageError('bad-arguments', '--about is missing');
  return about.map((text) => {
    const [exchange, item, ...more] = text.split('/');
    if (!isExchangeId(exchange) || more.length > 0 || (item !== undefined && !isItemId(item)))
      throw new UsageError(
        'bad-arguments',
        '--about is the id of an exchange, or that and the id of an item with / between them',
      );
    return item === undefined ? { exchange } : { exchange, item };
  });
};
