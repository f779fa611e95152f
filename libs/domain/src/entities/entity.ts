// What content can name. Everything is kept as the officer wrote it, in its original script; search keys are
// derived elsewhere and never stored here.
import { refuse } from '@tripoint/kernel';
import {
  also,
  date,
  integer,
  listOf,
  matching,
  oneOf,
  optional,
  shape,
  text,
  variant,
  type Check,
  type ContentRefusal,
} from '../check.js';
import {
  DATA_SUBJECT_CATEGORIES,
  DOCUMENT_STATES,
  DOCUMENT_TYPES,
  LANGUAGES,
  LOCATION_TYPES,
  NAME_KINDS,
  ORGANISATION_TYPES,
  SCRIPTS,
  SEXES,
  VEHICLE_STATES,
  VEHICLE_TYPES,
  type DataSubjectCategory,
  type DocumentState,
  type DocumentType,
  type Language,
  type LocationType,
  type NameKind,
  type OrganisationType,
  type Script,
  type Sex,
  type VehicleState,
  type VehicleType,
} from '../vocabulary/index.js';
import { COUNTRIES } from './countries.js';

/** A name as it is written in one script; `latin` is what the person's document prints beside it. */
export type PersonName = {
  readonly kind: NameKind;
  readonly script: Script;
  readonly family?: string;
  readonly given?: string;
  readonly latin?: string;
};

/** A person, and what that person is to this case. */
export type Person = {
  readonly kind: 'person';
  readonly category: DataSubjectCategory;
  readonly names: readonly PersonName[];
  /** May be partial: `1987`, `1987-04`. */
  readonly born?: string;
  readonly birthplace?: string;
  readonly sex?: Sex;
  /** ISO 3166-1 alpha-2. */
  readonly nationalities?: readonly string[];
  readonly languages?: readonly Language[];
  readonly description?: string;
};

export type Vehicle = {
  readonly kind: 'vehicle';
  /** As on the vehicle: Latin, Cyrillic or Greek capitals, digits, single spaces or hyphens. */
  readonly plate?: string;
  /** Country of registration: ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** ISO 3779: 17 characters without I, O and Q. */
  readonly vin?: string;
  readonly type?: VehicleType;
  readonly make?: string;
  readonly model?: string;
  readonly colour?: string;
  readonly state?: VehicleState;
};

export type IdentityDocument = {
  readonly kind: 'document';
  readonly type: DocumentType;
  readonly number: string;
  readonly country: string;
  readonly issued?: string;
  readonly expires?: string;
  readonly state?: DocumentState;
};

export type Location = {
  readonly kind: 'location';
  readonly type: LocationType;
  readonly name: string;
  readonly country?: string;
  /** Degrees × 10⁶, north and east positive: content holds integers only. */
  readonly latitudeE6?: number;
  readonly longitudeE6?: number;
};

export type Organisation = {
  readonly kind: 'organisation';
  readonly type: OrganisationType;
  readonly name: string;
  readonly country?: string;
  readonly registration?: string;
};

/** Something that content names. */
export type Entity = Person | Vehicle | IdentityDocument | Location | Organisation;

export const country: Check<string> = oneOf(COUNTRIES);

