/**
 * Says which of several processes is to act, by the store's own clock: one that stands still loses its lease, whatever its own
 * clock says. It spares work and prevents nothing: whoever acts without it has still to be refused by what he acts upon.
 */
export abstract class Lease {
  /**
   * Takes the lease `name` for `holder`, for so many seconds from now, or renews it. Answers whether `holder` has it.
   * Of several who take a lease that is free, one has it.
   */
  abstract take(name: string, holder: string, seconds: number): Promise<boolean>;
  /** Gives the lease back, if `holder` has it: somebody else may take it at once. */
  abstract release(name: string, holder: string): Promise<void>;
}
