/**
 * Named places up to which something has been done, so that a restart need not begin at the start. They are an
 * optimisation: whoever loses one repeats idempotent work.
 */
export abstract class HubPositions {
  /** The text kept under `name`, undefined when there is none. */
  abstract at(name: string): Promise<string | undefined>;
  /** Replaces the text kept under `name`. Durable when it resolves. */
  abstract move(name: string, to: string): Promise<void>;
}
