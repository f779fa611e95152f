// One Kafka broker for the whole test run. Jest imports this file untransformed.
import { kafkaJars, whyNoJava } from '../../../../../scripts/stack/kafka-jars.mjs';
import { KAFKA_VERSIONS } from '../../../../../scripts/stack/kafka.mjs';
import { openKafka, stackFolder } from '../../../../../scripts/stack/open-kafka.mjs';

/** Why no spec can start a broker of its own; null when one can. */
const whyNoOther = async () => {
  const java = await whyNoJava();
  if (java !== undefined) return java;
  try {
    await kafkaJars(KAFKA_VERSIONS.previous, stackFolder);
  } catch (error) {
    return error.message;
  }
  return null;
};

const loudly = (what, why) => {
  process.stderr.write(`\n*** no Kafka: ${why}. ${what} IS SKIPPED ***\n\n`);
};

export default async () => {
  const kafka = await openKafka();
  const shared =
    kafka.missing === undefined
      ? { connection: kafka.connection, version: kafka.version }
      : { missing: kafka.missing };
  const whyNoOwn = kafka.missing ?? (await whyNoOther());
  if (kafka.missing !== undefined) loudly('WHAT NEEDS A BROKER', kafka.missing);
  else if (whyNoOwn !== null) loudly('WHAT NEEDS A BROKER OF ITS OWN', whyNoOwn);
  process.env.TRIPOINT_TEST_KAFKA = JSON.stringify({ shared, whyNoOwn });
  globalThis.tripointTestKafka = kafka;
};
