import { PURPOSES } from '@tripoint/domain';
import { useTranslation } from 'react-i18next';

const isPurpose = (code: string): code is (typeof PURPOSES)[number] =>
  (PURPOSES as readonly string[]).includes(code);

/** What content was read for, in words; a code of a later version as it is. */
export const usePurposeWords = () => {
  const { t } = useTranslation();
  return (code: string): string => (isPurpose(code) ? t(`purpose.codes.${code}`) : code);
};
