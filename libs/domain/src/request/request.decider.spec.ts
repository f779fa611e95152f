import { describe, expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { type Command, type DomainRefusal } from '../decide.js';
import { type Happened, type Recorded } from '../event.js';
import {
  agency,
  animus,
  borderPolice,
  context,
  exchangeId,
  given,
  greekPolice,
  itemId,
  noonPlus,
  question,
  recorded,
  statement,
  turkishPolice,
  within,
} from '../testing/index.js';
import { UNMARKED, type Marking } from '../content.js';

const HOUR = 3600;
const h2: Marking = { classification: 'R-UE/EU-R', handling: ['H0', 'H2'] };
const remark = { text: 'which lane?', language: 'en' } as const;
const remarked = { marking: UNMARKED, facts: remark };

const wish = (by: AgencyId, type: Command['type'], data: object = {}) =>
  ({
    type,
    item: itemId(1),
    exchange: exchangeId(1),
    by: { agency: by },
    at: noonPlus(0),
    data,
  }) as Command;
const issue = (changes: object = {}) =>
  wish(greekPolice, 'IssueRequest', {
    to: borderPolice,
    urgency: 'URGENT',
    access: 'DIRECT',
    marking: h2,
    facts: question,
    ...changes,
  });

const terms = {
  to: borderPolice,
  urgency: 'URGENT',
  access: 'DIRECT',
  dueInSeconds: 8 * HOUR,
  graceSeconds: HOUR,
} as const;
const from = (index: number, event: Happened) => recorded(index, greekPolice, event);
const to = (index: number, event: Happened) => recorded(index, borderPolice, event);
const issued = from(0, { type: 'RequestIssued', core: terms });
const received = to(1, { type: 'RequestReceived', core: {} });
const asked = to(2, { type: 'ClarificationAsked', core: {} });
const accepted = to(2, { type: 'RequestAccepted', core: {} });
const inPart = to(3, { type: 'AnswerProvided', core: { outcome: 'PARTIAL' } });
const inFull = to(4, { type: 'AnswerProvided', core: { outcome: 'FULL' } });
const withdrawn = from(5, { type: 'RequestWithdrawn', core: {} });
const closed = from(6, { type: 'RequestClosed', core: {} });
const here = within(greekPolice, borderPolice);

describe('issuing a request', () => {
  it('opens the exchange, lets the asked agency in and starts the clock of the pair', () => {
    const [draft] = given()
      .when(issue({ derivedFrom: ['b'.repeat(64), 'a'.repeat(64)] }), context())
      .then({ type: 'RequestIssued', family: 'request', core: terms, parts: { facts: question } });
    expect(draft?.facts).toEqual({
      opens: true,
      item: itemId(1),
      admits: [{ agency: borderPolice, compartments: ['core', 'facts'] }],
      clock: 'issued',
      urgency: 'URGENT',
      access: 'DIRECT',
      dueInSeconds: 8 * HOUR,
      derivedFrom: ['a'.repeat(64), 'b'.repeat(64)],
    });
    expect(draft?.audience).toEqual([
      { compartment: 'core', to: [borderPolice, greekPolice] },
      { compartment: 'facts', to: [borderPolice, greekPolice] },
    ]);
    expect(draft?.marking).toEqual(h2);
  });

  it('admits without opening where the owner asks once more', () => {
    const [draft] = given().when(issue(), here).then({ type: 'RequestIssued' });
    expect(draft?.facts.opens).toBeUndefined();
    expect(draft?.facts.admits).toHaveLength(1);
  });

  it('says whom it is for where a participant asks another, and opens nothing', () => {
    const [draft] = given()
      .when(issue(), within(turkishPolice, greekPolice, borderPolice))
      .then({ type: 'RequestIssued' });
    expect(draft?.facts.opens).toBeUndefined();
    expect(draft?.facts.admits).toEqual([
      { agency: borderPolice, compartments: ['core', 'facts'] },
    ]);
  });

  const person = {
    ...question,
    entities: [{ kind: 'person', category: 'SUSPECT', names: [] }],
  };
  const { urgencyGrounds, ...groundless } = question;
  it.each<[string, DomainRefusal['refused'], object, ReturnType<typeof context>]>([
    ['of oneself', 'to-oneself', { to: greekPolice }, context()],
    ['of an agency that is not enrolled', 'unknown-agency', { to: agency('nobody') }, context()],
    [
      'of a newcomer, by who is no owner',
      'not-exchange-owner',
      {},
      within(turkishPolice, greekPolice),
    ],
    ['in an exchange of others', 'not-participant', {}, within(turkishPolice, borderPolice)],
    [
      'of a latecomer whose owner is not known',
      'not-exchange-owner',
      {},
      context({ exchange: { owner: undefined, participants: [greekPolice], said: [] } }),
    ],
    ['without an agreement on time', 'no-agreed-clock', {}, context({ clocks: () => undefined })],
    ['of an agency that may not hold it', 'compartment-not-allowed', { to: animus }, context()],
    [
      'by an agency that may not hold the answer',
      'compartment-not-allowed',
      {},
      context({ mayHold: (id) => (id === borderPolice ? ['facts'] : []) }),
    ],
    ['urgently, without grounds', 'urgency-without-grounds', { facts: groundless }, context()],
    [
      'on a person, without saying what for',
      'person-without-connection',
      { facts: person },
      context(),
    ],
    [
      'above what is accredited',
      'classification-not-accredited',
      { marking: { classification: 'C-UE/EU-C', handling: [] } },
      context(),
    ],
    [
      'under H3, without words',
      'handling-h3-without-text',
      { marking: { classification: 'BPL', handling: ['H3'] } },
      context(),
    ],
    [
      'under codes out of order',
      'malformed',
      { marking: { classification: 'BPL', handling: ['H2', 'H1'] } },
      context(),
    ],
    [
      'under an unknown code',
      'unknown-code',
      { marking: { classification: 'SECRET', handling: [] } },
      context(),
    ],
    ['with nothing in it', 'missing-member', { facts: undefined }, context()],
    [
      'with a member that is not known',
      'unknown-member',
      { facts: { ...question, colour: 'red' } },
      context(),
    ],
  ])('is refused %s', (_when, code, changes, where) => {
    given().when(issue(changes), where).refused(code);
    expect(urgencyGrounds).toBeDefined();
  });

  it('carries H3 with its words', () => {
    given()
      .when(
        issue({
          marking: { classification: 'BPL', handling: ['H3'] },
          facts: { ...question, connection: 'owner', restrictions: 'not to the press' },
        }),
        context(),
      )
      .then({ type: 'RequestIssued' });
  });

  it('is refused twice for one id', () => {
    given(issued).when(issue(), here).refused('item-exists');
  });
});

const answer = (
  outcome: string,
  more: object = { facts: statement, source: { text: 'camera 4' } },
) => wish(borderPolice, 'ProvideAnswer', { outcome, marking: h2, ...more });
const refusal = (scope: string, more: object = {}) =>
  wish(borderPolice, 'RefuseRequest', { ground: 'f-ii', scope, marking: UNMARKED, ...more });
const delay = wish(borderPolice, 'NotifyDelay', {
  ...remarked,
  seconds: 3600,
  judicialAuthorisation: true,
});

describe('a request', () => {
  it.each<[string, readonly Recorded[], Command, object]>([
    [
      'is received',
      [issued],
      wish(borderPolice, 'ReceiveRequest'),
      { type: 'RequestReceived', facts: { clock: 'received' } },
    ],
    [
      'is asked about',
      [issued, received],
      wish(borderPolice, 'AskClarification', remarked),
      { type: 'ClarificationAsked', facts: { clock: 'suspended' } },
    ],
    [
      'is made clear',
      [issued, received, asked],
      wish(greekPolice, 'ProvideClarification', remarked),
      { type: 'ClarificationProvided', facts: { clock: 'resumed' } },
    ],
    [
      'is accepted',
      [issued, received],
      wish(borderPolice, 'AcceptRequest'),
      { type: 'RequestAccepted' },
    ],
    [
      'is delayed, with the whole time allowed',
      [issued, received],
      delay,
      {
        type: 'DelayNotified',
        core: { seconds: 3600, dueInSeconds: 9 * HOUR, judicialAuthorisation: true },
        facts: { dueInSeconds: 9 * HOUR },
      },
    ],
    [
      'is answered',
      [issued, received, accepted],
      answer('FULL'),
      { type: 'AnswerProvided', core: { outcome: 'FULL' }, facts: { clock: 'stopped' } },
    ],
    [
      'is answered: nothing held',
      [issued, received],
      answer('NOTHING_HELD', {}),
      { type: 'AnswerProvided', parts: {}, facts: { clock: 'stopped' } },
    ],
    [
      'is answered further',
      [issued, received, inPart],
      answer('FULL'),
      { type: 'AnswerProvided', facts: { item: itemId(1) } },
    ],
    [
      'is refused as a whole',
      [issued, received],
      refusal('WHOLE', { facts: remark }),
      { type: 'RequestRefused', core: { ground: 'f-ii' }, facts: { clock: 'stopped' } },
    ],
    [
      'is refused in part',
      [issued, received, inPart],
      refusal('PART'),
      { type: 'RequestRefused', core: { scope: 'PART' } },
    ],
    [
      'is withdrawn',
      [issued],
      wish(greekPolice, 'WithdrawRequest'),
      { type: 'RequestWithdrawn', facts: { clock: 'stopped' } },
    ],
    [
      'is closed',
      [issued, received, inFull],
      wish(greekPolice, 'CloseRequest'),
      { type: 'RequestClosed' },
    ],
  ])('%s', (_what, history, command, draft) => {
    given(...history)
      .when(command, here)
      .then(draft);
  });

  it('keeps the source of an answer with the agency that answers', () => {
    const [draft] = given(issued, received)
      .when(answer('FULL'), here)
      .then({ parts: { facts: statement } });
    expect(draft?.audience).toEqual([
      { compartment: 'core', to: [borderPolice, greekPolice] },
      { compartment: 'facts', to: [borderPolice, greekPolice] },
      { compartment: 'source', to: [borderPolice] },
    ]);
  });

  it('keeps the source even where the table of compartments would let it go', () => {
    const [draft] = given(issued, received)
      .when(answer('FULL'), { ...here, mayHold: () => ['facts', 'source'] })
      .then({ type: 'AnswerProvided' });
    expect(draft?.audience.at(-1)).toEqual({ compartment: 'source', to: [borderPolice] });
  });

  it.each<[string, readonly Recorded[], Command]>([
    ['received', [issued, received], wish(borderPolice, 'ReceiveRequest')],
    ['accepted', [issued, received, accepted], wish(borderPolice, 'AcceptRequest')],
    ['withdrawn', [issued, withdrawn], wish(greekPolice, 'WithdrawRequest')],
    ['closed', [issued, received, inFull, closed], wish(greekPolice, 'CloseRequest')],
  ])('that is %s already needs no event', (_what, history, command) => {
    given(...history)
      .when(command, here)
      .nothing();
  });

  it.each<[string, readonly Recorded[], Command, DomainRefusal['refused']]>([
    [
      'answered by a stranger',
      [issued, received],
      wish(turkishPolice, 'AcceptRequest'),
      'not-status-party',
    ],
    [
      'accepted by who asked',
      [issued, received],
      wish(greekPolice, 'AcceptRequest'),
      'not-the-receiving-party',
    ],
    [
      'withdrawn by who was asked',
      [issued, received],
      wish(borderPolice, 'WithdrawRequest'),
      'not-the-issuing-party',
    ],
    ['answered before its receipt', [issued], answer('FULL'), 'status-does-not-allow'],
    [
      'answered after it was withdrawn',
      [issued, received, withdrawn],
      answer('FULL'),
      'status-does-not-allow',
    ],
    [
      'answered in full without content',
      [issued, received],
      answer('FULL', {}),
      'answer-without-content',
    ],
    ...[
      { facts: statement },
      { source: { text: 'camera 4' } },
      { derivedFrom: ['a'.repeat(64)] },
    ].map((more): [string, readonly Recorded[], Command, DomainRefusal['refused']] => [
      `answered that nothing is held, with ${Object.keys(more).join()} of it`,
      [issued, received],
      answer('NOTHING_HELD', more),
      'answer-contradicts-itself',
    ]),
    [
      'refused as a whole after a partial answer',
      [issued, received, inPart],
      refusal('WHOLE'),
      'already-answered-in-part',
    ],
    [
      'closed while it is open',
      [issued, received],
      wish(greekPolice, 'CloseRequest'),
      'status-does-not-allow',
    ],
    ['touched before it exists', [], wish(borderPolice, 'AcceptRequest'), 'item-unknown'],
  ])('is not %s', (_what, history, command, code) => {
    given(...history)
      .when(command, here)
      .refused(code);
  });

  it('shows how it stands', () => {
    given(
      issued,
      received,
      inPart,
      to(4, { type: 'RequestRefused', core: { ground: 'c', scope: 'PART' } }),
    ).is({
      status: 'ANSWERED_PARTIAL',
      outcome: 'PARTIAL',
      refusals: ['c'],
    });
    given(
      issued,
      received,
      to(2, { type: 'RequestRefused', core: { ground: 'a', scope: 'WHOLE' } }),
    ).is({
      status: 'REFUSED',
      clock: { ...terms0, receivedAt: noonPlus(HOUR), stoppedAt: noonPlus(2 * HOUR) },
    });
    given(
      issued,
      received,
      accepted,
      to(3, { type: 'ClarificationAsked', core: {} }),
      from(4, { type: 'ClarificationProvided', core: {} }),
    ).is({
      status: 'ACCEPTED',
      clock: { ...terms0, receivedAt: noonPlus(HOUR), suspendedMillis: HOUR * 1000 },
    });
    given(
      issued,
      received,
      to(2, {
        type: 'DelayNotified',
        core: { seconds: 60, dueInSeconds: 8 * HOUR + 60, judicialAuthorisation: true },
      }),
    ).is({
      status: 'DELAY_NOTIFIED',
      judicialAuthorisation: true,
    });
  });

  it('lets the first valid event win and keeps the other as overtaken', () => {
    const late = to(6, { type: 'AnswerProvided', core: { outcome: 'FULL' } });
    given(issued, received, withdrawn, late).is({ status: 'WITHDRAWN', overtaken: [late.id] });
    const forged = recorded(2, turkishPolice, { type: 'RequestWithdrawn', core: {} });
    given(issued, received, forged).is({ status: 'RECEIVED', overtaken: [forged.id] });
    const wrong = to(2, {
      type: 'DelayNotified',
      core: { seconds: 60, dueInSeconds: 61, judicialAuthorisation: false },
    });
    given(issued, received, wrong).is({ status: 'RECEIVED', overtaken: [wrong.id] });
    const toItself = from(0, { type: 'RequestIssued', core: { ...terms, to: greekPolice } });
    given(toItself).is({ kind: 'none', overtaken: [toItself.id] });
    given(received, issued).is({ status: 'ISSUED', overtaken: [received.id] });
    const other = recorded(1, borderPolice, { type: 'RequestReceived', core: {}, item: itemId(2) });
    given(issued, other).is({ status: 'ISSUED', overtaken: [] });
  });
});

const terms0 = {
  dueInSeconds: 8 * HOUR,
  graceSeconds: HOUR,
  issuedAt: noonPlus(0),
  suspendedMillis: 0,
};
