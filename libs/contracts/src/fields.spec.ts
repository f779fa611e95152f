import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Moment, PartialDate } from './fields.js';

class Asked {
  @Moment({ about: 'Until when.', optional: true })
  readonly until?: string;

  @PartialDate({ about: 'Since when.', optional: true })
  readonly born?: string;
}

const faults = (body: object): readonly string[] =>
  validateSync(plainToInstance(Asked, body)).map(({ property }) => property);

describe('a time that somebody names', () => {
  it.each([
    { until: '2028-02-29T23:59:59.999Z' },
    { until: '9999-12-31T00:00:00.000Z' },
    { born: '1988' },
    { born: '1988-04' },
    { born: '1988-02-29' },
  ])('is taken where the calendar has it: %j', (body) => {
    expect(faults(body)).toEqual([]);
  });

  it.each([
    '2026-02-30T12:00:00.000Z',
    '2026-02-29T12:00:00.000Z',
    '2026-04-31T12:00:00.000Z',
    '2026-13-01T12:00:00.000Z',
    '2026-00-10T12:00:00.000Z',
    '2026-01-00T12:00:00.000Z',
    '2026-01-01T24:00:00.000Z',
    '2026-01-01T23:60:00.000Z',
    '2026-01-01T23:59:60.000Z',
    '0000-01-01T00:00:00.000Z',
    '2026-01-01T12:00:00Z',
    '2026-01-01T12:00:00.000+02:00',
    20_260_101,
    null,
  ])('is refused at the door where it has not: %s', (until) => {
    expect(faults({ until })).toEqual(['until']);
  });

  it.each(['1990-02-30', '1990-13', '1990-00-10', '90', '1990-2-3', '1700', 1990, null])(
    'is refused at the door as a date: %s',
    (born) => {
      expect(faults({ born })).toEqual(['born']);
    },
  );
});
