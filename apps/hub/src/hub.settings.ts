import { engine, optional, path, secret } from '@tripoint/platform';

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
  database: engine(['postgres']),
  ledger: engine(['postgres', 'esdb']),
  bus: engine(['postgres']),
};
