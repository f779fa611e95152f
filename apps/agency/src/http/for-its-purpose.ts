import { type OfficerRole } from '@tripoint/contracts';
import { type Officer, Problem, type Purpose } from '@tripoint/platform';
import { MAY_READ_CONTENT } from './duties.js';

/**
 * What is there to answer people who ask about themselves is read for nothing else.
 * @throws {Problem} `forbidden`
 */
export const forSubjectsAlone = ({ code }: Purpose): void => {
  if (code !== 'DATA_SUBJECT_REQUEST')
    throw new Problem('forbidden', 'this is for the purpose DATA_SUBJECT_REQUEST alone');
};

/**
 * Whoever reads content only to answer people who ask about themselves reads it for nothing else.
 * @throws {Problem} `forbidden`
 */
export const forItsPurpose = ({ roles }: Officer, purpose: Purpose): void => {
  if (!MAY_READ_CONTENT.some((role: OfficerRole) => roles.includes(role)))
    forSubjectsAlone(purpose);
};
