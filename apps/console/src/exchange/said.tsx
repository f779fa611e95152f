// What an event says, field by field, in the officer's language where it is a code and as it was written where it is text.
import { type EntityKind, PURPOSES } from '@tripoint/domain';
import { type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type en from '../language/catalogs/en.json';
import { useAgencyNames, useLocale } from '../language/use-words';
import { spanOf } from '../inbox/clock';

type FieldName = keyof (typeof en)['said'];
type Told = Readonly<Record<string, unknown>>;

const isPurpose = (value: unknown): value is (typeof PURPOSES)[number] =>
  (PURPOSES as readonly unknown[]).includes(value);

const isObject = (value: unknown): value is Told =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is text is shown; what is not is not guessed at. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Members that are codes, and the list in the catalogues that explains them. */
const CODES: Readonly<Record<string, string>> = {
  urgency: 'urgency',
  access: 'access',
  outcome: 'outcome',
  ground: 'ground',
  scope: 'scope',
  statement: 'statement',
  category: 'category',
  services: 'service',
  reason: 'reason',
  purposes: 'consentPurpose',
  compartments: 'compartment',
  givenBy: 'consentGiver',
  because: 'kept',
};
/** Members that say how other members are to be read, or repeat what stands above. */
const UNSAID = ['kind', 'script', 'disclosure', 'graceSeconds', 'event'];

const Field = ({
  name,
  value,
}: {
  readonly name: string;
  readonly value: unknown;
}): ReactElement | undefined => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const { list, moment, language } = useLocale();
  const languageName = (code: string): string =>
    new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code;
  const countryName = (code: string): string =>
    new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
  const code = (one: unknown): string => {
    const set = CODES[name];
    return set === undefined ? String(one) : t(`${set}.${String(one)}` as 'urgency.URGENT');
  };
  if (UNSAID.includes(name) || value === undefined) return undefined;
  // That nothing was named is seen without being said.
  if (Array.isArray(value) && value.length === 0) return undefined;
  const words = ((): ReactNode => {
    if (name === 'evaluation' && isObject(value)) {
      const { source, info } = value as { source: 'A'; info: '1' };
      return `${source}${info}: ${t(`sourceEval.${source}`)}; ${t(`infoEval.${info}`)}`;
    }
    if (name === 'entities' || name === 'persons') return <Entities value={value} />;
    if (['to', 'grantee', 'beneficiary'].includes(name)) return nameOf(textOf(value));
    // In words where an officer wrote it, as a code where it was chosen.
    if (name === 'purpose' && isPurpose(value)) return t(`purpose.codes.${value}`);
    if (name === 'recipients' && Array.isArray(value))
      return list(value.map((one) => nameOf(String(one))));
    if (name === 'language') return languageName(textOf(value));
    if ((name === 'from' || name === 'until') && typeof value === 'string') return moment(value);
    if ((name === 'seconds' || name === 'dueInSeconds') && typeof value === 'number') {
      const { unit, count, rest } = spanOf(value * 1000);
      return t(`span.${unit}`, { count, rest });
    }
    if (name === 'country') return countryName(textOf(value));
    if (typeof value === 'boolean') return t(value ? 'form.yes' : 'form.no');
    if (Array.isArray(value)) return list(value.map(code));
    if (isObject(value)) return <Fields told={value} />;
    return code(value);
  })();
  return (
    <div className="told">
      <dt>{t(name === 'compartments' ? 'release.parts' : `said.${name as FieldName}`)}</dt>
      <dd dir="auto">{words}</dd>
    </div>
  );
};

/** What somebody looks for first, and what is said about it; what is not named stands between them. */
const FIRST = ['to', 'outcome', 'ground', 'persons', 'services', 'sought', 'text', 'entities'];
const NEXT = ['connection', 'purpose', 'offence', 'availability', 'necessity'];
const LAST = ['urgency', 'urgencyGrounds', 'statement', 'evaluation', 'restrictions', 'language'];
const placeOf = (name: string): number => {
  const order = [...FIRST, ...NEXT, '', ...LAST];
  return order.indexOf(order.includes(name) ? name : '');
};

/** The members of one part, as terms and what is said of them: in one order, however its bytes have it. */
export const Fields = ({ told }: { readonly told: Told }): ReactElement => (
  <dl className="said">
    {Object.entries(told)
      .sort(([a], [b]) => placeOf(a) - placeOf(b))
      .map(([name, value]) => (
        <Field key={name} name={name} value={value} />
      ))}
  </dl>
);

const nameParts = (names: unknown): string =>
  Array.isArray(names)
    ? names
        .filter(isObject)
        .map(({ given, family, latin }) =>
          [given, family, latin === undefined ? undefined : `(${textOf(latin)})`]
            .filter((part) => part !== undefined)
            .map(String)
            .join(' '),
        )
        .join(' · ')
    : '';

/** Persons and things by what identifies them. */
const Entities = ({ value }: { readonly value: unknown }): ReactElement => {
  const { t } = useTranslation();
  const { language } = useLocale();
  const region = (code: unknown): string | undefined =>
    typeof code === 'string'
      ? new Intl.DisplayNames(language, { type: 'region' }).of(code)
      : undefined;
  const rows = Array.isArray(value) ? value.filter(isObject) : [];
  return (
    <ul className="entities">
      {rows.map((entity, at) => {
        const kind = entity['kind'] as EntityKind;
        const main =
          kind === 'person'
            ? nameParts(entity['names'])
            : textOf(entity['plate'] ?? entity['number'] ?? entity['name'] ?? entity['vin']);
        const more = [
          entity['category'] === undefined
            ? undefined
            : t(`category.${entity['category'] as 'VICTIM'}`),
          region(entity['country']),
          kind !== 'person' && entity['type'] !== undefined
            ? t(`thing.${entity['type'] as 'VAN'}`)
            : undefined,
          entity['colour'],
          entity['make'],
          entity['model'],
          entity['born'],
        ].filter((part) => part !== undefined);
        return (
          <li key={at}>
            <span className="entity-kind">{t(`entity.${kind}`)}</span>{' '}
            <span className="entity-main">{main}</span>{' '}
            <span className="quiet">{more.map(String).join(', ')}</span>
          </li>
        );
      })}
    </ul>
  );
};
