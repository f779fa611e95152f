// Fields that more than one form about an event has.
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Agency, type Grantable } from '../api/shapes';
import type en from '../language/catalogs/en.json';
import { useAgencyNames } from '../language/use-words';
import { useOfficer } from '../session/use-session';
import { Checks, Select } from '../ui/field';

type Ground = keyof (typeof en)['ground'];

/** On what ground something is ordered. */
export const GroundSelect = <G extends Ground>({
  grounds,
  value,
  onChange,
}: {
  readonly grounds: readonly G[];
  readonly value: G | '';
  readonly onChange: (ground: G | '') => void;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <Select
      label={t('said.ground')}
      value={value}
      onChange={onChange}
      none={t('form.choose')}
      choices={grounds.map((code) => ({ value: code, label: t(`ground.${code as 'DRILL'}`) }))}
      required
    />
  );
};

/** Which parts of an event it is about, each with what it is. */
export const PartChecks = ({
  among,
  value,
  onChange,
}: {
  readonly among: readonly Grantable[];
  readonly value: readonly Grantable[];
  readonly onChange: (parts: readonly Grantable[]) => void;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <Checks
      label={t('release.parts')}
      value={value}
      onChange={(next) => {
        onChange(among.filter((one) => next.includes(one)));
      }}
      choices={among.map((code) => ({
        value: code,
        label: t(`compartment.${code}`),
        hint: t(`compartmentHint.${code}`),
      }))}
    />
  );
};

/** Somebody else who takes part at present, and to whom something can be given. */
const reachable =
  (us: string, but: readonly string[]) =>
  ({ agency, active, kind }: Agency): boolean =>
    active && agency !== us && !but.includes(agency) && kind !== 'HUB' && kind !== 'OVERSIGHT';

/** One agency of the federation, by its name: of those given, or any that something can be given to. */
export const AgencySelect = ({
  among,
  but = [],
  ...field
}: {
  readonly label: string;
  readonly hint?: string;
  readonly among?: readonly string[];
  readonly but?: readonly string[];
  readonly value: string;
  readonly onChange: (agency: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { agency: us } = useOfficer();
  const { rows, named } = useAgencyNames();
  const ids = among ?? rows.filter(reachable(us, but)).map(({ agency }) => agency);
  return (
    <Select
      {...field}
      none={t('form.choose')}
      choices={ids.map((id) => {
        const { name, lang } = named(id);
        return { value: id, label: name, lang };
      })}
      required
    />
  );
};
