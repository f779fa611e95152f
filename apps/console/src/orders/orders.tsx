import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Outcome, SealedNote } from '../exchange/sealed';
import { Icon, type IconName } from '../ui/icon';
import { ScreenHead } from '../ui/screen';
import { ImposeDisclosure } from './impose-disclosure';
import { ImposeErasure } from './impose-erasure';
import { ToReview } from './to-review';

const FORMS = ['erasure', 'disclosure'] as const;
type FormName = (typeof FORMS)[number];
const ICONS: Readonly<Record<FormName, IconName>> = {
  erasure: 'erase',
  disclosure: 'glass',
};
const ABOUT = {
  erasure: 'orders.erasureHint',
  disclosure: 'orders.disclosureHint',
} as const satisfies Record<FormName, string>;
const DO = {
  erasure: 'orders.erasureDo',
  disclosure: 'orders.disclosureDo',
} as const satisfies Record<FormName, string>;

/** What oversight orders of others, and says of emergencies. It holds nothing of what it is about: the record shows what to name. */
export const Orders = (): ReactElement => {
  const { t } = useTranslation();
  const [form, setForm] = useState<FormName>();
  const [outcome, setOutcome] = useState<Outcome>();
  const inForm = {
    onDone: (done: Outcome) => {
      setForm(undefined);
      setOutcome(done);
    },
  };
  return (
    <div className="screen screen-form">
      <ScreenHead title={t('orders.title')} about={t('orders.about')} />
      {form === undefined && <SealedNote outcome={outcome} />}
      {form === undefined && <ToReview />}
      {form === undefined && (
        <div className="proposals">
          {FORMS.map((name) => (
            <section key={name} className="card" aria-labelledby={`order-${name}`}>
              <h2 id={`order-${name}`}>{t(`orders.${name}`)}</h2>
              <p className="quiet">{t(ABOUT[name])}</p>
              <div className="buttons">
                <button
                  type="button"
                  className="button"
                  aria-describedby={`order-${name}`}
                  onClick={() => {
                    setOutcome(undefined);
                    setForm(name);
                  }}
                >
                  <Icon name={ICONS[name]} />
                  {t(DO[name])}
                </button>
              </div>
            </section>
          ))}
        </div>
      )}
      {form === 'erasure' && <ImposeErasure {...inForm} />}
      {form === 'disclosure' && <ImposeDisclosure {...inForm} />}
    </div>
  );
};
