import { isAgencyId, type AgencyId } from '@tripoint/kernel';
import { guarded, optional, shape, text } from '../check.js';
import {
  PROSE,
  bare,
  evaluation,
  restrictions,
  source,
  statement,
  type Bare,
  type ContentChecks,
  type Source,
  type Statement,
} from '../content.js';
import { type Evaluation } from '../vocabulary/index.js';

/** A grading, and why. */
export type Grading = {
  readonly evaluation: Evaluation;
  readonly text?: string;
  readonly restrictions?: string;
};

/** Event type → content, for what an agency shares of its own accord. */
export type ContributionContent = {
  ContributionShared: {
    core: { readonly to: AgencyId };
    parts: { facts?: Statement; intelligence?: Statement; source?: Source };
  };
  /** It has arrived and could be opened: the receiving agency's node says so, and nobody has read it yet. */
  ContributionReceived: { core: Bare; parts: Bare };
  /** An officer of the receiving agency has taken note of it. */
  ContributionAcknowledged: { core: Bare; parts: Bare };
  ContributionEvaluated: { core: Bare; parts: { intelligence?: Grading } };
  EvaluationRevised: { core: Bare; parts: { intelligence?: Grading } };
};

export const grading = shape<Grading>({ evaluation, text: optional(text(PROSE)), restrictions });

export const contributionChecks: {
  readonly [T in keyof ContributionContent]: ContentChecks<ContributionContent[T]>;
} = {
  ContributionShared: {
    core: shape<{ readonly to: AgencyId }>({ to: guarded(isAgencyId, 'an agency') }),
    parts: { facts: statement, intelligence: statement, source },
  },
  ContributionReceived: { core: bare, parts: {} },
  ContributionAcknowledged: { core: bare, parts: {} },
  ContributionEvaluated: { core: bare, parts: { intelligence: grading } },
  EvaluationRevised: { core: bare, parts: { intelligence: grading } },
};
