// One decorator a member: it validates, it describes the member in the OpenAPI document, and it puts text
// into NFC before anything is measured. Every member is bounded; nothing is coerced from another type.
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { isDate, isMoment } from '@tripoint/domain';
import { isAgencyId, isDigest, isExchangeId } from '@tripoint/kernel';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** What a member is for, and whether it may be left out. `null` is never the same as leaving it out. */
export type About = {
  readonly about: string;
  readonly optional?: true;
  readonly example?: unknown;
};

type Bounds = { readonly least?: number; readonly most: number };
type Class = abstract new (...args: never[]) => object;

/** Several property decorators as one. */
export const together =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };

// Not IsOptional, which would let null through.
const required = (optional: true | undefined): PropertyDecorator[] =>
  optional === true ? [ValidateIf((_, value) => value !== undefined)] : [];

const described = (
  { about, optional, example }: About,
  schema: ApiPropertyOptions,
): PropertyDecorator =>
  ApiProperty({
    description: about,
    required: optional !== true,
    ...(example !== undefined && { example }),
    ...schema,
  } as ApiPropertyOptions);

const field = (about: About, schema: ApiPropertyOptions, ...rules: PropertyDecorator[]) =>
  together(described(about, schema), ...required(about.optional), ...rules);

const test = (
  name: string,
  accepts: (value: unknown) => boolean,
  message: string,
  each = false,
): PropertyDecorator =>
  ValidateBy(
    { name, validator: { validate: accepts, defaultMessage: () => message } },
    each ? { each } : undefined,
  );

const composed = (value: unknown): unknown =>
  typeof value === 'string' ? value.normalize('NFC') : value;

/** NFC before the bounds are looked at, so that one text cannot be two. */
const Composed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map(composed) : composed(value),
  );

// Controls, lone surrogates, and the bidirectional controls that make a text read differently from what it says.
// eslint-disable-next-line no-control-regex -- control characters are what is refused here
const UNSEEN = /[\p{Cs}\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const UNSEEN_IN_LINES =
  // eslint-disable-next-line no-control-regex -- control characters are what is refused here
  /[\p{Cs}\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

const isWords = (value: unknown, { least = 1, most }: Bounds, unseen: RegExp): boolean =>
  typeof value === 'string' &&
  value.length >= least &&
  value.length <= most &&
  value.trim() !== '' &&
  !unseen.test(value);

/** One line of text that a person wrote. */
export const Words = ({ least = 1, most, ...about }: About & Bounds): PropertyDecorator =>
  field(
    about,
    { type: String, minLength: least, maxLength: most },
    Composed(),
    test(
      'words',
      (value) => isWords(value, { least, most }, UNSEEN),
      `has to be one line of ${least} to ${most} characters without control characters`,
    ),
  );

/** Several lines of text that a person wrote. */
export const Lines = ({ least = 1, most, ...about }: About & Bounds): PropertyDecorator =>
  field(
    about,
    { type: String, minLength: least, maxLength: most },
    Composed(),
    test(
      'lines',
      (value) => isWords(value, { least, most }, UNSEEN_IN_LINES),
      `has to be text of ${least} to ${most} characters without control characters`,
    ),
  );

/** Something of a fixed form; `form` completes "has to be". */
export const Form = ({
  pattern,
  most,
  form,
  ...about
}: About & {
  readonly pattern: RegExp;
  readonly most: number;
  readonly form: string;
}): PropertyDecorator =>
  field(
    about,
    { type: String, maxLength: most, pattern: pattern.source },
    Composed(),
    test(
      'form',
      (value) => typeof value === 'string' && value.length <= most && pattern.test(value),
      `has to be ${form}`,
    ),
  );

/** What a value has to be of; of long lists, the document says the members. */
const among = (codes: readonly string[]): string => {
  const list = codes.join(', ');
  return list.length > 240 ? 'is not in the list of codes' : `has to be one of ${list}`;
};

/** One code of a list that the document shows under `name`. */
export const Code = (codes: readonly string[], name: string, about: About): PropertyDecorator =>
  field(
    { example: codes[0], ...about },
    { enum: [...codes], enumName: name },
    IsIn(codes, { message: among(codes) }),
  );

/** Codes in the order of their list, so that equal sets are equal bytes; what is unknown stays for the rules to find. */
const InOrder = (codes: readonly string[]): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) && value.every((code) => codes.includes(code as string))
      ? (value as string[]).toSorted((left, right) => codes.indexOf(left) - codes.indexOf(right))
      : value,
  );

/** A list of different codes, in whatever order they are sent. */
export const Codes = (
  codes: readonly string[],
  name: string,
  { least = 0, most = codes.length, ...about }: About & Partial<Bounds>,
): PropertyDecorator =>
  field(
    { example: codes.slice(0, 1), ...about },
    { enum: [...codes], enumName: name, isArray: true, minItems: least, maxItems: most },
    InOrder(codes),
    IsArray({ message: 'has to be a list' }),
    ArrayMinSize(least, { message: `needs at least ${least} entries` }),
    ArrayMaxSize(most, { message: `holds at most ${most} entries` }),
    ArrayUnique({ message: 'names the same code twice' }),
    IsIn(codes, { each: true, message: 'holds something that is not in the list of codes' }),
  );

/** A password as it was typed: bounded, never normalised and never shown. */
export const Password = ({ least, most, ...about }: About & Required<Bounds>): PropertyDecorator =>
  field(
    about,
    { type: String, format: 'password', minLength: least, maxLength: most },
    test(
      'password',
      (value) =>
        typeof value === 'string' &&
        value.length >= least &&
        value.length <= most &&
        !/\p{Cs}/u.test(value),
      `has to be ${least} to ${most} characters`,
    ),
  );