// Letters of one script with what joins them in names; a mixed-script name is how a look-alike letter hides one.
const WRITTEN_IN: Readonly<Record<Script, RegExp>> = {
  Latn: /^[\p{Script=Latin}\p{M}\p{Zs}\-'’.,]+$/u,
  Cyrl: /^[\p{Script=Cyrillic}\p{M}\p{Zs}\-'’.,]+$/u,
  Grek: /^[\p{Script=Greek}\p{M}\p{Zs}\-'’.,]+$/u,
};

const writtenIn = (script: Script, name: string | undefined, at: string) =>
  name === undefined || WRITTEN_IN[script].test(name)
    ? undefined
    : refuse('text-in-another-script', `\`${at}\` is not written in the script it declares`);

const personName: Check<PersonName> = also(
  shape<PersonName>({
    kind: oneOf(NAME_KINDS),
    script: oneOf(SCRIPTS),
    family: optional(text(120)),
    given: optional(text(120)),
    latin: optional(text(240)),
  }),
  ({ family, given, latin, script }, at) => {
    if (family === undefined && given === undefined)
      return refuse('nothing-identifies-it', `\`${at}\` has neither a family nor a given name`);
    return (
      writtenIn(script, family, `${at}.family`) ??
      writtenIn(script, given, `${at}.given`) ??
      writtenIn('Latn', latin, `${at}.latin`)
    );
  },
);

export const person: Check<Person> = shape<Person>({
  kind: oneOf(['person']),
  category: oneOf(DATA_SUBJECT_CATEGORIES),
  names: listOf(personName, { max: 16 }),
  born: optional(date),
  birthplace: optional(text(120)),
  sex: optional(oneOf(SEXES)),
  nationalities: optional(listOf(country, { min: 1, max: 8 })),
  languages: optional(listOf(oneOf(LANGUAGES), { min: 1, max: 8 })),
  description: optional(text(2000)),
});

const vehicle: Check<Vehicle> = also(
  shape<Vehicle>({
    kind: oneOf(['vehicle']),
    plate: optional(
      matching(
        /^(?=.{2,16}$)(?:[A-ZÇĞİÖŞÜÄ0-9]+|[А-ЯЁЇІЄҐЉЊЋЏЂЈЅЃЌ0-9]+|[Α-Ω0-9]+)(?:[ -](?:[A-ZÇĞİÖŞÜÄ0-9]+|[А-ЯЁЇІЄҐЉЊЋЏЂЈЅЃЌ0-9]+|[Α-Ω0-9]+))*$/u,
        'a plate: 2 to 16 capitals and digits in groups',
      ),
    ),
    country: optional(country),
    vin: optional(matching(/^[A-HJ-NPR-Z0-9]{17}$/, '17 characters of ISO 3779')),
    type: optional(oneOf(VEHICLE_TYPES)),
    make: optional(text(60)),
    model: optional(text(60)),
    colour: optional(text(40)),
    state: optional(oneOf(VEHICLE_STATES)),
  }),
  ({ plate, vin, make, type }, at) =>
    plate === undefined && vin === undefined && make === undefined && type === undefined
      ? refuse('nothing-identifies-it', `\`${at}\` has no plate, number, make or type`)
      : undefined,
);

const identityDocument: Check<IdentityDocument> = shape<IdentityDocument>({
  kind: oneOf(['document']),
  type: oneOf(DOCUMENT_TYPES),
  number: matching(/^[\p{Lu}0-9](?:[\p{Lu}0-9 ./-]{0,38}[\p{Lu}0-9])?$/u, 'a document number'),
  country,
  issued: optional(date),
  expires: optional(date),
  state: optional(oneOf(DOCUMENT_STATES)),
});

const location: Check<Location> = also(
  shape<Location>({
    kind: oneOf(['location']),
    type: oneOf(LOCATION_TYPES),
    name: text(240),
    country: optional(country),
    latitudeE6: optional(integer(-90_000_000, 90_000_000)),
    longitudeE6: optional(integer(-180_000_000, 180_000_000)),
  }),
  ({ latitudeE6, longitudeE6 }, at) =>
    (latitudeE6 === undefined) === (longitudeE6 === undefined)
      ? undefined
      : refuse('missing-member', `\`${at}\` has one coordinate without the other`),
);

const organisation: Check<Organisation> = shape<Organisation>({
  kind: oneOf(['organisation']),
  type: oneOf(ORGANISATION_TYPES),
  name: text(240),
  country: optional(country),
  registration: optional(text(60)),
});

/** Any entity, by its `kind`. */
export const entity: Check<Entity> = variant<Entity>({
  person,
  vehicle,
  document: identityDocument,
  location,
  organisation,
});

/** The entities that one piece of content names. */
export const entities: Check<readonly Entity[]> = listOf(entity, { max: 64 });

/** Whether an unknown value is an entity; if not, why not, without its content. */
export const validateEntity = (value: unknown): Entity | ContentRefusal =>
  entity(value, 'entity') ?? (value as Entity);
