import { engine, integer, optional, path, secret, withDefault } from '@tripoint/platform';

/** What the hub is told, besides what every node is: `TRIPOINT_HUB_…`. */
export const hubSettings = {
  /** The trust anchor of the federation. */
  anchor: path(),
  /** The folder with the hub's certificate.pgp and signing.pgp. */
  keys: path(),
  keyPassphrase: optional(secret()),
  /** The folder with log.pem and log.name. */
  logKey: path(),
  /** Whoever shows it may read leaves and ciphertext. */
  auditorToken: secret({ least: 32 }),
  /** The federation's trust policy, with the addresses of the witnesses. Without it nobody is asked to cosign. */
  trustPolicy: optional(path()),
  /** How often witnesses are asked while there is something new. */
  cosignSeconds: withDefault(integer({ least: 1, most: 3600 }), 10),
  /** After a restore without a better backup: wraps of leaves below this one may be missing. */
  lostWrapsBefore: withDefault(integer({ least: 0, most: 2 ** 48 }), 0),
  database: engine(['postgres']),
  /** How often what was deleted is made to go from the database's files, and from the bus's where PostgreSQL is it. */
  scrubEverySeconds: withDefault(integer({ least: 60, most: 86_400 }), 3_600),
  ledger: engine(['postgres', 'esdb']),
  bus: engine(['postgres', 'kafka']),
  /** How long a hub that stands still stays in office before another takes over. */
  leaseSeconds: withDefault(integer({ least: 2, most: 300 }), 10),
};
