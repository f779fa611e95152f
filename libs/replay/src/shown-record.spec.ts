import { describe, expect, it } from '@jest/globals';
import { type ReadSubject } from '@tripoint/domain';
import { sha256, utf8 } from '@tripoint/envelope';
import { type ExchangeId, type ItemId } from '@tripoint/kernel';
import { againstRecord, type GivenTranscript, readsOf } from './shown-record.js';

const EXCHANGE = '7c1d2a52-8a5e-4e7c-9f0e-3b1f6a3f0001' as ExchangeId;
const ITEM = '7c1d2a52-8a5e-4e7c-9f0e-3b1f6a3f0002' as ItemId;
const AT = '2026-03-01T12:00:00.000Z';
const about: readonly ReadSubject[] = [{ exchange: EXCHANGE, item: ITEM }];

const text = (number: number, exchange: string | null, item: string | null, field: string) =>
  JSON.stringify([
    'tripoint/read/v2',
    ...[`${number}`, 'eleni', 'PREVENTION', null, 'Art. 6', exchange, item, [field]],
    ...[AT, '0'.repeat(64), 'ef'],
  ]);
const texts = [
  text(0, EXCHANGE, ITEM, 'contribution'),
  text(1, null, null, 'search'),
  text(2, EXCHANGE, null, 'timeline'),
  text(3, EXCHANGE, '7c1d2a52-8a5e-4e7c-9f0e-3b1f6a3f0003', 'event'),
  text(4, EXCHANGE, ITEM, 'entities'),
];
const shown = (...numbers: readonly number[]) => ({
  size: texts.length,
  rows: numbers.map((number) => ({ text: texts[number] ?? '' })),
});
const whole = shown(0, 1, 2, 3, 4);
const given = (...numbers: readonly number[]): GivenTranscript => ({
  about,
  covered: 5,
  reads: numbers.map((number) => ({
    number,
    hash: sha256(utf8(texts[number] ?? '')),
    purpose: 'PREVENTION',
    legalBasis: 'Art. 6',
    at: AT,
  })),
});

describe('a record of reads that was shown', () => {
  it('says which rows are of what is asked about, and how often all was searched', () => {
    const { rows, ...rest } = readsOf(whole, about);
    expect(rows.map(({ number }) => number)).toEqual([0n, 2n, 4n]);
    expect(rest).toEqual({ searches: 1, missing: 0 });
  });

  it.each([
    ['a row left out', shown(0, 1, 3, 4)],
    ['a row shown twice for another', shown(0, 0, 1, 3, 4)],
    ['a row that is none', { ...whole, rows: [...shown(0, 1, 3, 4).rows, { text: '[]' }] }],
    [
      'a row from beyond the root',
      { ...whole, rows: [...shown(0, 1, 3, 4).rows, { text: text(5, EXCHANGE, ITEM, 'event') }] },
    ],
  ])('is not whole with %s', (_what, record) => {
    const { rows, missing } = readsOf(record, about);
    expect(rows.map(({ number }) => number)).toEqual([0n, 4n]);
    expect(missing).toBe(1);
  });

  it('bears out a transcript that gives all that was covered', () => {
    const none = { leftOut: [], differ: [] };
    expect(againstRecord(given(0, 2, 4), whole)).toEqual(none);
    expect(againstRecord({ ...given(0, 2), covered: 3 }, whole)).toEqual(none);
    // The record may have been shown as of an older root.
    expect(againstRecord(given(0, 2, 4), { ...shown(0, 1, 2), size: 3 })).toEqual(none);
  });

  it('shows what a transcript leaves out, the newest included, and what it tells otherwise', () => {
    expect(againstRecord(given(0, 2), whole)).toMatchObject({ leftOut: [4] });
    expect(againstRecord({ ...given(2, 4), covered: 0 }, whole)).toMatchObject({ leftOut: [0] });
    expect(againstRecord({ ...given(), covered: 0 }, whole)).toMatchObject({ leftOut: [] });
    for (const change of [
      { purpose: 'INVESTIGATION' },
      { at: '2026-03-01T12:00:01.000Z' },
      { legalBasis: 'Art. 7' },
      { hash: sha256(utf8('another')) },
    ]) {
      const { reads, ...rest } = given(0, 2, 4);
      const changed = reads.map((read) => (read.number === 2 ? { ...read, ...change } : read));
      expect(againstRecord({ ...rest, reads: changed }, whole).differ).toEqual([2]);
    }
    expect(againstRecord(given(0, 1, 2, 4), whole).differ).toEqual([1]);
  });
});
