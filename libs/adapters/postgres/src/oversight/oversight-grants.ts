import { type Grants, type Rights } from '../grants.js';

const ADDED: Rights = { select: true, insert: true };

/** What oversight may do in its own database. What it found, and what was made of that, it can only add to. */
export const oversightGrants = (role: string): Grants => ({
  roles: [
    {
      role,
      tables: {
        migrations: { select: true },
        positions: { select: true, insert: true, update: true },
        findings: ADDED,
        finding_occasions: ADDED,
        finding_steps: ADDED,
      },
    },
  ],
  rows: [],
});
