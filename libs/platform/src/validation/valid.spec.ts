import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { ChangeRolesBody, IssueRequestBody, PageQuery } from '@tripoint/contracts';
import {
  IsArray,
  IsDefined,
  IsNumber,
  IsString,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  validate,
} from 'class-validator';
import fc from 'fast-check';
import { instanceOf } from './instance.js';
import { isPlainlyValid } from './valid.js';
import { STRICTLY } from './validation.pipe.js';

const byClassValidator = async (object: object): Promise<boolean> =>
  (await validate(object, STRICTLY)).length === 0;

const request = {
  to: 'bg-border-police',
  urgency: 'URGENT',
  access: 'DIRECT',
  marking: { classification: 'BPL', handling: ['H2'] },
  facts: {
    sought: 'When did the vehicle cross?',
    purpose: 'locating two persons',
    offence: 'trafficking in human beings',
    availability: 'it is thought to have crossed there',
    necessity: 'no other lead is left',
    language: 'en',
    entities: [
      { kind: 'vehicle', plate: 'X1000AB', country: 'GR' },
      {
        kind: 'person',
        category: 'SUSPECT',
        names: [{ kind: 'PRIMARY', script: 'Cyrl', family: 'Иванов', given: 'Георги' }],
      },
    ],
  },
  derivedFrom: ['8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21'],
};

type Tree = Record<string, unknown>;

/** Every place of a body that can hold something else: an object or a list, and a key of it. */
const places = (within: unknown): readonly (readonly [Tree, string])[] =>
  typeof within !== 'object' || within === null
    ? []
    : Object.entries(within as Tree).flatMap(([key, value]) => [
        [within as Tree, key] as const,
        ...places(value),
      ]);

const COUNT = places(request).length;

describe('a plain yes', () => {
  it('is given to what the classes of the contracts let through', () => {
    expect(isPlainlyValid(instanceOf(IssueRequestBody, request))).toBe(true);
    expect(isPlainlyValid(instanceOf(PageQuery, { limit: '20' }))).toBe(true);
    expect(isPlainlyValid(instanceOf(PageQuery, {}))).toBe(true);
  });

  it('is class-validator’s, wherever a body is changed', async () => {
    const anything = fc.oneof(
      fc.anything({ maxDepth: 2 }),
      fc.constantFrom(undefined, null, '', 'H1', 'H2', 'en', 'vehicle', 'person', 'nobody', 0, 1),
      fc.constantFrom([], {}, [null], [[]], [{}], ['H1', 'H1'], { kind: 'person' }, new Set([1])),
    );
    let agreed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: COUNT - 1 }),
        fc.constantFrom('replace', 'remove', 'add'),
        anything,
        async (at, how, value) => {
          const body = structuredClone(request);
          const [holder, key] = places(body)[at]!;
          if (how === 'remove') Reflect.deleteProperty(holder, key);
          else holder[how === 'add' ? `${key}x` : key] = value;
          const instance = instanceOf(IssueRequestBody, body);
          const found = await byClassValidator(instance);
          expect(isPlainlyValid(instance)).toBe(found);
          if (found) agreed += 1;
        },
      ),
      { numRuns: 500 },
    );
    expect(agreed).toBeGreaterThan(0);
  });

  it.each<[string, object]>([
    ['a role twice', { roles: ['OFFICER', 'OFFICER'] }],
    ['no list of roles', { roles: 'OFFICER' }],
    ['no roles at all', {}],
  ])('is not given to %s', async (_case, body) => {
    const instance = instanceOf(ChangeRolesBody, body);
    expect([isPlainlyValid(instance), await byClassValidator(instance)]).toEqual([false, false]);
  });
});

const Later = (good: boolean): PropertyDecorator =>
  ValidateBy({
    name: 'later',
    async: true,
    validator: { validate: () => Promise.resolve(good), defaultMessage: () => 'is not so' },
  });

class Good {
  @Later(true) readonly one!: string;
}
class Bad {
  @Later(false) readonly one!: string;
}
class Defined {
  @IsDefined() readonly one!: string;
}
class Sometimes {
  @IsString({ validateIf: (_, value) => value !== 1 }) readonly one!: string;
}
class Two {
  @IsString() readonly one!: string;
  @ValidateIf((two: Two) => two.one === 'look') @IsNumber() readonly two!: number;
}
class Base {
  @IsString() readonly one!: string;
}
class Derived extends Base {
  @IsNumber() readonly two!: number;
}
class Many {
  @IsArray() @IsString({ each: true }) readonly many!: string[];
}
class Holder {
  @ValidateNested() readonly held!: Base;
}
class Nothing {
  readonly one = 1;
}

const of = <T extends object>(type: new () => T, members: object): T =>
  Object.assign(new type(), members);

describe('what this cannot say', () => {
  it.each<[string, object]>([
    ['a rule that answers later', of(Good, { one: 'x' })],
    ['a rule that denies later', of(Bad, { one: 'x' })],
    ['a rule for what is there', of(Defined, { one: 'x' })],
    ['a rule with a condition of its own', of(Sometimes, { one: 1 })],
    ['a class without rules', new Nothing()],
    ['a set where a list is looked through', of(Many, { many: new Set(['x']) })],
    ['an object of no class', of(Holder, { held: { one: 'x' } })],
    ['a constructor that was sent', Object.assign(Object.create(null) as object, { one: 'x' })],
  ])('is left to class-validator: %s', (_case, object) => {
    expect(isPlainlyValid(object)).toBe(false);
  });

  it.each<[string, object]>([
    ['a member that is not looked at', of(Two, { one: 'pass', two: 'x' })],
    ['a member that is', of(Two, { one: 'look', two: 'x' })],
    ['the rules of a base class', of(Derived, { one: 1, two: 2 })],
    ['those and its own', of(Derived, { one: 'x', two: 2 })],
    ['each of a list', of(Many, { many: ['x', 1] })],
    ['nothing held', of(Holder, { held: undefined })],
    ['null held', of(Holder, { held: null })],
    ['one held', of(Holder, { held: of(Base, { one: 'x' }) })],
    ['a list of what may be held', of(Holder, { held: [of(Base, { one: 'x' })] })],
    ['a list with one that is not valid', of(Holder, { held: [of(Base, { one: 1 })] })],
    ['a member that nobody knows', of(Base, { one: 'x', more: 1 })],
  ])('is nothing of: %s', async (_case, object) => {
    expect(isPlainlyValid(object)).toBe(await byClassValidator(object));
  });
});
