// Content comes from other agencies and from officers alike: every member is checked against a closed
// schema before any rule looks at it. A refusal names the place, never what stood there; a member that the schema
// does not know is not named either, because its name is content too.
import { refuse, type Refusal } from '@tripoint/kernel';

/** Why content cannot be taken as it is. */
export type ContentRefusal = Refusal<
  | 'not-an-object'
  | 'missing-member'
  | 'unknown-member'
  | 'not-a-list'
  | 'too-few'
  | 'too-many'
  | 'repeated'
  | 'not-text'
  | 'text-empty'
  | 'text-too-long'
  | 'text-not-nfc'
  | 'text-has-control-characters'
  | 'text-in-another-script'
  | 'malformed'
  | 'unknown-code'
  | 'not-an-integer'
  | 'out-of-range'
  | 'not-a-boolean'
  | 'not-a-date'
  | 'nothing-identifies-it'
>;

declare const checked: unique symbol;

/** Looks at an unknown value; undefined means that it is a `T`. */
export type Check<T> = {
  (value: unknown, at: string): ContentRefusal | undefined;
  readonly [checked]?: T;
};

type Optional<T> = { readonly optional: Check<T> };

/** A member that may be absent. */
export const optional = <T>(check: Check<T>): Optional<T> => ({ optional: check });

type Members<T> = {
  readonly [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K>
    ? Optional<Exclude<T[K], undefined>>
    : Check<T[K]>;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOptional = (member: unknown): member is Optional<unknown> => typeof member === 'object';

/** An object with these members and no others. */
export const shape = <T extends object>(members: Members<T>): Check<T> => {
  const known = Object.entries(members) as readonly (readonly [
    string,
    Check<unknown> | Optional<unknown>,
  ])[];
  return (value, at) => {
    if (!isObject(value)) return refuse('not-an-object', `\`${at}\` has to be an object`);
    if (Object.keys(value).some((key) => !Object.hasOwn(members, key)))
      return refuse('unknown-member', `\`${at}\` has a member that is not known`);
    for (const [key, member] of known) {
      const place = `${at}.${key}`;
      const check = isOptional(member) ? member.optional : member;
      if (Object.hasOwn(value, key)) {
        const fault = check(value[key], place);
        if (fault !== undefined) return fault;
      } else if (!isOptional(member)) return refuse('missing-member', `\`${place}\` is missing`);
    }
    return undefined;
  };
};

/** An object whose `kind` says which of these checks applies to it. */
export const variant = <T extends { readonly kind: string }>(checks: {
  readonly [K in T['kind']]: Check<Extract<T, { readonly kind: K }>>;
}): Check<T> => {
  const byKind = new Map(Object.entries<Check<unknown>>(checks));
  return (value, at) => {
    if (!isObject(value)) return refuse('not-an-object', `\`${at}\` has to be an object`);
    const check = typeof value['kind'] === 'string' ? byKind.get(value['kind']) : undefined;
    return check === undefined
      ? refuse('unknown-code', `\`${at}.kind\` is not in its code list`)
      : check(value, at);
  };
};

/** First this check, then a rule about the whole value. */
export const also =
  <T>(check: Check<T>, rule: (value: T, at: string) => ContentRefusal | undefined): Check<T> =>
  (value, at) =>
    check(value, at) ?? rule(value as T, at);

/** A list of at most `max` members that differ from each other as JSON. */
export const listOf =
  <T>(member: Check<T>, { min = 0, max }: { min?: number; max: number }): Check<readonly T[]> =>
  (value, at) => {
    if (!Array.isArray(value)) return refuse('not-a-list', `\`${at}\` has to be a list`);
    if (value.length < min)
      return refuse('too-few', `\`${at}\` needs at least ${min.toString()} entries`);
    if (value.length > max)
      return refuse('too-many', `\`${at}\` holds at most ${max.toString()} entries`);
    const seen = new Set<string>();
    for (const [index, entry] of (value as readonly unknown[]).entries()) {
      const fault = member(entry, `${at}.${index.toString()}`);
      if (fault !== undefined) return fault;
      seen.add(JSON.stringify(entry));
    }
    return seen.size < value.length
      ? refuse('repeated', `\`${at}\` names the same entry twice`)
      : undefined;
  };

/** One of a code list; what is not in the list is refused, never guessed. */
export const oneOf = <Code extends string>(codes: readonly Code[]): Check<Code> => {
  const known = new Set<unknown>(codes);
  return (value, at) =>
    known.has(value) ? undefined : refuse('unknown-code', `\`${at}\` is not in its code list`);
};

// C0 and C1 controls apart from tab and line feed; lone surrogates; the bidirectional controls that make
// a text read differently from what it says.
const CONTROL = /(?![\t\n])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u;

/** Text that a person wrote: NFC, not blank, no controls, at most `max` characters. */
export const text =
  (max: number): Check<string> =>
  (value, at) => {
    if (typeof value !== 'string') return refuse('not-text', `\`${at}\` has to be text`);
    if (value.length > max)
      return refuse('text-too-long', `\`${at}\` holds at most ${max.toString()} characters`);
    if (value.trim() === '') return refuse('text-empty', `\`${at}\` is empty`);
    if (CONTROL.test(value))
      return refuse('text-has-control-characters', `\`${at}\` holds control characters`);
    return value.normalize('NFC') === value
      ? undefined
      : refuse('text-not-nfc', `\`${at}\` is not in Unicode form NFC`);
  };

/** Text of a fixed form; `form` describes it to people. */
export const matching =
  (pattern: RegExp, form: string): Check<string> =>
  (value, at) => {
    if (typeof value !== 'string') return refuse('not-text', `\`${at}\` has to be text`);
    return pattern.test(value) ? undefined : refuse('malformed', `\`${at}\` has to be ${form}`);
  };

/** A primitive that a kernel guard knows. */
export const guarded =
  <T extends string>(guard: (value: unknown) => value is T, form: string): Check<T> =>
  (value, at) =>
    guard(value) ? undefined : refuse('malformed', `\`${at}\` has to be ${form}`);

export const integer =
  (min: number, max: number): Check<number> =>
  (value, at) => {
    if (!Number.isSafeInteger(value))
      return refuse('not-an-integer', `\`${at}\` has to be an integer`);
    return (value as number) < min || (value as number) > max
      ? refuse('out-of-range', `\`${at}\` lies outside ${min.toString()} to ${max.toString()}`)
      : undefined;
  };

export const yesOrNo: Check<boolean> = (value, at) =>
  typeof value === 'boolean'
    ? undefined
    : refuse('not-a-boolean', `\`${at}\` has to be true or false`);

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

/** A date of the Gregorian calendar, of which month and day may be unknown: `1987`, `1987-04`, `1987-04-23`. */
export const date: Check<string> = (value, at) => {
  const parts = typeof value === 'string' ? DATE.exec(value) : null;
  if (parts === null) return refuse('not-a-date', `\`${at}\` has to be a date`);
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  return year >= 1850 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
    ? undefined
    : refuse('not-a-date', `\`${at}\` is not in the calendar`);
};

/** Whether it is such a date. */
export const isDate = (value: unknown): boolean => date(value, '') === undefined;

const daysIn = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};
