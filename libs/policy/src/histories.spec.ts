import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AgencyId, type Digest, type ExchangeId } from '@tripoint/kernel';
import {
  firstBundle,
  foldMembership,
  judge,
  NeedToKnow,
  unopened,
  type AgencyAttributes,
  type Facts,
  type Judged,
  type Membership,
  type PairPolicy,
  type Source,
} from './index.js';
import { Model, type Said } from './testing/index.js';

/** How many random histories are played; the README names the long run. */
const HISTORIES = Number(process.env['TRIPOINT_HISTORIES'] ?? 60);

const bundle = firstBundle();
const rules = new NeedToKnow(bundle, 400_000);

const AGENCIES = [
  ['pol-a', 'POLICE', 'R-UE/EU-R'],
  ['pol-b', 'POLICE', 'BPL'],
  ['customs', 'CUSTOMS', 'R-UE/EU-R'],
  ['prosecutor', 'PROSECUTOR', 'R-UE/EU-R'],
  ['ngo', 'NGO', 'R-UE/EU-R'],
  // A name that every JavaScript object inherits.
  ['constructor', 'NATIONAL_COMMISSION', 'BPL'],
  ['oversight', 'OVERSIGHT', 'R-UE/EU-R'],
] as const;
const COMPARTMENTS = ['core', 'facts', 'source', 'evidence', 'needs', 'statistics'] as const;
const CLASSIFICATIONS = ['UNCLASSIFIED', 'BPL', 'R-UE/EU-R', 'C-UE/EU-C'] as const;
const HANDLINGS = [[], ['H2'], ['H1', 'H2']] as const;
const ONWARD = ['ALLOWED', 'ALLOWED', 'WITH_AUTHORISATION', 'FORBIDDEN'] as const;
const STREAMS = ['one', 'two'] as const;

const anAgency = fc.nat({ max: AGENCIES.length - 1 });
const someAgencies = fc.uniqueArray(anAgency, { maxLength: 4 });
const rarely = <T>(value: fc.Arbitrary<T>, otherwise: T) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary: value });

const aPart = fc.record({
  compartment: fc.constantFrom(...COMPARTMENTS),
  classification: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('UNCLASSIFIED', 'BPL') },
    { weight: 1, arbitrary: fc.constantFrom(...CLASSIFICATIONS) },
  ),
  handling: fc.constantFrom(...HANDLINGS),
  opens: rarely(fc.boolean(), false),
  admits: rarely(
    fc.uniqueArray(fc.tuple(anAgency, fc.subarray([...COMPARTMENTS], { minLength: 1 })), {
      maxLength: 2,
      selector: ([agency]) => agency,
    }),
    [],
  ),
  removes: rarely(fc.uniqueArray(anAgency, { maxLength: 2 }), []),
  /** Counted backwards from the newest part; beyond the first there is nothing known. */
  takenFrom: fc.oneof(
    fc.constant<number[]>([]),
    fc.uniqueArray(fc.nat({ max: 4 }), { maxLength: 2 }),
  ),
  to: someAgencies,
});

const aStep = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      step: fc.constant('suspend' as const),
      agency: anAgency,
      active: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant('agree' as const),
      between: fc.uniqueArray(anAgency, { minLength: 2, maxLength: 2 }),
      permitted: fc.boolean(),
      ceiling: fc.constantFrom('UNCLASSIFIED', 'BPL', 'R-UE/EU-R'),
      onward: fc.constantFrom(...ONWARD),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      step: fc.constant('say' as const),
      stream: fc.constantFrom(...STREAMS),
      by: anAgency,
      parts: fc.array(aPart, { minLength: 1, maxLength: 2 }),
      /** Steps of others that reach the log between sealing and this event's own leaf. */
      overtakenBy: rarely(fc.nat({ max: 3 }), 0),
    }),
  },
);
type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;
type Say = Extract<Step, { step: 'say' }>;

const name = (agency: number): AgencyId => AGENCIES[agency]![0] as AgencyId;
const sorted = <T extends string>(list: readonly T[]): readonly T[] => [...list].sort();

/** What stands in for a descriptor's digest. */
const digestOf = (n: number): Digest => n.toString(16).padStart(64, '0') as Digest;

const NEVER_SAID = 'f'.repeat(64) as Digest;

const factsOf = ({ opens, admits, removes, takenFrom }: Said): Facts => {
  const facts = {
    ...(opens && { opens: true }),
    ...(admits.length > 0 && {
      admits: admits.map(([agency, compartments]) => ({ agency, compartments })),
    }),
    ...(removes.length > 0 && { removes }),
    ...(takenFrom.length > 0 && { derivedFrom: takenFrom }),
  };
  return facts as unknown as Facts;
};

/** The library as a hub uses it, beside the model: whatever happens is told to both. */
class World {
  readonly model = new Model();
  readonly #agencies = new Map<AgencyId, AgencyAttributes>();
  readonly #pairs = new Map<string, PairPolicy>();
  readonly #memberships = new Map<string, Membership>();
  readonly #sources = new Map<Digest, Source>();
  #parts = 0;

  constructor() {
    for (const i of AGENCIES.keys()) this.setAgency(i, true);
    for (const a of AGENCIES.keys())
      for (const b of AGENCIES.keys()) if (a < b) this.agree(a, b, true, 'R-UE/EU-R', 'ALLOWED');
  }

  setAgency(agency: number, active: boolean): void {
    const [, kind, clearance] = AGENCIES[agency]!;
    this.#agencies.set(name(agency), { id: name(agency), kind, state: 'XX', clearance, active });
    this.model.happened({ what: 'agency', id: name(agency), kind, clearance, active });
  }

