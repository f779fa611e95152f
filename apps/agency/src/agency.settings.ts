import { isAgencyId } from '@tripoint/kernel';
import { MAY_NEED_TWO } from './http/duties.js';
import {
  branded,
  engine,
  integer,
  optional,
  path,
  secret,
  text,
  withDefault,
} from '@tripoint/platform';

const isFourEyed = (given: unknown): given is string =>
  typeof given === 'string' &&
  given.split(',').every((name) => (MAY_NEED_TWO as readonly string[]).includes(name));

/** What an agency’s front door is told, besides what every node is: `TRIPOINT_AGENCY_…`. */
export const agencySettings = {
  agency: branded(isAgencyId, 'the id of an agency'),
  /** What its people call it; shown in the description of the interface. */
  title: optional(text({ longest: 200 })),
  /** The trust anchor of the federation. */
  anchor: path(),
  /** The folder with the agency's certificate.pgp and signing.pgp. There is no decryption key in it. */
  keys: path(),
  keyPassphrase: optional(secret()),
  /** The federation's trust policy; without it nothing is ever under a quorum of witnesses. */
  trustPolicy: optional(path()),
  /** For how long after the newest quorum of witnesses things are sealed: nobody knows then what the world has seen. */
  staleAfterSeconds: withDefault(integer({ least: 60, most: 2_592_000 }), 86_400),
  /** Where it is kept how far the mailbox was taken: on another disk than the database, in none of its backups. */
  mark: optional(path()),
  /** For how long the hub is waited for after a start before the mark alone vouches for the database. */
  waitForHubSeconds: withDefault(integer({ least: 1, most: 86_400 }), 60),
  /** How often the root over the record of reads is published; oversight finds one late after three hours. */
  readRootEverySeconds: withDefault(integer({ least: 60, most: 3_600 }), 3_600),
  /** What one officer proposes and another confirms, with commas between: `OfferRelease,GrantRelease`. */
  fourEyes: optional(branded(isFourEyed, `a list of ${MAY_NEED_TWO.join(', ')}`)),
  database: engine(['postgres']),
  bus: engine(['postgres', 'kafka']),
};
