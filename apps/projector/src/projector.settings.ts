import { isAgencyId } from '@tripoint/kernel';
import { branded, engine, optional, path, secret } from '@tripoint/platform';

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
  database: engine(['postgres']),
  bus: engine(['postgres', 'kafka']),
};
