import { describe, expect, it } from '@jest/globals';
import { type Digest } from '@tripoint/kernel';
import { UNMARKED } from '../content.js';
import { type Command } from '../decide.js';
import { type Happened } from '../event.js';
import {
  animus,
  borderPolice,
  context,
  eventId,
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
import { tellsGrant } from '../told.js';

const exchange = within(greekPolice, borderPolice);
const until = noonPlus(36_000);
const digest = 'ab'.repeat(32) as Digest;
const data = {
  to: greekPolice,
  event: eventId(7),
  compartments: ['facts'],
  descriptors: [digest],
  saidBy: borderPolice,
  until,
  marking: UNMARKED,
  facts: statement,
} as const;

const says = (agency: typeof greekPolice, type: string, said: object = {}): Command =>
  ({
    type,
    item: itemId(1),
    exchange: exchangeId(1),
    by: { agency },
    at: noonPlus(3600),
    data: said,
  }) as unknown as Command;

const core = { to: greekPolice, event: eventId(7), compartments: ['facts'], until } as const;
const issued = recorded(1, borderPolice, { type: 'RecallIssued', core });
const purged = recorded(2, greekPolice, { type: 'RecallPurged', core: {} });

describe('a recall', () => {
  it('takes back from one holder, and says it rightly', () => {
    given()
      .when(says(borderPolice, 'IssueRecall', data), exchange)
      .then({
        type: 'RecallIssued',
        family: 'recall',
        core,
        parts: { facts: statement },
        facts: { item: itemId(1), recall: { agency: greekPolice, descriptors: [digest], until } },
        audience: [
          { compartment: 'core', to: [borderPolice, greekPolice] },
          { compartment: 'facts', to: [borderPolice, greekPolice] },
        ],
      });
  });

  it('reaches a holder who takes no part in the exchange', () => {
    given()
      .when(
        says(borderPolice, 'IssueRecall', { ...data, to: turkishPolice, facts: undefined }),
        exchange,
      )
      .then({ audience: [{ compartment: 'core', to: [borderPolice, turkishPolice] }] });
  });

  it.each([
    ['of what another said', { ...data, saidBy: greekPolice }, 'not-the-provider'],
    ['from oneself', { ...data, to: borderPolice }, 'to-oneself'],
    ['from nobody', { ...data, to: 'nobody' }, 'unknown-agency'],
    ['by a time that is over', { ...data, until: noonPlus(0) }, 'deadline-in-the-past'],
    ['in more than a month', { ...data, until: noonPlus(32 * 86_400) }, 'term-too-long'],
    ['with words that the holder may not have', { ...data, to: animus }, 'compartment-not-allowed'],
    [
      'with an assessment that the holder may not have',
      { ...data, to: animus, facts: undefined, intelligence: statement },
      'compartment-not-allowed',
    ],
  ] as const)('is not issued %s', (_, said, code) => {
    given()
      .when(says(borderPolice, 'IssueRecall', said), exchange)
      .refused(code);
  });

  it('is not issued where one takes no part', () => {
    given()
      .when(says(borderPolice, 'IssueRecall', data), within(greekPolice))
      .refused('not-participant');
  });

  it('is receipted by its holder, once', () => {
    given(issued)
      .when(says(greekPolice, 'ConfirmRecall'), exchange)
      .then({
        type: 'RecallPurged',
        family: 'receipt',
        audience: [{ compartment: 'core', to: [borderPolice, greekPolice] }],
      });
    given(issued)
      .when(says(borderPolice, 'ConfirmRecall'), exchange)
      .refused('not-the-receiving-party');
    given(issued, purged).when(says(greekPolice, 'ConfirmRecall'), exchange).nothing();
    given().when(says(greekPolice, 'ConfirmRecall'), context()).refused('item-unknown');
    given(issued)
      .when(says(borderPolice, 'IssueRecall', data), exchange)
      .refused('item-exists');
  });

  it('stands as its holder has said, and as nobody else has', () => {
    given(issued).is({ status: 'ISSUED', from: borderPolice, to: greekPolice, until });
    given(issued, purged).is({ status: 'PURGED', purgedAt: noonPlus(7200) });
    given(issued, recorded(2, turkishPolice, { type: 'RecallPurged', core: {} })).is({
      status: 'ISSUED',
    });
    given(recorded(1, greekPolice, { type: 'RecallIssued', core })).is({ status: 'NONE' });
  });

  it('tells the hub of the same holder and the same time', () => {
    const event = { item: itemId(1), parts: {}, ...(issued.event as Happened<'RecallIssued'>) };
    const recall = { agency: greekPolice, descriptors: [digest], until };
    expect(tellsGrant(event, { recall })).toBe(true);
    expect(tellsGrant(event, { recall: { ...recall, agency: animus } })).toBe(false);
    expect(tellsGrant(event, { recall: { ...recall, until: noonPlus(1) } })).toBe(false);
    expect(tellsGrant(event, {})).toBe(false);
  });
});
