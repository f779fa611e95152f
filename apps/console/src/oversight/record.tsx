import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { GridList, GridListItem, ListLayout, Virtualizer } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { ScreenHead } from '../ui/screen';
import { TroubleNote } from '../ui/trouble';
import { LeafPanel } from './leaf-panel';
import { useMemberNames } from './names';
import { leavesUpTo, type LogRow, verification } from './queries';
import { Strip, type Tone, toneOf } from './strip';

/** A constant: another object would have every row laid out anew. */
const LAYOUT = { estimatedRowHeight: 52 };

const useLeafWords = () => {
  const { t } = useTranslation();
  const { nameOf } = useMemberNames();
  return ({ kind, family, issuer }: LogRow): string => {
    const what =
      family === undefined ? t(`leafKind.${kind as 'event'}`) : t(`family.${family as 'request'}`);
    return issuer === undefined ? what : `${nameOf(issuer)} · ${what}`;
  };
};

const Row = ({ row }: { readonly row: LogRow }): ReactElement => {
  const { t } = useTranslation();
  const { moment, number } = useLocale();
  const words = useLeafWords();
  return (
    <>
      <span className={`leaf-no legend-${toneOf(row)}`}>{number(row.index)}</span>
      <span className="row-main">
        <span className="row-title">{words(row)}</span>
      </span>
      <span className="row-end row-marks">
        {row.code !== undefined && (
          <span className="badge badge-danger">
            <Icon name="cross" />
            {t('record.rejected')}
          </span>
        )}
        {row.late && <span className="badge badge-warn">{t('record.late')}</span>}
        {row.allowed > 0 && (
          <span className="badge badge-good">
            <Icon name="eye" />
            {t('record.allowed', { count: row.allowed })}
          </span>
        )}
        {row.denied > 0 && (
          <span className="badge badge-danger">
            <Icon name="lock" />
            {t('record.denied', { count: row.denied })}
          </span>
        )}
        <span className="quiet">{moment(row.at)}</span>
      </span>
    </>
  );
};

/** The log as it stood as of a leaf: every line of it, what was decided there, and the proof that it is there. */
export const OversightRecord = (): ReactElement => {
  const { t } = useTranslation();
  const { number } = useLocale();
  const words = useLeafWords();
  const state = useQuery(verification);
  const size = Number(state.data?.verified ?? 0);
  // Whoever has not moved the slider goes along with the log.
  const [chosen, setAsOf] = useState<number>();
  const asOf = Math.min(chosen ?? size - 1, size - 1);
  const leaves = useQuery(leavesUpTo(asOf));
  const [leaf, setLeaf] = useState<string>();
  const rows = leaves.data?.rows ?? [];
  const [hidden, setHidden] = useState<readonly Tone[]>([]);
  const newestFirst = rows.filter((row) => !hidden.includes(toneOf(row))).reverse();
  return (
    <div className="screen screen-wide">
      <ScreenHead title={t('record.title')} about={t('record.about')}>
        {state.data !== undefined && (
          <p
            className={`verdict verdict-small ${state.data.sound ? 'verdict-good' : 'verdict-bad'}`}
          >
            <Icon name={state.data.sound ? 'shield' : 'warning'} />
            <span>{t(state.data.sound ? 'record.sound' : 'record.unsound')}</span>
          </p>
        )}
      </ScreenHead>
      {state.isError && <TroubleNote thrown={state.error} />}
      {size > 0 && (
        <section className="card slider" aria-label={t('record.asOf')}>
          <div className="slider-head">
            <label htmlFor="as-of">{t('record.asOf')}</label>
            <output htmlFor="as-of" className="slider-value">
              {t('record.asOfIs', { index: number(asOf), of: number(size - 1) })}
            </output>
            {chosen !== undefined && (
              <button
                type="button"
                className="button button-small"
                onClick={() => {
                  setAsOf(undefined);
                }}
              >
                {t('record.toNow')}
              </button>
            )}
          </div>
          <input
            id="as-of"
            type="range"
            min={0}
            max={size - 1}
            value={asOf}
            onChange={({ target }) => {
              setAsOf(Number(target.value));
            }}
          />
          <Strip
            rows={rows}
            hidden={hidden}
            onHidden={setHidden}
            chosen={leaf}
            onChoose={setLeaf}
          />
        </section>
      )}
      {leaves.isError && <TroubleNote thrown={leaves.error} />}
      <div className={leaf === undefined ? 'desk' : 'desk desk-open desk-even'}>
        {newestFirst.length > 0 && (
          <Virtualizer layout={ListLayout} layoutOptions={LAYOUT}>
            <GridList
              aria-label={t('record.leaves')}
              className="rows rows-leaves"
              items={newestFirst}
              dependencies={[t]}
              onAction={(id) => {
                setLeaf(String(id));
              }}
            >
              {(row) => (
                <GridListItem id={row.index} className="row" textValue={words(row)}>
                  <Row row={row} />
                </GridListItem>
              )}
            </GridList>
          </Virtualizer>
        )}
        {leaf !== undefined && (
          <LeafPanel
            key={leaf}
            index={leaf}
            asOf={String(Math.max(asOf, Number(leaf)))}
            onClose={() => {
              setLeaf(undefined);
            }}
          />
        )}
      </div>
    </div>
  );
};
