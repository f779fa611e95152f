import {
  checkParseEntities,
  policySetTextToParts,
  policyToJson,
  validate,
  type DetailedError,
  type EntityJson,
} from '@cedar-policy/cedar-wasm/nodejs';
import { aboveRestricted, CLASSIFICATIONS, classificationRank } from '@tripoint/domain';
import { isRefusal, refuse, type Digest, type Refusal } from '@tripoint/kernel';
import { canonicalBytes, parseCanonical, sha256 } from './canonical.js';
import { compartmentTable, type CompartmentRow } from './compartments.js';
import { firstRules } from './rules/first.js';
import { cedarSchema } from './schema.js';
import { conforms, freeze, type Shape } from './shape.js';

/** A classification, its rank, and whether the network may carry it at all. */
export type ClassificationRow = {
  readonly classification: string;
  readonly rank: number;
  readonly accredited: boolean;
};

/** For how long what is of a class is kept. What is of no class here is kept until somebody has it erased. */
export type RetentionTerm = { readonly retention: string; readonly seconds: number };

/** What a bundle is made from. */
export type BundleSources = {
  /** Cedar policies; each carries an `@id` and a `@because`. */
  readonly policies: string;
  readonly compartments: readonly CompartmentRow[];
  readonly classifications: readonly ClassificationRow[];
  /** Of what is said while the bundle is in force; absent where nothing is erased by time alone. */
  readonly retention?: readonly RetentionTerm[];
};

/** One rule, for people. */
export type Rule = {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly because: string;
  /** Its Cedar text. */
  readonly text: string;
};

/**
 * Validated rules, named by the SHA-256 of their canonical bytes. Made only by {@link publishBundle} and
 * {@link loadBundle}.
 */
export type Bundle = {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  /** Cedar schema. */
  readonly schema: string;
  /** Cedar text of all rules. */
  readonly policies: string;
  /** The same, rule by rule, in the order of the text. */
  readonly rules: readonly Rule[];
  readonly compartments: readonly CompartmentRow[];
  readonly classifications: readonly ClassificationRow[];
  readonly retention: readonly RetentionTerm[];
};

/** Why rules were refused, and everything that was found wrong with them. */
export type BundleRefusal = Refusal<'bundle-malformed' | 'bundle-not-valid'> & {
  readonly reasons: readonly string[];
};

/** Ids that a verdict uses when no rule was heard. */
export const NOT_UNDERSTOOD = 'question-not-understood';
export const OTHER_BUNDLE = 'question-for-another-bundle';

type Content = BundleSources & { readonly v: number; readonly schema: string };

const contentShape: Shape = {
  v: 'count',
  schema: 'text',
  policies: 'text',
  compartments: [{ compartment: 'code', holds: 'text', kinds: 'codes' }],
  classifications: [{ classification: 'code', rank: 'count', accredited: 'boolean' }],
  'retention?': [{ retention: 'code', seconds: 'count' }],
};

const isContent = (value: unknown): value is Content =>
  conforms(contentShape, value) && (value as Content).v === 1;

/** The tables of a bundle, as the entities that its rules are evaluated against. */
export const tableEntities = ({
  compartments,
  classifications,
}: Pick<Bundle, 'compartments' | 'classifications'>): EntityJson[] => [
  ...compartments.map(({ compartment, kinds }) => ({
    uid: { type: 'Compartment', id: compartment },
    attrs: { kinds: kinds.map((id) => ({ __entity: { type: 'Kind', id } })) },
    parents: [],
  })),
  ...classifications.map(({ classification, rank, accredited }) => ({
    uid: { type: 'Classification', id: classification },
    attrs: { rank, accredited },
    parents: [],
  })),
];

const messages = (errors: readonly DetailedError[]): string[] =>
  errors.map(({ message }) => message);

/** Every entity that a policy names, wherever it stands in the policy's JSON. */
const entitiesNamedIn = (json: unknown): readonly { type: string; id: string }[] => {
  if (typeof json !== 'object' || json === null) return [];
  const { type, id } = json as { type?: unknown; id?: unknown };
  if (typeof type === 'string' && typeof id === 'string') return [{ type, id }];
  return Object.values(json).flatMap(entitiesNamedIn);
};

const repeated = (list: readonly string[]): readonly string[] =>
  list.filter((one, i) => list.indexOf(one) !== i);

