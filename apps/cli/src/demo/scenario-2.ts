import { EVENT_TYPES } from '@tripoint/domain';
import { type Body, type Canary, type Scenario } from './scenario.js';

// What carries the play's mark was put there by this play and not by an earlier one; a name cannot carry it.
const FAMILY = 'Коваленчук';
const GIVEN = 'Олеся';
const STORY =
  'kept for five months in a house near Svilengrad, her papers taken from her [{mark} y]';
const PLAN = 'nobody from the village may learn that she has left [{mark} n]';
const CARE = 'a bed at once, somebody to talk to, and a coat [{mark} a]';
const ADDRESS = 'Rozova Dolina 14, second bell [{mark} d]';
const ATTENDED = 'she comes twice a week and has begun to sleep [{mark} v]';
const MEDICAL =
  'gynaecological examination at the inspection in Haskovo, Tuesday at nine [{mark} m]';
const INTERPRETER = 'a woman, by no means from Kherson [{mark} i]';
const APPOINTMENT = 'Tuesday 09:20, room 3, by the side entrance [{mark} p]';
const TOKEN = 'P-{mark}';

const MARKING = { classification: 'BPL', handling: [] };

const consent = (
  ...consented: readonly [purposes: readonly string[], to: string, parts: readonly string[]]
): Body => {
  const [purposes, to, compartments] = consented;
  return {
    subjectPseudonym: TOKEN,
    purposes,
    recipients: [to],
    compartments,
    language: 'uk',
    interpreter: INTERPRETER,
    givenBy: 'SELF',
    evidenceRef: 'signed in her own language, kept by whoever took it',
  };
};

const POLICE = 'bg-border-police';
const ANIMUS = 'animus';
const RHI = 'bg-rhi';

const TO_ANIMUS: Body = {
  marking: MARKING,
  persons: [
    {
      kind: 'person',
      category: 'VICTIM',
      names: [{ kind: 'PRIMARY', script: 'Cyrl', family: FAMILY, given: GIVEN }],
      nationalities: ['UA'],
      languages: ['uk'],
    },
  ],
  needs: {
    services: ['SHELTER', 'PSYCHOLOGICAL'],
    urgency: 'URGENT',
    language: 'uk',
    interpreter: INTERPRETER,
    text: CARE,
  },
  risk: { text: STORY, safetyPlan: PLAN },
  consent: consent(['SERVICE_REFERRAL'], ANIMUS, ['identity', 'needs', 'risk']),
};

/** A token and no name: what for, where, when, and who interprets. */
const TO_RHI: Body = {
  marking: MARKING,
  persons: [{ kind: 'person', category: 'VICTIM', names: [], languages: ['uk'] }],
  needs: {
    services: ['HEALTH'],
    urgency: 'ROUTINE',
    language: 'uk',
    interpreter: INTERPRETER,
    text: MEDICAL,
  },
  consent: consent(['HEALTH'], RHI, ['identity', 'needs']),
};

const canaries: readonly Canary[] = [
  { id: 'name', kind: 'name', text: FAMILY, heldBy: [POLICE, ANIMUS] },
  { id: 'story', kind: 'text', text: STORY, heldBy: [POLICE, ANIMUS] },
  { id: 'safety-plan', kind: 'text', text: PLAN, heldBy: [POLICE, ANIMUS] },
  { id: 'care', kind: 'text', text: CARE, heldBy: [POLICE, ANIMUS] },
  { id: 'attended', kind: 'text', text: ATTENDED, heldBy: [ANIMUS] },
  { id: 'address', kind: 'text', text: ADDRESS, heldBy: [ANIMUS] },
  // Withdrawn: the inspection was given it and has forgotten it.
  { id: 'medical-need', kind: 'text', text: MEDICAL, heldBy: [ANIMUS] },
  { id: 'appointment', kind: 'text', text: APPOINTMENT, heldBy: [ANIMUS, RHI] },
  ...['m.ilieva', 'r.hristova', 't.marinova', 'z.karaivanova'].map((officer): Canary => ({
    id: officer,
    kind: 'officer',
    text: officer,
    heldBy: 'any',
  })),
  ...EVENT_TYPES.map((type): Canary => ({
    id: type,
    kind: 'event type',
    text: type,
    heldBy: 'any',
  })),
];

