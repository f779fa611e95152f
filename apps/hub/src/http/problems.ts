import { type ProblemTable } from '@tripoint/platform';

/** The problems of the hub's own doors, beside those of the edge. */
export const hubProblems = {
  'statement-refused': {
    status: 409,
    title: 'The statement does not change the registry',
    about:
      'It is not signed by enough root holders, does not continue the registry’s chain, or says something that cannot be, or has nothing to act upon; the detail begins with the exact code. It has used no number.',
  },
} as const satisfies ProblemTable;
