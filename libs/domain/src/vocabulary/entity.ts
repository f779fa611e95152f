/** Kinds of thing that content can name. */
export const ENTITY_KINDS = ['person', 'vehicle', 'document', 'location', 'organisation'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** Scripts in which the three states write names: ISO 15924. */
export const SCRIPTS = ['Latn', 'Cyrl', 'Grek'] as const;
export type Script = (typeof SCRIPTS)[number];

/** Languages whose spelling rules matter to transliteration and to interpreters: ISO 639-1. */
export const LANGUAGES = [
  'ar',
  'bg',
  'bn',
  'bs',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fa',
  'fr',
  'hi',
  'hr',
  'hu',
  'hy',
  'it',
  'ka',
  'ku',
  'mk',
  'nl',
  'pl',
  'ps',
  'pt',
  'ro',
  'ru',
  'sq',
  'sr',
  'so',
  'sv',
  'ti',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh',
] as const;
export type Language = (typeof LANGUAGES)[number];

export const SEXES = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'] as const;
export type Sex = (typeof SEXES)[number];

export const NAME_KINDS = ['PRIMARY', 'ALIAS', 'MAIDEN', 'RELIGIOUS'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

export const VEHICLE_TYPES = [
  'CAR',
  'BUS',
  'VAN',
  'TRUCK',
  'TRAILER',
  'MOTORCYCLE',
  'BOAT',
  'CARAVAN',
  'TAXI',
  'TRACTOR',
  'OTHER',
] as const;
export type VehicleType = (typeof VEHICLE_TYPES)[number];

export const VEHICLE_STATES = ['STOLEN', 'RECOVERED'] as const;
export type VehicleState = (typeof VEHICLE_STATES)[number];

export const DOCUMENT_TYPES = [
  'PASSPORT',
  'IDENTITY_CARD',
  'RESIDENCE_PERMIT',
  'VISA',
  'DRIVING_LICENCE',
  'TRAVEL_DOCUMENT',
  'VEHICLE_REGISTRATION',
  'BIRTH_CERTIFICATE',
  'OTHER',
] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

export const DOCUMENT_STATES = ['VALID', 'EXPIRED', 'LOST', 'STOLEN', 'FORGED', 'UNKNOWN'] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

export const LOCATION_TYPES = [
  'BORDER_CROSSING',
  'ADDRESS',
  'TOWN',
  'ROAD',
  'PORT',
  'AIRPORT',
  'RAILWAY_STATION',
  'OTHER',
] as const;
export type LocationType = (typeof LOCATION_TYPES)[number];

export const ORGANISATION_TYPES = [
  'COMPANY',
  'CARRIER',
  'TRAVEL_AGENCY',
  'EMPLOYMENT_AGENCY',
  'NGO',
  'PUBLIC_BODY',
  'CRIMINAL_GROUP',
  'OTHER',
] as const;
export type OrganisationType = (typeof ORGANISATION_TYPES)[number];
