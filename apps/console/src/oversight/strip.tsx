import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../language/use-words';
import { type LogRow } from './queries';

const TONES = ['event', 'receipt', 'own', 'denied', 'bad'] as const;
export type Tone = (typeof TONES)[number];

/** How a leaf is drawn: what it is about by its place and height, what was denied by a mark of its own. */
export const toneOf = ({ kind, code, denied, family }: LogRow): Tone => {
  if (code !== undefined) return 'bad';
  if (denied > 0) return 'denied';
  if (kind !== 'event') return 'own';
  return family === 'receipt' ? 'receipt' : 'event';
};

const WIDTH = 900;
const HEIGHT = 84;
const BASE = 72;
const HEIGHTS: Readonly<Record<Tone, number>> = {
  bad: 60,
  denied: 60,
  event: 46,
  receipt: 22,
  own: 10,
};

/**
 * A stretch of the log as a strip: a line for each leaf, the newest on the right. The list below says the same in words. What one does not
 * look for is left out of both: the log says much of its own.
 */
export const Strip = ({
  rows,
  hidden,
  onHidden,
  chosen,
  onChoose,
}: {
  readonly rows: readonly LogRow[];
  readonly hidden: readonly Tone[];
  readonly onHidden: (tones: readonly Tone[]) => void;
  readonly chosen: string | undefined;
  readonly onChoose: (index: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { number } = useLocale();
  const shown = rows.filter((row) => !hidden.includes(toneOf(row)));
  const step = WIDTH / Math.max(shown.length, 40);
  const first = rows[0];
  const last = rows.at(-1);
  const count = (tone: Tone): string => number(rows.filter((row) => toneOf(row) === tone).length);
  return (
    <figure className="strip">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('record.strip', {
          from: number(first?.index ?? 0),
          to: number(last?.index ?? 0),
          events: count('event'),
          denied: count('denied'),
        })}
      >
        <line className="strip-base" x1="0" x2={WIDTH} y1={BASE} y2={BASE} />
        {shown.map((row, at) => {
          const tone = toneOf(row);
          const tall = HEIGHTS[tone];
          return (
            <rect
              key={row.index}
              className={`strip-leaf strip-${tone} ${row.index === chosen ? 'strip-chosen' : ''}`}
              x={at * step + step * 0.15}
              width={Math.max(step * 0.7, 1)}
              y={BASE - tall}
              height={tall}
              rx={Math.min(step * 0.2, 2)}
              onClick={() => {
                onChoose(row.index);
              }}
            />
          );
        })}
      </svg>
      <figcaption>
        <div className="legend" role="group" aria-label={t('record.show')}>
          {TONES.map((tone) => (
            <button
              key={tone}
              type="button"
              className="legend-entry"
              aria-pressed={!hidden.includes(tone)}
              onClick={() => {
                onHidden(TONES.filter((one) => hidden.includes(one) !== (one === tone)));
              }}
            >
              <span className={`legend-mark legend-${tone}`} aria-hidden="true" />
              {t(`record.tone.${tone}`)} <span className="quiet">{count(tone)}</span>
            </button>
          ))}
        </div>
      </figcaption>
    </figure>
  );
};
