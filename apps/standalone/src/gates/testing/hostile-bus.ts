import { Bus, type Message, type Received } from '@tripoint/bus';

/** How often, of a hundred copies, each thing happens to one. */
export type Hostility = {
  readonly duplicated: number;
  readonly dropped: number;
  readonly delayed: number;
  readonly damaged: number;
};

/**
 * A bus that does to copies what no broker should: repeats them, loses them, lets others overtake them, flips their
 * bits. The schedule follows from its random numbers alone.
 */
export class HostileBus extends Bus {
  readonly #held = new Map<string, Message[]>();
  readonly done = { duplicated: 0, dropped: 0, delayed: 0, damaged: 0 };
  #hostile = true;

  constructor(
    private readonly inner: Bus,
    private readonly random: () => number,
    private readonly hostility: Hostility,
  ) {
    super();
  }

  /** From now on every copy arrives as it was published; what was held back is let go. */
  async relent(): Promise<void> {
    this.#hostile = false;
    for (const topic of [...this.#held.keys()]) await this.publish(topic, []);
  }

  override check(): Promise<void> {
    return this.inner.check();
  }

  override async publish(topic: string, messages: readonly Message[]): Promise<void> {
    const now: Message[] = [];
    const held = this.#held.get(topic) ?? [];
    this.#held.delete(topic);
    const later: Message[] = [];
    for (const message of messages) {
      const { duplicated, dropped, delayed, damaged } = this.hostility;
      const lot = this.#hostile ? this.random() * 100 : 100;
      if (lot < duplicated) {
        this.done.duplicated += 1;
        now.push(message, message);
      } else if (lot < duplicated + dropped) this.done.dropped += 1;
      else if (lot < duplicated + dropped + delayed) {
        this.done.delayed += 1;
        later.push(message);
      } else if (lot < duplicated + dropped + delayed + damaged) {
        this.done.damaged += 1;
        now.push({ ...message, value: this.#flipped(message.value) });
      } else now.push(message);
    }
    // What was held back comes behind what was published after it.
    const all = [...now, ...held];
    if (later.length > 0) this.#held.set(topic, later);
    if (all.length > 0) await this.inner.publish(topic, all);
  }

  override consume(
    topic: string,
    group: string,
    receive: (batch: readonly Received[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    return this.inner.consume(topic, group, receive, signal);
  }

  #flipped(value: Uint8Array): Uint8Array {
    const bytes = Uint8Array.from(value);
    const flips = 1 + Math.floor(this.random() * 3);
    for (let flip = 0; flip < flips; flip += 1) {
      const at = Math.floor(this.random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(this.random() * 8));
    }
    return bytes;
  }
}
