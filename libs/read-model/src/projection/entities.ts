import { ENTITY_KINDS, validateEntity, type Entity } from '@tripoint/domain';
import { isRefusal } from '@tripoint/kernel';
import { type EntityRow } from '../content.js';
import { type RecordedEntry } from '../entry.js';
import { labelKeys, type SearchAs } from '../search/keys.js';

/** A spelling or number under which something is searched. */
export type Label = { readonly text: string; readonly as: SearchAs };

/** An entity with what its search index needs. */
export type IndexedEntity = Omit<EntityRow, 'labels'> & {
  readonly leaf: number;
  readonly labels: readonly Label[];
  readonly keys: readonly number[];
};

const names = (...texts: readonly (string | undefined)[]): readonly Label[] =>
  texts
    .filter((text) => text !== undefined && text !== '')
    .map((text) => ({ text: text ?? '', as: 'name' }));

const numbers = (...texts: readonly (string | undefined)[]): readonly Label[] =>
  texts
    .filter((text) => text !== undefined && text !== '')
    .map((text) => ({ text: text ?? '', as: 'number' }));

/** Under what an entity is searched, as it was written, each once. */
export const labelsOf = (entity: Entity): readonly Label[] => {
  const all = (): readonly Label[] => {
    switch (entity.kind) {
      case 'person':
        return entity.names.flatMap(({ given, family, latin }) =>
          names([given, family].filter((part) => part !== undefined).join(' '), latin),
        );
      case 'vehicle':
        return numbers(entity.plate, entity.vin);
      case 'document':
        return numbers(entity.number);
      case 'location':
        return names(entity.name);
      case 'organisation':
        return [...names(entity.name), ...numbers(entity.registration)];
    }
  };
  return [...new Map(all().map((label) => [`${label.as} ${label.text}`, label])).values()];
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Content was checked to be shallow when it was opened; this is for what was not. */
const DEEPEST = 12;

/** Every entity in a part, wherever its type puts it, with the path to it. */
const entitiesIn = function* (
  value: unknown,
  path: string,
  depth = 0,
): Generator<readonly [string, Entity]> {
  if (!isObject(value) || depth > DEEPEST) return;
  if (ENTITY_KINDS.some((kind) => kind === value['kind'])) {
    const entity = validateEntity(value);
    if (!isRefusal(entity)) {
      yield [path, entity];
      return;
    }
  }
  for (const [name, member] of Object.entries(value))
    yield* entitiesIn(member, `${path}/${name}`, depth + 1);
};

/** The persons, vehicles, documents, locations and organisations that an event's parts name. */
export const entitiesOf = ({ exchange, recorded }: RecordedEntry): readonly IndexedEntity[] =>
  Object.entries(recorded.event.parts).flatMap(([compartment, part]) =>
    [...entitiesIn(part, compartment)].map(([path, entity]) => {
      const labels = labelsOf(entity);
      return {
        id: `${recorded.id}/${path}`,
        kind: entity.kind,
        exchange,
        item: recorded.event.item,
        event: recorded.id,
        compartment,
        issuer: recorded.issuer,
        leaf: recorded.leaf.index,
        labels,
        value: entity,
        keys: [...new Set(labels.flatMap(({ text, as }) => labelKeys(text, as)))],
      };
    }),
  );
