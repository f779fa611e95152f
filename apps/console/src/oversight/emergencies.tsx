import { useQuery } from '@tanstack/react-query';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ReviewBadge } from '../emergency/review';
import { useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { Awaited, ScreenHead } from '../ui/screen';
import { useMemberNames } from './names';
import { type Drill, type OrderedDisclosure, orderedDisclosures } from './queries';

/** When custodians have last shown that their shares give a key, and by when they are to show it again. */
const Drills = ({ drill }: { readonly drill: Drill | undefined }): ReactElement => {
  const { t } = useTranslation();
  const { number, moment } = useLocale();
  return (
    <section className="card" aria-labelledby="drills">
      <h2 id="drills">{t('drills.title')}</h2>
      <p className="quiet">{t('drills.about')}</p>
      {drill === undefined ? (
        <p>{t('keys.noCustody')}</p>
      ) : (
        <p className={`note ${drill.overdue ? 'note-danger' : 'note-plain'}`}>
          <Icon name={drill.overdue ? 'warning' : 'clock'} />
          <span>
            {drill.provenLeaf === undefined || drill.provenAt === undefined
              ? t('drills.never')
              : t('drills.proven', {
                  leaf: number(drill.provenLeaf),
                  at: moment(drill.provenAt),
                })}{' '}
            {t(drill.overdue ? 'drills.overdue' : 'drills.due', { at: moment(drill.due) })}
          </span>
        </p>
      )}
    </section>
  );
};

/** One order to disclose: who ordered it of whom and for whom, who handed over a share, and what oversight has said of it. */
const Ordered = ({ row }: { readonly row: OrderedDisclosure }): ReactElement => {
  const { t } = useTranslation();
  const { named, nameOf } = useMemberNames();
  const { number, moment } = useLocale();
  const { item, originator, orderedBy, beneficiary, emergency, ground, released, declined } = row;
  const facts: readonly (readonly [string, string])[] = [
    [t('order.saidBy'), nameOf(originator)],
    [t('said.beneficiary'), nameOf(beneficiary)],
    ...(ground === undefined
      ? []
      : [[t('said.ground'), t(`ground.${ground as 'DANGER_TO_LIFE'}`)] as const]),
    [t('release.until'), moment(row.until)],
  ];
  return (
    <li>
      <section className="card" aria-labelledby={`o-${item}`}>
        <div className="item-head">
          <span className="row-kind row-kind-disclosure">
            <Icon name="glass" />
          </span>
          <div className="item-title">
            <h2 id={`o-${item}`}>
              {t(emergency ? 'order.emergency' : 'order.disclosure', { by: nameOf(orderedBy) })}
            </h2>
            <p className="item-state">
              <span className="quiet">
                {t('way.leaf', { leaf: number(row.leaf) })}, {moment(row.at)}
              </span>
              {row.ended && <span className="tag">{t('disclosure.over')}</span>}
              {emergency && <ReviewBadge review={row.review} overdue={row.overdue} />}
              {row.review === undefined && row.reviewDue !== undefined && (
                <span className="quiet">{t('review.due', { at: moment(row.reviewDue) })}</span>
              )}
            </p>
          </div>
        </div>
        <dl className="said">
          {facts.map(([term, words]) => (
            <div key={term} className="told">
              <dt>{term}</dt>
              <dd>{words}</dd>
            </div>
          ))}
          <div className="told">
            <dt>{t('order.reference')}</dt>
            <dd>
              <code>{item}</code>
            </dd>
          </div>
          <div className="told">
            <dt>{t('disclosure.reference')}</dt>
            <dd>
              <code>{row.event}</code>
            </dd>
          </div>
        </dl>
        <ul className="receipts" aria-label={t('disclosure.shares')}>
          {released.length + declined.length === 0 && (
            <li>
              <span className="quiet">{t('disclosure.noShares')}</span>
            </li>
          )}
          {[...released, ...declined].map((agency) => {
            const gave = released.includes(agency);
            return (
              <li key={agency}>
                <span className="row-main note-title" lang={named(agency).lang}>
                  {nameOf(agency)}
                </span>
                <span className={`badge ${gave ? 'badge-good' : 'badge-plain'}`}>
                  <Icon name={gave ? 'check' : 'cross'} />
                  {t(gave ? 'disclosure.gave' : 'disclosure.declined')}
                </span>
              </li>
            );
          })}
        </ul>
      </section>
    </li>
  );
};

/** What custodians were ordered to disclose, and whether they are practised in it. An emergency is for oversight to judge. */
export const OversightEmergencies = (): ReactElement => {
  const { t } = useTranslation();
  const { number } = useLocale();
  const found = useQuery(orderedDisclosures);
  const rows = found.data?.rows ?? [];
  return (
    <div className="screen">
      <ScreenHead title={t('emergencies.title')} about={t('emergencies.about')} />
      <Awaited found={found} />
      {found.data !== undefined && <Drills drill={found.data.drill} />}
      {found.data?.rows.length === 0 && (
        <div className="rows-empty empty">
          <Icon name="check" />
          <p className="empty-title">{t('emergencies.none')}</p>
        </div>
      )}
      {found.data !== undefined && rows.length > 0 && (
        <p className="quiet">
          {t('emergencies.counts', {
            count: number(found.data.found),
            overdue: number(found.data.overdue),
          })}
        </p>
      )}
      <ul className="proposals">
        {rows.map((row) => (
          <Ordered key={row.item} row={row} />
        ))}
      </ul>
    </div>
  );
};
