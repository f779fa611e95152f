import { dispatch } from '../dispatch.js';
import { erasures } from './erasures.js';
import { disclosures, review } from './disclosures.js';
import { finding, findings } from './findings.js';
import { checkReads, takeReads } from './reads.js';
import { transcript } from './transcript.js';

/** `tripoint oversight …`: what an auditor asks oversight. */
export const oversight = dispatch(
  'tripoint oversight',
  'what oversight found, and what became of it',
  {
    'check-reads': checkReads,
    disclosures,
    erasures,
    finding,
    findings,
    review,
    'take-reads': takeReads,
    transcript,
  },
);
