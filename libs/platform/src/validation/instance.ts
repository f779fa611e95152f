import { TransformationType } from 'class-transformer';
import { type Class, membersOf } from './metadata.js';

const PARAMS = { type: TransformationType.PLAIN_TO_CLASS, options: {} } as const;

/**
 * An object of the class from what was sent, as class-transformer makes it: nested objects are of their classes and
 * members are transformed as they say. What has no rules stays as it was sent, for the validator to find.
 */
export const instanceOf = <T extends object>(type: new () => T, value: object): T => {
  const made = new type();
  const members = membersOf(type);
  const target = made as Record<string, unknown>;
  for (const [key, sent] of Object.entries(value) as [string, unknown][]) {
    // A name of the prototype must not be covered: the validator calls what it finds there.
    if (key === '__proto__' || key === 'constructor' || typeof target[key] === 'function') continue;
    const member = members.get(key);
    let result = member?.typeOf === undefined ? sent : nested(member.typeOf, sent);
    for (const transform of member?.transforms ?? [])
      result = transform({ ...PARAMS, value: result, key, obj: value });
    target[key] = result;
  }
  return made;
};

const nested = (typeOf: (value: object) => Class, sent: unknown): unknown => {
  if (Array.isArray(sent)) return sent.map((one) => nested(typeOf, one));
  return typeof sent === 'object' && sent !== null ? instanceOf(typeOf(sent), sent) : sent;
};
