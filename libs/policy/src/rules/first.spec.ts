import { describe, expect, it } from '@jest/globals';
import { COMPARTMENTS } from '@tripoint/domain';
import {
  compartmentTable,
  CUSTODY_COMPARTMENTS,
  firstBundle,
  NeedToKnow,
  type Question,
} from '../index.js';
import { aQuestionWith, ownCopy, type Change } from '../testing/index.js';

const rules = new NeedToKnow(firstBundle());
const decided = (change: Change) => {
  const { allowed, rules: by } = rules.decide(aQuestionWith(change));
  return { allowed, by };
};

const outsider = { participant: false, admitted: false, owner: false };
const ngo = { kind: 'NGO' };
const handedOn = (changes: Partial<NonNullable<Question['grant']>> = {}): Change => ({
  family: 'grant',
  relation: outsider,
  grant: { byProvider: true, inTime: true, asDecided: true, held: false, ...changes },
});

const ordered = (changes: Partial<NonNullable<Question['order']>> = {}): Change => ({
  family: 'disclosure',
  relation: outsider,
  order: {
    byOversight: true,
    emergency: false,
    inTime: true,
    inCustody: true,
    held: false,
    ...changes,
  },
});
const shared = (changes: Partial<NonNullable<Question['share']>> = {}): Change => ({
  family: 'disclosure',
  compartment: 'custody-1',
  relation: outsider,
  pair: { permitted: false, ceiling: 'UNCLASSIFIED' },
  share: { byCustodian: true, asOrdered: true, inTime: true, ...changes },
});

