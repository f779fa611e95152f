import {
  isRefusal,
  type AgencyId,
  type Digest,
  type Fingerprint,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import fc from 'fast-check';
import { type Context } from '../command.js';
import { UNMARKED, type Marking, type Remark, type Source, type Statement } from '../content.js';
import { type Grading } from '../contribution/contribution.events.js';
import { decide, type Command, type DomainRefusal } from '../decide.js';
import { COUNTRIES } from '../entities/countries.js';
import {
  type Entity,
  type IdentityDocument,
  type Location,
  type Organisation,
  type Person,
  type Vehicle,
} from '../entities/entity.js';
import {
  seen,
  type DraftEvent,
  type EventContent,
  type Recorded,
  type SeenEvent,
} from '../event.js';
import { evolve } from '../evolve.js';
import { foldExchange } from '../exchange/exchange.js';
import { noItem, type Item } from '../item.js';
import {
  type Consent,
  type ConsentShown,
  type Needs,
  type Rejection,
  type Risk,
  type Welfare,
} from '../referral/referral.events.js';
import { GRANTABLE, type Grantable } from '../release/release.events.js';
import { type Question } from '../request/request.events.js';
import * as codes from '../vocabulary/index.js';
import { KINDS, NOON, context, eventId, exchangeId, itemId, noonPlus } from './world.js';

const one = <T extends string>(list: readonly T[]) => fc.constantFrom(...list);
/** Some codes of a list, in the list's order. */
const some = <T extends string>(list: readonly T[], minLength = 0) =>
  fc.subarray([...list], { minLength });

/** What absent members leave out, as the schemas want it. */
const record = <T extends object>(
  members: { [K in keyof T]-?: fc.Arbitrary<T[K]> },
  required: (keyof T)[],
) => fc.record(members, { requiredKeys: required as never[] }) as unknown as fc.Arbitrary<T>;

/** Short text in the scripts of the region. */
export const texts = fc.constantFrom(
  'Бял микробус на пункта',
  'λευκό φορτηγάκι στα σύνορα',
  'Kapıkule sınır kapısı',
  'white van, two people',
  'ул. „Шипка“ 34',
);
export const agencies: fc.Arbitrary<AgencyId> = one(Object.keys(KINDS)) as fc.Arbitrary<AgencyId>;
export const digests = fc.nat(0xffffff).map((n) => n.toString(16).padStart(64, '0') as Digest);
export const instants: fc.Arbitrary<Instant> = fc.nat(10_000_000).map(noonPlus);
export const evaluations = fc.record({
  source: one(codes.SOURCE_EVALS),
  info: one(codes.INFO_EVALS),
});
const countries = fc.constantFrom(...COUNTRIES);
const days = fc.constantFrom('1987', '1987-04', '2000-02-29');

export const persons: fc.Arbitrary<Person> = record<Person>(
  {
    kind: fc.constant('person'),
    category: one(codes.DATA_SUBJECT_CATEGORIES),
    names: fc.subarray([
      { kind: 'PRIMARY', script: 'Cyrl', family: 'Иванова', given: 'Мария', latin: 'Ivanova' },
      { kind: 'ALIAS', script: 'Grek', family: 'Παπαδοπούλου' },
      { kind: 'ALIAS', script: 'Latn', given: 'Işıl', family: "O'Çelik-Şen" },
    ] as const),
    born: days,
    birthplace: texts,
    sex: one(codes.SEXES),
    nationalities: fc.uniqueArray(countries, { minLength: 1, maxLength: 3 }),
    languages: some(codes.LANGUAGES, 1).map((list) => list.slice(0, 4)),
    description: texts,
  },
  ['kind', 'category', 'names'],
);

const vehicles = record<Vehicle>(
  {
    kind: fc.constant('vehicle'),
    plate: fc.constantFrom('XKA 4821', 'СВ 1234 АВ', 'ΥΧΑ-4827', '34 ABC 123'),
    country: countries,
    vin: fc.constant('WVWZZZ1JZXW000001'),
    type: one(codes.VEHICLE_TYPES),
    make: texts,
    model: texts,
    colour: fc.constant('white'),
    state: one(codes.VEHICLE_STATES),
  },
  ['kind', 'plate'],
);

const documents = record<IdentityDocument>(
  {
    kind: fc.constant('document'),
    type: one(codes.DOCUMENT_TYPES),
    number: fc.constantFrom('AB 123456', 'Ξ-77', '9'),
    country: countries,
    issued: days,
    expires: days,
    state: one(codes.DOCUMENT_STATES),
  },
  ['kind', 'type', 'number', 'country'],
);

const locations = fc.oneof(
  record<Location>(
    {
      kind: fc.constant('location'),
      type: one(codes.LOCATION_TYPES),
      name: texts,
      country: countries,
      latitudeE6: fc.constant(41_716_000),
      longitudeE6: fc.constant(26_319_000),
    },
    ['kind', 'type', 'name', 'latitudeE6', 'longitudeE6'],
  ),
  fc.record({
    kind: fc.constant('location' as const),
    type: one(codes.LOCATION_TYPES),
    name: texts,
  }),
);

const organisations = record<Organisation>(
  {
    kind: fc.constant('organisation'),
    type: one(codes.ORGANISATION_TYPES),
    name: texts,
    country: countries,
    registration: fc.constant('BG 200'),
  },
  ['kind', 'type', 'name'],
);

/** Well-formed entities of every kind. */
export const entities: fc.Arbitrary<Entity> = fc.oneof(
  persons,
  vehicles,
  documents,
  locations,
  organisations,
);

const entityLists = fc.uniqueArray(entities, { maxLength: 3, selector: (e) => JSON.stringify(e) });

export const markings: fc.Arbitrary<Marking> = fc.record({
  classification: one(['UNCLASSIFIED', 'BPL', 'R-UE/EU-R']),
  handling: some(codes.HANDLING_CODES),
});

export const statements: fc.Arbitrary<Statement> = record<Statement>(
  {
    text: texts,
    language: one(codes.LANGUAGES),
    statement: one(codes.STATEMENT_KINDS),
    evaluation: evaluations,
    restrictions: texts,
    entities: entityLists,
  },
  ['text', 'language', 'statement', 'entities', 'restrictions'],
);

export const questions: fc.Arbitrary<Question> = record<Question>(
  {
    sought: texts,
    purpose: texts,
    offence: texts,
    availability: texts,
    connection: texts,
    necessity: texts,
    urgencyGrounds: texts,
    restrictions: texts,
    evaluation: evaluations,
    language: one(codes.LANGUAGES),
    entities: entityLists,
  },
  [
    'sought',
    'purpose',
    'offence',
    'availability',
    'connection',
    'necessity',
    'urgencyGrounds',
    'restrictions',
    'language',
    'entities',
  ],
);

const remarks = record<Remark>(
  { text: texts, language: one(codes.LANGUAGES), restrictions: texts, entities: entityLists },
  ['text', 'language', 'restrictions'],
);
const sources: fc.Arbitrary<Source> = fc.record({ text: texts });
const gradings = record<Grading>({ evaluation: evaluations, text: texts, restrictions: texts }, [
  'evaluation',
  'restrictions',
]);
const services = some(codes.SERVICES, 1);
const needs = record<Needs>(
  {
    services,
    urgency: one(codes.URGENCIES),
    language: one(codes.LANGUAGES),
    interpreter: texts,
    text: texts,
    restrictions: texts,
  },
  ['services', 'urgency', 'language', 'restrictions'],
);
const rejections = record<Rejection>(
  { reason: one(codes.REJECTION_REASONS), text: texts, restrictions: texts },
  ['reason', 'restrictions'],
);
const welfares = record<Welfare>({ text: texts, services, restrictions: texts }, [
  'text',
  'restrictions',
]);
const risks = record<Risk>({ text: texts, safetyPlan: texts }, ['text']);
const consentShown: fc.Arbitrary<ConsentShown> = record<ConsentShown>(
  {
    purposes: fc.constant(codes.CONSENT_PURPOSES),
    language: one(codes.LANGUAGES),
    interpreter: texts,
    givenBy: one(codes.CONSENT_GIVERS),
    capacityNote: texts,
    from: fc.constant(NOON),
    until: fc.constant(noonPlus(400 * 86_400)),
    evidenceRef: fc.constant('dossier 7'),
  },
  ['purposes', 'language', 'givenBy', 'from', 'until', 'evidenceRef'],
);
/** Consents that name every agency of the small federation. */
export const consents: fc.Arbitrary<Consent> = consentShown.map((shown) => ({
  ...shown,
  subjectPseudonym: 'case-0007',
  recipients: Object.keys(KINDS) as AgencyId[],
  compartments: ['identity', 'needs', 'risk'],
}));

const bare = fc.constant({});
const seconds = fc.integer({ min: 1, max: 1_000_000 });
const to = fc.record({ to: agencies });

type Arbitraries = {
  readonly [T in codes.EventType]: {
    readonly core: fc.Arbitrary<EventContent[T]['core']>;
    readonly parts: {
      readonly [P in keyof EventContent[T]['parts']]-?: fc.Arbitrary<
        Exclude<EventContent[T]['parts'][P], undefined>
      >;
    };
  };
};

const grantables = fc.constantFrom<readonly Grantable[]>(['facts'], ['facts', 'source']);
const reasons = some(codes.KEPT_BECAUSE, 1);

const contents: Arbitraries = {
  RequestIssued: {
    core: fc.record({
      to: agencies,
      urgency: one(codes.URGENCIES),
      access: one(codes.ACCESSES),
      dueInSeconds: seconds,
      graceSeconds: seconds,
    }),
    parts: { facts: questions },
  },
  RequestReceived: { core: bare, parts: {} },
  ClarificationAsked: { core: bare, parts: { facts: remarks } },
  ClarificationProvided: { core: bare, parts: { facts: remarks } },
  RequestAccepted: { core: bare, parts: {} },
  DelayNotified: {
    core: fc.record({ seconds, dueInSeconds: seconds, judicialAuthorisation: fc.boolean() }),
    parts: { facts: remarks },
  },
  AnswerProvided: {
    core: fc.record({ outcome: one(codes.ANSWER_OUTCOMES) }),
    parts: { facts: statements, source: sources },
  },
  RequestRefused: {
    core: fc.record({ ground: one(codes.REFUSAL_GROUNDS), scope: one(codes.REFUSAL_SCOPES) }),
    parts: { facts: remarks },
  },
  RequestWithdrawn: { core: bare, parts: {} },
  RequestClosed: { core: bare, parts: {} },
  ContributionShared: {
    core: to,
    parts: { facts: statements, intelligence: statements, source: sources },
  },
  ContributionReceived: { core: bare, parts: {} },
  ContributionAcknowledged: { core: bare, parts: {} },
  ContributionEvaluated: { core: bare, parts: { intelligence: gradings } },
  EvaluationRevised: { core: bare, parts: { intelligence: gradings } },
  ReferralIssued: {
    core: fc.record({ to: agencies, disclosure: one(['OUTCOME_ONLY', 'FEEDBACK']) }),
    parts: {
      identity: fc.record({
        pseudonym: fc.constant('case-0007'),
        persons: fc.uniqueArray(persons, {
          minLength: 1,
          maxLength: 2,
          selector: (p) => JSON.stringify(p),
        }),
        consent: consentShown,
      }),
      needs,
      risk: risks,
    },
  },
  ReferralReceived: { core: bare, parts: {} },
  ReferralServiceEnded: { core: bare, parts: {} },
  ReferralAccepted: { core: bare, parts: {} },
  ReferralRejected: { core: bare, parts: { needs: rejections } },
  ReferralNotPossible: { core: bare, parts: { needs: rejections } },
  ReferralFeedbackGiven: {
    core: fc.record({ outcome: one(codes.REFERRAL_OUTCOMES) }),
    parts: { welfare: welfares },
  },
  ReferralCompleted: { core: bare, parts: {} },
  ReferralRevoked: { core: fc.record({ reason: one(codes.REVOCATION_REASONS) }), parts: {} },
  DisclosureAttempted: {
    core: fc.record({ refused: fc.constant('handling-h2-needs-release') }),
    parts: {},
  },
  ReleaseRequested: {
    core: fc.record({
      to: agencies,
      grantee: agencies,
      event: fc.nat(8).map(eventId),
      compartments: grantables,
      purpose: one(codes.PURPOSES),
    }),
    parts: { facts: remarks },
  },
  ReleaseOffered: {
    core: fc.record({
      event: fc.nat(8).map(eventId),
      compartments: grantables,
      grantee: agencies,
      until: instants,
    }),
    parts: {},
  },
  ReleaseGranted: { core: fc.record({ compartments: grantables, until: instants }), parts: {} },
  JudicialUsePermitted: {
    core: fc.record({ compartments: grantables, until: instants }),
    parts: {},
  },
  ReleaseDenied: { core: bare, parts: { facts: remarks } },
  GrantMade: {
    core: fc.record({
      event: fc.nat(8).map(eventId),
      compartments: grantables,
      grantee: agencies,
      until: instants,
    }),
    parts: {},
  },
  GrantRevoked: { core: bare, parts: {} },
  GrantPurged: { core: bare, parts: {} },
  GrantCopyKept: { core: fc.record({ because: reasons }), parts: {} },
  RecallIssued: {
    core: fc.record({
      event: fc.nat(8).map(eventId),
      compartments: grantables,
      to: agencies,
      until: instants,
    }),
    parts: { facts: statements, intelligence: statements },
  },
  RecallPurged: { core: bare, parts: {} },
  DisclosureOrdered: {
    core: fc.record({
      event: fc.nat(8).map(eventId),
      compartments: grantables,
      beneficiary: agencies,
      ground: one(codes.DISCLOSURE_GROUNDS),
      until: instants,
      emergency: fc.boolean(),
    }),
    parts: {},
  },
  ShareApproved: { core: bare, parts: {} },
  ShareReleased: { core: fc.record({ beneficiary: agencies, until: instants }), parts: {} },
  ShareDeclined: { core: bare, parts: {} },
  DisclosurePurged: { core: bare, parts: {} },
  DrillPrepared: {
    core: bare,
    parts: Object.fromEntries(
      GRANTABLE.map((name) => [name, fc.record({ noise: texts })]),
    ) as Record<Grantable, fc.Arbitrary<{ noise: string }>>,
  },
  DrillProven: { core: bare, parts: {} },
  DisclosureReviewed: {
    core: fc.record({ disclosure: fc.nat(8).map(itemId), outcome: one(codes.REVIEW_OUTCOMES) }),
    parts: {},
  },
  ErasureOrdered: {
    core: fc.record({
      event: fc.nat(8).map(eventId),
      compartments: grantables,
      ground: one(codes.ERASURE_GROUNDS),
      until: instants,
    }),
    parts: {},
  },
  ErasurePurged: {
    core: fc.record({
      event: fc.nat(8).map(eventId),
      stores: fc.constant(codes.PURGED_STORES),
      backupsUntil: instants,
    }),
    parts: {},
  },
  RecallCopyKept: { core: fc.record({ because: reasons }), parts: {} },
  LegalHoldPlaced: {
    core: record<EventContent['LegalHoldPlaced']['core']>(
      {
        event: fc.nat(8).map(eventId),
        compartments: grantables,
        ground: one(codes.HOLD_GROUNDS),
        reference: texts,
        until: instants,
      },
      ['event', 'compartments', 'ground', 'until'],
    ),
    parts: {},
  },
  LegalHoldLifted: { core: bare, parts: {} },
  ReadRootPublished: {
    core: fc.record({ size: fc.nat(), root: digests }),
    parts: {},
  },
};

/** Well-formed events of one type, of which any subset of the pieces (never none) is held. */
export const eventsOf = (
  type: codes.EventType,
  item: ItemId = itemId(1),
): fc.Arbitrary<SeenEvent> => {
  const { core, parts } = contents[type];
  return fc
    .tuple(
      fc.option(core as fc.Arbitrary<object>, { nil: undefined, freq: 8 }),
      fc.record(parts as Record<string, fc.Arbitrary<object>>, { requiredKeys: [] }),
      core as fc.Arbitrary<object>,
    )
    .map(([held, some, instead]) => {
      const known = held ?? (Object.keys(some).length === 0 ? instead : undefined);
      return (
        known === undefined ? { type, item, parts: some } : { type, item, core: known, parts: some }
      ) as SeenEvent;
    });
};

/** Well-formed events of every type. */
export const events: fc.Arbitrary<SeenEvent> = fc.oneof(
  ...codes.EVENT_TYPES.map((type) => eventsOf(type)),
);

/** Well-formed events about one item, in log order, from any issuer, possible or not. */
export const histories: fc.Arbitrary<readonly Recorded[]> = fc
  .array(fc.record({ event: events, issuer: agencies, at: instants, pending: fc.boolean() }), {
    maxLength: 24,
  })
  .map((list) => {
    const inLog = list.filter(({ pending }) => !pending).length;
    return list.map(({ event, issuer, at }, index): Recorded => {
      const known = { id: eventId(index), event, issuer, at };
      return index < inLog ? { ...known, leaf: { index, time: noonPlus(index * 60) } } : known;
    });
  });

/** One item to be, with the agencies between which it goes. */
type Intended = { kind: keyof typeof WISHES; exchange: number; from: AgencyId; to: AgencyId };

const graded = fc.record({ marking: markings, intelligence: gradings });
const confirmed = fc.record({ kept: some(codes.KEPT_BECAUSE) });
const remarked = fc.record({ marking: markings, facts: remarks });
const declined = fc.record({ marking: markings, needs: rejections });
const nothing = fc.constant({});
const erased = fc.record({
  event: fc.nat(8).map(eventId),
  compartments: grantables,
  descriptors: fc.array(digests, { minLength: 1, maxLength: 2 }),
  saidBy: agencies,
  ground: one(codes.ERASURE_GROUNDS),
  until: fc.nat(864_000).map(noonPlus),
});

type DataOf<T extends Command['type']> = Extract<Command, { readonly type: T }>['data'];
type Wish = { readonly by: 'from' | 'to'; readonly data: (to: AgencyId) => fc.Arbitrary<object> };

const wish = <T extends Command['type']>(
  _: T,
  by: Wish['by'],
  data: fc.Arbitrary<DataOf<T>> | ((to: AgencyId) => fc.Arbitrary<DataOf<T>>),
): Wish => ({ by, data: typeof data === 'function' ? data : () => data });

const WISHES: Readonly<
  Record<
    Exclude<codes.ItemFamily, 'grant' | 'receipt'> | 'review' | 'drill',
    Readonly<Record<string, Wish>>
  >
> = {
  request: {
    IssueRequest: wish('IssueRequest', 'from', (receiver) =>
      fc.record({
        to: fc.constant(receiver),
        urgency: one(codes.URGENCIES),
        access: one(codes.ACCESSES),
        marking: markings,
        facts: questions,
        derivedFrom: fc.array(digests, { maxLength: 2 }),
      }),
    ),
    ReceiveRequest: wish('ReceiveRequest', 'to', nothing),
    AskClarification: wish('AskClarification', 'to', remarked),
    ProvideClarification: wish('ProvideClarification', 'from', remarked),
    AcceptRequest: wish('AcceptRequest', 'to', nothing),
    NotifyDelay: wish(
      'NotifyDelay',
      'to',
      fc.record({
        marking: markings,
        facts: remarks,
        seconds,
        judicialAuthorisation: fc.boolean(),
      }),
    ),
    ProvideAnswer: wish(
      'ProvideAnswer',
      'to',
      fc.record({
        outcome: one(codes.ANSWER_OUTCOMES),
        marking: markings,
        facts: statements,
        source: sources,
      }),
    ),
    RefuseRequest: wish(
      'RefuseRequest',
      'to',
      fc.record({
        ground: one(codes.REFUSAL_GROUNDS),
        scope: one(codes.REFUSAL_SCOPES),
        marking: markings,
        facts: remarks,
      }),
    ),
    WithdrawRequest: wish('WithdrawRequest', 'from', nothing),
    CloseRequest: wish('CloseRequest', 'from', nothing),
  },
  contribution: {
    ShareContribution: wish('ShareContribution', 'from', (receiver) =>
      fc.record({
        to: fc.constant(receiver),
        marking: markings,
        facts: statements,
        intelligence: statements,
        source: sources,
        derivedFrom: fc.array(digests, { maxLength: 2 }),
      }),
    ),
    ReceiveContribution: wish('ReceiveContribution', 'to', nothing),
    AcknowledgeContribution: wish('AcknowledgeContribution', 'to', nothing),
    EvaluateContribution: wish('EvaluateContribution', 'to', graded),
    ReviseEvaluation: wish('ReviseEvaluation', 'to', graded),
  },
  referral: {
    IssueReferral: wish('IssueReferral', 'from', (receiver) =>
      fc.record({
        to: fc.constant(receiver),
        marking: fc.constant(UNMARKED),
        persons: persons.map((person) => [{ ...person, category: 'VICTIM' as const }]),
        needs,
        consent: consents,
      }),
    ),
    ReceiveReferral: wish('ReceiveReferral', 'to', nothing),
    AcceptReferral: wish('AcceptReferral', 'to', nothing),
    RejectReferral: wish('RejectReferral', 'to', declined),
    DeclareReferralNotPossible: wish('DeclareReferralNotPossible', 'to', declined),
    GiveReferralFeedback: wish(
      'GiveReferralFeedback',
      'to',
      fc.record({ outcome: one(codes.REFERRAL_OUTCOMES), marking: markings, welfare: welfares }),
    ),
    CompleteReferral: wish('CompleteReferral', 'from', nothing),
    RevokeReferral: wish(
      'RevokeReferral',
      'from',
      fc.record({ reason: one(codes.REVOCATION_REASONS) }),
    ),
  },
  attempt: {
    RecordDisclosureAttempt: wish(
      'RecordDisclosureAttempt',
      'from',
      fc.record({
        refused: fc.constant('handling-h2-needs-release'),
        tried: fc.array(agencies, { minLength: 1, maxLength: 3 }),
        derivedFrom: fc.array(digests, { maxLength: 2 }),
      }),
    ),
  },
  release: {
    RequestRelease: wish('RequestRelease', 'from', (provider) =>
      fc.record({
        to: fc.constant(provider),
        grantee: agencies,
        event: fc.nat(8).map(eventId),
        compartments: grantables,
        purpose: one(codes.PURPOSES),
        marking: markings,
        facts: remarks,
      }),
    ),
    GrantRelease: wish(
      'GrantRelease',
      'to',
      fc.record({
        compartments: grantables,
        until: fc.nat(864_000).map(noonPlus),
        descriptors: fc.array(digests, { minLength: 1, maxLength: 2 }),
      }),
    ),
    DenyRelease: wish('DenyRelease', 'to', remarked),
    MakeGrant: wish(
      'MakeGrant',
      'to',
      fc.record({
        certificate: digests as fc.Arbitrary<string> as fc.Arbitrary<Fingerprint>,
        header: digests,
        verdict: fc.nat(99),
        wraps: fc.array(fc.record({ descriptor: digests, wrap: digests }), { maxLength: 2 }),
      }),
    ),
    RevokeGrant: wish('RevokeGrant', 'to', nothing),
    ConfirmPurge: wish('ConfirmPurge', 'from', confirmed),
  },
  recall: {
    IssueRecall: wish('IssueRecall', 'from', (holder) =>
      fc.record({
        to: fc.constant(holder),
        event: fc.nat(8).map(eventId),
        compartments: grantables,
        until: fc.nat(864_000).map(noonPlus),
        descriptors: fc.array(digests, { minLength: 1, maxLength: 2 }),
        saidBy: agencies,
        marking: markings,
        facts: statements,
      }),
    ),
    ConfirmRecall: wish('ConfirmRecall', 'to', confirmed),
  },
  disclosure: {
    OrderDisclosure: wish('OrderDisclosure', 'to', (beneficiary) =>
      fc.record({
        event: fc.nat(8).map(eventId),
        compartments: grantables,
        beneficiary: fc.constant(beneficiary),
        ground: one(codes.DISCLOSURE_GROUNDS),
        until: fc.nat(864_000).map(noonPlus),
        emergency: fc.boolean(),
        custodians: fc.uniqueArray(agencies, { maxLength: 3 }),
      }),
    ),
    ImposeDisclosure: wish('ImposeDisclosure', 'to', (beneficiary) =>
      fc.record({
        event: fc.nat(8).map(eventId),
        compartments: grantables,
        beneficiary: fc.constant(beneficiary),
        ground: one(codes.DISCLOSURE_GROUNDS),
        until: fc.nat(864_000).map(noonPlus),
        custodians: fc.uniqueArray(agencies, { maxLength: 3 }),
      }),
    ),
    ApproveShare: wish('ApproveShare', 'from', nothing),
    ReleaseShare: wish(
      'ReleaseShare',
      'from',
      fc.record({
        certificate: digests as fc.Arbitrary<string> as fc.Arbitrary<Fingerprint>,
        header: digests,
        verdict: fc.nat(99),
        wraps: fc.array(fc.record({ descriptor: digests, wrap: digests }), {
          minLength: 1,
          maxLength: 1,
        }),
      }),
    ),
    DeclineShare: wish('DeclineShare', 'from', nothing),
    ProveDrill: wish(
      'ProveDrill',
      'to',
      fc.record({
        proves: digests.map((descriptor) => [{ descriptor, key: descriptor }]),
      }),
    ),
    ConfirmDisclosurePurge: wish('ConfirmDisclosurePurge', 'to', confirmed),
  },
  hold: {
    PlaceHold: wish('PlaceHold', 'from', () =>
      fc.record({
        event: fc.nat(8).map(eventId),
        compartments: grantables,
        ground: one(codes.HOLD_GROUNDS),
        until: fc.nat(864_000).map(noonPlus),
      }),
    ),
    LiftHold: wish('LiftHold', 'from', nothing),
  },
  reads: {
    PublishReadRoot: wish(
      'PublishReadRoot',
      'from',
      fc.record({
        size: fc.nat(9),
        root: digests,
        since: fc.nat(9),
        proof: fc.array(digests, { maxLength: 2 }),
      }),
    ),
  },
  drill: {
    PrepareDrill: wish(
      'PrepareDrill',
      'from',
      fc.record({ compartments: grantables, noise: texts }),
    ),
  },
  review: {
    ReviewDisclosure: wish(
      'ReviewDisclosure',
      'from',
      fc.record({ disclosure: fc.nat(8).map(itemId), outcome: one(codes.REVIEW_OUTCOMES) }),
    ),
  },
  erasure: {
    OrderErasure: wish('OrderErasure', 'from', erased),
    ImposeErasure: wish('ImposeErasure', 'from', erased),
    ConfirmErasure: wish('ConfirmErasure', 'to', () =>
      fc.record({
        to: agencies,
        event: fc.nat(8).map(eventId),
        stores: fc.constant(codes.PURGED_STORES),
        backupsUntil: instants,
      }),
    ),
  },
};

const intentions: fc.Arbitrary<Intended> = fc
  .oneof(
    fc.record({
      kind: one([
        'request',
        'contribution',
        'attempt',
        'release',
        'recall',
        'disclosure',
        'erasure',
        'hold',
        'reads',
        'review',
        'drill',
      ] as const),
      exchange: fc.nat(2),
      from: one(['gr-police', 'bg-border-police', 'tr-police']) as fc.Arbitrary<AgencyId>,
      to: one(['gr-police', 'bg-border-police', 'tr-police', 'animus']) as fc.Arbitrary<AgencyId>,
    }),
    fc.record({
      kind: fc.constant('referral' as const),
      exchange: fc.nat(2),
      from: one(['gr-police', 'animus', 'clinic']) as fc.Arbitrary<AgencyId>,
      to: one(['animus', 'clinic']) as fc.Arbitrary<AgencyId>,
    }),
  )
  .filter(({ from, to: receiver }) => from !== receiver);

/**
 * Lists of commands as officers of several agencies might give them: a few items in a few exchanges, most wishes from the
 * party that may have them, some from anybody. Play them with {@link play}.
 */
export const commandHistories: fc.Arbitrary<readonly Command[]> = fc
  .array(intentions, { minLength: 1, maxLength: 4 })
  .chain((intended) =>
    fc.tuple(
      ...intended.map(({ kind, exchange, from, to: receiver }, index) => {
        const wishes = Object.entries(WISHES[kind]);
        const command = ([type, { by, data }]: readonly [string, Wish]) =>
          fc
            .tuple(
              data(receiver),
              fc.oneof(
                { weight: 9, arbitrary: fc.constant(undefined) },
                { weight: 1, arbitrary: agencies },
              ),
              fc.nat(86_400),
            )
            .map(
              ([given, anybody, pause]) =>
                ({
                  pause,
                  type,
                  item: itemId(index),
                  exchange: exchangeId(exchange),
                  by: { agency: anybody ?? (by === 'from' ? from : receiver) },
                  data: given,
                }) as const,
            );
        const opening = fc.tuple(...wishes.slice(0, 2).map(command));
        const going = fc.array(fc.oneof(...wishes.map(command)), { maxLength: 8 });
        return fc.tuple(opening, going).map(([first, then]) => [...first, ...then]);
      }),
    ),
  )
  .map((lists) => {
    // One from each item in turn: so items overlap, and each keeps its own order.
    const turns = Math.max(...lists.map((list) => list.length));
    let now = 0;
    return Array.from({ length: turns }).flatMap((_, turn) =>
      lists.flatMap((list) =>
        list.slice(turn, turn + 1).map(({ pause, ...command }) => {
          now += pause;
          return { ...command, at: noonPlus(now) } as unknown as Command;
        }),
      ),
    );
  });

/** What became of commands played one after another, every event being recorded at once. */
export type Played = {
  readonly drafts: readonly {
    readonly draft: DraftEvent;
    readonly recorded: Recorded;
    /** The item before and after. */
    readonly before: Item;
    readonly after: Item;
  }[];
  readonly refusals: readonly { readonly command: Command; readonly refusal: DomainRefusal }[];
  readonly exchanges: ReadonlyMap<ExchangeId, readonly Recorded[]>;
};

/** Plays commands against a federation in which every agency sees every event. */
export const play = (commands: readonly Command[], federation: Context = context()): Played => {
  const drafts: Played['drafts'][number][] = [];
  const refusals: Played['refusals'][number][] = [];
  const exchanges = new Map<ExchangeId, Recorded[]>();
  const items = new Map<ItemId, Item>();
  for (const command of commands) {
    const history = exchanges.get(command.exchange) ?? [];
    const { owner, participants } = foldExchange(history);
    const before = items.get(command.item) ?? noItem;
    const outcome = decide(command, before, {
      ...federation,
      exchange: { owner, participants: owner === undefined ? [] : participants, said: [] },
    });
    if (isRefusal(outcome)) {
      refusals.push({ command, refusal: outcome });
      continue;
    }
    for (const draft of outcome) {
      const index = drafts.length;
      const recorded: Recorded = {
        id: eventId(index),
        event: seen(draft),
        issuer: command.by.agency,
        at: command.at,
        leaf: { index, time: command.at },
      };
      const after = evolve(before, recorded);
      drafts.push({ draft, recorded, before, after });
      items.set(command.item, after);
      exchanges.set(command.exchange, [...history, recorded]);
    }
  }
  return { drafts, refusals, exchanges };
};
