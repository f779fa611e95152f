import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactElement, useMemo, useState } from 'react';
import { GridList, GridListItem, ListLayout, Virtualizer } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { openItems, settledItems, unclosedItems } from '../api/queries';
import { type Item, type Kind } from '../api/shapes';
import { useStatusWords } from '../language/use-status';
import { useAgencyNames, useLocale } from '../language/use-words';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { remembered } from '../shell/place';
import { Select } from '../ui/field';
import { Icon, KIND_ICONS } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { byClock } from './clock';
import { ClockWords, useNow } from './clock-words';
import { type Turn, turnOf } from './turn';

const TURNS = ['ours', 'theirs', 'done'] as const satisfies readonly Turn[];
const KINDS = [
  'request',
  'contribution',
  'referral',
  'release',
  'recall',
] as const satisfies readonly Kind[];

/** A constant: another object would have every row laid out anew. */
const LAYOUT = { estimatedRowHeight: 64 };

type Row = Item & { readonly turn: Turn };

/** What a row says of an item, beside who is on the other side. */
const useRowWords = () => {
  const { t } = useTranslation();
  const statusOf = useStatusWords();
  return (row: Row, us: string): string => {
    const side = row.from === us ? 'from' : 'to';
    const what =
      row.kind === 'release' && row.grantee === us
        ? t('inbox.line.release.granted')
        : t(`inbox.line.${row.kind}.${side}`);
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
  const settled = useQuery({ ...settledItems, enabled: turn === 'done' });

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
      })),
    [open.data, unclosed.data, settled.data, us],
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
      <header className="screen-head">
        <div>
          <h1>{t('inbox.title')}</h1>
          <p className="quiet">{t('inbox.about')}</p>
        </div>
        {may.give(officer) && (
          <Link to="/compose" className="button button-main">
            <Icon name="compose" />
            {t('nav.compose')}
          </Link>
        )}
      </header>
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
              {one !== 'done' && <span className="count">{number(counted(one))}</span>}
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
                className="row"
                textValue={`${nameOf(row.from === us ? row.to : row.from)}: ${words(row, us)}`}
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