// One line each: who is asked about, under which circumstances, and what decides. Unless a line says otherwise the
// Bulgarian border police answer, in the compartment `facts`, marked BPL and H2, the Greek police who opened the exchange.
describe('the first rules', () => {
  it.each<[string, Change, boolean, string[]]>([
    // Who may.
    [
      'the police who asked are given the facts',
      {},
      true,
      ['admitted-kind-is-given-the-compartment'],
    ],
    [
      'and what the item is',
      { compartment: 'core' },
      true,
      ['participant-follows-the-item', 'admitted-kind-is-given-the-compartment'],
    ],
    [
      'a participant follows the item without being admitted to more',
      { compartment: 'core', relation: { admitted: false, owner: false } },
      true,
      ['participant-follows-the-item'],
    ],
    [
      'the issuer keeps its source to itself',
      { ...ownCopy, compartment: 'source', relation: outsider },
      true,
      ['originator-keeps-its-own'],
    ],
    [
      'the issuer keeps what lies above its clearance',
      {
        ...ownCopy,
        classification: 'R-UE/EU-R',
        recipient: { kind: 'BORDER_POLICE', state: 'BG', clearance: 'BPL' },
      },
      true,
      ['originator-keeps-its-own', 'admitted-kind-is-given-the-compartment'],
    ],

    // What is handed on later.
    [
      'an outsider is handed on what the provider said',
      handedOn(),
      true,
      ['provider-hands-on-what-it-said'],
    ],
    [
      'not by another than the provider',
      handedOn({ byProvider: false }),
      false,
      ['grant-is-by-the-provider'],
    ],
    ['not when its time is over', handedOn({ inTime: false }), false, ['grant-is-in-time']],
    [
      'not what was not decided',
      handedOn({ asDecided: false }),
      false,
      ['grant-is-what-was-decided'],
    ],
    ['not what it holds', handedOn({ held: true }), false, ['grant-is-of-something-new']],
    ['not a core', { ...handedOn(), compartment: 'core' }, false, ['core-is-not-granted']],
    [
      'not to a kind that never holds it',
      { ...handedOn(), recipient: ngo },
      false,
      ['kind-may-hold-the-compartment'],
    ],
    [
      'not to oversight',
      { ...handedOn(), recipient: { kind: 'OVERSIGHT' } },
      false,
      ['kind-may-hold-the-compartment', 'oversight-receives-no-content'],
    ],
    [
      'not to the hub',
      { ...handedOn(), recipient: { kind: 'HUB' } },
      false,
      ['kind-may-hold-the-compartment', 'hub-receives-no-content'],
    ],
    [
      'not what the provider has from others',
      { ...handedOn(), derivation: { h2: true } },
      false,
      ['handling-h2-needs-release'],
    ],
    [
      'not where the two have agreed on nothing',
      { ...handedOn(), pair: { permitted: false } },
      false,
      ['pair-permits-transfer'],
    ],
    [
      'not by a provider who takes no part',
      { ...handedOn(), relation: { ...outsider, issuerParticipant: false } },
      false,
      ['issuer-takes-part'],
    ],
    [
      'whoever drives is handed on the address of a shelter, since that ends',
      { ...handedOn(), compartment: 'shelter', recipient: { kind: 'TRANSPORT' } },
      true,
      ['provider-hands-on-what-it-said'],
    ],
    [
      'a grantee is told of its grant',
      { compartment: 'core', family: 'grant', relation: outsider, grantee: true },
      true,
      ['grantee-is-told-of-its-grant'],
    ],
    [
      'and of nothing else',
      { family: 'grant', relation: outsider, grantee: true },
      false,
      ['recipient-is-admitted-to-the-compartment'],
    ],
    [
      'a grantee answers its provider for its copy',
      {
        compartment: 'core',
        family: 'receipt',
        relation: { ...outsider, issuerParticipant: false },
        scoped: true,
      },
      true,
      ['grantee-answers-for-its-copy'],
    ],
    [
      'and says nothing else to it',
      {
        compartment: 'core',
        relation: { ...outsider, issuerParticipant: false },
        scoped: true,
      },
      false,
      ['issuer-takes-part', 'recipient-takes-part'],
    ],

    // What custodians keep and hand over.
    [
      'a custodian keeps its share, whatever it is, cleared for and agreed on',
      {
        compartment: 'custody-2',
        custodian: true,
        recipient: { ...ngo, clearance: 'UNCLASSIFIED' },
        classification: 'R-UE/EU-R',
        relation: outsider,
        pair: { permitted: false, ceiling: 'UNCLASSIFIED' },
      },
      true,
      ['custodian-keeps-a-share'],
    ],
    [
      'nobody else does, not even whoever opened the exchange',
      { compartment: 'custody-2' },
      false,
      ['kind-may-hold-the-compartment'],
    ],
    ['oversight orders what is in custody', ordered(), true, ['order-names-who-is-told']],
    [
      'an agency does in an emergency',
      ordered({ byOversight: false, emergency: true }),
      true,
      ['order-names-who-is-told'],
    ],
    [
      'and not otherwise',
      ordered({ byOversight: false }),
      false,
      ['order-is-by-oversight-or-in-an-emergency'],
    ],
    ['nor for long', ordered({ inTime: false }), false, ['order-is-for-a-day-at-most']],
    [
      'nor of what nobody has shares of',
      ordered({ inCustody: false }),
      false,
      ['order-is-of-what-is-in-custody'],
    ],
    ['nor of what is held', ordered({ held: true }), false, ['order-is-of-something-new']],
    [
      'an order lets nobody have what its kind never holds',
      { ...ordered(), recipient: ngo },
      false,
      ['kind-may-hold-the-compartment'],
    ],
    [
      'nor what it is not cleared for',
      { ...ordered(), classification: 'R-UE/EU-R', recipient: { clearance: 'BPL' } },
      false,
      ['clearance-covers-the-classification'],
    ],
    [
      'nor what who said it would never tell it',
      { ...ordered(), pair: { permitted: false } },
      false,
      ['pair-permits-transfer'],
    ],
    [
      'an order reaches whoever it is for without an agreement',
      {
        family: 'disclosure',
        compartment: 'core',
        relation: { admitted: true, owner: false },
        classification: 'UNCLASSIFIED',
        pair: { permitted: false, ceiling: 'UNCLASSIFIED' },
      },
      true,
      ['participant-follows-the-item', 'admitted-kind-is-given-the-compartment'],
    ],
    ['a custodian hands over its share', shared(), true, ['custodian-hands-over-its-share']],
    ['not that of another', shared({ byCustodian: false }), false, ['share-is-its-custodians-own']],
    ['not without an order', shared({ asOrdered: false }), false, ['share-is-as-ordered']],
    ['not when that is over', shared({ inTime: false }), false, ['share-is-in-time']],
    [
      'not to whom it is too high',
      { ...shared(), classification: 'R-UE/EU-R', recipient: { clearance: 'BPL' } },
      false,
      ['clearance-covers-the-classification'],
    ],

    // Participants only.
    [
      'police who do not take part',
      { relation: outsider },
      false,
      ['recipient-takes-part', 'recipient-is-admitted-to-the-compartment'],
    ],
    [
      'even of the item itself',
      { compartment: 'core', relation: outsider },
      false,
      ['recipient-takes-part'],
    ],
    [
      'a participant who is not admitted to the compartment',
      { relation: { admitted: false, owner: false } },
      false,
      ['recipient-is-admitted-to-the-compartment'],
    ],
    [
      'a word from outside the exchange',
      { relation: { issuerParticipant: false } },
      false,
      ['issuer-takes-part'],
    ],

    // Kinds.
    [
      'nobody but its originator holds a source',
      { compartment: 'source' },
      false,
      ['kind-may-hold-the-compartment'],
    ],
    [
      'an NGO never sees what police found',
      { recipient: ngo },
      false,
      ['kind-may-hold-the-compartment'],
    ],
    [
      'nor intelligence',
      { recipient: ngo, compartment: 'intelligence' },
      false,
      ['kind-may-hold-the-compartment'],
    ],
    [
      'an NGO sees what a person needs',
      { recipient: ngo, compartment: 'needs' },
      true,
      ['admitted-kind-is-given-the-compartment'],
    ],
    [
      'police never see what services were given',
      { compartment: 'welfare' },
      false,
      ['kind-may-hold-the-compartment'],
    ],
    ['nor a medical need', { compartment: 'health' }, false, ['kind-may-hold-the-compartment']],
    [
      'nor the address of a shelter',
      { compartment: 'shelter' },
      false,
      ['kind-may-hold-the-compartment'],
    ],
    [
      'nor does a consulate',
      { compartment: 'shelter', recipient: { kind: 'CONSULATE' } },
      false,
      ['kind-may-hold-the-compartment'],
    ],
    [
      'nor a driver, without a time box',
      { compartment: 'shelter', recipient: { kind: 'TRANSPORT' } },
      false,
      ['shelter-for-transport-needs-a-time-box'],
    ],
    [
      'the national commission counts',
      { compartment: 'statistics', recipient: { kind: 'NATIONAL_COMMISSION' } },
      true,
      ['admitted-kind-is-given-the-compartment'],
    ],
    [
      'and never learns names',
      { compartment: 'identity', recipient: { kind: 'NATIONAL_COMMISSION' } },
      false,
      ['kind-may-hold-the-compartment'],
    ],

    // Oversight and the hub.
    [
      'oversight, admitted by whomever',
      { recipient: { kind: 'OVERSIGHT' } },
      false,
      ['kind-may-hold-the-compartment', 'oversight-receives-no-content'],
    ],
    [
      'oversight, even of the item',
      { compartment: 'core', recipient: { kind: 'OVERSIGHT' } },
      false,
      ['kind-may-hold-the-compartment', 'oversight-receives-no-content'],
    ],
    [
      'the hub',
      { compartment: 'core', recipient: { kind: 'HUB' } },
      false,
      ['kind-may-hold-the-compartment', 'hub-receives-no-content'],
    ],

    // Clearance and accreditation.
    [
      'cleared for exactly the classification',
      { recipient: { clearance: 'BPL' } },
      true,
      ['admitted-kind-is-given-the-compartment'],
    ],
    [
      'cleared for one below',
      { classification: 'R-UE/EU-R', recipient: { clearance: 'BPL' } },
      false,
      ['clearance-covers-the-classification'],
    ],
    [
      'confidential, which the network may not carry',
      {
        classification: 'C-UE/EU-C',
        recipient: { clearance: 'TS-UE/EU-TS' },
        pair: { ceiling: 'TS-UE/EU-TS' },
      },
      false,
      ['classification-is-accredited'],
    ],
    [
      'not even for its own issuer',
      { ...ownCopy, classification: 'C-UE/EU-C' },
      false,
      ['classification-is-accredited'],
    ],

    // Standing.
    ['a suspended recipient', { recipient: { active: false } }, false, ['recipient-is-active']],
    ['a suspended issuer', { issuer: { active: false } }, false, ['issuer-is-active']],

    // Pairs.
    [
      'agencies that have agreed on nothing',
      { pair: { permitted: false, ceiling: 'UNCLASSIFIED' } },
      false,
      ['pair-permits-transfer', 'pair-ceiling-covers-the-classification'],
    ],
    [
      'above what the pair agreed',
      { classification: 'R-UE/EU-R', pair: { ceiling: 'BPL' } },
      false,
      ['pair-ceiling-covers-the-classification'],
    ],

    // What is taken from others.
    [
      'taken from what is under H2',
      { derivation: { h2: true } },
      false,
      ['handling-h2-needs-release'],
    ],
    [
      'of which not even the item is told',
      { compartment: 'core', derivation: { h2: true } },
      false,
      ['handling-h2-needs-release'],
    ],
    [
      'taken from what is under H1',
      { derivation: { h1: true } },
      true,
      ['admitted-kind-is-given-the-compartment'],
    ],
    [
      'and meant for a court',
      { compartment: 'evidence', derivation: { h1: true } },
      false,
      ['handling-h1-needs-release'],
    ],
    [
      'marked below its source',
      { derivation: { weakened: true } },
      false,
      ['derived-marking-is-the-strictest'],
    ],
    [
      'while the item itself carries no content',
      { compartment: 'core', derivation: { weakened: true } },
      true,
      ['participant-follows-the-item', 'admitted-kind-is-given-the-compartment'],
    ],
    [
      'taken from something unknown',
      { derivation: { unknown: true } },
      false,
      ['derivation-is-known'],
    ],
    [
      'passed on though that needs authorisation',
      { derivation: { onward: 'WITH_AUTHORISATION' } },
      false,
      ['onward-transfer-needs-authorisation'],
    ],
    [
      'passed on though that was excluded',
      { derivation: { onward: 'FORBIDDEN' } },
      false,
      ['onward-transfer-forbidden'],
    ],

    // What nobody has agreed on a meaning for.
    ['an unknown kind', { recipient: { kind: 'MILITIA' } }, false, ['question-not-understood']],
    [
      'an unknown clearance',
      { recipient: { clearance: 'COSMIC' } },
      false,
      ['question-not-understood'],
    ],
    [
      'an unknown classification, for its own issuer',
      { ...ownCopy, classification: 'COSMIC' },
      false,
      ['question-not-understood'],
    ],
    ['an unknown compartment', { compartment: 'gossip' }, false, ['question-not-understood']],
    ['an unknown handling code', { handling: ['H9'] }, false, ['question-not-understood']],
    ['an unknown family', { family: 'rumour' }, false, ['question-not-understood']],
    [
      'an agreement in unknown words',
      { pair: { ceiling: 'COSMIC' } },
      false,
      ['question-not-understood'],
    ],
    [
      'an onward rule in unknown words',
      { derivation: { onward: 'PERHAPS' } },
      false,
      ['question-not-understood'],
    ],
  ])('%s', (_what, change, allowed, by) => {
    expect(decided(change)).toEqual({ allowed, by });
  });

  it('gives each reason as a sentence', () => {
    expect(
      rules.decide(aQuestionWith({ recipient: { active: false }, derivation: { h2: true } }))
        .because,
    ).toBe(
      'its provider has not permitted it to be passed on to the agency (H2); the agency is suspended or has left',
    );
  });
});

