import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type EventContent, type Item } from '../api/shapes';
import { useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { Fields } from '../exchange/said';

/** What a person agreed to, as far as this agency was told. */
export type Consent = {
  readonly purposes: readonly string[];
  readonly until: string;
  readonly [member: string]: unknown;
};

/** The consent that a referral came with, once its content is open. */
export const consentIn = (contents: readonly EventContent[]): Consent | undefined => {
  const issued = contents.find(({ type }) => type === 'ReferralIssued');
  const identity = issued?.parts['identity'] as { consent?: Consent } | undefined;
  return identity?.consent;
};

/** How the consent stands: withdrawn, run out, in force until; or, while the content is sealed, that there was one. */
export const ConsentMark = ({
  item,
  consent,
  now,
}: {
  readonly item: Item;
  readonly consent: Consent | undefined;
  readonly now: number;
}): ReactElement => {
  const { t } = useTranslation();
  const { day } = useLocale();
  if (item.status === 'CONSENT_WITHDRAWN')
    return (
      <span className="badge badge-danger">
        <Icon name="cross" />
        {t('consent.withdrawn')}
      </span>
    );
  if (consent === undefined)
    return (
      <span className="badge badge-plain">
        <Icon name="seal" />
        {t('consent.wasGiven')}
      </span>
    );
  const over = Date.parse(consent.until) <= now;
  return (
    <span className={`badge ${over ? 'badge-danger' : 'badge-good'}`}>
      <Icon name={over ? 'warning' : 'check'} />
      {t(over ? 'consent.ranOut' : 'consent.runs', { until: day(consent.until) })}
    </span>
  );
};

/** The consent itself, above everything that is done in its name. */
export const ConsentCard = (props: {
  readonly item: Item;
  readonly consent: Consent | undefined;
  readonly now: number;
}): ReactElement => {
  const { t } = useTranslation();
  const { consent, item } = props;
  const state = item.status === 'CONSENT_WITHDRAWN' ? 'withdrawn' : 'given';
  return (
    <section className={`consent-card consent-${state}`} aria-label={t('consent.title')}>
      <header className="consent-head">
        <h3>{t('consent.title')}</h3>
        <ConsentMark {...props} />
      </header>
      {state === 'withdrawn' && <p>{t('consent.withdrawnAbout')}</p>}
      {consent === undefined ? (
        <p className="quiet">{t('consent.sealed')}</p>
      ) : (
        <>
          <ul className="consent-purposes">
            {consent.purposes.map((one) => (
              <li key={one} className="tag">
                {t(`consentPurpose.${one as 'HEALTH'}`)}
              </li>
            ))}
          </ul>
          <details className="proof">
            <summary className="quiet">{t('consent.more')}</summary>
            <Fields told={consent} />
          </details>
        </>
      )}
    </section>
  );
};
