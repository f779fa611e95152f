/** A place that only goes forward, with what belongs to it: text without spaces. `at` gives both, a space between them. */
export type Place = { readonly number: number; readonly text: string };

/**
 * Named places up to which something has been done, so that a restart need not begin at the start. They are an
 * optimisation: whoever loses one repeats idempotent work.
 */
export abstract class HubPositions {
  /** The text kept under `name`, undefined when there is none. */
  abstract at(name: string): Promise<string | undefined>;
  /** Replaces the text kept under `name`. Durable when it resolves. */
  abstract move(name: string, to: string): Promise<void>;
  /**
   * Moves a place that only goes forward: to `number` and what belongs to it, unless somebody has moved it as far or farther.
   * Durable when it resolves. Answers where the place is now.
   */
  abstract advance(name: string, to: Place): Promise<Place>;
}
