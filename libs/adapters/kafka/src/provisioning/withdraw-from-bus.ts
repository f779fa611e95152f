import { type AgencyId } from '@tripoint/kernel';
import { type Admin } from 'kafkajs';

import { translated } from '../bus-error.js';
import { FEW, kafkaClient } from '../kafka-client.js';
import { type KafkaSettings, validated } from '../kafka-settings.js';
import { agencyPrincipal, mailboxTopicOf, rulesFor, submissionsTopicOf } from './principals.js';
import { takeRules, takeRulesOf } from './rules.js';
import { removeScramUsers } from './scram-users.js';

/** Who is to go, and whether what the broker still holds for them goes as well. */
export type Withdrawal = { readonly agencies: readonly AgencyId[]; readonly topics: boolean };

/**
 * Takes from these agencies everything that they can do on the bus: every rule of their principals, then the principals themselves.
 * Their topics stay, so that the hub can still take what was submitted, unless they are to go too, and with them what the
 * hub could do there. May be repeated; who is gone already is no fault.
 */
export const withdrawFromBus = async (
  admin: KafkaSettings,
  { agencies, topics }: Withdrawal,
): Promise<void> => {
  const settings = validated(admin);
  const principals = agencies.map(agencyPrincipal);
  const client = kafkaClient(settings, FEW).admin();
  try {
    await client.connect();
    // Rules before users: whoever is signed in stays so, and can do nothing from now on.
    await takeRulesOf(
      client,
      principals.map((principal) => `User:${principal}`),
    );
    await removeScramUsers(settings, principals);
    if (!topics) return;
    await deleteTopics(
      client,
      agencies.flatMap((id) => [submissionsTopicOf(id), mailboxTopicOf(id)]),
    );
    await takeRules(
      client,
      agencies.flatMap((id) => rulesFor(id)),
    );
  } catch (error) {
    throw translated(error);
  } finally {
    await client.disconnect().catch(() => undefined);
  }
};

const deleteTopics = async (admin: Admin, topics: readonly string[]): Promise<void> => {
  const existing = new Set(await admin.listTopics());
  const present = topics.filter((topic) => existing.has(topic));
  if (present.length > 0) await admin.deleteTopics({ topics: present });
};
