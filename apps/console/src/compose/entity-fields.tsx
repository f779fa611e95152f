import {
  DATA_SUBJECT_CATEGORIES,
  DOCUMENT_TYPES,
  LOCATION_TYPES,
  ORGANISATION_TYPES,
  VEHICLE_TYPES,
} from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Entity, type Person, type Vehicle } from '../api/shapes';
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
/** What is told apart by what it is called: a paper, a place, a body. */
export type ThingDraft = {
  readonly kind: 'document' | 'location' | 'organisation';
  readonly called: string;
  readonly type: string;
  readonly country: string;
};
export type EntityDraft = VehicleDraft | PersonDraft | ThingDraft;

const KINDS = ['vehicle', 'person', 'document', 'location', 'organisation'] as const;
const TYPES = {
  document: DOCUMENT_TYPES,
  location: LOCATION_TYPES,
  organisation: ORGANISATION_TYPES,
} as const satisfies Record<ThingDraft['kind'], readonly string[]>;

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

const thingOf = ({ kind, called, type, country }: ThingDraft): Entity =>
  ({
    kind,
    [kind === 'document' ? 'number' : 'name']: called.trim(),
    type,
    ...filled('country', country),
  }) as unknown as Entity;

/** A draft as the interface takes it. */
export const entityOf = (draft: EntityDraft): Entity => {
  switch (draft.kind) {
    case 'person':
      return personOf(draft);
    case 'vehicle':
      return {
        kind: 'vehicle',
        ...filled('plate', draft.plate),
        ...filled('country', draft.country as NonNullable<Vehicle['country']> | ''),
        ...filled('type', draft.type),
        ...filled('colour', draft.colour),
      };
    case 'document':
    case 'location':
    case 'organisation':
      return thingOf(draft);
  }
};

const emptyOf = (kind: EntityDraft['kind']): EntityDraft => {
  if (kind === 'vehicle') return EMPTY_VEHICLE;
  return kind === 'person' ? EMPTY_PERSON : { kind, called: '', type: '', country: '' };
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

const Country = ({
  value,
  onChange,
  required = false,
}: {
  readonly value: string;
  readonly onChange: (country: string) => void;
  readonly required?: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  const { language } = useLocale();
  const regions = new Intl.DisplayNames(language, { type: 'region' });
  return (
    <Select
      label={t('said.country')}
      value={value}
      onChange={onChange}
      none={t(required ? 'form.choose' : 'form.unknown')}
      choices={NEAR.map((code) => ({ value: code, label: regions.of(code) ?? code }))}
      required={required}
    />
  );
};

const ThingFields = ({
  value,
  onChange,
}: {
  readonly value: ThingDraft;
  readonly onChange: (next: ThingDraft) => void;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <div className="pair">
      <TextInput
        label={t(value.kind === 'document' ? 'said.number' : 'said.name')}
        value={value.called}
        onChange={(called) => {
          onChange({ ...value, called });
        }}
        required
      />
      <Select
        label={t('said.type')}
        value={value.type}
        onChange={(type) => {
          onChange({ ...value, type });
        }}
        none={t('form.choose')}
        choices={TYPES[value.kind].map((code) => ({ value: code, label: t(`thing.${code}`) }))}
        required
      />
      <Country
        value={value.country}
        onChange={(country) => {
          onChange({ ...value, country });
        }}
        required={value.kind === 'document'}
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
      <Country
        value={value.country}
        onChange={(country) => {
          onChange({ ...value, country });
        }}
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

const OneEntity = ({
  value,
  onChange,
}: {
  readonly value: EntityDraft;
  readonly onChange: (next: EntityDraft) => void;
}): ReactElement => {
  switch (value.kind) {
    case 'vehicle':
      return <VehicleFields value={value} onChange={onChange} />;
    case 'person':
      return <PersonFields value={value} onChange={onChange} />;
    case 'document':
    case 'location':
    case 'organisation':
      return <ThingFields value={value} onChange={onChange} />;
  }
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
          <OneEntity
            value={one}
            onChange={(next) => {
              onChange(replaced(at, next));
            }}
          />
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
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            className="button button-small"
            onClick={() => {
              onChange([...value, emptyOf(kind)]);
            }}
          >
            {t(`entity.add.${kind}`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
};
