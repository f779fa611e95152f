import { type HubOptions } from '../hub.options.js';

/** How often a place is written, in milliseconds. */
const WRITTEN_EVERY = 250;

/**
 * A place that only spares work: behind where it could be, what follows it is done once more and changes nothing. So it is
 * written now and then, and not each time that it moves.
 */
export class SparePlace {
  #writtenAt = 0;
  #unwritten: string | undefined;

  constructor(
    private readonly hub: Pick<HubOptions, 'positions'>,
    private readonly name: string,
  ) {}

  at(): Promise<string | undefined> {
    return this.hub.positions.at(this.name);
  }

  async move(to: string): Promise<void> {
    this.#unwritten = to;
    if (performance.now() - this.#writtenAt >= WRITTEN_EVERY) await this.write();
  }

  /** Writes where it stands now. */
  async write(): Promise<void> {
    const to = this.#unwritten;
    if (to === undefined) return;
    this.#unwritten = undefined;
    this.#writtenAt = performance.now();
    await this.hub.positions.move(this.name, to);
  }
}
