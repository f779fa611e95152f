// Most bodies are valid, and class-validator makes an error for every member before it finds that there is none. Its own rules, with
// its own constraints, are asked here for nothing but a yes; where that does not come plainly, it is asked itself.
import {
  getMetadataStorage,
  type ValidationArguments,
  ValidationTypes,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { rulesOf } from './metadata.js';

type Members = Readonly<Record<string, unknown>>;

/** What class-validator would do with one member, in its words. */
type Plan = {
  /** Where one says no, the member is not looked at. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly tests: readonly Test[];
  readonly nested: boolean;
};

type Test = {
  readonly constraint: ValidatorConstraintInterface;
  readonly constraints: unknown[];
  readonly each: boolean;
};

const plans = new WeakMap<object, ReadonlyMap<string, Plan> | 'unknown'>();

/**
 * Whether class-validator finds nothing wrong with `object`, when it is told to let no unknown member or value pass and has neither
 * groups nor members to skip. A no says nothing yet: there may be a rule that only class-validator itself knows to follow.
 */
export const isPlainlyValid = (object: object): boolean => {
  const type: unknown = object.constructor;
  if (typeof type !== 'function') return false;
  const plan = planOf(type);
  if (plan === 'unknown') return false;
  for (const name of Object.keys(object)) if (!plan.has(name)) return false;
  for (const [name, member] of plan)
    if (!isValidMember(object, (object as Members)[name], name, member)) return false;
  return true;
};

const isValidMember = (
  object: object,
  value: unknown,
  property: string,
  { conditions, tests, nested }: Plan,
): boolean => {
  if (!conditions.every((condition) => condition(object, value))) return true;
  if (tests.length > 0) {
    const asked = { targetName: object.constructor.name, property, object, value };
    for (const test of tests) if (!passes(test, asked)) return false;
  }
  return !nested || isValidNested(value);
};

const passes = (
  { constraint, constraints, each }: Test,
  asked: Omit<ValidationArguments, 'constraints'>,
): boolean => {
  const { value } = asked as { readonly value: unknown };
  const args = { ...asked, constraints };
  // A promise is not a plain yes.
  const accepts = (one: unknown): boolean => constraint.validate(one, args) === true;
  if (!each) return accepts(value);
  if (Array.isArray(value)) return value.every(accepts);
  return !(value instanceof Set || value instanceof Map) && accepts(value);
};

const isValidNested = (value: unknown): boolean => {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.every(isValidNested);
  return value instanceof Object && isPlainlyValid(value);
};

const planOf = (type: object): ReadonlyMap<string, Plan> | 'unknown' => {
  let known = plans.get(type);
  if (known === undefined) {
    known = planned(type);
    plans.set(type, known);
  }
  return known;
};

const planned = (type: object): ReadonlyMap<string, Plan> | 'unknown' => {
  const storage = getMetadataStorage();
  const members = new Map<
    string,
    { conditions: Plan['conditions'][number][]; tests: Test[]; nested: boolean }
  >();
  for (const rule of rulesOf(type)) {
    const member = members.get(rule.propertyName) ?? { conditions: [], tests: [], nested: false };
    members.set(rule.propertyName, member);
    switch (rule.type) {
      case ValidationTypes.CONDITIONAL_VALIDATION:
        member.conditions.push(rule.constraints[0] as Plan['conditions'][number]);
        break;
      case ValidationTypes.CUSTOM_VALIDATION:
        if (rule.validateIf !== undefined) return 'unknown';
        for (const { instance } of storage.getTargetValidatorConstraints(rule.constraintCls))
          member.tests.push({
            constraint: instance,
            constraints: rule.constraints as unknown[],
            each: rule.each,
          });
        break;
      case ValidationTypes.NESTED_VALIDATION:
        member.nested = true;
        break;
      case ValidationTypes.WHITELIST:
        break;
      default:
        return 'unknown';
    }
  }
  // Of a class without rules class-validator knows nothing, and says so.
  return members.size === 0 ? 'unknown' : members;
};
