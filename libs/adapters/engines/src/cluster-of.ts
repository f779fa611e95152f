import { type ConnectionSettings } from '@tripoint/adapters/eventstoredb';
import { HubError } from '@tripoint/kernel';
import { type Engine } from '@tripoint/platform';
import { bracketed } from './connection-to.js';

/** What the driver is told of an EventStoreDB that settings name. */
export const clusterOf = ({ hosts, credentials, tls }: Engine<'esdb'>): ConnectionSettings => {
  // The client would leave them out, and the server would be asked by nobody in particular.
  if (tls === undefined && credentials !== undefined)
    throw new HubError(
      'configuration-invalid',
      'EventStoreDB is sent no user and no password without TLS',
      false,
    );
  return {
    endpoints: hosts.map(({ host, port }) => ({ address: bracketed(host), port })),
    discover: false,
    tls: tls && { authority: tls.ca === undefined ? undefined : Buffer.from(tls.ca) },
    timing: {},
    connectionName: undefined,
    credentials: () =>
      credentials && { username: credentials.user, password: credentials.password },
  };
};
