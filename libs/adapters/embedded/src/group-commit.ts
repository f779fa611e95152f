/**
 * Coalesces concurrent calls: while one group is being committed, the calls that arrive form the next one.
 * So the price of a durable commit is shared by all who wait for it, and a lone caller never waits for company.
 */
export class GroupCommit<Work extends { readonly bytes: number }> {
  readonly #commit: (group: readonly Work[]) => Promise<readonly Work[]>;
  readonly #most: { readonly count: number; readonly bytes: number };
  #waiting: Work[] = [];
  #running: Promise<void> | undefined;

  /**
   * @param commit settles every piece of work of a group, except those it returns: they come first in the next group.
   *   It must not reject.
   */
  constructor(
    commit: (group: readonly Work[]) => Promise<readonly Work[]>,
    most: { readonly count: number; readonly bytes: number },
  ) {
    this.#commit = commit;
    this.#most = most;
  }

  add(work: Work): void {
    this.#waiting.push(work);
    this.#running ??= this.#run();
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Callers that were woken by the same event get the chance to join the first group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const deferred = await this.#commit(this.#take());
      if (deferred.length > 0) this.#waiting = [...deferred, ...this.#waiting];
    }
    this.#running = undefined;
  }

  #take(): readonly Work[] {
    let count = 0;
    let bytes = 0;
    for (const work of this.#waiting) {
      bytes += work.bytes;
      if (count > 0 && (count >= this.#most.count || bytes > this.#most.bytes)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
