// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- a build of one application has to find it too
/// <reference path="./class-transformer.d.ts" />

// The decorators of a class say the same all its life; class-validator and class-transformer gather what they said
// anew for every object, through every class of the process. Here it is gathered once for each class.
import { TransformationType, type TransformFnParams } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, type MetadataStorage } from 'class-validator';

export type Class = new () => object;

type Rules = ReturnType<MetadataStorage['getTargetValidationMetadatas']>;

const storage = getMetadataStorage();
const gather = storage.getTargetValidationMetadatas.bind(storage);
const rules = new WeakMap<object, Rules>();

/** What class-validator looks at for objects of this class, without groups. */
export const rulesOf = (type: object): Rules => {
  const known = rules.get(type);
  if (known !== undefined) return known;
  const found = gather(type as Class, '', false, false);
  rules.set(type, found);
  return found;
};

// `validate` asks this for every object that it meets. A schema's name changes nothing for a class: what is kept for
// one was all said by its decorators. There are no groups here; whoever has some is answered as before.
storage.getTargetValidationMetadatas = (type, schema, always, strict, groups) =>
  typeof type === 'function' && !always && !strict && groups === undefined
    ? rulesOf(type)
    : gather(type, schema, always, strict, groups);

/** How a member that has rules is made from what was sent. */
export type Member = {
  /** Its class where it is an object or a list of objects; it may depend on what was sent. */
  readonly typeOf: ((value: object) => Class) | undefined;
  readonly transforms: readonly ((params: TransformFnParams) => unknown)[];
};

const members = new WeakMap<Class, ReadonlyMap<string, Member>>();

/** By name. Names without rules are not among them: they are the caller's and would be without end. */
export const membersOf = (type: Class): ReadonlyMap<string, Member> => {
  let known = members.get(type);
  if (known === undefined) {
    const names = new Set(rulesOf(type).map(({ propertyName }) => propertyName));
    known = new Map([...names].map((name) => [name, memberOf(type, name)]));
    members.set(type, known);
  }
  return known;
};

const memberOf = (type: Class, name: string): Member => ({
  typeOf: typeOf(type, name),
  transforms: defaultMetadataStorage
    .findTransformMetadatas(type, name, TransformationType.PLAIN_TO_CLASS)
    .map(({ transformFn }) => transformFn),
});

const typeOf = (type: Class, name: string): Member['typeOf'] => {
  // Its types promise an answer; where there was no decorator there is none.
  const found = defaultMetadataStorage.findTypeMetadata(type, name) as
    ReturnType<typeof defaultMetadataStorage.findTypeMetadata> | undefined;
  if (found === undefined) return undefined;
  const base = found.typeFunction() as Class;
  const discriminator = found.options.discriminator;
  if (discriminator === undefined) return () => base;
  const { property, subTypes } = discriminator;
  const byName = new Map(subTypes.map(({ name: called, value }) => [called, value as Class]));
  return (value) => byName.get((value as Record<string, string>)[property] ?? '') ?? base;
};
