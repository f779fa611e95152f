import { path } from '@tripoint/platform';

/** What a witness is told, besides what every node is: `TRIPOINT_WITNESS_…`. */
export const witnessSettings = {
  /** The trust anchor of the federation, which names the log. */
  anchor: path(),
  /** The folder with witness.pem and witness.name. */
  key: path(),
  /** The folder in which it keeps what it has cosigned, and evidence. It must never be put back to an earlier state. */
  store: path(),
};
