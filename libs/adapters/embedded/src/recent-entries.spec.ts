import { describe, expect, it } from '@jest/globals';
import { type LedgerEntry, type Position } from '@tripoint/ledger';

import { RecentEntries } from './recent-entries.js';

const MOST = { count: 512, bytes: 4 * 1024 * 1024 };
const at = (position: number): Position => position.toString() as Position;

const entry = (stream: string, position: number, size = 1): LedgerEntry => ({
  stream,
  revision: BigInt(position),
  position: at(position),
  bytes: new Uint8Array(size),
});

const positions = (recent: RecentEntries, prefix: string, cursor: number, most = MOST) =>
  recent.since([prefix], at(cursor), most)?.entries.map(({ position }) => Number(position));

describe('recent entries', () => {
  it('follow a cursor that stands within them, by prefix', () => {
    const recent = new RecentEntries();
    recent.add({ after: at(4), entries: [entry('chain-a', 5), entry('log', 6)] });
    recent.add({ after: at(6), entries: [entry('chain-b', 7)] });
    expect(positions(recent, 'chain-', 4)).toEqual([5, 7]);
    expect(positions(recent, 'chain-', 5)).toEqual([7]);
    expect(recent.since(['log'], at(6), MOST)).toEqual({ entries: [], scanned: '7' });
  });

  it('say nothing to a cursor before or beyond them', () => {
    const recent = new RecentEntries();
    expect(recent.since(['log'], at(0), MOST)).toBeUndefined();
    recent.add({ after: at(4), entries: [entry('log', 5)] });
    expect(recent.since(['log'], at(3), MOST)).toBeUndefined();
    expect(recent.since(['log'], at(6), MOST)).toBeUndefined();
  });

  it('begin again where another process has appended in between', () => {
    const recent = new RecentEntries();
    recent.add({ after: at(0), entries: [entry('log', 1)] });
    recent.add({ after: at(2), entries: [entry('log', 3)] });
    expect(recent.since(['log'], at(1), MOST)).toBeUndefined();
    expect(positions(recent, 'log', 2)).toEqual([3]);
    recent.forget();
    expect(recent.since(['log'], at(3), MOST)).toBeUndefined();
  });

  it('end a stretch where it is full and go on from there', () => {
    const recent = new RecentEntries();
    recent.add({ after: at(0), entries: [1, 2, 3].map((n) => entry('log', n, 10)) });
    const two = { count: 2, bytes: 1000 };
    expect(recent.since(['log'], at(0), two)?.scanned).toBe('2');
    expect(positions(recent, 'log', 0, two)).toEqual([1, 2]);
    expect(positions(recent, 'log', 2, two)).toEqual([3]);
    expect(positions(recent, 'log', 0, { count: 9, bytes: 10 })).toEqual([1]);
  });

  it('shed the oldest when they are many, and find the others by stream and revision', () => {
    const recent = new RecentEntries();
    for (let n = 1; n <= 3000; n += 1) recent.add({ after: at(n - 1), entries: [entry('log', n)] });
    expect(recent.since(['log'], at(0), MOST)).toBeUndefined();
    expect(positions(recent, 'log', 2998)).toEqual([2999, 3000]);
    expect(recent.read('log', 2999n, 2)?.map(({ revision }) => revision)).toEqual([2999n, 3000n]);
    expect(recent.read('log', 1n, 1)).toBeUndefined();
    expect(recent.read('log', 3000n, 2)).toBeUndefined();
  });
});
