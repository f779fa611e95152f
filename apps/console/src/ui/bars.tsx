import { type ReactElement } from 'react';
import { useLocale } from '../language/use-words';

export type Counted = { readonly key: string; readonly count: number };

export const counted = (keys: readonly string[]): readonly Counted[] => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count);
};

/** Bars that say in words and numbers what they show. Choosing one narrows the list to it. */
export const Bars = ({
  title,
  level: Heading = 'h2',
  rows,
  nameOf,
  chosen,
  onChoose,
}: {
  readonly title: string;
  readonly level?: 'h2' | 'h3';
  readonly rows: readonly Counted[];
  readonly nameOf: (key: string) => string;
  readonly chosen: string | undefined;
  readonly onChoose: (key: string | undefined) => void;
}): ReactElement => {
  const { number } = useLocale();
  const most = Math.max(...rows.map(({ count }) => count), 1);
  return (
    <section className="bars" aria-label={title}>
      <Heading>{title}</Heading>
      <ul>
        {rows.map(({ key, count }) => (
          <li key={key}>
            <button
              type="button"
              className="bar-row"
              aria-pressed={chosen === key}
              onClick={() => {
                onChoose(chosen === key ? undefined : key);
              }}
            >
              <span className="bar-name">{nameOf(key)}</span>
              <svg
                className="bar"
                viewBox="0 0 100 8"
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                <rect className="bar-ground" width="100" height="8" rx="2" />
                <rect className="bar-events" width={(100 * count) / most} height="8" rx="2" />
              </svg>
              <span className="amount">{number(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
