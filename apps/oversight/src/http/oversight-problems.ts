import { type ProblemTable } from '@tripoint/platform';

/** The problems of oversight, beside those of the edge. */
export const oversightProblems = {
  'log-changed': {
    status: 409,
    title: 'The log is not the one that was verified',
    about:
      'The hub now hands over something else than what was recomputed before. It has become a finding; keep what you have.',
  },
  'beyond-log': {
    status: 404,
    title: 'The log is not that long',
    about:
      'Nothing can be said yet as of a leaf that has not been verified; the detail says how many there are.',
  },
  'finding-step-refused': {
    status: 409,
    title: 'The finding does not go there from where it stands',
    about:
      'A finding is acknowledged, then explained, remedied or confirmed, then closed; somebody else may have taken it a step on. Only what is found again opens it again.',
  },
  'bundle-refused': {
    status: 400,
    title: 'The rules are not a bundle that could be activated',
    about: '`tripoint policy bundle` writes one; its bytes are sent as they are, as text.',
  },
} satisfies ProblemTable;