/** Short words; short enough for the record of a verdict. */
const ID = /^(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

type Checked = { readonly rules: readonly Rule[]; readonly reasons: readonly string[] };

/** Cedar numbers policies by their place; ours are called what their `@id` says. */
const rulesOf = (text: string, entities: readonly EntityJson[]): Checked => {
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') return { rules: [], reasons: messages(parts.errors) };

  const known = new Set(entities.map(({ uid }) => JSON.stringify(uid)));
  const rules: Rule[] = [];
  const reasons: string[] = parts.policy_templates.map(
    () => 'a template decides nothing by itself',
  );
  // Cedar hands them back sorted by number as text, 10 before 2.
  const inOrder = parts.policies.toSorted((a, b) => text.indexOf(a) - text.indexOf(b));
  for (const [i, policy] of inOrder.entries()) {
    const parsed = policyToJson(policy);
    if (parsed.type === 'failure') {
      reasons.push(...messages(parsed.errors));
      continue;
    }
    const { annotations = {}, effect } = parsed.json;
    const { id = '', because = '' } = annotations as { id?: string; because?: string };
    const name = id === '' ? `policy ${i}` : id;
    if (!ID.test(id)) reasons.push(`${name}: has no @id of small words`);
    if (id === NOT_UNDERSTOOD || id === OTHER_BUNDLE) reasons.push(`${name}: this @id is taken`);
    if (!/^\S.{0,198}\S$/.test(because)) reasons.push(`${name}: has no @because of one sentence`);
    for (const uid of entitiesNamedIn(parsed.json))
      if (['Compartment', 'Classification'].includes(uid.type) && !known.has(JSON.stringify(uid)))
        reasons.push(`${name}: names ${uid.type} ${uid.id}, which is in no table`);
    rules.push({ id, effect, because, text: policy });
  }
  if (rules.length === 0) reasons.push('there is no rule');
  for (const id of repeated(rules.map((rule) => rule.id)))
    reasons.push(`${id}: this @id is there twice`);
  return { rules, reasons };
};

/** By id, as the engine takes them. */
export const policiesById = (rules: readonly Rule[]): Record<string, string> =>
  Object.fromEntries(rules.map(({ id, text }) => [id, text]));

const reasonsFromCedar = (
  schema: string,
  rules: readonly Rule[],
  entities: readonly EntityJson[],
): readonly string[] => {
  const answer = validate({
    validationSettings: { mode: 'strict' },
    schema,
    policies: { staticPolicies: policiesById(rules) },
  });
  if (answer.type === 'failure') return messages([...answer.errors, ...answer.warnings]);
  const table = checkParseEntities({ entities: [...entities], schema });
  return [
    ...[...answer.validationErrors, ...answer.validationWarnings].map(
      ({ policyId, error }) => `${policyId}: ${error.message}`,
    ),
    ...messages(answer.otherWarnings),
    ...(table.type === 'failure' ? messages(table.errors) : []),
  ];
};

const notValid = (reasons: readonly string[]): BundleRefusal => ({
  ...refuse('bundle-not-valid', 'the rules do not pass validation'),
  reasons,
});

const admit = (content: Content, bytes: Uint8Array): Bundle | BundleRefusal => {
  const { schema, policies, compartments, classifications, retention = [] } = content;
  const entities = tableEntities(content);
  const twice = repeated(entities.map(({ uid }) => JSON.stringify(uid)));
  if (twice.length > 0) return notValid(twice.map((uid) => `${uid} is in a table twice`));

  const classes = retention.map((term) => term.retention);
  if (repeated(classes).length > 0 || retention.some(({ seconds }) => seconds === 0))
    return notValid(['a class of retention has no term, or two']);

  const { rules, reasons } = rulesOf(policies, entities);
  // Cedar is asked about rules that have names only: it would report the others by number.
  if (reasons.length > 0) return notValid(reasons);
  const invalid = reasonsFromCedar(schema, rules, entities);
  if (invalid.length > 0) return notValid(invalid);

  const frozen = freeze({ schema, policies, rules, compartments, classifications, retention });
  return Object.freeze({ digest: sha256(bytes), bytes, ...frozen });
};

/** Validates rules strictly; any error or warning of Cedar's validator refuses them, with every reason. */
export const publishBundle = (sources: BundleSources): Bundle | BundleRefusal => {
  const { policies, compartments, classifications, retention } = sources;
  const tables = { compartments, classifications, ...(retention && { retention }) };
  return loadBundle(canonicalBytes({ v: 1, schema: cedarSchema(), policies, ...tables }));
};

const MOST_KNOWN = 8;
// Validating is slow and its outcome follows from the bytes alone. Whoever replays several logs, or several agencies
// in one process, pays for it once. What is refused is not kept: garbage must not push out what is in force.
const known = new Map<Digest, Bundle>();

/** Reads a published bundle and validates it again. The schema is the bundle's own: old rules stay readable. */
export const loadBundle = (bytes: Uint8Array): Bundle | BundleRefusal => {
  const before = known.get(sha256(bytes));
  // Bytes cannot be frozen, so everybody has a copy.
  if (before !== undefined) return Object.freeze({ ...before, bytes: bytes.slice() });
  const content = parseCanonical(bytes);
  if (!isContent(content))
    return { ...refuse('bundle-malformed', 'these bytes are no bundle'), reasons: [] };
  const bundle = admit(content, bytes.slice());
  if (!isRefusal(bundle)) {
    const [oldest] = known.keys();
    if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
    known.set(bundle.digest, bundle);
  }
  return bundle;
};

/** What the first bundle is made from: start from here to write the next one. */
export const firstSources: BundleSources = {
  policies: firstRules,
  compartments: compartmentTable,
  classifications: CLASSIFICATIONS.map((classification) => ({
    classification,
    rank: classificationRank(classification),
    accredited: !aboveRestricted(classification),
  })),
};

let first: Bundle | undefined;

/** The rules that Tripoint ships with. */
export const firstBundle = (): Bundle => {
  if (first === undefined) {
    const published = publishBundle(firstSources);
    if (isRefusal(published)) throw new Error(published.reasons.join('\n'));
    first = published;
  }
  return first;
};
