import {
  COUNTRIES,
  DATA_SUBJECT_CATEGORIES,
  DOCUMENT_STATES,
  DOCUMENT_TYPES,
  ENTITY_KINDS,
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
  type EntityKind,
  type Language,
  type LocationType,
  type NameKind,
  type OrganisationType,
  type Script,
  type Sex,
  type VehicleState,
  type VehicleType,
} from '@tripoint/domain';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import {
  Code,
  Codes,
  Form,
  Lines,
  NestedList,
  PartialDate,
  together,
  Whole,
  Words,
} from './fields.js';

const Country = (about: string, optional?: true): PropertyDecorator =>
  Code(COUNTRIES, 'Country', { about, example: 'GR', ...(optional && { optional }) });

/** Something that content names; its `kind` says what. */
export class EntityBody {
  @Code(ENTITY_KINDS, 'EntityKind', { about: 'What it is.' })
  readonly kind!: EntityKind;
}

/** A name as it is written in one script. */
export class PersonNameBody {
  @Code(NAME_KINDS, 'NameKind', { about: 'Which of a person’s names it is.' })
  readonly kind!: NameKind;

  @Code(SCRIPTS, 'Script', { about: 'The script it is written in (ISO 15924).', example: 'Cyrl' })
  readonly script!: Script;

  @Words({ about: 'Family name, in that script.', most: 120, optional: true, example: 'Иванов' })
  readonly family?: string;

  @Words({ about: 'Given names, in that script.', most: 120, optional: true, example: 'Георги' })
  readonly given?: string;

  @Words({ about: 'What a document prints beside it in Latin letters.', most: 240, optional: true })
  readonly latin?: string;
}

/** A person, and what that person is to this case. */
export class PersonBody {
  @Code(['person'], 'PersonKind', { about: 'Always `person`.' })
  readonly kind!: 'person';

  @Code(DATA_SUBJECT_CATEGORIES, 'DataSubjectCategory', {
    about: 'What the person is to this case.',
  })
  readonly category!: DataSubjectCategory;

  @NestedList(() => PersonNameBody, { about: 'Names, each in its script.', most: 16 })
  readonly names!: PersonNameBody[];

  @PartialDate({ about: 'Date of birth, as far as it is known.', optional: true })
  readonly born?: string;

  @Words({ about: 'Place of birth.', most: 120, optional: true })
  readonly birthplace?: string;

  @Code(SEXES, 'Sex', { about: 'Sex.', optional: true })
  readonly sex?: Sex;

  @Codes(COUNTRIES, 'Country', {
    about: 'Nationalities (ISO 3166-1 alpha-2).',
    least: 1,
    most: 8,
    optional: true,
    example: ['BG'],
  })
  readonly nationalities?: string[];

  @Codes(LANGUAGES, 'Language', {
    about: 'Languages the person understands (ISO 639-1).',
    least: 1,
    most: 8,
    optional: true,
    example: ['bg'],
  })
  readonly languages?: Language[];

  @Lines({ about: 'What the person looks like.', most: 2000, optional: true })
  readonly description?: string;
}

/** A vehicle; a plate, a VIN, a make or a type has to be there. */
export class VehicleBody {
  @Code(['vehicle'], 'VehicleKind', { about: 'Always `vehicle`.' })
  readonly kind!: 'vehicle';

  @Words({ about: 'As on the vehicle.', least: 2, most: 16, optional: true, example: 'ABC 1234' })
  readonly plate?: string;

  @Country('Country of registration.', true)
  readonly country?: string;

  @Form({
    about: 'Vehicle identification number (ISO 3779).',
    pattern: /^[A-HJ-NPR-Z0-9]{17}$/,
    most: 17,
    form: '17 characters of ISO 3779',
    optional: true,
    example: '1M8GDM9AXKP042788',
  })
  readonly vin?: string;

  @Code(VEHICLE_TYPES, 'VehicleType', { about: 'Type.', optional: true, example: 'VAN' })
  readonly type?: VehicleType;

  @Words({ about: 'Make.', most: 60, optional: true })
  readonly make?: string;

  @Words({ about: 'Model.', most: 60, optional: true })
  readonly model?: string;

  @Words({ about: 'Colour.', most: 40, optional: true, example: 'white' })
  readonly colour?: string;

  @Code(VEHICLE_STATES, 'VehicleState', { about: 'State.', optional: true })
  readonly state?: VehicleState;
}

/** An identity, travel or vehicle document. */
export class DocumentBody {
  @Code(['document'], 'DocumentKind', { about: 'Always `document`.' })
  readonly kind!: 'document';

