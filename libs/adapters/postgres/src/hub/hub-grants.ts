import { type Grants, type Rights, scrubGrants, withScrubbing } from '../grants.js';

const KEPT: Rights = { select: true, insert: true, update: true };

/** What the hub may do in its own database. A tombstone stays. */
export const hubGrants = (role: string, scrubber?: string): Grants => ({
  roles: [
    {
      role,
      tables: withScrubbing('hub', {
        migrations: { select: true },
        positions: KEPT,
        leases: KEPT,
        wraps: {
          select: true,
          insert: true,
          update: ['usable'],
          delete: true,
        },
        tombstones: { select: true, insert: true },
        quarantine: { select: true, insert: true, update: ['code'], delete: true },
      }),
    },
    ...scrubGrants('hub', scrubber),
  ],
  rows: [],
});
