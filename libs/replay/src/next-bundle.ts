import { type AgencyId, type Digest } from '@tripoint/kernel';
import { type Bundle, NeedToKnow, type Verdict } from '@tripoint/policy';
import { type LogState } from './log-state.js';
import { type ChangedTerm, ProposedTerms } from './proposed-terms.js';
import { type AuditedLeaf } from './verify-leaf.js';

/** How other rules would have decided. */
export type OtherDecision = Pick<Verdict, 'allowed' | 'rules' | 'because'>;

/** A decision that other rules would have made otherwise: with another answer, or for other reasons. */
export type ChangedDecision = {
  readonly index: number;
  readonly descriptor: Digest;
  readonly recipient: AgencyId;
  readonly compartment: string;
  readonly was: OtherDecision;
  readonly would: OtherDecision;
};

export type ChangedCounts = {
  readonly decisions: number;
  readonly nowAllowed: number;
  readonly nowDenied: number;
  /** The same answer, by other rules. */
  readonly otherRules: number;
};

const shown = ({ allowed, rules, because }: Verdict): OtherDecision => ({
  allowed,
  rules,
  because,
});

/**
 * Decides again, by rules that are not in force, what the log has decided: each question as it was put, so that nothing but the
 * rules differs. What other answers would have led to in turn, who would hold what and could have passed it on, is not played on.
 */
export class NextBundle {
  readonly #rules: NeedToKnow;
  readonly #terms: ProposedTerms;
  #decisions = 0;
  #nowAllowed = 0;
  #nowDenied = 0;
  #otherRules = 0;

  constructor(
    bundle: Bundle,
    private readonly since = 0,
  ) {
    this.#rules = new NeedToKnow(bundle);
    this.#terms = new ProposedTerms(bundle.retention, since);
  }

  get counts(): ChangedCounts {
    return {
      decisions: this.#decisions,
      nowAllowed: this.#nowAllowed,
      nowDenied: this.#nowDenied,
      otherRules: this.#otherRules,
    };
  }

  /** For how long what was said would be kept, where that is for another time. */
  get terms(): readonly ChangedTerm[] {
    return this.#terms.changed;
  }

  /** What would have been decided otherwise at this leaf; `registry` is as of it. */
  take(
    audited: Pick<AuditedLeaf, 'leaf' | 'sourced' | 'decided'>,
    { registry }: Pick<LogState, 'registry'>,
  ): readonly ChangedDecision[] {
    const { leaf, decided } = audited;
    this.#terms.take(audited, registry);
    if (leaf.index < this.since) return [];
    return decided.flatMap(({ descriptor, recipient, verdict }) => {
      this.#decisions += 1;
      const { digest } = this.#rules.bundle;
      const would = this.#rules.decide({ ...verdict.question, bundle: digest });
      if (would.allowed === verdict.allowed && would.rules.join() === verdict.rules.join())
        return [];
      if (would.allowed === verdict.allowed) this.#otherRules += 1;
      else if (would.allowed) this.#nowAllowed += 1;
      else this.#nowDenied += 1;
      const { compartment } = verdict.question;
      const { index } = leaf;
      const change = { index, descriptor, recipient, compartment };
      return [{ ...change, was: shown(verdict), would: shown(would) }];
    });
  }
}
