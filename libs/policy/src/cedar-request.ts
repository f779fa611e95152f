import { type Context, type EntityJson, type TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import { tableEntities, type Bundle } from './bundle.js';
import { type Party, type Question } from './question.js';

/** A question in Cedar's own words. */
export type CedarRequest = {
  readonly principal: TypeAndId;
  readonly action: TypeAndId;
  readonly resource: TypeAndId;
  readonly context: Context;
  readonly entities: EntityJson[];
};

const uid = (type: string, id: string): TypeAndId => ({ type, id });
const entity = (type: string, id: string) => ({ __entity: uid(type, id) });

const agency = (id: string, { kind, state, clearance, active }: Party): EntityJson => ({
  uid: uid('Agency', id),
  attrs: {
    kind: entity('Kind', kind),
    state,
    clearance: entity('Classification', clearance),
    active,
  },
  parents: [],
});

const words = (question: Question, entities: EntityJson[]): CedarRequest => ({
  principal: uid('Agency', 'recipient'),
  action: uid('Action', 'receive'),
  resource: uid('Compartment', question.compartment),
  context: {
    issuer: entity('Agency', 'issuer'),
    sameAgency: question.sameAgency,
    family: entity('Family', question.family),
    classification: entity('Classification', question.classification),
    handling: question.handling.map((code) => entity('Handling', code)),
    relation: { ...question.relation },
    pair: {
      permitted: question.pair.permitted,
      ceiling: entity('Classification', question.pair.ceiling),
    },
    derivation: {
      ...question.derivation,
      onward: entity('Onward', question.derivation.onward),
    },
    ...(question.grant === undefined ? {} : { grant: { ...question.grant } }),
    ...(question.grantee === undefined ? {} : { grantee: question.grantee }),
    ...(question.scoped === undefined ? {} : { scoped: question.scoped }),
    ...(question.custodian === undefined ? {} : { custodian: question.custodian }),
    ...(question.order === undefined ? {} : { order: { ...question.order } }),
    ...(question.share === undefined ? {} : { share: { ...question.share } }),
  },
  entities: [
    agency('recipient', question.recipient),
    agency('issuer', question.issuer),
    ...entities,
  ],
});

/**
 * Puts questions into Cedar's words for one bundle, with those lines of its tables that the question names. A
 * question that names a line which is not there has no words: no rule need look at it for it to be refused.
 */
export const cedarRequests = (
  bundle: Bundle,
): ((question: Question) => CedarRequest | undefined) => {
  const table = new Map(tableEntities(bundle).map((line) => [JSON.stringify(line.uid), line]));
  return (question) => {
    const { recipient, issuer, compartment, classification, pair } = question;
    const named = new Set([recipient.clearance, issuer.clearance, classification, pair.ceiling]);
    const uids = [
      uid('Compartment', compartment),
      ...[...named].map((id) => uid('Classification', id)),
    ];
    const lines = uids.flatMap((name) => table.get(JSON.stringify(name)) ?? []);
    return lines.length === uids.length ? words(question, lines) : undefined;
  };
};

/** The files with which Cedar's own command line answers a question again. */
export type CedarFiles = {
  readonly 'policies.cedar': string;
  readonly 'schema.cedarschema': string;
  readonly 'entities.json': string;
  readonly 'request.json': string;
};

const written = ({ type, id }: TypeAndId): string => `${type}::${JSON.stringify(id)}`;

/** What `cedar authorize` needs to answer `question` by the rules of `bundle`. */
export const cedarFiles = (bundle: Bundle, question: Question): CedarFiles => {
  const { principal, action, resource, context, entities } = words(question, tableEntities(bundle));
  return {
    'policies.cedar': bundle.policies,
    'schema.cedarschema': bundle.schema,
    'entities.json': JSON.stringify(entities, null, 2),
    'request.json': JSON.stringify(
      {
        principal: written(principal),
        action: written(action),
        resource: written(resource),
        context,
      },
      null,
      2,
    ),
  };
};
