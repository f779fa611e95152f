import { type Grants, type Rights } from '../grants.js';

const KEPT: Rights = { select: true, insert: true, update: true };
const PLACES: Readonly<Record<string, Rights>> = {
  migrations: { select: true },
  positions: KEPT,
};

/** What the hub may do in its own database. A tombstone stays. */
export const hubGrants = (role: string): Grants => ({
  roles: [
    {
      role,
      tables: {
        ...PLACES,
        leases: KEPT,
        wraps: { select: true, insert: true, update: ['usable'], delete: true },
        tombstones: { select: true, insert: true },
        quarantine: { select: true, insert: true, update: ['code'], delete: true },
      },
    },
  ],
  rows: [],
});

/** What is needed of such a database by somebody who only remembers places in it. */
export const placesGrants = (role: string): Grants => ({
  roles: [{ role, tables: PLACES }],
  rows: [],
});