  @Code(DOCUMENT_TYPES, 'DocumentType', { about: 'Type.' })
  readonly type!: DocumentType;

  @Words({ about: 'Its number.', most: 40, example: 'AB1234567' })
  readonly number!: string;

  @Country('The country that issued it.')
  readonly country!: string;

  @PartialDate({ about: 'When it was issued.', optional: true })
  readonly issued?: string;

  @PartialDate({ about: 'When it expires.', optional: true })
  readonly expires?: string;

  @Code(DOCUMENT_STATES, 'DocumentState', { about: 'State.', optional: true })
  readonly state?: DocumentState;
}

/** A place. */
export class LocationBody {
  @Code(['location'], 'LocationKind', { about: 'Always `location`.' })
  readonly kind!: 'location';

  @Code(LOCATION_TYPES, 'LocationType', { about: 'Type.' })
  readonly type!: LocationType;

  @Words({ about: 'Its name or address.', most: 240, example: 'Kapitan Andreevo' })
  readonly name!: string;

  @Country('Country.', true)
  readonly country?: string;

  @Whole({
    about: 'Degrees north × 10⁶.',
    least: -90_000_000,
    most: 90_000_000,
    optional: true,
    example: 41_717_000,
  })
  readonly latitudeE6?: number;

  @Whole({
    about: 'Degrees east × 10⁶.',
    least: -180_000_000,
    most: 180_000_000,
    optional: true,
    example: 26_322_000,
  })
  readonly longitudeE6?: number;
}

/** A company, a body or a group. */
export class OrganisationBody {
  @Code(['organisation'], 'OrganisationKind', { about: 'Always `organisation`.' })
  readonly kind!: 'organisation';

  @Code(ORGANISATION_TYPES, 'OrganisationType', { about: 'Type.' })
  readonly type!: OrganisationType;

  @Words({ about: 'Its name.', most: 240 })
  readonly name!: string;

  @Country('Country.', true)
  readonly country?: string;

  @Words({ about: 'Its number in a public register.', most: 60, optional: true })
  readonly registration?: string;
}

/** Any entity, told apart by `kind`. */
export type AnyEntityBody =
  PersonBody | VehicleBody | DocumentBody | LocationBody | OrganisationBody;

const CLASS_OF = {
  person: PersonBody,
  vehicle: VehicleBody,
  document: DocumentBody,
  location: LocationBody,
  organisation: OrganisationBody,
} as const satisfies Record<EntityKind, unknown>;

const schemas = Object.entries(CLASS_OF).map(([kind, type]) => ({
  kind,
  $ref: getSchemaPath(type),
}));

const oneOfThem = {
  oneOf: schemas.map(({ $ref }) => ({ $ref })),
  discriminator: {
    propertyName: 'kind',
    mapping: Object.fromEntries(schemas.map(({ kind, $ref }) => [kind, $ref])),
  },
};

/** One entity of any kind, in an answer. */
export const AnyEntity = ({ about }: { readonly about: string }): PropertyDecorator =>
  ApiProperty({
    description: about,
    ...oneOfThem,
    example: { kind: 'vehicle', plate: 'ABC 1234' },
  });

/** A list of entities of any kind. */
export const Entities = ({
  about,
  most = 64,
  optional,
}: {
  readonly about: string;
  readonly most?: number;
  readonly optional?: true;
}): PropertyDecorator =>
  together(
    ApiProperty({
      description: about,
      required: optional !== true,
      type: 'array',
      maxItems: most,
      items: oneOfThem,
      example: [
        { kind: 'vehicle', plate: 'ABC 1234', country: 'GR', type: 'VAN', colour: 'white' },
      ],
    }),
    ...(optional === true ? [ValidateIf((_: unknown, value: unknown) => value !== undefined)] : []),
    IsArray({ message: 'has to be a list' }),
    ArrayMaxSize(most, { message: `holds at most ${most} entries` }),
    IsObject({ each: true, message: 'holds something that is not an object' }),
    ValidateNested({ each: true, message: 'holds something that is not an object' }),
    // An unknown kind falls back to the base class, whose `kind` is checked against the list.
    Type(() => EntityBody, {
      keepDiscriminatorProperty: true,
      discriminator: {
        property: 'kind',
        subTypes: Object.entries(CLASS_OF).map(([name, value]) => ({ name, value })),
      },
    }),
  );

/** Puts the classes of the entities into the document of a controller that names them through `Entities`. */
export const EntityModels = (): ClassDecorator & MethodDecorator =>
  ApiExtraModels(...Object.values(CLASS_OF));