/** A woman from abroad is helped: the referrals of the story, and what becomes of one when she withdraws her consent. */
export const VICTIM_REFERRAL: Scenario = {
  title: 'Somebody is helped, and says no to one of it',
  purpose: {
    code: 'VICTIM_PROTECTION',
    text: 'referral of a victim: насочване на пострадала',
    legalBasis: 'Directive 2011/36/EU, Article 11',
  },
  actors: {
    police: { agency: POLICE, officer: 'm.ilieva', called: 'BG Border Police' },
    animus: { agency: ANIMUS, officer: 'r.hristova', called: 'Animus (NGO), caseworker' },
    lead: { agency: ANIMUS, officer: 't.marinova', called: 'Animus (NGO), supervisor' },
    rhi: { agency: RHI, officer: 'z.karaivanova', called: 'Regional Health Inspection' },
    commission: { agency: 'bg-ncthb', officer: 'v.angelova', called: 'National commission' },
  },
  steps: [
    {
      number: 3,
      title: 'The police refer her, and learn the outcome',
      story:
        'With her consent the border police refer her to Animus: who she is, what she needs, what she is afraid of. Animus accepts. What it does for her, that there is anything to report, and that the service ends, it records for itself alone.',
      acts: [
        { act: 'refer', by: 'police', to: ANIMUS, request: 'to-animus', body: TO_ANIMUS },
        { act: 'move', by: 'animus', request: 'to-animus', step: 'accept', body: {} },
        {
          act: 'move',
          by: 'animus',
          request: 'to-animus',
          step: 'feedback',
          body: {
            outcome: 'ACCEPTED',
            marking: MARKING,
            welfare: { text: `${ATTENDED}; ${ADDRESS}`, services: ['SHELTER', 'PSYCHOLOGICAL'] },
          },
        },
      ],
      then: [
        {
          expect: 'reads',
          by: 'animus',
          request: 'to-animus',
          canaries: ['name', 'story', 'safety-plan', 'care'],
        },
        { expect: 'stands', by: 'animus', request: 'to-animus', status: 'FEEDBACK_GIVEN' },
        { expect: 'reads', by: 'animus', request: 'to-animus', canaries: ['attended', 'address'] },
        { expect: 'stands', by: 'police', request: 'to-animus', status: 'ACCEPTED' },
        {
          expect: 'does-not-read',
          by: 'police',
          request: 'to-animus',
          canaries: ['attended', 'address'],
          compartments: ['welfare', 'shelter', 'health'],
        },
        { expect: 'knows-nothing-of', by: 'rhi', request: 'to-animus' },
        { expect: 'knows-nothing-of', by: 'commission', request: 'to-animus' },
      ],
    },
    {
      number: 4,
      title: 'The health inspection learns what it needs for an appointment',
      story:
        'Animus refers her on, in an exchange of its own, under a token: need, place, time, interpreter. The inspection accepts and answers with an appointment. The story, and where she sleeps, are nothing to it; and the police are not told that there is an examination.',
      acts: [
        { act: 'refer', by: 'animus', to: RHI, request: 'to-rhi', body: TO_RHI },
        { act: 'move', by: 'rhi', request: 'to-rhi', step: 'accept', body: {} },
        {
          act: 'move',
          by: 'rhi',
          request: 'to-rhi',
          step: 'feedback',
          body: {
            outcome: 'ACCEPTED',
            marking: MARKING,
            welfare: { text: APPOINTMENT, services: ['HEALTH'] },
          },
        },
        { act: 'move', by: 'animus', request: 'to-animus', step: 'complete', body: {} },
      ],
      then: [
        { expect: 'reads', by: 'rhi', request: 'to-rhi', canaries: ['medical-need'] },
        {
          expect: 'does-not-read',
          by: 'rhi',
          request: 'to-rhi',
          canaries: ['name', 'story', 'safety-plan', 'care', 'address'],
          compartments: ['risk', 'shelter'],
        },
        { expect: 'stands', by: 'animus', request: 'to-rhi', status: 'FEEDBACK_GIVEN' },
        { expect: 'reads', by: 'animus', request: 'to-rhi', canaries: ['appointment'] },
        { expect: 'knows-nothing-of', by: 'police', request: 'to-rhi' },
        { expect: 'knows-nothing-of', by: 'commission', request: 'to-rhi' },
        // For ever: the service is over, and they still see what they saw.
        { expect: 'stands', by: 'animus', request: 'to-animus', status: 'DONE' },
        { expect: 'stands', by: 'police', request: 'to-animus', status: 'ACCEPTED' },
      ],
    },
    {
      number: 7,
      title: 'She withdraws her consent to the examination',
      story:
        'Animus takes the referral back and recalls what it said. The hub has the keys no longer; the inspection’s node forgets, keeps that it did, and signs for it. The log verifies from its first leaf, and a rebuild of every view from what is kept brings nothing of it back.',
      acts: [
        {
          act: 'move',
          by: 'lead',
          request: 'to-rhi',
          step: 'revoke',
          body: { reason: 'CONSENT_WITHDRAWN' },
        },
        {
          act: 'recall',
          by: 'lead',
          request: 'to-rhi',
          from: RHI,
          recall: 'recalled-from-rhi',
          body: { compartments: ['identity', 'needs'], marking: MARKING },
        },
      ],
      then: [
        { expect: 'stands', by: 'rhi', request: 'to-rhi', status: 'CONSENT_WITHDRAWN' },
        { expect: 'recall', by: 'lead', recall: 'recalled-from-rhi', status: 'PURGED' },
        {
          expect: 'does-not-read',
          by: 'rhi',
          request: 'to-rhi',
          canaries: ['medical-need'],
          compartments: ['identity', 'needs'],
        },
        { expect: 'reads', by: 'animus', request: 'to-rhi', canaries: ['medical-need'] },
        { expect: 'log-verifies' },
        { expect: 'rebuilds-to-the-same', by: 'rhi' },
        {
          expect: 'does-not-read',
          by: 'rhi',
          request: 'to-rhi',
          canaries: ['medical-need'],
          compartments: ['identity', 'needs'],
        },
        { expect: 'stands', by: 'police', request: 'to-animus', status: 'ACCEPTED' },
      ],
    },
  ],
  canaries,
  secretRequests: [
    { request: 'to-animus', knownTo: [POLICE, ANIMUS] },
    { request: 'to-rhi', knownTo: [ANIMUS, RHI] },
  ],
};
