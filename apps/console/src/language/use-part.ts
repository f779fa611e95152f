import { COMPARTMENTS } from '@tripoint/domain';
import { useTranslation } from 'react-i18next';

const isCompartment = (name: string): name is (typeof COMPARTMENTS)[number] =>
  (COMPARTMENTS as readonly string[]).includes(name);

/** What a part of an event is called in the log: what officers know, a share of a key for a custodian, or what came after this version. */
export const usePartWords = () => {
  const { t } = useTranslation();
  return (name: string): string => {
    if (isCompartment(name)) return t(`compartment.${name}`);
    const [, share] = /^custody-(\d+)$/.exec(name) ?? [];
    return share === undefined ? name : t('record.share', { number: share });
  };
};
