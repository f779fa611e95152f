import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { HubError } from '@tripoint/kernel';
import { type Engine } from '@tripoint/platform';

/** What `pg` is told of a PostgreSQL that settings name. */
export const connectionTo = ({
  hosts,
  database,
  credentials,
  tls,
}: Engine<'postgres'>): ConnectionSettings => {
  const [place] = hosts;
  if (place === undefined || credentials === undefined)
    throw new HubError(
      'configuration-invalid',
      'PostgreSQL is reached at a host, as a user',
      false,
    );
  return {
    ...place,
    ...credentials,
    database,
    // The server's name is checked against its certificate in both cases; `ca` only says who may have signed it.
    ...(tls === undefined ? {} : { ssl: tls.ca === undefined ? {} : { ca: tls.ca } }),
  };
};

/** Whether the engine is of this kind. */
export const isOf = <Kind extends string>(engine: Engine, kind: Kind): engine is Engine<Kind> =>
  engine.kind === kind;

/** A host as it stands before a colon and a port. */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
