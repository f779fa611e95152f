import { HubError } from '@tripoint/kernel';

/** What the driver's errors mean here. Its own classes are not asked for: some errors reach us before it has made them. */
export type Meaning =
  | 'overtaken'
  | 'unknown-stream'
  | 'deleted-stream'
  | 'denied'
  | 'too-large'
  /** The same call may succeed later; whether this one has done anything is not known. */
  | 'passing'
  | 'other';

/** The server's word for what went wrong, in the trailers of a call or as the driver's `type`. */
const BY_NAME = new Map<unknown, Meaning>([
  ['wrong-expected-version', 'overtaken'],
  ['stream-not-found', 'unknown-stream'],
  ['no-stream', 'unknown-stream'],
  ['stream-deleted', 'deleted-stream'],
  ['access-denied', 'denied'],
  ['maximum-append-size-exceeded', 'too-large'],
  ['maximum-append-event-size-exceeded', 'too-large'],
  ['not-leader', 'passing'],
  ['unavailable', 'passing'],
  ['cancelled', 'passing'],
  ['timeout', 'passing'],
  ['deadline-exceeded', 'passing'],
]);

/** Status codes of gRPC, where there is no word. */
const BY_CODE = new Map<unknown, Meaning>([
  [1, 'passing'], // cancelled, by whoever
  [2, 'passing'], // unknown: the server failed inside
  [4, 'passing'], // deadline exceeded
  [7, 'denied'],
  [8, 'passing'], // resources exhausted
  [10, 'passing'], // aborted: a time-out inside the cluster
  [13, 'passing'], // internal: the connection was reset
  [14, 'passing'], // unavailable
  [16, 'denied'],
]);

/** Nobody knows yet what became of a call; whoever asks again will. */
export class Unsettled extends Error {
  readonly type = 'timeout';

  constructor(message = 'what became of an append is not to be seen yet') {
    super(message);
    this.name = new.target.name;
  }
}

const trailer = (error: object): unknown => {
  const { metadata, _raw: raw } = error as { readonly metadata?: unknown; readonly _raw?: unknown };
  const holder = metadata ?? (raw as { readonly metadata?: unknown } | undefined)?.metadata;
  const get = (holder as { readonly get?: unknown } | undefined)?.get;
  return typeof get === 'function'
    ? (get.call(holder, 'exception') as readonly unknown[] | undefined)?.[0]
    : undefined;
};

/** What an error of the driver means. */
export const meaningOf = (error: unknown): Meaning => {
  if (typeof error !== 'object' || error === null || error instanceof HubError) return 'other';
  const { type, code, message } = error as {
    readonly type?: unknown;
    readonly code?: unknown;
    readonly message?: unknown;
  };
  const named = BY_NAME.get(trailer(error)) ?? BY_NAME.get(type);
  if (named !== undefined) return named;
  // What has neither: no seed of the cluster answered; another call has just closed the channel to reconnect.
  if (typeof message === 'string' && /^(Failed to discover|Channel )/u.test(message))
    return 'passing';
  return BY_CODE.get(code) ?? 'other';
};

/** The stream does not hold what it has to hold; nothing that is built on it may go on. */
export const damaged = (detail: string, options?: ErrorOptions): HubError =>
  new HubError('ledger-damaged', detail, false, options);

/** Turns a driver's error about the server into ours and leaves every other as it is. */
export const translated = (error: unknown, stream: string): unknown => {
  const options = { cause: error };
  switch (meaningOf(error)) {
    case 'passing':
      return new HubError(
        'ledger-away',
        'the store behind the ledger cannot be used now',
        true,
        options,
      );
    case 'denied':
      return new HubError(
        'ledger-denied',
        `the server refuses these credentials the stream ${stream}`,
        false,
        options,
      );
    case 'deleted-stream':
      return damaged(`the stream ${stream} was deleted on the server`, options);
    case 'too-large':
      return new HubError(
        'ledger-append-too-large',
        'the server takes smaller appends than it does by default',
        false,
        options,
      );
    case 'overtaken':
    case 'unknown-stream':
    case 'other':
      return error;
  }
};
