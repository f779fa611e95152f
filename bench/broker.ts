import { type KafkaSettings } from '@tripoint/adapters/kafka';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { openKafka } from '../scripts/stack/open-kafka.mjs';

const OURS = /^(?:submissions|mailbox|bare)\./;

/** kafkajs as its manual has it, over TLS and SCRAM as everything here. */
export const clientOf = ({ brokers, ca, username, password }: KafkaSettings): Kafka =>
  new kafkajs.Kafka({
    clientId: 'bench',
    brokers: [...brokers],
    ssl: { ca },
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: kafkajs.logLevel.NOTHING,
  });

/** The broker that a run is measured on: one of its own, or the one that the environment names. */
export class Broker {
  private constructor(
    readonly settings: KafkaSettings,
    readonly version: string,
    private readonly admin: Admin,
    private readonly forget: () => Promise<void>,
  ) {}

  /** Opens it, or says why there is none. */
  static async open(): Promise<Broker | string> {
    const kafka = await openKafka();
    if (kafka.missing !== undefined) return kafka.missing;
    const admin = clientOf(kafka.connection).admin();
    await admin.connect();
    const broker = new Broker(kafka.connection, kafka.version, admin, () => kafka.close());
    if ((await admin.listTopics()).some((topic) => OURS.test(topic))) {
      await broker.#end();
      return 'the broker that TRIPOINT_KAFKA names carries a federation, whose topics are not measured on';
    }
    return broker;
  }

  async makeTopics(topics: readonly string[]): Promise<void> {
    await this.admin.createTopics({
      waitForLeaders: true,
      topics: topics.map((topic) => ({ topic, numPartitions: 1 })),
    });
  }

  /** How many messages each topic has taken. */
  async taken(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const taken = new Map<string, number>();
    for (const topic of topics) {
      const [partition] = await this.admin.fetchTopicOffsets(topic);
      taken.set(topic, Number(partition?.high ?? 0));
    }
    return taken;
  }

  /** How many stand in each group, those that are about to be dealt their topics left out. */
  async members(groups: readonly string[]): Promise<readonly number[]> {
    const { groups: found } = await this.admin.describeGroups([...groups]);
    return found.map(({ state, members }) => (state === 'Stable' ? members.length : 0));
  }

  /** Takes away what was measured on, and the broker itself if it was started here. */
  async close(): Promise<void> {
    const topics = (await this.admin.listTopics()).filter((topic) => OURS.test(topic));
    if (topics.length > 0) await this.admin.deleteTopics({ topics });
    await this.#end();
  }

  async #end(): Promise<void> {
    await this.admin.disconnect();
    await this.forget();
  }
}
