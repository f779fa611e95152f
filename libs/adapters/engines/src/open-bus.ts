import { PostgresBus } from '@tripoint/adapters/embedded';
import { KafkaBus } from '@tripoint/adapters/kafka';
import { type Bus } from '@tripoint/bus';
import { HubError } from '@tripoint/kernel';
import { type Engine } from '@tripoint/platform';
import { bracketed, connectionTo, isOf } from './connection-to.js';

/** A bus on whatever engine moves it. */
export type OpenedBus = {
  readonly bus: Bus;
  /** Forgets what gets old, until `signal` aborts. For the hub; an engine that forgets by itself needs nobody. */
  retain(signal: AbortSignal): Promise<void>;
  /** Waits for what is being published, then ends every connection. */
  close(): Promise<void>;
};

/**
 * Opens the bus that settings name. Nothing is connected before it is used.
 * @throws {HubError} `bus-misconfigured`, when what the settings give is not enough for it
 */
export const openBus = (engine: Engine<'postgres' | 'kafka'>): OpenedBus => {
  if (!isOf(engine, 'postgres')) {
    const bus = kafka(engine);
    return { bus, retain: () => Promise.resolve(), close: () => bus.close() };
  }
  const bus = new PostgresBus(connectionTo(engine));
  return {
    bus,
    retain: (signal) => bus.retain(signal),
    close: () => bus.close(),
  };
};

const kafka = ({ hosts, credentials, tls }: Engine): KafkaBus => {
  if (credentials === undefined || tls?.ca === undefined)
    throw new HubError('bus-misconfigured', 'Kafka is reached by TLS, as somebody', false);
  return new KafkaBus({
    brokers: hosts.map(({ host, port }) => `${bracketed(host)}:${port}`),
    ca: tls.ca,
    username: credentials.user,
    password: credentials.password,
  });
};