/** A random UUID in lower case, such as the id of an exchange, an item or an event. */
export const Uuid = (about: About): PropertyDecorator =>
  field(
    { example: '8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21', ...about },
    { type: String, format: 'uuid' },
    test('uuid', isExchangeId, 'has to be a UUID in lower case'),
  );

/** A list of different UUIDs. */
export const Uuids = ({ least = 0, most, ...about }: About & Bounds): PropertyDecorator =>
  field(
    { example: ['8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21'], ...about },
    { type: 'array', items: { type: 'string', format: 'uuid' }, minItems: least, maxItems: most },
    IsArray({ message: 'has to be a list' }),
    ArrayMinSize(least, { message: `needs at least ${least} entries` }),
    ArrayMaxSize(most, { message: `holds at most ${most} entries` }),
    ArrayUnique({ message: 'names the same id twice' }),
    test('uuid', isExchangeId, 'holds something that is not a UUID in lower case', true),
  );

const AGENCY_PATTERN = '^[a-z][a-z0-9]*(-[a-z0-9]+)*$';

/** An agency by its name in the registry. */
export const Agency = (about: About): PropertyDecorator =>
  field(
    { example: 'gr-police', ...about },
    { type: String, pattern: AGENCY_PATTERN, maxLength: 32 },
    test('agency', isAgencyId, 'has to be the name of an agency'),
  );

/** A list of different agencies. */
export const Agencies = ({ least = 0, most, ...about }: About & Bounds): PropertyDecorator =>
  field(
    { example: ['bg-border-police'], ...about },
    {
      type: 'array',
      items: { type: 'string', pattern: AGENCY_PATTERN, maxLength: 32 },
      minItems: least,
      maxItems: most,
    },
    IsArray({ message: 'has to be a list' }),
    ArrayMinSize(least, { message: `needs at least ${least} entries` }),
    ArrayMaxSize(most, { message: `holds at most ${most} entries` }),
    ArrayUnique({ message: 'names the same agency twice' }),
    test('agency', isAgencyId, 'holds something that is not the name of an agency', true),
  );

/** A moment: RFC 3339 in UTC with milliseconds. */
export const Moment = (about: About): PropertyDecorator =>
  field(
    { example: '2026-11-23T12:00:00.000Z', ...about },
    { type: String, format: 'date-time' },
    test('moment', isMoment, 'has to be a moment in UTC with milliseconds, which the calendar has'),
  );

/** A date of which month and day may be unknown: `1987`, `1987-04`, `1987-04-23`. */
export const PartialDate = (about: About): PropertyDecorator =>
  field(
    { example: '1987-04-23', ...about },
    { type: String, pattern: '^\\d{4}(-\\d\\d(-\\d\\d)?)?$', maxLength: 10 },
    test(
      'date',
      isDate,
      'has to be a date that the calendar has, or its year, or its year and month',
    ),
  );

/** A SHA-256 digest in lower-case hexadecimal digits. */
export const Hex = (about: About): PropertyDecorator =>
  field(
    { example: '0'.repeat(64), ...about },
    { type: String, pattern: '^[0-9a-f]{64}$' },
    test('digest', isDigest, 'has to be 64 lower-case hexadecimal digits'),
  );

/** A count, an index or a revision: decimal digits in a string, because JSON has no 64-bit integers. */
export const Count = (about: About): PropertyDecorator =>
  Form({
    example: '42',
    ...about,
    pattern: /^(0|[1-9]\d{0,18})$/,
    most: 19,
    form: 'a whole number in decimal digits',
  });

/** A small whole number. */
export const Whole = ({ least = 0, most, ...about }: About & Bounds): PropertyDecorator =>
  field(
    about,
    { type: 'integer', minimum: least, maximum: most },
    IsInt({ message: 'has to be a whole number' }),
    Min(least, { message: `is below ${least}` }),
    Max(most, { message: `is above ${most}` }),
  );

/** A small whole number in a query string: decimal digits and nothing else become a number. */
export const WholeInQuery = (options: About & Bounds): PropertyDecorator =>
  together(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
    ),
    Whole(options),
  );

/** True or false. */
export const YesNo = (about: About): PropertyDecorator =>
  field(about, { type: Boolean }, IsBoolean({ message: 'has to be true or false' }));

/** `true` or `false` in a query string. */
export const YesNoInQuery = (about: About): PropertyDecorator =>
  together(
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    YesNo(about),
  );

// The document knows a deferred class by the name of the function, which has to be `type`.
const lazily = (of: () => Class): (() => never) => {
  const { type } = { type: () => of() };
  return type as () => never;
};

/** An object of another class. */
export const Nested = (type: () => Class, about: About): PropertyDecorator =>
  field(
    about,
    { type: lazily(type) },
    IsObject({ message: 'has to be an object' }),
    ValidateNested({ message: 'has to be an object' }),
    Type(type),
  );

/** A list of objects of another class. */
export const NestedList = (
  type: () => Class,
  { least = 0, most, ...about }: About & Bounds,
): PropertyDecorator =>
  field(
    about,
    { type: lazily(type), isArray: true, minItems: least, maxItems: most },
    IsArray({ message: 'has to be a list' }),
    ArrayMinSize(least, { message: `needs at least ${least} entries` }),
    ArrayMaxSize(most, { message: `holds at most ${most} entries` }),
    IsObject({ each: true, message: 'holds something that is not an object' }),
    ValidateNested({ each: true, message: 'holds something that is not an object' }),
    Type(type),
  );
