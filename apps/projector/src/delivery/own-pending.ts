import { type Digest, type EventId } from '@tripoint/kernel';
import { type Journal, type PendingEntry, type SealedAs } from '@tripoint/read-model';

/**
 * What this agency's own database holds of events that it sealed itself. Those that are asked for within one turn of the
 * event loop are looked up together.
 */
export class OwnPending {
  readonly #asked: SealedAs[] = [];
  #answer: Promise<ReadonlyMap<EventId, PendingEntry>> | undefined;

  constructor(private readonly journal: Pick<Journal, 'pending'>) {}

  /** The pending entry of `event`, if it was sealed with the header that the log has recorded. */
  async of(event: EventId, header: Digest): Promise<PendingEntry | undefined> {
    this.#asked.push({ event, header });
    this.#answer ??= this.#look();
    return (await this.#answer).get(event);
  }

  async #look(): Promise<ReadonlyMap<EventId, PendingEntry>> {
    await Promise.resolve();
    const asked = this.#asked.splice(0);
    this.#answer = undefined;
    const entries = await this.journal.pending(asked);
    return new Map(entries.map((entry) => [entry.recorded.id, entry]));
  }
}
