import { type AgencyId, growing, pause } from '@tripoint/kernel';

import { translated } from '../bus-error.js';
import { FEW, kafkaClient } from '../kafka-client.js';
import { type KafkaSettings, validated } from '../kafka-settings.js';
import {
  agencyPrincipal,
  HUB_PRINCIPAL,
  mailboxTopicOf,
  rulesFor,
  submissionsTopicOf,
} from './principals.js';
import { ensureRules } from './rules.js';
import { ensureScramUsers } from './scram-users.js';
import { ensureTopics } from './topics.js';

/** Ten seconds or so. */
const TRIES = 10;

/** The hub, and those agencies that are to be made or put right; others stay as they are. */
export type BusMembers = {
  readonly hub: { readonly password: string };
  readonly agencies: readonly { readonly id: AgencyId; readonly password: string }[];
};

/**
 * Makes the bus of a federation on a Kafka cluster: per agency two topics, one principal, and rules by which it can write only
 * its own submissions and read only its own mailbox; the hub's principal the reverse. Whatever else these principals could do is
 * taken from them. May be repeated, and then puts right what has changed.
 * @throws {HubError} `bus-unguarded` where the cluster has no rules, or one that opens a topic to somebody else
 */
export const provisionBus = async (
  admin: KafkaSettings,
  { hub, agencies }: BusMembers,
): Promise<void> => {
  const settings = validated(admin);
  const users = [
    { username: HUB_PRINCIPAL, password: hub.password },
    ...agencies.map(({ id, password }) => ({ username: agencyPrincipal(id), password })),
  ];
  for (const user of users) validated({ ...settings, ...user });
  const topics = agencies.flatMap(({ id }) => [submissionsTopicOf(id), mailboxTopicOf(id)]);
  const client = kafkaClient(settings, FEW).admin();
  try {
    await client.connect();
    // Rules before users: nobody can sign in before what they may do has been settled.
    await ensureTopics(client, topics);
    await ensureRules(
      client,
      agencies.flatMap(({ id }) => rulesFor(id)),
      { principals: users.map(({ username }) => `User:${username}`), topics },
    );
    await ensureScramUsers(settings, users);
    await Promise.all(users.map((user) => signedIn({ ...settings, ...user })));
  } catch (error) {
    throw translated(error);
  } finally {
    await client.disconnect().catch(() => undefined);
  }
};

/**
 * Resolves once the broker lets a principal in. It learns of users and rules in the order in which they were made, a moment after
 * it has said that they are: so then it knows the rules as well.
 */
const signedIn = async (settings: KafkaSettings): Promise<void> => {
  for (let refusals = 0; ; refusals += 1) {
    const client = kafkaClient(settings, FEW).admin();
    try {
      await client.connect();
      return;
    } catch (error) {
      if (refusals === TRIES) throw error;
      await pause(growing(refusals, 50, 2000), new AbortController().signal);
    } finally {
      await client.disconnect().catch(() => undefined);
    }
  }
};
