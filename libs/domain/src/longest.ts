// How long what is handed on or held back may last, and what is to go may take. Whoever needs it for longer decides it again, with what is
// known by then: a term that outlasts every review is no term.
import { refuse, type Instant, type Refusal } from '@tripoint/kernel';
import { millisBetween } from './instant.js';

const DAY = 86_400_000;

/** The longest of each, in milliseconds. The hub judges by the same, in the log's time. */
export const LONGEST = {
  /** A grant, or the permission to use something in court: until what is kept is reviewed for the first time, after six months. */
  grant: 183 * DAY,
  /** A legal hold: each year somebody says anew that proceedings need it. */
  hold: 366 * DAY,
  /** What is recalled or to be forgotten is gone within a month; whoever may not delete it says so by then. */
  deadline: 31 * DAY,
} as const;

/** Why it may not last from the one to the other, if so. */
export const longerThan = (
  longest: keyof typeof LONGEST,
  from: Instant,
  until: Instant,
): Refusal<'term-too-long'> | undefined =>
  millisBetween(from, until) > LONGEST[longest]
    ? refuse('term-too-long', `it may be for ${(LONGEST[longest] / DAY).toString()} days at most`)
    : undefined;
