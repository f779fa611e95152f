import { PostgresBus } from '@tripoint/adapters/embedded';
import { type Bus } from '@tripoint/bus';
import { type Engine } from '@tripoint/platform';
import { connectionTo } from './connection-to.js';

/** A bus on whatever engine moves it. */
export type OpenedBus = {
  readonly bus: Bus;
  /** @throws {HubError} `bus-away`, retriable, when it cannot be used now */
  check(): Promise<void>;
  /** Forgets what gets old, until `signal` aborts. For the hub; an engine that forgets by itself needs nobody. */
  retain(signal: AbortSignal): Promise<void>;
  /** Waits for what is being published, then ends every connection. */
  close(): Promise<void>;
};

/** Opens the bus that settings name. Nothing is connected before it is used. */
export const openBus = (engine: Engine<'postgres'>): OpenedBus => {
  const bus = new PostgresBus(connectionTo(engine));
  return {
    bus,
    check: () => bus.check(),
    retain: (signal) => bus.retain(signal),
    close: () => bus.close(),
  };
};
