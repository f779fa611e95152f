import { Bus, type Message, type Received } from '@tripoint/bus';
import { isRefusal } from '@tripoint/kernel';
import { parseDelivery } from '@tripoint/ledger';

/** An agency's end of the bus: answers of the hub come, lines of the mailbox are lost until they are let through. */
export class LateLines extends Bus {
  #isOpen = false;

  constructor(private readonly inner: Bus) {
    super();
  }

  letThrough(): void {
    this.#isOpen = true;
  }

  override check(): Promise<void> {
    return this.inner.check();
  }

  override publish(topic: string, messages: readonly Message[]): Promise<void> {
    return this.inner.publish(topic, messages);
  }

  override consume(
    topic: string,
    group: string,
    receive: (batch: readonly Received[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const some = (batch: readonly Received[]): Promise<void> =>
      receive(this.#isOpen ? batch : batch.filter(({ value }) => !isLine(value)));
    return this.inner.consume(topic, group, some, signal);
  }
}

const isLine = (value: Uint8Array): boolean => {
  const delivery = parseDelivery(value);
  return !isRefusal(delivery) && delivery.kind === 'entry';
};
