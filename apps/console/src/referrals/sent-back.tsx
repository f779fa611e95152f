import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Item, type TimelineEntry } from '../api/shapes';
import { useAgencyNames, useLocale } from '../language/use-words';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';
import { learnsOutcomeOnly } from './stages';

type Answer = Extract<
  TimelineEntry['type'],
  | 'ReferralAccepted'
  | 'ReferralRejected'
  | 'ReferralNotPossible'
  | 'ReferralFeedbackGiven'
  | 'ReferralCompleted'
  | 'ReferralServiceEnded'
>;
/** What the service says of a referral, and the part that goes beyond the outcome, if any. */
const BEYOND: Readonly<Record<Answer, 'needs' | 'welfare' | undefined>> = {
  ReferralAccepted: undefined,
  ReferralRejected: 'needs',
  ReferralNotPossible: 'needs',
  ReferralFeedbackGiven: 'welfare',
  ReferralCompleted: undefined,
  ReferralServiceEnded: undefined,
};
const isAnswer = (type: TimelineEntry['type']): type is Answer => Object.hasOwn(BEYOND, type);

/** Answer by answer: what whoever referred was told, and what stayed among services. */
export const SentBack = ({
  item,
  entries,
}: {
  readonly item: Item;
  readonly entries: readonly TimelineEntry[];
}): ReactElement | undefined => {
  const { t } = useTranslation();
  const { agency: us } = useOfficer();
  const { named, kindOf } = useAgencyNames();
  const { moment } = useLocale();
  const answers = entries.flatMap((entry) =>
    entry.issuer === item.to && isAnswer(entry.type) ? [{ ...entry, type: entry.type }] : [],
  );
  const outcomeOnly = learnsOutcomeOnly(kindOf(item.from));
  const referrer = named(item.from);
  if (item.to !== us)
    return (
      <p className="note note-plain">
        <Icon name="eye" />
        <span>{t(outcomeOnly ? 'referrals.outcomeOnly' : 'referrals.feedbackToo')}</span>
      </p>
    );
  return (
    <section className="sent-back" aria-labelledby={`b-${item.item}`}>
      <h3 id={`b-${item.item}`}>{t('referrals.sentBack.title')}</h3>
      <p className="quiet">
        <span lang={referrer.lang}>{referrer.name}</span>{' '}
        {t(outcomeOnly ? 'referrals.sentBack.outcome' : 'referrals.sentBack.feedback')}
      </p>
      {answers.length === 0 ? (
        <p>{t('referrals.sentBack.nothing')}</p>
      ) : (
        <div className="scroll">
          <table className="audience">
            <caption className="unseen">{t('referrals.sentBack.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('referrals.sentBack.answer')}</th>
                <th scope="col" lang={referrer.lang}>
                  {referrer.name}
                </th>
              </tr>
            </thead>
            <tbody>
              {answers.map(({ event, type, recordedAt, compartments }) => {
                const beyond = BEYOND[type];
                const said = beyond !== undefined && compartments.includes(beyond);
                // That there is feedback, and that a service has ended, would tell police that a person was in care.
                const untold =
                  type === 'ReferralServiceEnded' ||
                  (outcomeOnly && type === 'ReferralFeedbackGiven');
                return (
                  <tr key={event}>
                    <th scope="row">
                      {t(`referrals.answer.${type}`)}
                      <span className="hint">{moment(recordedAt)}</span>
                    </th>
                    <td className={`cell ${untold ? 'cell-not' : 'cell-yes'}`}>
                      <span className="cell-word">
                        <Icon name={untold ? 'lock' : 'eye'} />
                        {t(untold ? 'referrals.told.nothing' : 'referrals.told.outcome')}
                      </span>
                      {said && !untold && (
                        <span className="hint">
                          {t(outcomeOnly ? 'referrals.told.without' : 'referrals.told.with', {
                            part: t(`compartment.${beyond}`),
                          })}
                        </span>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
};
