import { DATA_SUBJECT_CATEGORIES, VEHICLE_TYPES } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Person, type Vehicle } from '../api/shapes';
import { useLocale } from '../language/use-words';
import { Select, TextInput } from '../ui/field';
import { Icon } from '../ui/icon';

/** The countries of the region come first; what crosses its borders comes from everywhere. */
const NEAR = ['BG', 'GR', 'TR', 'RO', 'RS', 'MK', 'AL', 'MD', 'UA'] as const;

export type VehicleDraft = {
  readonly kind: 'vehicle';
  readonly plate: string;
  readonly country: string;
  readonly type: NonNullable<Vehicle['type']> | '';
  readonly colour: string;
};
export type PersonDraft = {
  readonly kind: 'person';
  readonly given: string;
  readonly family: string;
  readonly category: Person['category'] | '';
};
export type EntityDraft = VehicleDraft | PersonDraft;

export const EMPTY_PERSON: PersonDraft = { kind: 'person', given: '', family: '', category: '' };
const EMPTY_VEHICLE: VehicleDraft = {
  kind: 'vehicle',
  plate: '',
  country: '',
  type: '',
  colour: '',
};

/** A name is written in one script, which its letters tell. */
export const scriptOf = (name: string): 'Latn' | 'Cyrl' | 'Grek' => {
  if (/\p{Script=Cyrillic}/u.test(name)) return 'Cyrl';
  return /\p{Script=Greek}/u.test(name) ? 'Grek' : 'Latn';
};

const filled = <K extends string, V extends string>(
  name: K,
  value: V | '',
): Partial<Record<K, V>> => {
  const text = value.trim() as V;
  return text === '' ? {} : ({ [name]: text } as Partial<Record<K, V>>);
};

export const personOf = ({ given, family, category }: PersonDraft): Person => ({
  kind: 'person',
  category: category === '' ? 'CONTACT' : category,
  names: [
    {
      kind: 'PRIMARY',
      script: scriptOf(`${given}${family}`),
      ...filled('family', family),
      ...filled('given', given),
    },
  ],
});

/** A draft as the interface takes it. */
export const entityOf = (draft: EntityDraft): Vehicle | Person =>
  draft.kind === 'person'
    ? personOf(draft)
    : {
        kind: 'vehicle',
        ...filled('plate', draft.plate),
        ...filled('country', draft.country as NonNullable<Vehicle['country']> | ''),
        ...filled('type', draft.type),
        ...filled('colour', draft.colour),
      };

export const PersonFields = ({
  value,
  onChange,
  categories = DATA_SUBJECT_CATEGORIES,
}: {
  readonly value: PersonDraft;
  readonly onChange: (next: PersonDraft) => void;
  readonly categories?: readonly Person['category'][];
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <div className="pair">
      <TextInput
        label={t('said.given')}
        value={value.given}
        onChange={(given) => {
          onChange({ ...value, given });
        }}
      />
      <TextInput
        label={t('said.family')}
        value={value.family}
        onChange={(family) => {
          onChange({ ...value, family });
        }}
        required
      />
      <Select
        label={t('said.category')}
        value={value.category}
        onChange={(category) => {
          onChange({ ...value, category });
        }}
        none={t('form.choose')}
        choices={categories.map((code) => ({ value: code, label: t(`category.${code}`) }))}
        required
      />
    </div>
  );
};

const VehicleFields = ({
  value,
  onChange,
}: {
  readonly value: VehicleDraft;
  readonly onChange: (next: VehicleDraft) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { language } = useLocale();
  const regions = new Intl.DisplayNames(language, { type: 'region' });
  return (
    <div className="pair">
      <TextInput
        label={t('said.plate')}
        value={value.plate}
        longest={16}
        onChange={(plate) => {
          onChange({ ...value, plate });
        }}
        required
      />
      <Select
        label={t('said.country')}
        value={value.country}
        onChange={(country) => {
          onChange({ ...value, country });
        }}
        none={t('form.unknown')}
        choices={NEAR.map((code) => ({ value: code, label: regions.of(code) ?? code }))}
      />
      <Select
        label={t('said.type')}
        value={value.type}
        onChange={(type) => {
          onChange({ ...value, type });
        }}
        none={t('form.unknown')}
        choices={VEHICLE_TYPES.map((code) => ({ value: code, label: t(`thing.${code}`) }))}
      />
      <TextInput
        label={t('said.colour')}
        value={value.colour}
        longest={40}
        onChange={(colour) => {
          onChange({ ...value, colour });
        }}
      />
    </div>
  );
};

/** Whom and what the words are about, so that it is found again in any script. */
export const EntityList = ({
  value,
  onChange,
}: {
  readonly value: readonly EntityDraft[];
  readonly onChange: (next: EntityDraft[]) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const replaced = (at: number, next: EntityDraft): EntityDraft[] =>
    value.map((one, n) => (n === at ? next : one));
  return (
    <fieldset className="entity-list">
      <legend>{t('said.entities')}</legend>
      <p className="hint">{t('entity.about')}</p>
      {value.map((one, at) => (
        <div key={at} className="entity-draft">
          {one.kind === 'vehicle' ? (
            <VehicleFields
              value={one}
              onChange={(next) => {
                onChange(replaced(at, next));
              }}
            />
          ) : (
            <PersonFields
              value={one}
              onChange={(next) => {
                onChange(replaced(at, next));
              }}
            />
          )}
          <button
            type="button"
            className="button button-plain"
            onClick={() => {
              onChange(value.filter((_, n) => n !== at));
            }}
          >
            <Icon name="cross" />
            {t(`entity.remove.${one.kind}`)}
          </button>
        </div>
      ))}
      <div className="buttons">
        <button
          type="button"
          className="button"
          onClick={() => {
            onChange([...value, EMPTY_VEHICLE]);
          }}
        >
          {t('entity.add.vehicle')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            onChange([...value, EMPTY_PERSON]);
          }}
        >
          {t('entity.add.person')}
        </button>
      </div>
    </fieldset>
  );
};
