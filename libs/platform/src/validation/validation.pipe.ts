import { type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { validate, type ValidationError } from 'class-validator';
import { type Fault, Problem } from '../problem/problem.js';
import { nestsDeeperThan } from './depth.js';
import { instanceOf } from './instance.js';
import { rulesOf } from './metadata.js';
import { isPlainlyValid } from './valid.js';

/** More levels than any body has; see `nestsDeeperThan`. */
export const DEEPEST = 12;
const MOST_FAULTS = 32;
const LONGEST_NAME = 64;

/** How class-validator is asked; `isPlainlyValid` answers for these options. */
export const STRICTLY = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  // Values may be case content, and the errors live on in the problem.
  validationError: { target: false, value: false },
} as const;

/** What a request has of each kind, and what is said of that which is not known there. */
const PLACES = {
  body: { name: 'body', unknown: 'is not a member of this body' },
  query: { name: 'query', unknown: 'is not a parameter of this query' },
  param: { name: 'path', unknown: 'is not a part of this path' },
} as const;
type Place = (typeof PLACES)[keyof typeof PLACES];

/** Of a value that is not even of its type, nothing else is worth saying. */
const OF_TYPE: readonly string[] = [
  'isInt',
  'isArray',
  'isObject',
  'isBoolean',
  'nestedValidation',
];

const UNTYPED: readonly unknown[] = [String, Boolean, Number, Array, Object];

/** One step of a JSON pointer in a URI fragment. The name may be the caller's own. */
const step = (name: string): string => {
  const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return encodeURIComponent(
    short
      .replace(/\p{Cs}/gu, '\ufffd')
      .replaceAll('~', '~0')
      .replaceAll('/', '~1'),
  );
};

const detailOf = (
  constraint: string,
  message: string,
  property: string,
  { unknown }: Place,
): string => {
  if (constraint === 'whitelistValidation') return unknown;
  // Messages start with the name of the member, which the pointer says already.
  const stripped = message.startsWith(`${property} `)
    ? message.slice(property.length + 1)
    : message;
  return stripped.replace(`each value in ${property}`, 'each value').slice(0, 300);
};

const worthSaying = (
  constraints: ValidationError['constraints'] = {},
): readonly (readonly [constraint: string, message: string])[] => {
  const all = Object.entries(constraints);
  const first = all.find(([constraint]) => OF_TYPE.includes(constraint));
  return first === undefined ? all : [first];
};

const faultsIn = (errors: readonly ValidationError[], parent: string, place: Place): Fault[] =>
  errors.flatMap(({ property, constraints, children }) => {
    const pointer = `${parent}/${step(property)}`;
    return [
      ...worthSaying(constraints).map(([constraint, message]) => ({
        pointer,
        detail: detailOf(constraint, message, property, place),
      })),
      ...faultsIn(children ?? [], pointer, place),
    ];
  });

/** No parameter of a query is a list: one that came as one was written more than once. */
const repeatedIn = (query: object): Fault[] =>
  Object.entries(query).flatMap(([name, value]) =>
    Array.isArray(value) ? [{ pointer: `#/${step(name)}`, detail: 'is given more than once' }] : [],
  );

/**
 * Instances become ordinary objects again, without the members that were not sent: what follows
 * writes canonical bytes, and a member that is `undefined` is not the same as none.
 */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value) as [string, unknown][])
    if (member !== undefined) members.push([name, plain(member)]);
  return Object.fromEntries(members);
};

/**
 * Checks bodies, queries and paths against their classes: an unknown member is refused, nothing is
 * coerced but what a class itself transforms, and every fault is reported at once with its place.
 */
export class ValidationPipe implements PipeTransform {
  async transform(given: unknown, { metatype, type }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom' || metatype === undefined || UNTYPED.includes(metatype)) return given;
    // No body is an empty one: what is missing from it is then named member by member.
    const value = given ?? {};
    const place = PLACES[type];
    const invalid = (errors: readonly Fault[]): Problem =>
      new Problem(
        'invalid-request',
        `the ${place.name} is not valid`,
        errors.slice(0, MOST_FAULTS),
      );
    if (nestsDeeperThan(value, DEEPEST))
      throw new Problem('body-too-deep', `the ${place.name} nests deeper than ${DEEPEST} levels`);
    if (typeof value !== 'object' || Array.isArray(value))
      throw new Problem('invalid-request', `the ${place.name} is not an object`, [
        { pointer: '#', detail: 'is not an object' },
      ]);

    // A class without rules is one that has no members; the validator would not look at it at all.
    if (rulesOf(metatype).length === 0) {
      const unknown = Object.keys(value).slice(0, MOST_FAULTS);
      if (unknown.length === 0) return {};
      throw invalid(unknown.map((name) => ({ pointer: `#/${step(name)}`, detail: place.unknown })));
    }

    const instance = instanceOf(metatype as Type<object>, value);
    if (isPlainlyValid(instance)) return plain(instance);
    const errors = await validate(instance, STRICTLY);
    if (errors.length > 0) {
      const repeated = type === 'query' ? repeatedIn(value) : [];
      const said = new Set(repeated.map(({ pointer }) => pointer));
      const others = faultsIn(errors, '#', place).filter(({ pointer }) => !said.has(pointer));
      throw invalid([...repeated, ...others]);
    }
    return plain(instance);
  }
}
