import { HubError } from '@tripoint/kernel';

/** Why the embedded server did not start; each is something a person can act on. */
export type EmbeddedPostgresCode =
  | 'platform-unsupported'
  | 'binaries-damaged'
  | 'data-folder-in-use'
  | 'data-folder-denied'
  | 'data-folder-incomplete'
  | 'data-folder-of-other-version'
  | 'port-busy'
  | 'disk-full'
  | 'server-did-not-start';

/** The embedded server cannot start. `message` is for the person at the terminal. */
export class EmbeddedPostgresError extends HubError {
  constructor(
    override readonly code: EmbeddedPostgresCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(code, message, code === 'port-busy' || code === 'disk-full', options);
  }
}
