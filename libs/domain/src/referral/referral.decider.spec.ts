import { describe, expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { UNMARKED } from '../content.js';
import { type Command, type DomainRefusal } from '../decide.js';
import { type Happened, type Recorded } from '../event.js';
import {
  animus,
  borderPolice,
  clinic,
  commission,
  consent,
  context,
  exchangeId,
  given,
  greekPolice,
  itemId,
  noonPlus,
  recorded,
  turkishPolice,
  victim,
  within,
} from '../testing/index.js';

const wish = (by: AgencyId, type: Command['type'], data: object = {}) =>
  ({
    type,
    item: itemId(1),
    exchange: exchangeId(1),
    by: { agency: by },
    at: noonPlus(0),
    data,
  }) as Command;
const needs = { services: ['SHELTER', 'LEGAL'], urgency: 'URGENT', language: 'bg' } as const;
const refer = (changes: object = {}, by = greekPolice) =>
  wish(by, 'IssueReferral', {
    to: animus,
    marking: UNMARKED,
    persons: [victim],
    needs,
    risk: { text: 'the recruiter knows the address' },
    consent,
    ...changes,
  });

const issuedBy = (by: AgencyId, disclosure: 'OUTCOME_ONLY' | 'FEEDBACK') =>
  recorded(0, by, { type: 'ReferralIssued', core: { to: animus, disclosure } });
const to = (index: number, event: Happened) => recorded(index, animus, event);
const byPolice = issuedBy(greekPolice, 'OUTCOME_ONLY');
const byClinic = issuedBy(clinic, 'FEEDBACK');
const received = to(1, { type: 'ReferralReceived', core: {} });
const accepted = to(2, { type: 'ReferralAccepted', core: {} });
const fedBack = to(3, { type: 'ReferralFeedbackGiven', core: { outcome: 'ACCEPTED' } });
const done = recorded(4, greekPolice, { type: 'ReferralCompleted', core: {} });
const here = within(greekPolice, animus);
const care = within(clinic, animus);
const declined = { marking: UNMARKED, needs: { reason: 'PERSON_DECLINED' } };
const feedback = {
  outcome: 'ACCEPTED',
  marking: UNMARKED,
  welfare: { text: 'she sleeps well', services: ['SHELTER'] },
};

describe('referring a person', () => {
  it('tells the service who she is and what she needs, and of the consent what concerns the service', () => {
    const [draft] = given()
      .when(refer(), context())
      .then({
        type: 'ReferralIssued',
        core: { to: animus, disclosure: 'OUTCOME_ONLY' },
        parts: { identity: { pseudonym: 'case-0007', persons: [victim] }, needs },
      });
    expect(JSON.stringify(draft?.parts)).not.toContain(clinic);
    expect(draft?.facts.admits).toEqual([
      { agency: animus, compartments: ['core', 'identity', 'needs', 'risk', 'welfare'] },
    ]);
    expect(draft?.audience.map(({ compartment }) => compartment)).toEqual([
      'core',
      'identity',
      'needs',
      'risk',
    ]);
  });

  it('promises feedback to services, and hands on interpreter and capacity', () => {
    const full = { ...consent, interpreter: 'Arabic, female', capacityNote: 'heard alone' };
    const [draft] = given()
      .when(refer({ risk: undefined, consent: full }, clinic), context())
      .then({ core: { to: animus, disclosure: 'FEEDBACK' } });
    expect(draft?.parts).toMatchObject({
      identity: { consent: { interpreter: 'Arabic, female', capacityNote: 'heard alone' } },
    });
  });

  it.each<[string, object, DomainRefusal['refused']]>([
    ['without consent', { consent: undefined }, 'no-consent'],
    [
      'on a consent withdrawn',
      { consent: { ...consent, withdrawnAt: noonPlus(0) } },
      'consent-not-in-force',
    ],
    [
      'on a consent not yet given',
      { consent: { ...consent, from: noonPlus(1) } },
      'consent-not-in-force',
    ],
    [
      'on a consent run out',
      { consent: { ...consent, until: noonPlus(0) } },
      'consent-not-in-force',
    ],
    [
      'to somebody it does not name',
      { consent: { ...consent, recipients: [clinic] } },
      'consent-not-for-this-recipient',
    ],
    [
      'with more than it covers',
      { consent: { ...consent, compartments: ['identity', 'needs'] } },
      'consent-not-for-this-compartment',
    ],
    [
      'for a return she did not ask for',
      { needs: { ...needs, services: ['SAFE_RETURN'] } },
      'consent-not-for-this-service',
    ],
    ['on something that is no consent', { consent: { ...consent, purposes: [] } }, 'too-few'],
    [
      'if she is a suspect',
      { persons: [{ ...victim, category: 'SUSPECT' }] },
      'not-a-person-to-refer',
    ],
    ['to the national commission', { to: commission }, 'compartment-not-allowed'],
    ['to oneself', { to: greekPolice }, 'to-oneself'],
  ])('is refused %s', (_when, changes, code) => {
    given().when(refer(changes), context()).refused(code);
  });

  it('is refused twice for one id', () => {
    given(byPolice).when(refer(), here).refused('item-exists');
    given().when(wish(animus, 'AcceptReferral'), here).refused('item-unknown');
  });
});

describe('a referral', () => {
  it.each<[string, readonly Recorded[], Command, object]>([
    ['is received', [byPolice], wish(animus, 'ReceiveReferral'), { type: 'ReferralReceived' }],
    [
      'is accepted',
      [byPolice, received],
      wish(animus, 'AcceptReferral'),
      { type: 'ReferralAccepted' },
    ],
    [
      'turns out not to be possible',
      [byPolice, received, accepted],
      wish(animus, 'DeclareReferralNotPossible', declined),
      { type: 'ReferralNotPossible' },
    ],
    [
      'is completed by its referrer',
      [byPolice, received, accepted],
      wish(greekPolice, 'CompleteReferral'),
      { type: 'ReferralCompleted' },
    ],
    [
      'is taken back',
      [byPolice],
      wish(greekPolice, 'RevokeReferral', { reason: 'CONSENT_WITHDRAWN' }),
      { core: { reason: 'CONSENT_WITHDRAWN' } },
    ],
  ])('%s', (_what, history, command, draft) => {
    given(...history)
      .when(command, here)
      .then(draft);
  });

  it.each<[string, readonly Recorded[], Command]>([
    ['received', [byPolice, received], wish(animus, 'ReceiveReferral')],
    ['accepted', [byPolice, received, accepted], wish(animus, 'AcceptReferral')],
    ['completed', [byPolice, received, accepted, done], wish(greekPolice, 'CompleteReferral')],
    [
      'taken back',
      [
        byPolice,
        recorded(1, greekPolice, { type: 'ReferralRevoked', core: { reason: 'ISSUED_IN_ERROR' } }),
      ],
      wish(greekPolice, 'RevokeReferral', { reason: 'NO_LONGER_NEEDED' }),
    ],
    [
      'taken back for want of consent',
      [
        byPolice,
        recorded(1, greekPolice, {
          type: 'ReferralRevoked',
          core: { reason: 'CONSENT_WITHDRAWN' },
        }),
      ],
      wish(greekPolice, 'RevokeReferral', { reason: 'NO_LONGER_NEEDED' }),
    ],
  ])('that is %s already needs no event', (_what, history, command) => {
    given(...history)
      .when(command, here)
      .nothing();
  });

  it('tells a referring service how she is', () => {
    const [draft] = given(byClinic, received, accepted, fedBack)
      .when(wish(animus, 'GiveReferralFeedback', feedback), {
        ...care,
        mayHold: () => ['core', 'needs', 'welfare'],
      })
      .then({ type: 'ReferralFeedbackGiven' });
    expect(draft?.audience[1]).toEqual({ compartment: 'welfare', to: [animus, clinic] });
    given(byClinic, received)
      .when(wish(animus, 'RejectReferral', declined), care)
      .then({
        type: 'ReferralRejected',
        audience: [{}, { compartment: 'needs', to: [animus, clinic] }],
      });
    given(byClinic, received, accepted)
      .when(wish(animus, 'CompleteReferral'), care)
      .then({ type: 'ReferralCompleted' });
  });

  it('shows how it stands', () => {
    given(byPolice, received, accepted, fedBack, done).is({ status: 'DONE', outcome: 'ACCEPTED' });
    given(byClinic, received, to(2, { type: 'ReferralRejected', core: {} })).is({
      status: 'REJECTED',
      outcome: 'NOT_POSSIBLE',
    });
    given(byPolice, received, to(2, { type: 'ReferralNotPossible', core: {} })).is({
      status: 'NOT_POSSIBLE',
    });
    const own = recorded(0, animus, {
      type: 'ReferralIssued',
      core: { to: animus, disclosure: 'FEEDBACK' },
    });
    given(own).is({ kind: 'none', overtaken: [own.id] });
  });
});

describe('a referring police agency', () => {
  // Even if the table of compartments were opened wide.
  const wide = {
    ...here,
    mayHold: () => ['core', 'identity', 'needs', 'risk', 'welfare'] as const,
  };

  it.each<[string, readonly Recorded[], Command]>([
    ['why she was not taken', [byPolice, received], wish(animus, 'RejectReferral', declined)],
    [
      'why it was not possible',
      [byPolice, received],
      wish(animus, 'DeclareReferralNotPossible', declined),
    ],
  ])('never learns %s', (_what, history, command) => {
    const [draft] = given(...history)
      .when(command, wide)
      .then({ audience: [{ to: [animus, greekPolice] }, { to: [animus] }] });
    expect(draft?.type).not.toBe('ReferralRejected');
    expect(draft?.core).toEqual({});
  });

  it('is told no more by calling itself something else', () => {
    const claimed = issuedBy(greekPolice, 'FEEDBACK');
    given(claimed, received)
      .when(wish(animus, 'RejectReferral', declined), wide)
      .then({ type: 'ReferralNotPossible' });
    given(claimed, received, accepted)
      .when(wish(animus, 'CompleteReferral'), wide)
      .then({ type: 'ReferralServiceEnded', audience: [{ compartment: 'core', to: [animus] }] });
    given(claimed, received)
      .when(wish(animus, 'RejectReferral', declined), context({ kindOf: () => undefined }))
      .then({ type: 'ReferralNotPossible' });
  });

  it.each<[string, readonly Recorded[]]>([
    ['how she is', [byPolice, received, accepted]],
    ['that there is more to report', [byPolice, received, accepted, fedBack]],
  ])('never learns %s, which the service records for itself', (_what, history) => {
    const [draft] = given(...history)
      .when(wish(animus, 'GiveReferralFeedback', feedback), wide)
      .then({ type: 'ReferralFeedbackGiven' });
    expect(draft?.audience.map(({ compartment, to: told }) => [compartment, told])).toEqual([
      ['core', [animus]],
      ['welfare', [animus]],
    ]);
  });

  it.each<[string, readonly Recorded[]]>([
    ['after the outcome', [byPolice, received, accepted]],
    ['after feedback', [byPolice, received, accepted, fedBack]],
  ])(
    'never learns when the service ended, which the service records for itself %s',
    (_when, history) => {
      const [draft] = given(...history)
        .when(wish(animus, 'CompleteReferral'), wide)
        .then({ type: 'ReferralServiceEnded', core: {}, parts: {} });
      expect(draft?.audience).toEqual([{ compartment: 'core', to: [animus] }]);
      expect(draft?.facts).toEqual({ item: itemId(1) });
      const ended = recorded(5, animus, { type: 'ReferralServiceEnded', core: {} });
      given(...history, ended).is({ status: 'DONE', outcome: 'ACCEPTED' });
      given(...history, ended)
        .when(wish(animus, 'CompleteReferral'), wide)
        .nothing();
      // What the police say later of their own copy undoes nothing here.
      given(...history, ended, done).is({ status: 'DONE', overtaken: [done.id] });
    },
  );

  it('sees an end that it should not have been told of as overtaken', () => {
    const told = to(3, { type: 'ReferralCompleted', core: {} });
    given(byPolice, received, accepted, told).is({ status: 'ACCEPTED', overtaken: [told.id] });
  });

  it('sees a rejection that says too much as overtaken', () => {
    const rejected = to(2, { type: 'ReferralRejected', core: {} });
    given(byPolice, received, rejected).is({ status: 'RECEIVED', overtaken: [rejected.id] });
  });

  it('decides nothing for the service, nor does anybody else', () => {
    given(byPolice, received)
      .when(wish(greekPolice, 'AcceptReferral'), here)
      .refused('not-the-receiving-party');
    given(byPolice)
      .when(wish(animus, 'RevokeReferral', { reason: 'ISSUED_IN_ERROR' }), here)
      .refused('not-the-issuing-party');
    given(byPolice).when(wish(turkishPolice, 'AcceptReferral'), here).refused('not-status-party');
    given(byPolice).when(wish(borderPolice, 'ReceiveReferral'), here).refused('not-status-party');
  });
});
