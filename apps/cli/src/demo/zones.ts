import { type Canary } from './scenario.js';

/** Somewhere bytes are kept, by who can read them there. */
export type Zone =
  | { readonly kind: 'hub'; readonly name: string }
  | { readonly kind: 'oversight'; readonly name: string }
  /** What oversight's own front door keeps: accounts, and the orders that it has given. */
  | { readonly kind: 'orders'; readonly name: string }
  | { readonly kind: 'agency'; readonly name: string; readonly agency: string }
  /** A log file that an agency's own processes write. */
  | { readonly kind: 'agency-log'; readonly name: string; readonly agency: string };

const AGENCY_DATABASE = /^agency-(.+)$/;
const AGENCY_LOG = /^(?:agency|projector)-(.+)\.log$/;

/** Whose database this is. One that nobody has thought of is taken for the hub's, where nothing may be found. */
export const zoneOfDatabase = (database: string): Zone => {
  const agency = AGENCY_DATABASE.exec(database)?.[1];
  if (agency !== undefined) return { kind: 'agency', name: `database ${database}`, agency };
  const name = `database ${database}`;
  if (database === 'oversight-accounts') return { kind: 'orders', name };
  return { kind: database.startsWith('oversight') ? 'oversight' : 'hub', name };
};

/** Whose log file this is. */
export const zoneOfLog = (file: string): Zone => {
  const agency = AGENCY_LOG.exec(file)?.[1];
  if (agency !== undefined) return { kind: 'agency-log', name: `log ${file}`, agency };
  return { kind: file.startsWith('oversight') ? 'oversight' : 'hub', name: `log ${file}` };
};

/** What finding a canary in a zone means: it has to be there, it must not be, or it says nothing. */
export const meaning = (
  { kind, heldBy }: Pick<Canary, 'kind' | 'heldBy'>,
  zone: Zone,
): 'must' | 'must-not' | 'either' => {
  switch (zone.kind) {
    case 'hub':
    case 'oversight':
      return 'must-not';
    case 'orders':
      // Its own orders have types; who acts at an agency, and what a case says, it never knows.
      return kind === 'event type' ? 'either' : 'must-not';
    case 'agency':
      if (heldBy === 'any') return 'either';
      return heldBy.includes(zone.agency) ? 'must' : 'must-not';
    case 'agency-log':
      // A node may note which of its officers did what; what a case says is in no log at all.
      return kind === 'officer' || kind === 'event type' ? 'either' : 'must-not';
  }
};
