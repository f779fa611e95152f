import { describe, expect, it } from '@jest/globals';
import { statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { type Digest } from '@tripoint/kernel';
import { cedarRequests, type CedarRequest } from './cedar-request.js';
import { ask, prepare } from './engine.js';
import { cedarFiles, firstBundle, NeedToKnow, type Question } from './index.js';
import { aQuestion, aQuestionWith, ownCopy } from './testing/index.js';

const bundle = firstBundle();
const rules = new NeedToKnow(bundle);
const denies = (question: unknown) => !rules.decide(question as Question).allowed;

type Path = readonly (string | number)[];

/** Every place in a tree of plain data, the inner ones too. */
const pathsOf = (value: unknown, at: Path = []): readonly Path[] => {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([member, one]) =>
    pathsOf(one, [...at, Array.isArray(value) ? Number(member) : member]),
  );
  return at.length === 0 ? inner : [at, ...inner];
};

type Branch = Record<string | number, unknown>;

/** A copy of `tree` with another value at `path`. */
const replaced = (tree: unknown, [member, ...rest]: Path, value: unknown): unknown => {
  if (member === undefined) return value;
  const inner = replaced((tree as Branch)[member], rest, value);
  return Array.isArray(tree)
    ? tree.with(Number(member), inner)
    : { ...(tree as Branch), [member]: inner };
};

/** A copy of `tree` without what stands at `path`. */
const without = (tree: unknown, path: Path): unknown => {
  const holder = valueAt(tree, path.slice(0, -1));
  const left = Object.entries(holder as Branch).filter(
    ([member]) => member !== String(path.at(-1)),
  );
  return replaced(
    tree,
    path.slice(0, -1),
    Array.isArray(holder) ? left.map(([, value]) => value) : Object.fromEntries(left),
  );
};

const valueAt = (tree: unknown, path: Path): unknown =>
  path.reduce((inner, member) => (inner as Branch)[member], tree);

const otherTypes = [
  null,
  true,
  false,
  0,
  1,
  -1,
  0.5,
  '',
  'true',
  [],
  {},
  [[]],
  { __entity: { type: 'Kind', id: 'POLICE' } },
];
const overflows = [
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e308,
  'H2'.repeat(500_000),
  Array(10_000).fill('H2'),
];

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
/** Legal in place of what stands there: another truth value, another state's name, another set of codes. */
const isLegal = (before: unknown, after: unknown, path: Path) =>
  same(before, after) ||
  (typeof before === 'boolean' && typeof after === 'boolean') ||
  (path.at(-1) === 'state' && typeof after === 'string' && after.length <= 64) ||
  (path.at(-1) === 'handling' && same(after, []));

describe('a question', () => {
  const paths = pathsOf(aQuestion);

  it('is allowed as it stands, so that what follows can fail', () => {
    expect(rules.decide(aQuestion).allowed).toBe(true);
    expect(paths.length).toBeGreaterThan(25);
  });

  // The originator's permit depends on one attribute only: were a forbid skipped, it would be given everything.
  describe.each([
    ['another agency', aQuestion],
    ['its own issuer', aQuestionWith(ownCopy)],
  ])('about %s', (_who, question) => {
    it.each(pathsOf(question).map((path) => [path.join('.'), path] as const))(
      'without %s is denied',
      (_name, path) => {
        if (typeof path.at(-1) === 'number') return; // A set with fewer codes is a set.
        expect(denies(without(question, path))).toBe(true);
      },
    );

    it.each(pathsOf(question).map((path) => [path.join('.'), path] as const))(
      'with %s of another type or size is denied',
      (_name, path) => {
        const before = valueAt(question, path);
        const given = [...otherTypes, ...overflows]
          .filter((after) => !isLegal(before, after, path))
          .filter((after) => !denies(replaced(question, path, after)));
        expect(given).toEqual([]);
      },
    );

    it('with anything more is denied', () => {
      expect(denies({ ...question, purpose: 'none' })).toBe(true);
      expect(denies({ ...question, recipient: { ...question.recipient, id: 'gr-police' } })).toBe(
        true,
      );
    });
  });

  it('for other rules is denied', () => {
    expect(rules.decide({ ...aQuestion, bundle: 'ab'.repeat(32) as Digest })).toMatchObject({
      allowed: false,
      rules: ['question-for-another-bundle'],
    });
  });
});

// Every so many of the mutants: no divisor of the eight that each place has, so that every place and every kind has its turn.
const DIAGNOSED = Number(process.env['TRIPOINT_DIAGNOSED_EVERY'] ?? 3);

