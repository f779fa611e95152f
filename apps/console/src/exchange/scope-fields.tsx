import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Grantable, type TimelineEntry } from '../api/shapes';
import { Checks, MomentInput } from '../ui/field';
import { grantableOf } from './about-event';

/** Which parts of an event something is about, and until when; nothing chosen means all that may be chosen. */
export type Scope = { readonly parts: readonly Grantable[]; readonly until: string };

export const partsOf = ({ parts }: Scope, entry: TimelineEntry): readonly Grantable[] =>
  parts.length === 0 ? grantableOf(entry) : parts;

export const ScopeFields = ({
  entry,
  value,
  change,
  until,
}: {
  readonly entry: TimelineEntry;
  readonly value: Scope;
  readonly change: (next: Partial<Scope>) => void;
  readonly until: { readonly label: string; readonly hint: string };
}): ReactElement => {
  const { t } = useTranslation();
  const held = grantableOf(entry);
  return (
    <>
      <Checks
        label={t('release.parts')}
        value={partsOf(value, entry)}
        onChange={(next) => {
          change({ parts: held.filter((one) => next.includes(one)) });
        }}
        choices={held.map((code) => ({
          value: code,
          label: t(`compartment.${code}`),
          hint: t(`compartmentHint.${code}`),
        }))}
      />
      <MomentInput
        {...until}
        value={value.until}
        onChange={(next) => {
          change({ until: next });
        }}
      />
    </>
  );
};
