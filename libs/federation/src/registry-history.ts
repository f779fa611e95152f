import { type Registry } from './registry.js';

/**
 * Every snapshot of the registry since its founding, so that what was decided at a leaf can be decided again.
 * Append-only; snapshots share what did not change between them.
 */
export class RegistryHistory {
  readonly #snapshots: [Registry, ...Registry[]];

  constructor(founded: Registry) {
    this.#snapshots = [founded];
  }

  get latest(): Registry {
    return this.#snapshots.at(-1) ?? this.#snapshots[0];
  }

  /** From the founding on. */
  get all(): readonly Registry[] {
    return this.#snapshots;
  }

  /**
   * Keeps the next snapshot.
   * @throws {RangeError} when it is older than the latest: history is not rewritten
   */
  append(registry: Registry): void {
    if (registry.index < this.latest.index)
      throw new RangeError('a registry snapshot is older than the latest');
    this.#snapshots.push(registry);
  }

  /** The registry as leaf `index` found it: with everything recorded up to and including that leaf. */
  at(index: bigint): Registry {
    // From the end: what is asked for is nearly always recent, and there are few statements.
    return this.#snapshots.findLast((one) => one.index <= index) ?? this.#snapshots[0];
  }
}
