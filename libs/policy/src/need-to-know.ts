import { NOT_UNDERSTOOD, OTHER_BUNDLE, type Bundle } from './bundle.js';
import { cedarRequests, type CedarRequest } from './cedar-request.js';
import { ask, ENGINE, prepare } from './engine.js';
import { isQuestion, type Question } from './question.js';
import { freeze } from './shape.js';
import { type Verdict } from './verdict.js';

const unheard = {
  [NOT_UNDERSTOOD]:
    'the question names something that the rules do not know, or has no clean answer',
  [OTHER_BUNDLE]: 'the question was put to other rules',
} as const;

const NOTHING_PERMITS = 'no rule permits it';

const DEFAULT_REMEMBERED = 8192;

/**
 * Answers questions by one bundle of rules. Nothing is allowed until a rule permits it, a rule that forbids always
 * wins, and whatever has no clean answer (an unknown code, a missing attribute, any diagnostic of the engine) is
 * denied. Deterministic: no clock, no randomness, no I/O.
 *
 * Answers are remembered by the whole question, which is its own key: cheaper to make than a digest of it, and two
 * questions cannot share one. At least the last `remembered / 2` distinct questions are answered from memory.
 */
export class NeedToKnow {
  readonly #request: (question: Question) => CedarRequest | undefined;
  readonly #generation: number;
  #recent = new Map<string, Verdict>();
  #older = new Map<string, Verdict>();

  constructor(
    readonly bundle: Bundle,
    remembered = DEFAULT_REMEMBERED,
  ) {
    this.#request = cedarRequests(bundle);
    this.#generation = Math.max(1, Math.floor(remembered / 2));
    prepare(bundle);
  }

  /** The verdict on one question. Equal questions get the same, frozen verdict. */
  decide(question: Question): Verdict {
    const key = JSON.stringify(question);
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;

    const verdict = this.#older.get(key) ?? this.#answer(freeze(JSON.parse(key) as Question));
    // What is out of shape may be of any size: it is answered, not kept.
    if (isQuestion(verdict.question)) this.#remember(key, verdict);
    return verdict;
  }

  #remember(key: string, verdict: Verdict): void {
    if (this.#recent.size >= this.#generation) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, verdict);
  }

  #answer(question: Question): Verdict {
    if (!isQuestion(question)) return this.#unheard(question, NOT_UNDERSTOOD);
    if (question.bundle !== this.bundle.digest) return this.#unheard(question, OTHER_BUNDLE);

    const request = this.#request(question);
    const answer = request && ask(this.bundle, request);
    if (answer === undefined) return this.#unheard(question, NOT_UNDERSTOOD);
    const rules = this.bundle.rules.filter(({ id }) => answer.deciding.has(id));
    return this.#verdict(
      question,
      answer.allowed,
      rules.map(({ id }) => id),
      rules.length === 0 ? NOTHING_PERMITS : rules.map(({ because }) => because).join('; '),
    );
  }

  #unheard(question: Question, why: keyof typeof unheard): Verdict {
    return this.#verdict(question, false, [why], unheard[why]);
  }

  #verdict(question: Question, allowed: boolean, rules: string[], because: string): Verdict {
    return freeze({
      allowed,
      rules,
      because,
      question,
      bundle: this.bundle.digest,
      engine: ENGINE,
    });
  }
}
