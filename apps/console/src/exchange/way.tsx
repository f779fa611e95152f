import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Submission } from '../api/shapes';
import { useAgencyNames, useLocale } from '../language/use-words';

const STAGES = ['sealed', 'sent', 'recorded', 'delivered', 'opened'] as const;

/** How far one of our own envelopes has come, and who has said that it is there. */
export const Way = ({ submission }: { readonly submission: Submission }): ReactElement => {
  const { t } = useTranslation();
  const { moment, list, number } = useLocale();
  const { nameOf } = useAgencyNames();
  const { stage, sealedAt, sentAt, leaf, recordedAt, addressees, deliveredTo, openedBy } =
    submission;
  const reached = STAGES.indexOf(stage);
  // What is addressed to nobody else has arrived once it is recorded.
  const stays = addressees === 0 && leaf !== undefined;
  const told: Readonly<Record<(typeof STAGES)[number], string | undefined>> = {
    sealed: moment(sealedAt),
    sent: sentAt === undefined ? undefined : moment(sentAt),
    recorded:
      leaf === undefined || recordedAt === undefined
        ? undefined
        : `${t('way.leaf', { leaf: number(leaf) })}, ${moment(recordedAt)}`,
    delivered:
      addressees === 0 ? t('way.nobody') : t('way.given', { given: deliveredTo, of: addressees }),
    opened: openedBy.length === 0 ? undefined : list(openedBy.map(nameOf)),
  };
  return (
    <ol className="way" aria-label={t('way.title')}>
      {STAGES.filter((one) => !stays || one !== 'opened').map((one, at) => {
        const done = at <= reached || stays;
        return (
          <li key={one} className={done ? 'way-done' : 'way-ahead'}>
            <span className="way-stage">{t(`way.${one}`)}</span>
            <span className="quiet">{done ? told[one] : t('way.ahead')}</span>
          </li>
        );
      })}
    </ol>
  );
};
