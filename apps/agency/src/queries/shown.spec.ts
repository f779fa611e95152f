import { expect, it } from '@jest/globals';
import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { type ReleaseRow } from '@tripoint/read-model';
import { shownRelease } from './shown.js';

const recorded = { index: 40, time: '2026-03-02T12:00:00.000Z' as Instant };

it('says that the time of a release is over, though nobody has said so', () => {
  const granted: ReleaseRow = {
    item: 'the-item' as ItemId,
    exchange: 'the-exchange' as ExchangeId,
    from: 'gr-police' as AgencyId,
    to: 'bg-customs' as AgencyId,
    provider: 'bg-customs' as AgencyId,
    grantee: 'gr-police' as AgencyId,
    event: 'the-event' as EventId,
    compartments: ['facts'],
    status: 'GRANTED',
    open: true,
    onItsWay: 0,
    first: recorded,
    newest: recorded,
    version: '2',
    until: '2026-03-02T13:00:00.000Z' as Instant,
  };
  const at = (now: string, row = granted) => shownRelease(now as Instant)(row).expired;
  expect(at('2026-03-02T12:59:59.999Z')).toBe(false);
  expect(at('2026-03-02T13:00:00.000Z')).toBe(true);
  const asked: { until?: Instant } & ReleaseRow = { ...granted, status: 'REQUESTED' };
  delete asked.until;
  expect(at('2026-03-03T00:00:00.000Z', asked)).toBe(false);
});
