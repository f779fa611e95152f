/** The role of whoever may look at the record. */
export const AUDITOR = 'OVERSIGHT_AUDITOR';
