import { type SeenEvent } from '../event.js';
import { type Compartment, type Evaluation } from '../vocabulary/index.js';
import { type Entity } from './entity.js';

/** An entity in the compartment that named it. */
export type NamedEntity = {
  readonly compartment: Exclude<Compartment, 'core'>;
  /** Its place among those that this compartment names. */
  readonly position: number;
  readonly entity: Entity;
};

type Part = {
  readonly entities?: readonly Entity[];
  readonly persons?: readonly Entity[];
  readonly evaluation?: Evaluation;
};

const partsOf = (event: SeenEvent) =>
  Object.entries(event.parts) as readonly (readonly [NamedEntity['compartment'], Part])[];

/** Everything that the readable parts of an event name. */
export const entitiesIn = (event: SeenEvent): readonly NamedEntity[] =>
  partsOf(event).flatMap(([compartment, { entities = [], persons = [] }]) =>
    [...entities, ...persons].map((entity, position) => ({ compartment, position, entity })),
  );

/** The grading that an event states, as far as this reader may know it. */
export const evaluationIn = (event: SeenEvent): Evaluation | undefined =>
  partsOf(event)
    .map(([, { evaluation }]) => evaluation)
    .find((evaluation) => evaluation !== undefined);

/** A spelling under which something may be looked for. */
export type Label = { readonly as: 'name' | 'number'; readonly text: string };

const present = (as: Label['as'], ...texts: readonly (string | undefined)[]): readonly Label[] =>
  texts.filter((text) => text !== undefined).map((text) => ({ as, text }));

/** What an entity can be found by, as it was written. */
export const labelsOf = (entity: Entity): readonly Label[] => {
  switch (entity.kind) {
    case 'person':
      return entity.names.flatMap(({ given, family, latin }) =>
        present('name', [given, family].filter((part) => part !== undefined).join(' '), latin),
      );
    case 'vehicle':
      return present('number', entity.plate, entity.vin);
    case 'document':
      return present('number', entity.number);
    case 'location':
      return present('name', entity.name);
    case 'organisation':
      return [...present('name', entity.name), ...present('number', entity.registration)];
  }
};
