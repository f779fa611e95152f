// Whether a broker is there, asked in its own language: TLS, sign-in, and a word about its cluster.
import kafkajs from 'kafkajs';

const AGAIN_AFTER = 150;
const LONGEST = 120_000;

const client = ({ brokers, ca, username, password }) =>
  new kafkajs.Kafka({
    clientId: 'tripoint-stack',
    brokers,
    ssl: { ca, minVersion: 'TLSv1.2' },
    sasl: { mechanism: 'scram-sha-512', username, password },
    connectionTimeout: 10_000,
    retry: { retries: 0 },
    logLevel: kafkajs.logLevel.NOTHING,
  });

/** What `connection` leads to, or why it leads nowhere. */
export const askKafka = async (connection) => {
  const admin = client(connection).admin();
  try {
    await admin.connect();
    const { brokers, controller } = await admin.describeCluster();
    if (controller === null || brokers.length === 0)
      throw new Error('the cluster has no controller');
    return { brokers: brokers.length };
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
};

/** Resolves once the broker answers; rejects when it was given up, and ends quietly when `ended` does. */
export const kafkaReady = async (connection, { ended }) => {
  let over = false;
  void ended?.then(() => {
    over = true;
  });
  const began = Date.now();
  for (;;) {
    try {
      return await askKafka(connection);
    } catch (error) {
      if (over) return undefined;
      if (Date.now() - began > LONGEST)
        throw new Error(`the broker did not answer: ${error.message}`);
    }
    await new Promise((again) => setTimeout(again, AGAIN_AFTER));
  }
};
