/** Something broke that no rule foresaw: a store is away, a writer was overtaken. */
export class HubError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Whether the same call may succeed later, unchanged. */
    readonly retriable: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
