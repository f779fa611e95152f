import { type Instant } from '@tripoint/kernel';
import { type PairClocks } from '../command.js';
import { instantOf, millisBetween, millisOf, secondsAfter } from '../instant.js';
import { type Clock } from '../item.js';
import { type Access, type Urgency } from '../vocabulary/index.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Directive (EU) 2023/977 Art. 5, for pairs of agencies that are bound by it; the grace is ours. */
export const EU_CLOCKS: PairClocks = {
  urgentDirect: 8 * HOUR,
  urgentIndirect: 3 * DAY,
  routine: 7 * DAY,
  grace: HOUR,
};

/** Seconds from receipt within which a request has to be answered. */
export const clockFor = (pair: PairClocks, urgency: Urgency, access: Access): number => {
  if (urgency === 'ROUTINE') return pair.routine;
  return access === 'DIRECT' ? pair.urgentDirect : pair.urgentIndirect;
};

/** How a clock stands at one moment. */
export type ClockReading = {
  /** Undefined while it stands still. */
  readonly dueAt: Instant | undefined;
  /** Past due and not settled. */
  readonly overdue: boolean;
  /** Settled after `dueAt`: by how many full seconds. */
  readonly lateBySeconds: number | undefined;
  /** Nobody has signed for receipt: the start is the issue plus the grace. */
  readonly receiptAssumed: boolean;
};

/** The clock at `now`, which is the newest leaf time: overdue is read off, never recorded. */
export const readClock = (clock: Clock, now: Instant): ClockReading => {
  const receiptAssumed = clock.receivedAt === undefined;
  if (clock.suspendedAt !== undefined)
    return { dueAt: undefined, overdue: false, lateBySeconds: undefined, receiptAssumed };
  const start = clock.receivedAt ?? secondsAfter(clock.issuedAt, clock.graceSeconds);
  const due = millisOf(start) + clock.dueInSeconds * 1000 + clock.suspendedMillis;
  const past = millisOf(clock.stoppedAt ?? now) - due;
  return {
    dueAt: instantOf(due),
    overdue: clock.stoppedAt === undefined && past > 0,
    lateBySeconds: clock.stoppedAt !== undefined && past > 0 ? Math.floor(past / 1000) : undefined,
    receiptAssumed,
  };
};

/** Lets a suspended clock run on. Time never runs backwards, whatever the clocks behind it say. */
export const resumed = ({ suspendedAt, ...clock }: Clock, at: Instant): Clock =>
  suspendedAt === undefined
    ? clock
    : {
        ...clock,
        suspendedMillis: clock.suspendedMillis + Math.max(0, millisBetween(suspendedAt, at)),
      };

/** Stops a clock for good; the first stop counts. */
export const stopped = (clock: Clock, at: Instant): Clock =>
  clock.stoppedAt === undefined ? { ...resumed(clock, at), stoppedAt: at } : clock;
