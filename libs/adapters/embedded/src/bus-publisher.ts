import { type Message } from '@tripoint/bus';
import { Client } from 'pg';

import { translated } from './away.js';
import { type ConnectionSettings } from './connection-settings.js';
import { GroupCommit } from './group-commit.js';

type Publication = {
  readonly topic: string;
  readonly messages: readonly Message[];
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Publishes for this process: group commit on one connection. A lost answer is not repeated here but told. */
export class BusPublisher {
  readonly #settings: ConnectionSettings;
  readonly #committed: (topics: ReadonlySet<string>) => void;
  readonly #group: GroupCommit<Publication>;
  #client: Client | undefined;

  constructor(settings: ConnectionSettings, committed: (topics: ReadonlySet<string>) => void) {
    this.#settings = settings;
    this.#committed = committed;
    this.#group = new GroupCommit((group) => this.#commit(group), {
      count: 512,
      bytes: 8 * 1024 * 1024,
    });
  }

  publish(topic: string, messages: readonly Message[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const bytes = messages.reduce((sum, { value }) => sum + value.length, 0);
      this.#group.add({ topic, messages, bytes, resolve, reject });
    });
  }

  async close(): Promise<void> {
    await this.#group.idle();
    await this.#client?.end().catch(() => undefined);
  }

  async #commit(group: readonly Publication[]): Promise<readonly Publication[]> {
    try {
      await this.#insert(await this.#connected(), group);
    } catch (error) {
      const client = this.#client;
      this.#client = undefined;
      await client?.end().catch(() => undefined);
      for (const { reject } of group) reject(translated(error, 'bus-away'));
      return [];
    }
    this.#committed(new Set(group.map(({ topic }) => topic)));
    for (const { resolve } of group) resolve();
    return [];
  }

  async #connected(): Promise<Client> {
    if (this.#client !== undefined) return this.#client;
    const client = new Client({
      ...this.#settings,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    client.on('error', () => {
      if (this.#client === client) this.#client = undefined;
    });
    await client.connect();
    await client.query('SET synchronous_commit = on');
    this.#client = client;
    return client;
  }

  async #insert(client: Client, group: readonly Publication[]): Promise<void> {
    const topics: string[] = [];
    const starts: number[] = [];
    const lengths: number[] = [];
    const headers: (string | null)[] = [];
    const all: Uint8Array[] = [];
    let start = 1;
    for (const { topic, messages } of group)
      for (const message of messages) {
        topics.push(topic);
        starts.push(start);
        lengths.push(message.value.length);
        headers.push(message.headers === undefined ? null : JSON.stringify(message.headers));
        all.push(message.value);
        start += message.value.length;
      }
    if (all.length === 0) return;
    await client.query({
      name: 'bus-publish',
      text: 'SELECT bus.publish($1, $2, $3, $4, $5)',
      values: [topics, starts, lengths, headers, Buffer.concat(all)],
    });
  }
}
