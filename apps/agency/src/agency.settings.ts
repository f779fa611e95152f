import { isAgencyId } from '@tripoint/kernel';
import { branded, engine, optional, path, secret, text } from '@tripoint/platform';

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
  database: engine(['postgres']),
  bus: engine(['postgres', 'kafka']),
};
