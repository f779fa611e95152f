import { CLASSIFICATIONS, HANDLING_CODES, aboveRestricted } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Marking } from '../api/shapes';
import { Checks, Radios, TextArea } from '../ui/field';

/** What a marking is before anybody has chosen: protected, and free to be used for what it was given for. */
export const FIRST_MARKING: Marking = { classification: 'BPL', handling: [] };

/** The network carries nothing above R-UE/EU-R, so nothing above it can be chosen. */
const CARRIED = CLASSIFICATIONS.filter((one) => !aboveRestricted(one));

/** How far what is said may travel, in plain words. */
export const MarkingFields = ({
  value,
  onChange,
  restrictions,
}: {
  readonly value: Marking;
  readonly onChange: (marking: Marking) => void;
  /** Where what H3 restricts is written; without it, H3 is not offered. */
  readonly restrictions?: { readonly value: string; readonly onChange: (text: string) => void };
}): ReactElement => {
  const { t } = useTranslation();
  const codes = HANDLING_CODES.filter((code) => code !== 'H3' || restrictions !== undefined);
  return (
    <>
      <Radios
        label={t('marking.classification')}
        value={value.classification}
        onChange={(classification) => {
          onChange({ ...value, classification });
        }}
        choices={CARRIED.map((code) => ({
          value: code,
          label: code,
          hint: t(`classification.${code as 'BPL'}`),
        }))}
      />
      <Checks
        label={t('marking.handling')}
        value={value.handling}
        onChange={(handling) => {
          onChange({
            ...value,
            handling: HANDLING_CODES.filter((code) => handling.includes(code)),
          });
        }}
        choices={codes.map((code) => ({ value: code, label: code, hint: t(`handling.${code}`) }))}
      />
      {restrictions !== undefined && value.handling.includes('H3') && (
        <TextArea
          label={t('said.restrictions')}
          value={restrictions.value}
          onChange={restrictions.onChange}
          longest={2000}
          required
        />
      )}
    </>
  );
};
