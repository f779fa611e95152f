import { matching, shape } from '../check.js';
import { type Bare, type ContentChecks } from '../content.js';

/** Event type → content, for disclosures that a rule stopped. */
export type AttemptContent = {
  /** Says which rule said no. To whom and from what stands in the facts, where oversight sees it. */
  DisclosureAttempted: { core: { readonly refused: string }; parts: Bare };
};

export const attemptChecks: {
  readonly [T in keyof AttemptContent]: ContentChecks<AttemptContent[T]>;
} = {
  DisclosureAttempted: {
    core: shape<AttemptContent['DisclosureAttempted']['core']>({
      refused: matching(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$(?<=^.{1,64})/, 'the code of a refusal'),
    }),
    parts: {},
  },
};
