import { type AgencyId, isAgencyId } from '@tripoint/kernel';
import { branded, engine, optional, path, remote, secret, withDefault } from '@tripoint/platform';

/** What oversight is told, besides what every node is: `TRIPOINT_OVERSIGHT_…`. */
export const oversightSettings = {
  agency: withDefault(branded(isAgencyId, 'the id of an agency'), 'oversight' as AgencyId),
  /** The trust anchor of the federation. */
  anchor: path(),
  /** The federation's trust policy; without it nobody's cosignatures are looked for. */
  trustPolicy: optional(path()),
  /** Where the hub answers. */
  hub: remote(),
  /** What the hub knows the auditors by. */
  auditorToken: secret({ least: 32 }),
  /** What was verified last. */
  database: engine(['postgres']),
  /** Who may sign in. */
  accounts: engine(['postgres']),
};
