import { expect, it } from '@jest/globals';
import { type AgencyId, type EventId, type ExchangeId, type ItemId } from '@tripoint/kernel';
import { reportLines } from './report.js';

const sound = {
  fault: null,
  verified: 30,
  checkpoint: null,
  witnessed: null,
  leaves: {},
  decisions: { allowed: 0, denied: 0 },
  mailboxes: [],
  inDoubt: [],
  forgotten: [],
  ordered: [],
  drill: null,
};

it('names the leaves that are in doubt, those that follow one another as first and last', () => {
  const lines = reportLines({
    ...sound,
    inDoubt: [{ agency: 'bg-customs' as AgencyId, leaves: [3, 7, 8, 9, 12] }],
  });
  expect(lines).toContain(
    'in doubt: 5 leaves of bg-customs, signed by a key that may have been in other hands: 3, 7-9, 12',
  );
});

it('waits for nobody who has said that a copy stays', () => {
  const agency = (id: string) => id as AgencyId;
  const lines = reportLines({
    ...sound,
    forgotten: [
      {
        item: 'the-item' as ItemId,
        exchange: 'the-exchange' as ExchangeId,
        event: 'the-event' as EventId,
        originator: agency('bg-customs'),
        by: agency('bg-customs'),
        ground: 'INACCURATE',
        leaf: 12,
        status: 'ORDERED',
        waitingFor: [agency('gr-police'), agency('tr-police')],
        kept: [agency('gr-police')],
        overdue: [agency('tr-police')],
      },
    ],
  });
  expect(lines.find((line) => line.startsWith('forgotten'))).toMatch(
    /: ORDERED, waiting for tr-police, a copy kept by gr-police, late: tr-police$/,
  );
});
