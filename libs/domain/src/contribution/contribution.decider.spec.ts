import { describe, expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { UNMARKED } from '../content.js';
import { type Command, type DomainRefusal } from '../decide.js';
import { type Recorded } from '../event.js';
import {
  animus,
  borderPolice,
  context,
  exchangeId,
  given,
  greekPolice,
  itemId,
  noonPlus,
  recorded,
  statement,
  turkishPolice,
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
const share = (data: object, by = greekPolice) =>
  wish(by, 'ShareContribution', { to: borderPolice, marking: UNMARKED, ...data });
const graded = { marking: UNMARKED, intelligence: { evaluation: { source: 'B', info: '2' } } };
const here = within(greekPolice, borderPolice);

const shared = recorded(0, greekPolice, { type: 'ContributionShared', core: { to: borderPolice } });
const received = recorded(5, borderPolice, { type: 'ContributionReceived', core: {} });
const acknowledged = recorded(1, borderPolice, { type: 'ContributionAcknowledged', core: {} });
const evaluated = recorded(2, borderPolice, { type: 'ContributionEvaluated', core: {} });

describe('a contribution', () => {
  it('is shared with one agency, its source with none', () => {
    const [draft] = given()
      .when(
        share({
          intelligence: statement,
          source: { text: 'a driver' },
          derivedFrom: ['a'.repeat(64)],
        }),
        context(),
      )
      .then({ type: 'ContributionShared', facts: { opens: true, derivedFrom: ['a'.repeat(64)] } });
    expect(draft?.facts.admits).toEqual([
      { agency: borderPolice, compartments: ['core', 'facts', 'intelligence'] },
    ]);
    expect(draft?.audience).toEqual([
      { compartment: 'core', to: [borderPolice, greekPolice] },
      { compartment: 'intelligence', to: [borderPolice, greekPolice] },
      { compartment: 'source', to: [greekPolice] },
    ]);
  });

  it.each<[string, readonly Recorded[], Command, object]>([
    [
      'is received by a node',
      [shared],
      wish(borderPolice, 'ReceiveContribution'),
      { type: 'ContributionReceived', audience: [{ to: [borderPolice, greekPolice] }] },
    ],
    [
      'is acknowledged by an officer after that',
      [shared, received],
      wish(borderPolice, 'AcknowledgeContribution'),
      { type: 'ContributionAcknowledged' },
    ],
    [
      'is acknowledged before its receipt is back',
      [shared],
      wish(borderPolice, 'AcknowledgeContribution'),
      { type: 'ContributionAcknowledged' },
    ],
    [
      'is graded',
      [shared, acknowledged],
      wish(borderPolice, 'EvaluateContribution', graded),
      { type: 'ContributionEvaluated', parts: { intelligence: graded.intelligence } },
    ],
    [
      'is graded again by either',
      [shared, acknowledged, evaluated],
      wish(greekPolice, 'ReviseEvaluation', graded),
      { type: 'EvaluationRevised' },
    ],
  ])('%s', (_what, history, command, draft) => {
    given(...history)
      .when(command, here)
      .then(draft);
  });

  it('keeps a grading from a contributor that may not hold it', () => {
    const tip = recorded(0, animus, { type: 'ContributionShared', core: { to: borderPolice } });
    const [draft] = given(tip, acknowledged)
      .when(wish(borderPolice, 'EvaluateContribution', graded), within(animus, borderPolice))
      .then({ type: 'ContributionEvaluated' });
    expect(draft?.audience).toEqual([
      { compartment: 'core', to: [animus, borderPolice] },
      { compartment: 'intelligence', to: [borderPolice] },
    ]);
  });

  it('needs no second receipt and no second acknowledgement', () => {
    given(shared, acknowledged, evaluated)
      .when(wish(borderPolice, 'AcknowledgeContribution'), here)
      .nothing();
    for (const history of [[received], [acknowledged]])
      given(shared, ...history)
        .when(wish(borderPolice, 'ReceiveContribution'), here)
        .nothing();
    // An officer was faster than the node.
    given(shared, acknowledged, received).is({
      status: 'ACKNOWLEDGED',
      overtaken: [received.id],
    });
  });

  it.each<[string, readonly Recorded[], Command, DomainRefusal['refused']]>([
    ['empty', [], share({}), 'contribution-without-content'],
    [
      'for an agency that may not hold it',
      [],
      share({ to: animus, facts: statement }),
      'compartment-not-allowed',
    ],
    ['for oneself', [], share({ to: greekPolice, facts: statement }), 'to-oneself'],
    ['shared twice', [shared], share({ facts: statement }), 'item-exists'],
    [
      'graded before it is acknowledged',
      [shared],
      wish(borderPolice, 'EvaluateContribution', graded),
      'status-does-not-allow',
    ],
    [
      'graded before anybody has read it',
      [shared, received],
      wish(borderPolice, 'EvaluateContribution', graded),
      'status-does-not-allow',
    ],
    [
      'graded by its contributor',
      [shared, acknowledged],
      wish(greekPolice, 'EvaluateContribution', graded),
      'not-the-receiving-party',
    ],
    [
      'graded again by a stranger',
      [shared, acknowledged, evaluated],
      wish(turkishPolice, 'ReviseEvaluation', graded),
      'not-status-party',
    ],
    [
      'acknowledged before it exists',
      [],
      wish(borderPolice, 'AcknowledgeContribution'),
      'item-unknown',
    ],
  ])('is not %s', (_what, history, command, code) => {
    given(...history)
      .when(command, here)
      .refused(code);
  });

  it('shows how it stands', () => {
    const revised = recorded(3, greekPolice, { type: 'EvaluationRevised', core: {} });
    const request = recorded(4, borderPolice, { type: 'RequestAccepted', core: {} });
    given(shared, acknowledged, evaluated, revised, request).is({
      status: 'RE_EVALUATED',
      overtaken: [request.id],
    });
    const own = recorded(0, greekPolice, { type: 'ContributionShared', core: { to: greekPolice } });
    given(own).is({ kind: 'none', overtaken: [own.id] });
  });
});

describe('a stopped disclosure', () => {
  const attempt = (data: object = {}) =>
    wish(greekPolice, 'RecordDisclosureAttempt', {
      refused: 'handling-h2-needs-release',
      tried: [turkishPolice, animus, animus],
      derivedFrom: ['a'.repeat(64)],
      ...data,
    });
  const attempted = recorded(0, greekPolice, {
    type: 'DisclosureAttempted',
    core: { refused: 'handling-h2-needs-release' },
  });

  it('is recorded without content, for its author alone', () => {
    const [draft] = given().when(attempt(), here).then({ family: 'attempt', parts: {} });
    expect(draft?.audience).toEqual([{ compartment: 'core', to: [greekPolice] }]);
    expect(draft?.facts).toEqual({
      item: itemId(1),
      tried: [animus, turkishPolice],
      derivedFrom: ['a'.repeat(64)],
    });
  });

  it('is recorded once, and names whom it was to reach', () => {
    given(attempted).when(attempt(), here).nothing();
    given(attempted, acknowledged).is({ status: 'RECORDED', overtaken: [acknowledged.id] });
    given(shared).when(attempt(), here).refused('item-exists');
    given()
      .when(attempt({ tried: [] }), here)
      .refused('nothing-was-tried');
    given()
      .when(attempt({ refused: 'Not A Code' }), here)
      .refused('malformed');
  });
});
