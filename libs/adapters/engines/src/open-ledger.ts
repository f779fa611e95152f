import { PostgresLedger } from '@tripoint/adapters/embedded';
import { EventStoreDBLedger } from '@tripoint/adapters/eventstoredb';
import { type Ledger, LOG_STREAM } from '@tripoint/ledger';
import { type Engine } from '@tripoint/platform';
import { clusterOf } from './cluster-of.js';
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
export const openLedger = (engine: Engine<'postgres' | 'esdb'>): OpenedLedger => {
  const ledger =
    engine.kind === 'esdb'
      ? new EventStoreDBLedger(clusterOf({ ...engine, kind: 'esdb' }))
      : new PostgresLedger(connectionTo({ ...engine, kind: 'postgres' }));
  return {
    ledger,
    check: async () => {
      await ledger.last(LOG_STREAM);
    },
    close: () => ledger.close(),
  };
};
