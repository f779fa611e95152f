import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactElement, useMemo, useState } from 'react';
import { GridList, GridListItem, ListLayout, Virtualizer } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { erasures } from '../api/erasures';
import { openItems, settledItems, unclosedItems } from '../api/queries';
import { type Erasure, type Item, type Kind } from '../api/shapes';
import { useStatusWords } from '../language/use-status';
import { useAgencyNames, useLocale } from '../language/use-words';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { remembered } from '../shell/place';
import { Select } from '../ui/field';
import { Icon, KIND_ICONS } from '../ui/icon';
import { ScreenHead } from '../ui/screen';
import { TroubleNote } from '../ui/trouble';
import { byClock } from './clock';
import { ClockWords, useNow } from './clock-words';
import { type Turn, turnOf } from './turn';

/** What is worked on with others: a hold waits for nobody. */
type Traded = Exclude<Kind, 'hold'>;

const TURNS = ['ours', 'theirs', 'done'] as const satisfies readonly Turn[];
const KINDS = [
  'request',
  'contribution',
  'referral',
  'release',
  'recall',
  'disclosure',
] as const satisfies readonly Traded[];

/** A constant: another object would have every row laid out anew. */
const LAYOUT = { estimatedRowHeight: 64 };

type Row = Item & {
  readonly turn: Turn;
  /** How the newest erasure of something in it stands here. */
  readonly erased?: Erasure['status'] | undefined;
};

/** What a row says of an item, beside who is on the other side. */
const useRowWords = () => {
  const { t } = useTranslation();
  const statusOf = useStatusWords();
  return (row: Row, us: string): string => {
    const side = row.from === us ? 'from' : 'to';
    const what =
      row.kind === 'release' && row.grantee === us
        ? t('inbox.line.release.granted')
        : t(`inbox.line.${row.kind as Traded}.${side}`);
    return [what, statusOf(row), ...(row.onItsWay > 0 ? [t('inbox.onItsWay')] : [])].join(' · ');
  };
};

const Line = ({
  row,
  us,
  now,
}: {
  readonly row: Row;
  readonly us: string;
  readonly now: number;
}): ReactElement => {
  const { t } = useTranslation();
  const { named } = useAgencyNames();
  const { moment } = useLocale();
  const words = useRowWords();
  const other = named(row.from === us ? row.to : row.from);
  return (
    <>
      <span className={`row-kind row-kind-${row.kind}`}>
        <Icon name={KIND_ICONS[row.kind]} />
      </span>
      <span className="row-main">
        <span className="row-title">
          <span lang={other.lang}>{other.name}</span>
          {row.urgency === 'URGENT' && (
            <span className="tag tag-urgent">{t('urgency.URGENT')}</span>
          )}
          {row.erased !== undefined && (
            <span className="tag tag-erased">
              <Icon name="erase" />
              {t(`inbox.erased.${row.erased}`)}
            </span>
          )}
        </span>
        <span className="row-sub">{words(row, us)}</span>
      </span>
      <span className="row-end">
        <ClockWords item={row} now={now} />
        <span className="quiet">{moment(row.newestAt)}</span>
      </span>
    </>
  );
};

/** Whoever had to forget something of ours in time, and has not said that it is gone. */
const Overdue = ({
  rows,
  us,
}: {
  readonly rows: readonly Erasure[];
  readonly us: string;
}): ReactElement => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const { list, moment } = useLocale();
  return (
    <>
      {rows
        .filter(
          (row) => row.originator === us && row.overdue.length > 0 && row.completedAt === undefined,
        )
        .map((row) => (
          <p key={row.item} className="note note-danger">
            <Icon name="warning" />
            <span>
              {t('inbox.overdue', {
                names: list(row.overdue.map(nameOf)),
                until: moment(row.until),
              })}{' '}
              <Link
                to="/exchange"
                state={remembered({
                  exchange: row.exchange,
                  ...(row.saidIn === undefined ? {} : { item: row.saidIn }),
                })}
              >
                {t('search.open')}
              </Link>
            </span>
          </p>
        ))}
    </>
  );
};

