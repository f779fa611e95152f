import { isAgencyId } from '@tripoint/kernel';
import { branded, engine, integer, optional, path, secret, withDefault } from '@tripoint/platform';

/** What an agency’s projector is told, besides what every node is: `TRIPOINT_PROJECTOR_…`. */
export const projectorSettings = {
  agency: branded(isAgencyId, 'the id of an agency'),
  /** The trust anchor of the federation. */
  anchor: path(),
  /** The folder with the agency's certificate.pgp and decryption.pgp, and retired ones. There is no signing key in it. */
  keys: path(),
  keyPassphrase: optional(secret()),
  /** The federation's trust policy; without it nothing is ever under a quorum of witnesses. */
  trustPolicy: optional(path()),
  /** For how many days the agency keeps backups: its receipts say that what is forgotten is in them until then. */
  backupDays: withDefault(integer({ least: 0, most: 3_650 }), 14),
  database: engine(['postgres']),
  /** How often what was made to go is made to go from the database's files as well. */
  scrubEverySeconds: withDefault(integer({ least: 60, most: 86_400 }), 3_600),
  /** How often the hub is asked again for what was erased, to see that it has forgotten it. */
  probeEverySeconds: withDefault(integer({ least: 10, most: 2_592_000 }), 86_400),
  bus: engine(['postgres', 'kafka']),
};
