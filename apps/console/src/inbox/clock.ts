// How an item stands to its legal clock, and in which order that puts it.
import { type Item } from '../api/shapes';

export type ClockState =
  | { readonly is: 'overdue'; readonly by: number }
  | { readonly is: 'running'; readonly left: number; readonly soon: boolean }
  | { readonly is: 'standing' }
  | { readonly is: 'not-begun' }
  | { readonly is: 'late'; readonly by: number }
  | { readonly is: 'in-time' }
  | { readonly is: 'none' };

const SOON_MS = 2 * 3_600_000;

/** Everything in milliseconds; `now` is this machine's clock, and the hub decides what is overdue. */
export const clockOf = (item: Item, now: number): ClockState => {
  if (item.kind === 'recall') return deadlineOf(item, now);
  if (item.kind === 'disclosure') return windowOf(item, now);
  if (item.kind !== 'request') return { is: 'none' };
  if (item.settledAt !== undefined)
    return item.lateBySeconds !== undefined && item.lateBySeconds > 0
      ? { is: 'late', by: item.lateBySeconds * 1000 }
      : { is: 'in-time' };
  if (item.suspendedAt !== undefined) return { is: 'standing' };
  if (item.dueAt === undefined) return { is: 'not-begun' };
  const left = Date.parse(item.dueAt) - now;
  if (item.overdue === true || left <= 0) return { is: 'overdue', by: Math.max(0, -left) };
  return { is: 'running', left, soon: left < SOON_MS };
};

/** By when the holder's copy is to be gone. Whether it was in time is for the log to say. */
const deadlineOf = ({ status, until, defaulted }: Item, now: number): ClockState => {
  if (until === undefined) return { is: 'none' };
  const left = Date.parse(until) - now;
  if (status !== 'ISSUED') return defaulted === true ? { is: 'late', by: 0 } : { is: 'in-time' };
  if (defaulted === true || left <= 0) return { is: 'overdue', by: Math.max(0, -left) };
  return { is: 'running', left, soon: left < SOON_MS };
};

/** For how long an order to disclose is good. Nothing is late when that is over: then it is done with. */
const windowOf = ({ open, expired, until }: Item, now: number): ClockState => {
  const left = until === undefined ? 0 : Date.parse(until) - now;
  return open && expired !== true && left > 0
    ? { is: 'running', left, soon: left < SOON_MS }
    : { is: 'none' };
};

/** What is due first comes first; what has no clock follows, the newest first. */
export const byClock = (a: Item, b: Item): number => dueOf(a) - dueOf(b) || newest(b) - newest(a);

const dueOf = ({ kind, status, until, dueAt, settledAt, expired }: Item): number => {
  const runs =
    (kind === 'recall' && status === 'ISSUED') ||
    (kind === 'disclosure' && status === 'ORDERED' && expired !== true);
  const due = runs ? until : dueAt;
  return due === undefined || settledAt !== undefined ? Number.MAX_SAFE_INTEGER : Date.parse(due);
};
const newest = ({ newestAt }: Item): number => Date.parse(newestAt);

type Span = {
  readonly unit: 'days' | 'hours' | 'minutes' | 'seconds';
  readonly count: number;
  readonly rest: number;
};

/** A length of time by its largest unit, and the rest in the next one. */
export const spanOf = (milliseconds: number): Span => {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds >= 86_400)
    return {
      unit: 'days',
      count: Math.floor(seconds / 86_400),
      rest: Math.floor((seconds % 86_400) / 3_600),
    };
  if (seconds >= 3_600)
    return {
      unit: 'hours',
      count: Math.floor(seconds / 3_600),
      rest: Math.floor((seconds % 3_600) / 60),
    };
  if (seconds >= 60) return { unit: 'minutes', count: Math.floor(seconds / 60), rest: 0 };
  return { unit: 'seconds', count: seconds, rest: 0 };
};
