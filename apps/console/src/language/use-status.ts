import { useTranslation } from 'react-i18next';
import { type Item } from '../api/shapes';
import { useOfficer } from '../session/use-session';
import { learnsOutcomeOnly, type Stage, stageOf } from '../referrals/stages';
import { useAgencyNames } from './use-words';

/** Whether we are told no more of this item than its outcome. */
const useOutcomeOnly = () => {
  const { agency: us } = useOfficer();
  const { kindOf } = useAgencyNames();
  return ({ kind, from }: Pick<Item, 'kind' | 'from'>): boolean =>
    kind === 'referral' && from === us && learnsOutcomeOnly(kindOf(us));
};

/** How an item stands, in the words of whoever looks: a referrer that learns the outcome alone reads nothing else in them. */
export const useStatusWords = () => {
  const { t } = useTranslation();
  const outcomeOnly = useOutcomeOnly();
  return (item: Item): string => {
    const words = t(`status.${item.kind}.${item.status}` as 'status.request.ISSUED');
    if (item.kind === 'disclosure' && item.status === 'ORDERED' && item.expired === true)
      return t('disclosure.over');
    if (!outcomeOnly(item) || ['ISSUED', 'REVOKED', 'CONSENT_WITHDRAWN'].includes(item.status))
      return words;
    return t(`referrals.outcome.${stageOf(item, true) as Exclude<Stage, 'feedback'>}`);
  };
};
