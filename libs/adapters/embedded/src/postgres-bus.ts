import { Bus, type Message, type Received } from '@tripoint/bus';
import { HubError, pause } from '@tripoint/kernel';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

import { translated } from './away.js';
import { Bell } from './bell.js';
import { consume } from './bus-consumer.js';
import { BusPublisher } from './bus-publisher.js';
import { BUS_SCHEMA, busGrants, busScrubGrants } from './bus-schema.js';
import { type ConnectionSettings } from './connection-settings.js';
import { installSchema } from './install-schema.js';

const HOUR = 3600;

/** The bus as queue tables in PostgreSQL: what a small federation needs of a broker, durable. */
export class PostgresBus extends Bus {
  readonly #settings: ConnectionSettings;
  readonly #bell: Bell;
  readonly #publisher: BusPublisher;

  /** Connects when it is first used. Call {@link install} once before that. */
  constructor(settings: ConnectionSettings) {
    super();
    this.#settings = settings;
    this.#bell = new Bell(settings, 'bus');
    this.#publisher = new BusPublisher(settings, (topics) => {
      this.#bell.ring(topics);
    });
  }

  /** Makes the schema `bus` where it is missing. May be repeated, and by several processes at once. */
  install(): Promise<void> {
    return installSchema(this.#settings, BUS_SCHEMA);
  }

  /** Lets the hub's role publish to every mailbox, take every submission and forget what is old. As the owner of the schema. */
  async grantHub(role: string): Promise<void> {
    const rights = {
      role: escapeIdentifier(role),
      publishes: `starts_with(topic, 'mailbox.')`,
      consumes: `starts_with(topic, 'submissions.')`,
      forgets: true,
    };
    await installSchema(this.#settings, busGrants(rights));
  }

  /**
   * Lets the roles of one agency's two processes publish to its own submissions, and the projector take its own mailbox.
   * As the owner of the schema.
   */
  async grantAgency(
    agency: string,
    { frontDoor, projector }: { readonly frontDoor: string; readonly projector: string },
  ): Promise<void> {
    const publishes = `topic = ${escapeLiteral(`submissions.${agency}`)}`;
    const consumes = `topic = ${escapeLiteral(`mailbox.${agency}`)}`;
    const both = { publishes, forgets: false };
    await installSchema(
      this.#settings,
      busGrants({ ...both, role: escapeIdentifier(frontDoor), consumes: 'false' }) +
        busGrants({ ...both, role: escapeIdentifier(projector), consumes }),
    );
  }

  /** Lets a role scrub, and do nothing else. As the owner of the schema. */
  async grantScrub(role: string): Promise<void> {
    await installSchema(this.#settings, busScrubGrants(escapeIdentifier(role)));
  }

  /** Waits for what is being published, then closes. Consumers end by their own signals, before this. */
  async close(): Promise<void> {
    await this.#publisher.close();
    await this.#bell.close();
  }

  override publish(topic: string, messages: readonly Message[]): Promise<void> {
    return this.#publisher.publish(topic, messages);
  }

  override consume(
    topic: string,
    group: string,
    receive: (batch: readonly Received[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    return consume({ settings: this.#settings, bell: this.#bell, topic, group, receive, signal });
  }

  override check(): Promise<void> {
    return this.#alone(async (client) => {
      await client.query('SELECT FROM bus.topic LIMIT 1');
    });
  }

  /** Forgets messages that are `seconds` old, received or not. Answers how many. */
  purge(seconds: number): Promise<number> {
    return this.#alone(async (client) => {
      const { rowCount } = await client.query(
        `WITH gone AS (
           DELETE FROM bus.message WHERE at <= now() - make_interval(secs => $1) RETURNING 1
         ), counted AS (
           INSERT INTO bus.forgetting (forgotten) SELECT 1 WHERE EXISTS (SELECT FROM gone)
           ON CONFLICT (sole) DO UPDATE SET forgotten = forgetting.forgotten + 1
         )
         SELECT FROM gone`,
        [seconds],
      );
      return rowCount ?? 0;
    });
  }

  /**
   * Forgets, every `every` seconds until `signal` aborts, what would outlive `retention` before the next round.
   * To be run by whoever runs the server.
   */
  async retain(signal: AbortSignal, retention = 22 * HOUR, every = HOUR / 4): Promise<void> {
    while (!signal.aborted) {
      await this.purge(Math.max(0, retention - every)).catch((error: unknown) => {
        if (!(error instanceof HubError && error.retriable)) throw error;
      });
      await pause(every * 1000, signal);
    }
  }

  /** On a connection that nobody else uses, for what is seldom done. */
  async #alone<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ ...this.#settings, connectionTimeoutMillis: 10_000 });
    // The statement that was under way says it too.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } catch (error) {
      throw translated(error, 'bus-away');
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
