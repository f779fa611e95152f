import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Purpose, referrals } from '../api/queries';
import { type Item } from '../api/shapes';
import { useNow } from '../inbox/clock-words';
import { useStatusWords } from '../language/use-status';
import { useAgencyNames, useLocale } from '../language/use-words';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { type Consent, ConsentMark } from './consent';
import { ReferralPanel } from './referral-panel';
import { learnsOutcomeOnly, type Stage, stageOf, stagesFor } from './stages';

const SIDES = ['to', 'from'] as const;
type Side = (typeof SIDES)[number];

const Card = ({
  item,
  us,
  consent,
  now,
  open,
  onOpen,
}: {
  readonly item: Item;
  readonly us: string;
  readonly consent: Consent | undefined;
  readonly now: number;
  readonly open: boolean;
  readonly onOpen: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { named } = useAgencyNames();
  const { moment } = useLocale();
  const standing = useStatusWords();
  const other = named(item.from === us ? item.to : item.from);
  return (
    <li className={`referral ${open ? 'referral-open' : ''}`}>
      <button type="button" className="referral-door" aria-expanded={open} onClick={onOpen}>
        <span className="referral-who" lang={other.lang}>
          {other.name}
        </span>
      </button>
      <p className="row-sub">
        {t(item.from === us ? 'referrals.line.from' : 'referrals.line.to')} · {standing(item)}
        {item.onItsWay > 0 && <> · {t('inbox.onItsWay')}</>}
      </p>
      <p className="referral-foot">
        <ConsentMark item={item} consent={consent} now={now} />
        <time dateTime={item.newestAt} className="quiet">
          {moment(item.newestAt)}
        </time>
      </p>
    </li>
  );
};

/** Everybody who was referred, by stage. Without a word of who they are, until one is opened for a purpose. */
export const Referrals = (): ReactElement => {
  const { t } = useTranslation();
  const officer = useOfficer();
  const us = officer.agency;
  const { kindOf } = useAgencyNames();
  const { number } = useLocale();
  const now = useNow(30_000);
  const found = useQuery(referrals);
  const [chosen, setSide] = useState<Side>();
  const [opened, setOpened] = useState<string>();
  // A purpose holds for one referral: whoever opens the next one says it anew.
  const [purpose, setPurpose] = useState<{ readonly item: string; readonly given: Purpose }>();
  const [consents, setConsents] = useState<ReadonlyMap<string, Consent>>(new Map());
  const side = chosen ?? (may.care(officer) ? 'to' : 'from');
  const rows = found.data ?? [];
  const onSide = (one: Side): readonly Item[] => rows.filter((row) => row[one] === us);
  const shown = onSide(side);
  const outcomeOnly = side === 'from' && learnsOutcomeOnly(kindOf(us));
  const item = shown.find((row) => row.item === opened);
  return (
    <div className={`screen screen-wide ${item === undefined ? '' : 'screen-board-open'}`}>
      <header className="screen-head">
        <div>
          <h1>{t('referrals.title')}</h1>
          <p className="quiet">
            {t(outcomeOnly ? 'referrals.outcomeOnly' : `referrals.about.${side}`)}
          </p>
        </div>
        {may.give(officer) && (
          <Link to="/compose" state={{ refers: true }} className="button button-main">
            <Icon name="person" />
            {t('compose.kind.referral')}
          </Link>
        )}
      </header>
      <div role="group" aria-label={t('referrals.sides')} className="segments board-sides">
        {SIDES.map((one) => (
          <button
            key={one}
            type="button"
            className="segment"
            aria-pressed={side === one}
            onClick={() => {
              setSide(one);
              setOpened(undefined);
            }}
          >
            {t(`referrals.side.${one}`)}
            <span className="count">{number(onSide(one).length)}</span>
          </button>
        ))}
      </div>
      {found.isError && <TroubleNote thrown={found.error} />}
      {found.isPending ? (
        <p className="quiet" role="status">
          {t('shell.loading')}
        </p>
      ) : shown.length === 0 ? (
        <div className="rows-empty empty">
          <Icon name="check" />
          <p className="empty-title">{t(`referrals.empty.${side}.title`)}</p>
          <p className="quiet">{t(`referrals.empty.${side}.about`)}</p>
        </div>
      ) : (
        <div className={item === undefined ? 'desk' : 'desk desk-open'}>
          <div className="board">
            {stagesFor(outcomeOnly).map((stage) => {
              const here = shown.filter((row) => stageOf(row, outcomeOnly) === stage);
              return (
                <section key={stage} className={`stage stage-${stage}`} aria-labelledby={stage}>
                  <h2 id={stage} className="stage-title">
                    {t(
                      outcomeOnly
                        ? `referrals.outcome.${stage as Exclude<Stage, 'feedback'>}`
                        : `referrals.stage.${stage}`,
                    )}
                    <span className="count">{number(here.length)}</span>
                  </h2>
                  {here.length === 0 ? (
                    <p className="quiet stage-none">{t('referrals.none')}</p>
                  ) : (
                    <ul className="stage-cards">
                      {here.map((row) => (
                        <Card
                          key={row.item}
                          item={row}
                          us={us}
                          consent={consents.get(row.item)}
                          now={now}
                          open={row.item === opened}
                          onOpen={() => {
                            setOpened(row.item === opened ? undefined : row.item);
                          }}
                        />
                      ))}
                    </ul>
                  )}
                </section>
              );
            })}
          </div>
          {item !== undefined && (
            <ReferralPanel
              key={item.item}
              item={item}
              now={now}
              purpose={purpose?.item === item.item ? purpose.given : undefined}
              onPurpose={(given) => {
                setPurpose({ item: item.item, given });
              }}
              onConsent={(consent) => {
                setConsents((before) => new Map(before).set(item.item, consent));
              }}
              onClose={() => {
                setOpened(undefined);
              }}
            />
          )}
        </div>
      )}
    </div>
  );
};
