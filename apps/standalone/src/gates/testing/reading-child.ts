// Several officers of one agency who read the same item as fast as they can, in a process of its own. Whatever one of them was shown is
// told to whoever started it, who ends the process when that pleases.
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { type ExchangeId, type Instant, type ItemId, type OfficerId } from '@tripoint/kernel';
import { type ConnectionSettings } from '@tripoint/adapters/embedded';

export type ReadingTask = {
  readonly settings: ConnectionSettings;
  readonly exchange: ExchangeId;
  readonly item: ItemId;
  /** How many read at the same time. */
  readonly readers: number;
  /** A word that no other child's reads have. */
  readonly mark: string;
};

export type ReadingTold =
  | { readonly told: 'loaded' }
  | { readonly told: 'shown'; readonly key: string; readonly events: number }
  | { readonly told: 'failed'; readonly why: string };

const tell = (told: ReadingTold): void => {
  process.send?.(told);
};

const read = async ({ settings, exchange, item, readers, mark }: ReadingTask): Promise<void> => {
  const { reads } = new AgencyDatabase(settings);
  await Promise.all(
    Array.from({ length: readers }, async (_, reader) => {
      for (let count = 0; ; count += 1) {
        const key = `${mark}-${reader}-${count}`;
        const access = {
          officer: `officer.${reader}` as OfficerId,
          purpose: 'PREVENTION',
          exchange,
          item,
          fields: [key],
          at: new Date().toISOString() as Instant,
        };
        const shown = await reads.release(access, (content) => content.item(item));
        tell({ told: 'shown', key, events: shown.length });
      }
    }),
  );
};

process.on('message', (task) => {
  read(task as ReadingTask).catch((thrown: unknown) => {
    tell({ told: 'failed', why: thrown instanceof Error ? (thrown.stack ?? '') : 'unknown' });
  });
});
process.on('disconnect', () => process.exit(1));
tell({ told: 'loaded' });