describe('the engine', () => {
  prepare(bundle);
  const inWords = (question: Question) => cedarRequests(bundle)(question)!;
  const raw = (request: CedarRequest) =>
    statefulIsAuthorized({ ...request, preparsedPolicySetId: bundle.digest });

  it('would allow what a skipped forbid no longer forbids; we do not', () => {
    const request = inWords(aQuestionWith({ ...ownCopy, classification: 'C-UE/EU-C' }));
    const lacking = {
      ...request,
      entities: request.entities.filter(({ uid }) => (uid as { id: string }).id !== 'C-UE/EU-C'),
    };
    expect(ask(bundle, request)).toMatchObject({ allowed: false });
    const answer = raw(lacking);
    expect(answer).toMatchObject({ type: 'success', response: { decision: 'allow' } });
    expect(answer.type === 'success' && answer.response.diagnostics.errors.length).toBe(3);
    expect(ask(bundle, lacking)).toBeUndefined();
  });

  it('gives no allow while there are diagnostics, whatever is missing, mistyped or overflows', () => {
    const mutants = [aQuestion, aQuestionWith(ownCopy)]
      .map(inWords)
      .flatMap((request) =>
        pathsOf({ context: request.context, entities: request.entities }).flatMap((path) =>
          [
            without(request, path),
            ...[null, true, 7, 2 ** 63, 'POLICE', [], {}].map((after) =>
              replaced(request, path, after),
            ),
          ].map((mutant) => mutant as CedarRequest),
        ),
      )
      .filter((_, at) => at % DIAGNOSED === 0);
    // What the binding itself does not take, it throws at: no answer either.
    const outcomes = mutants.map((request) => {
      try {
        const answer = raw(request);
        const clean = answer.type === 'success' && answer.response.diagnostics.errors.length === 0;
        return { clean, allowed: ask(bundle, request)?.allowed === true };
      } catch {
        return { clean: false, allowed: false };
      }
    });
    expect(outcomes.filter(({ clean }) => !clean).length).toBeGreaterThan(100);
    expect(outcomes.filter(({ clean, allowed }) => allowed && !clean)).toEqual([]);
  });
});

describe('memory', () => {
  it('gives equal questions the same verdict, which nobody can change', () => {
    const verdict = rules.decide(aQuestion);
    expect(rules.decide(structuredClone(aQuestion))).toBe(verdict);
    expect(() => Object.assign(verdict.question.relation, { owner: false })).toThrow(TypeError);
  });

  it('does not mix up questions that differ in one attribute', () => {
    expect(rules.decide(aQuestionWith({ relation: { participant: false } })).allowed).toBe(false);
    expect(rules.decide(aQuestion).allowed).toBe(true);
  });

  it('is bounded, and forgetting changes no answer', () => {
    const forgetful = new NeedToKnow(bundle, 4);
    const questions = Array.from({ length: 12 }, (_, i) =>
      aQuestionWith({ recipient: { state: `S${i}`, active: i % 2 === 0 } }),
    );
    const first = questions.map((question) => forgetful.decide(question));
    const again = questions.map((question) => forgetful.decide(question));
    expect(again).toEqual(first);
    expect(again[0]).not.toBe(first[0]);
    expect(forgetful.decide(questions[11]!)).toBe(again[11]);
    expect(forgetful.decide(questions[10]!)).toBe(again[10]);
  });

  it('keeps nothing that is out of shape', () => {
    const odd = { ...aQuestion, purpose: 'none' };
    expect(rules.decide(odd)).not.toBe(rules.decide(odd));
  });
});

it('can be asked again with the command line: the files hold the whole question', () => {
  const files = cedarFiles(bundle, aQuestion);
  const request = JSON.parse(files['request.json']) as Record<string, unknown>;
  expect(request).toMatchObject({
    principal: 'Agency::"recipient"',
    action: 'Action::"receive"',
    resource: 'Compartment::"facts"',
  });
  expect(
    ask(bundle, {
      ...inCedarsJson(request),
      entities: JSON.parse(files['entities.json']) as CedarRequest['entities'],
    }),
  ).toEqual({ allowed: true, deciding: new Set(['admitted-kind-is-given-the-compartment']) });
  expect(files['policies.cedar']).toBe(bundle.policies);
  expect(files['schema.cedarschema']).toBe(bundle.schema);
});

/** The command line takes names as text, the library takes them in two parts. */
const inCedarsJson = (request: Record<string, unknown>): CedarRequest => {
  const parts = (text: unknown) => {
    const [type, id] = String(text).split('::') as [string, string];
    return { type, id: JSON.parse(id) as string };
  };
  return {
    principal: parts(request['principal']),
    action: parts(request['action']),
    resource: parts(request['resource']),
    context: request['context'] as CedarRequest['context'],
    entities: [],
  };
};
