import { type Bundle } from './bundle.js';
import { type Question } from './question.js';
import { type Verdict } from './verdict.js';

/**
 * Answers questions by one bundle of rules. Nothing is allowed until a rule permits it, a rule that forbids always
 * wins, and whatever cannot be answered cleanly (an unknown code, a missing attribute, any diagnostic of the
 * engine) is denied. Deterministic: no clock, no randomness, no I/O.
 */
export declare class NeedToKnow {
  constructor(bundle: Bundle, remembered?: number);
  readonly bundle: Bundle;
  decide(question: Question): Verdict;
}
