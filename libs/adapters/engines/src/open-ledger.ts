import { PostgresLedger } from '@tripoint/adapters/embedded';
import { type Ledger, LOG_STREAM } from '@tripoint/ledger';
import { type Engine } from '@tripoint/platform';
import { connectionTo } from './connection-to.js';

/** A ledger on whatever engine holds it. */
export type OpenedLedger = {
  readonly ledger: Ledger;
  /** @throws {HubError} retriable, when it cannot be read now */
  check(): Promise<void>;
  /** Waits for what is being appended, then ends every connection. */
  close(): Promise<void>;
};

/** Opens the ledger that settings name. Nothing is connected before it is used. */
export const openLedger = (engine: Engine<'postgres'>): OpenedLedger => {
  const ledger = new PostgresLedger(connectionTo(engine));
  return {
    ledger,
    check: async () => {
      await ledger.last(LOG_STREAM);
    },
    close: () => ledger.close(),
  };
};
