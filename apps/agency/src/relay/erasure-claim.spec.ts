import { expect, it } from '@jest/globals';
import { erasureClaim } from './erasure-claim.js';
import { type Instant } from '@tripoint/kernel';

const ordered = '2026-11-01T12:00:00.000Z' as Instant;
const lifted = '2027-02-01T12:00:00.000Z' as Instant;
const told = { to: 'bg-customs', stores: ['CONTENT', 'KEYS'] };

it('reckons how long backups hold it from when it went, however long a hold has kept it', () => {
  const data = { ...told, backupsUntil: '2026-11-15T11:59:59.000Z', backupDays: 14 };
  expect(erasureClaim(data, ordered)).toEqual({
    ...told,
    backupsUntil: '2026-11-15T12:00:00.000Z',
  });
  expect(erasureClaim(data, lifted)).toEqual({ ...told, backupsUntil: '2027-02-15T12:00:00.000Z' });
});

it('says what a row of the version before says, and makes nothing up', () => {
  const data = { ...told, backupsUntil: '2026-11-15T12:00:00.000Z' };
  expect(erasureClaim(data, lifted)).toEqual(data);
  expect(erasureClaim({ ...told, backupDays: 'many' }, lifted)).toEqual(told);
  expect(erasureClaim(undefined, lifted)).toEqual({});
});