describe('the table of compartments', () => {
  it('has a line for every compartment', () => {
    expect(compartmentTable.map(({ compartment }) => compartment)).toEqual([
      ...COMPARTMENTS,
      ...CUSTODY_COMPARTMENTS,
    ]);
  });

  const kindsOf = (compartment: string) =>
    compartmentTable.find((row) => row.compartment === compartment)!.kinds;

  it.each([
    [
      'police',
      ['POLICE', 'BORDER_POLICE', 'CUSTOMS', 'NATIONAL_SECURITY', 'PROSECUTOR', 'FIU'],
      ['needs', 'welfare', 'health', 'shelter', 'consular', 'legal', 'statistics', 'source'],
    ],
    [
      'NGOs',
      ['NGO'],
      [
        'facts',
        'intelligence',
        'evidence',
        'financial',
        'source',
        'legal',
        'consular',
        'statistics',
      ],
    ],
    [
      'hospitals',
      ['HEALTH'],
      ['facts', 'intelligence', 'source', 'risk', 'welfare', 'shelter', 'legal'],
    ],
    [
      'consulates',
      ['CONSULATE', 'MFA'],
      ['facts', 'identity', 'shelter', 'needs', 'risk', 'welfare', 'health', 'source'],
    ],
    [
      'commissions',
      ['NATIONAL_COMMISSION', 'COORDINATION_GROUP', 'SELEC'],
      COMPARTMENTS.filter((one) => one !== 'core' && one !== 'statistics'),
    ],
    ['overseers and the hub', ['OVERSIGHT', 'HUB'], COMPARTMENTS],
  ])('keeps from %s what is not theirs', (_who, kinds, compartments) => {
    const held = compartments.filter((one) => kinds.some((kind) => kindsOf(one).includes(kind)));
    expect(held).toEqual([]);
  });

  it.each(
    firstBundle().compartments.flatMap(({ compartment, kinds }) =>
      kinds.map((kind) => [kind, compartment] as const),
    ),
  )('lets %s be given %s', (kind, compartment) => {
    const { allowed, by } = decided({ compartment, recipient: { kind } });
    const timeBoxed = kind === 'TRANSPORT' && compartment === 'shelter';
    expect({ allowed, by: timeBoxed ? by : [] }).toEqual({
      allowed: !timeBoxed,
      by: timeBoxed ? ['shelter-for-transport-needs-a-time-box'] : [],
    });
  });
});