  agree(a: number, b: number, permitted: boolean, ceiling: string, onward: string): void {
    const between = [name(a), name(b)] as const;
    const clocks = { urgentDirect: 1, urgentIndirect: 1, routine: 1, grace: 1 };
    this.#pairs.set(sorted(between).join(' '), {
      transfer: { permitted, ceiling, onward },
      clocks,
    });
    this.model.happened({ what: 'pair', between, permitted, ceiling, onward });
  }

  /** Seals: what is meant for whom, narrowed to those who may have it as things stand. */
  seal({ stream, by, parts }: Say): readonly Said[] {
    const newest = this.#parts - 1;
    const said = parts.map((part): Said => ({
      ...part,
      id: digestOf(this.#parts++),
      admits: [...part.admits]
        .sort(([a], [b]) => (name(a) < name(b) ? -1 : 1))
        .map(([agency, compartments]) => [name(agency), sorted(compartments)]),
      removes: sorted(part.removes.map(name)),
      takenFrom: sorted(
        part.takenFrom.map((back) => (newest < back ? NEVER_SAID : digestOf(newest - back))),
      ),
      to: part.to.map(name),
    }));
    const judged = this.#judge(stream, name(by), said);
    return said.map((part, i) => ({
      ...part,
      to: judged.filter((one) => one.part === i && one.verdict.allowed).map((one) => one.recipient),
    }));
  }

  /** Logs: judges what was sealed as things stand by now. */
  log({ stream, by }: Say, said: readonly Said[]): readonly (Judged & { expected: boolean })[] {
    const judged = this.#judge(stream, name(by), said);
    const place = this.model.happened({ what: 'event', stream, by: name(by), parts: said });
    this.#memberships.set(
      stream,
      foldMembership(this.#memberships.get(stream) ?? unopened, {
        stream: stream as ExchangeId,
        issuer: name(by),
        facts: said.map(factsOf),
      }),
    );
    for (const [i, part] of said.entries())
      this.#sources.set(part.id as Digest, {
        issuer: name(by),
        exchange: stream as ExchangeId,
        compartment: part.compartment,
        classification: part.classification,
        handling: part.handling,
        holders: judged
          .filter((one) => one.part === i && one.verdict.allowed)
          .map((one) => one.recipient),
        derivedFrom: part.takenFrom as readonly Digest[],
      });
    return judged.map((one) => ({
      ...one,
      expected: this.model.entitled(place, one.part, one.recipient),
    }));
  }

  #judge(stream: string, issuer: AgencyId, said: readonly Said[]): readonly Judged[] {
    return judge(rules, {
      stream: stream as ExchangeId,
      family: 'request',
      issuer,
      parts: said.map((part) => ({
        compartment: part.compartment,
        classification: part.classification,
        handling: part.handling,
        facts: factsOf(part),
        recipients: part.to as readonly AgencyId[],
      })),
      membership: this.#memberships.get(stream) ?? unopened,
      agency: (id) => this.#agencies.get(id),
      pair: (a, b) => this.#pairs.get(sorted([a, b]).join(' ')),
      source: (digest) => this.#sources.get(digest),
    });
  }
}

it(`agrees with an independent model on ${HISTORIES} random histories`, () => {
  const seen = { allowed: 0, denied: 0, overtaken: 0 };
  const everybody = AGENCIES.map((_, i) => i);
  const opening: Say = {
    step: 'say',
    stream: 'one',
    by: 0,
    parts: [
      {
        compartment: 'core',
        classification: 'UNCLASSIFIED',
        handling: [],
        opens: true,
        admits: everybody.slice(1).map((agency) => [agency, [...COMPARTMENTS]]),
        removes: [],
        takenFrom: [],
        to: everybody,
      },
    ],
    overtakenBy: 0,
  };

  fc.assert(
    fc.property(fc.array(aStep, { minLength: 4, maxLength: 14 }), (steps) => {
      const world = new World();
      const waiting: { at: number; say: Say; said: readonly Said[]; late: boolean }[] = [];
      const leaves = (now: number) => {
        for (const due of waiting.filter(({ at }) => at <= now)) {
          waiting.splice(waiting.indexOf(due), 1);
          for (const { verdict, expected, ...one } of world.log(due.say, due.said)) {
            expect({ ...one, allowed: verdict.allowed }).toEqual({ ...one, allowed: expected });
            if (verdict.allowed) seen.allowed++;
            else if (due.late) seen.overtaken++;
          }
        }
      };
      for (const [now, step] of [opening, ...steps].entries()) {
        if (step.step === 'suspend') world.setAgency(step.agency, step.active);
        else if (step.step === 'agree')
          world.agree(
            step.between[0]!,
            step.between[1]!,
            step.permitted,
            step.ceiling,
            step.onward,
          );
        else {
          const said = world.seal(step);
          seen.denied +=
            step.parts.flatMap(({ to }) => to).length - said.flatMap(({ to }) => to).length;
          waiting.push({ at: now + step.overtakenBy, say: step, said, late: step.overtakenBy > 0 });
        }
        leaves(now);
      }
      leaves(Infinity);
    }),
    { numRuns: HISTORIES, seed: Number(process.env['TRIPOINT_SEED'] ?? 20_26) },
  );

  // The histories are worth playing: they give, they withhold, and sealed wraps are withdrawn at the leaf.
  expect(seen.allowed).toBeGreaterThan(HISTORIES);
  expect(seen.denied).toBeGreaterThan(HISTORIES);
  expect(seen.overtaken).toBeGreaterThan(0);
});
