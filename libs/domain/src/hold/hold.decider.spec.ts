import { describe, expect, it } from '@jest/globals';
import { type Command } from '../decide.js';
import { type Happened } from '../event.js';
import { foldItem } from '../evolve.js';
import {
  borderPolice,
  eventId,
  exchangeId,
  given,
  greekPolice,
  itemId,
  noonPlus,
  recorded,
  within,
} from '../testing/index.js';
import { tellsGrant } from '../told.js';

const exchange = within(greekPolice, borderPolice);
const until = noonPlus(36_000);
const core = {
  event: eventId(7),
  compartments: ['facts'],
  ground: 'CRIMINAL_PROCEEDINGS',
  until,
} as const;
const data = { ...core, compartments: ['core', 'facts'], reference: 'ΑΒΜ 12/345' };

const says = (agency: typeof greekPolice, type: string, said: object = {}): Command =>
  ({
    type,
    item: itemId(1),
    exchange: exchangeId(1),
    by: { agency },
    at: noonPlus(3600),
    data: said,
  }) as unknown as Command;

const placed = recorded(1, greekPolice, { type: 'LegalHoldPlaced', core });
const lifted = recorded(2, greekPolice, { type: 'LegalHoldLifted', core: {} });

describe('a legal hold', () => {
  it('is placed by whoever holds something, who tells nobody, and the hub neither what nor why', () => {
    given()
      .when(says(greekPolice, 'PlaceHold', data), exchange)
      .then({
        type: 'LegalHoldPlaced',
        family: 'hold',
        core: { ...core, reference: 'ΑΒΜ 12/345' },
        facts: { item: itemId(1) },
        audience: [{ compartment: 'core', to: [greekPolice] }],
      });
  });

  it('has an end that is still to come', () => {
    given()
      .when(says(greekPolice, 'PlaceHold', { ...data, until: noonPlus(60) }), exchange)
      .refused('deadline-in-the-past');
    given()
      .when(says(greekPolice, 'PlaceHold', { ...data, until: noonPlus(367 * 86_400) }), exchange)
      .refused('term-too-long');
  });

  it('is of something', () => {
    given()
      .when(says(greekPolice, 'PlaceHold', { ...data, compartments: ['core'] }), exchange)
      .refused('too-few');
  });

  it('is lifted by who placed it, once', () => {
    given(placed)
      .when(says(greekPolice, 'LiftHold'), exchange)
      .then({ type: 'LegalHoldLifted', audience: [{ compartment: 'core', to: [greekPolice] }] });
    given(placed, lifted).when(says(greekPolice, 'LiftHold'), exchange).nothing();
    given(placed).when(says(borderPolice, 'LiftHold'), exchange).refused('not-the-issuing-party');
    given().when(says(greekPolice, 'LiftHold'), exchange).refused('item-unknown');
    given(placed)
      .when(says(greekPolice, 'PlaceHold', data), exchange)
      .refused('item-exists');
  });

  it('stands as who placed it has said, and as nobody else has', () => {
    given(placed).is({ status: 'PLACED', from: greekPolice, to: greekPolice, until });
    given(placed, lifted).is({ status: 'LIFTED', liftedAt: noonPlus(7200) });
    given(placed, recorded(2, borderPolice, { type: 'LegalHoldLifted', core: {} })).is({
      status: 'PLACED',
    });
    given(placed, lifted, recorded(3, greekPolice, { type: 'LegalHoldLifted', core: {} })).is({
      liftedAt: noonPlus(7200),
    });
  });
});

describe('a copy that stays', () => {
  const from = { to: greekPolice, event: eventId(7), compartments: ['facts'], until } as const;
  const issued = recorded(1, borderPolice, { type: 'RecallIssued', core: from });
  const because = (...reasons: readonly ('COURT_FILE' | 'LEGAL_HOLD')[]) => ({ because: reasons });
  const stays = (at: number, ...reasons: readonly ('COURT_FILE' | 'LEGAL_HOLD')[]) =>
    recorded(at, greekPolice, { type: 'RecallCopyKept', core: because(...reasons) });
  const purged = recorded(4, greekPolice, { type: 'RecallPurged', core: {} });

  it('is said with the reason, to the hub as well', () => {
    given(issued)
      .when(says(greekPolice, 'ConfirmRecall', { kept: ['LEGAL_HOLD'] }), exchange)
      .then({
        type: 'RecallCopyKept',
        family: 'receipt',
        core: because('LEGAL_HOLD'),
        facts: { item: itemId(1), kept: ['LEGAL_HOLD'] },
        audience: [{ compartment: 'core', to: [borderPolice, greekPolice] }],
      });
    given(issued)
      .when(says(greekPolice, 'ConfirmRecall', { kept: ['LEGAL_HOLD', 'COURT_FILE'] }), exchange)
      .refused('malformed');
  });

  it('is said again for another reason, and no more once it is gone', () => {
    given(issued, stays(2, 'LEGAL_HOLD'))
      .when(says(greekPolice, 'ConfirmRecall', { kept: ['LEGAL_HOLD'] }), exchange)
      .nothing();
    given(issued, stays(2, 'LEGAL_HOLD'))
      .when(says(greekPolice, 'ConfirmRecall', { kept: ['COURT_FILE'] }), exchange)
      .then({ core: because('COURT_FILE') });
    given(issued, stays(2, 'LEGAL_HOLD'))
      .when(says(greekPolice, 'ConfirmRecall', {}), exchange)
      .then({ type: 'RecallPurged', facts: { item: itemId(1) } });
    given(issued, purged)
      .when(says(greekPolice, 'ConfirmRecall', { kept: ['LEGAL_HOLD'] }), exchange)
      .nothing();
  });

  it('stands, answered for, until it is gone', () => {
    given(issued, stays(2, 'LEGAL_HOLD')).is({
      status: 'CANNOT_PURGE',
      kept: ['LEGAL_HOLD'],
      answeredAt: noonPlus(7200),
    });
    const history = [issued, stays(2, 'LEGAL_HOLD'), stays(3, 'COURT_FILE'), purged];
    given(...history).is({ answeredAt: noonPlus(7200), purgedAt: noonPlus(14_400) });
    expect(foldItem(history)).not.toHaveProperty('kept');
    given(issued, purged, stays(5, 'COURT_FILE')).is({ status: 'PURGED' });
    given(
      issued,
      recorded(2, borderPolice, { type: 'RecallCopyKept', core: because('COURT_FILE') }),
    ).is({ status: 'ISSUED' });
  });

  it.each([
    ['RecallCopyKept', { kept: ['LEGAL_HOLD'] }, true],
    ['GrantCopyKept', { kept: ['LEGAL_HOLD'] }, true],
    ['RecallCopyKept', { kept: ['COURT_FILE'] }, false],
    ['RecallCopyKept', {}, false],
    ['RecallPurged', { kept: ['LEGAL_HOLD'] }, false],
    ['RecallPurged', {}, true],
  ] as const)('tells the hub what it tells the other: %s %j %s', (type, facts, holds) => {
    const content = type === 'RecallPurged' ? {} : because('LEGAL_HOLD');
    const event = { item: itemId(1), parts: {}, ...({ type, core: content } as Happened) };
    expect(tellsGrant(event, facts)).toBe(holds);
  });
});
