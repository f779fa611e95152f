import kafkajs, { type Admin } from 'kafkajs';

import { HubError } from '@tripoint/kernel';

import { LARGEST_MESSAGE } from '../topic-publisher.js';

const HOUR = 3_600_000;

/**
 * How long a topic keeps what it is given. A segment goes when its youngest message has been kept for 22 hours, and holds
 * an hour's messages; with what the broker's own rounds add, nothing is there after 24. Time is the broker's: with the
 * sender's, a wrong clock would keep a message for years, or none.
 */
export const TOPIC_SETTINGS: Readonly<Record<string, string>> = {
  'cleanup.policy': 'delete',
  'retention.ms': String(22 * HOUR),
  'retention.bytes': '-1',
  'segment.ms': String(HOUR),
  'message.timestamp.type': 'LogAppendTime',
  'max.message.bytes': String(LARGEST_MESSAGE + 64 * 1024),
  'unclean.leader.election.enable': 'false',
};

const settingsFor = (replicas: number): { readonly name: string; readonly value: string }[] =>
  Object.entries({
    ...TOPIC_SETTINGS,
    // What is acknowledged is on two brokers at least, wherever there are two.
    'min.insync.replicas': String(Math.max(1, replicas - 1)),
  }).map(([name, value]) => ({ name, value }));

/** Makes `topics` where they are missing and gives the others the same settings. Their messages stay. */
export const ensureTopics = async (admin: Admin, topics: readonly string[]): Promise<void> => {
  const { brokers } = await admin.describeCluster();
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !existing.has(topic));
  const present = topics.filter((topic) => existing.has(topic));
  if (missing.length > 0) {
    const replicationFactor = Math.min(3, brokers.length);
    await admin.createTopics({
      topics: missing.map((topic) => ({
        topic,
        numPartitions: 1,
        replicationFactor,
        configEntries: settingsFor(replicationFactor),
      })),
    });
  }
  if (present.length === 0) return;
  const { topics: shapes } = await admin.fetchTopicMetadata({ topics: present });
  for (const { name, partitions } of shapes)
    if (partitions.length !== 1)
      throw new HubError(
        'topic-misshapen',
        `\`${name}\` has ${partitions.length} partitions, not one`,
        false,
      );
  await admin.alterConfigs({
    validateOnly: false,
    resources: shapes.map(({ name, partitions }) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configEntries: settingsFor(partitions[0]?.replicas.length ?? 1),
    })),
  });
};
