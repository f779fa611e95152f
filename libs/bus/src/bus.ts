/** What travels. `headers` are for the hop (traces), never for the meaning. */
export type Message = {
  readonly value: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Received = Message & {
  /** Counts within the topic from 0n; gaps are possible, order is not broken. */
  readonly offset: bigint;
};

/**
 * Moves bytes from one process to another and forgets them: retention is at most 22 hours.
 *
 * Topics: `submissions.<agency>` (that agency → hub) and `mailbox.<agency>` (hub → that agency).
 */
export abstract class Bus {
  /**
   * Looks whether the broker can be used now, within a few seconds. Cheap: it may be asked every second.
   * @throws {HubError} `bus-away`, or `disk-full` where that is why, retriable
   */
  abstract check(): Promise<void>;

  /**
   * Appends `messages` to `topic` in order. Resolves once they are durable at the broker.
   * A repeated call repeats the messages: consumers tell duplicates by what they carry.
   * @throws {HubError} `bus-away`, retriable
   */
  abstract publish(topic: string, messages: readonly Message[]): Promise<void>;

  /**
   * Hands every message of `topic` to `receive`, in order, in batches that are never empty, one batch at a time;
   * the group's position moves only after `receive` resolved. So every message is handed over at least once,
   * again after a crash, and never out of order. A rejected `receive` is handed the same batch again after
   * a pause that grows to ten seconds. Resolves when `signal` aborts and the batch in hand is done.
   * A group that is new to a topic starts at the oldest retained message.
   */
  abstract consume(
    topic: string,
    group: string,
    receive: (batch: readonly Received[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
}