/** What needs somebody now, and what has been done: without a word of what is in it. */
export const Inbox = (): ReactElement => {
  const { t } = useTranslation();
  const officer = useOfficer();
  const us = officer.agency;
  const { nameOf } = useAgencyNames();
  const { number, compare } = useLocale();
  const words = useRowWords();
  const navigate = useNavigate();
  const now = useNow();
  const [turn, setTurn] = useState<Turn>('ours');
  const [kind, setKind] = useState<Kind | ''>('');
  const [other, setOther] = useState('');
  const open = useQuery(openItems);
  const unclosed = useQuery(unclosedItems(us));
  const forgotten = useQuery(erasures);
  const settled = useQuery({ ...settledItems, enabled: turn === 'done' });

  const erased = useMemo(
    () =>
      new Map(
        (forgotten.data ?? [])
          .filter(({ status }) => status !== 'IN_VAIN')
          .map(({ saidIn, status }) => [saidIn, status]),
      ),
    [forgotten.data],
  );
  const rows = useMemo(
    () =>
      [
        ...new Map(
          [...(settled.data ?? []), ...(unclosed.data ?? []), ...(open.data ?? [])].map((item) => [
            item.item,
            item,
          ]),
        ).values(),
      ].map((item): Row => ({
        ...item,
        turn: turnOf(item, us),
        erased: erased.get(item.item),
      })),
    [open.data, unclosed.data, settled.data, erased, us],
  );
  const others = useMemo(
    () =>
      [...new Set(rows.flatMap(({ from, to }) => [from, to]))]
        .filter((id) => id !== us)
        .map((value) => ({ value, label: nameOf(value) }))
        .sort((a, b) => compare(a.label, b.label)),
    [rows, us, nameOf, compare],
  );
  const shown = useMemo(
    () =>
      rows
        .filter(
          (row) =>
            row.turn === turn &&
            (kind === '' || row.kind === kind) &&
            (other === '' || row.from === other || row.to === other),
        )
        .sort(byClock),
    [rows, turn, kind, other],
  );
  const counted = (one: Turn): number => rows.filter((row) => row.turn === one).length;
  const asked = turn === 'done' ? settled : open;

  return (
    <div className="screen screen-list">
      <ScreenHead title={t('inbox.title')} about={t('inbox.about')}>
        {may.give(officer) && (
          <Link to="/compose" className="button button-main">
            <Icon name="compose" />
            {t('nav.compose')}
          </Link>
        )}
      </ScreenHead>
      <div className="filters">
        <div role="group" aria-label={t('inbox.turns')} className="segments">
          {TURNS.map((one) => (
            <button
              key={one}
              type="button"
              className="segment"
              aria-pressed={turn === one}
              onClick={() => {
                setTurn(one);
              }}
            >
              {t(`inbox.turn.${one}`)}
              {one !== 'done' && open.isSuccess && (
                <span className="count">{number(counted(one))}</span>
              )}
            </button>
          ))}
        </div>
        <Select
          label={t('inbox.kind')}
          value={kind}
          onChange={setKind}
          none={t('inbox.all')}
          choices={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          required
        />
        <Select
          label={t('inbox.with')}
          value={other}
          onChange={setOther}
          none={t('inbox.all')}
          choices={others}
          required
        />
      </div>
      <Overdue rows={forgotten.data ?? []} us={us} />
      {asked.isError && <TroubleNote thrown={asked.error} />}
      {asked.isPending ? (
        <p className="quiet" role="status">
          {t('shell.loading')}
        </p>
      ) : shown.length === 0 ? (
        <div className="rows-empty empty">
          <Icon name="check" />
          <p className="empty-title">{t(`inbox.empty.${turn}.title`)}</p>
          <p className="quiet">{t(`inbox.empty.${turn}.about`)}</p>
        </div>
      ) : (
        <Virtualizer layout={ListLayout} layoutOptions={LAYOUT}>
          <GridList
            aria-label={t(`inbox.turn.${turn}`)}
            className="rows"
            items={shown}
            dependencies={[now, us, t]}
            onAction={(id) => {
              const row = shown.find(({ item }) => item === id);
              if (row !== undefined)
                void navigate({
                  to: '/exchange',
                  state: remembered({ exchange: row.exchange, item: row.item }),
                });
            }}
          >
            {(row) => (
              <GridListItem
                id={row.item}
                className={row.erased === undefined ? 'row' : 'row row-erased'}
                textValue={[
                  `${nameOf(row.from === us ? row.to : row.from)}: ${words(row, us)}`,
                  ...(row.erased === undefined ? [] : [t(`inbox.erased.${row.erased}`)]),
                ].join(' · ')}
              >
                <Line row={row} us={us} now={now} />
              </GridListItem>
            )}
          </GridList>
        </Virtualizer>
      )}
    </div>
  );
};
