import { type AgencyId } from '@tripoint/kernel';
import { mailboxTopic, submissionsTopic } from '@tripoint/ledger';
import { BareKafka, bytesOf } from '../bare-kafka.js';
import { BareLoop } from '../bare-loop.js';
import { type KafkaBench } from '../bench.js';
import { median, quantile, scaled } from '../measure.js';
import { type NodeAsked, type Usage } from '../node.js';
import {
  AT_ONCE,
  AUTHOR,
  EVENTS_A_REQUEST,
  hops,
  play,
  READER,
  signIn,
  Watch,
  type Way,
} from '../officers.js';
import { Seeded } from '../seeded.js';
import { type Separate } from '../separate.js';
import { type Row } from '../table.js';
import { circle } from './envelope.js';

const [A, B] = [AUTHOR.agency, READER.agency] as readonly string[] as [AgencyId, AgencyId];

/** Seconds of processor time that each process has taken so far. */
const taken = async (federation: Separate): Promise<ReadonlyMap<string, number>> => {
  const all = new Map<string, number>();
  for (const [name, process] of federation.processes)
    all.set(name, (await process.ask<Usage>('usage' satisfies NodeAsked)).cpu);
  return all;
};

/**
 * From an officer's POST to the recipient's view, every program a process of its own on Kafka and PostgreSQL; against the bus alone, by
 * kafkajs over the same two hops with the same bytes; and against that and the cryptography, one after the other.
 */
export const kafkaRows = async ({
  scale,
  remark,
  broker,
  federation,
}: KafkaBench): Promise<readonly Row[]> => {
  await federation.startHub();
  for (const agency of [A, B]) await federation.startAgency(agency);
  await federation.startOversight();
  const loop = new BareLoop(await circle(2));
  const [author, reader] = [
    await signIn(federation.ready, AUTHOR),
    await signIn(federation.ready, READER),
  ];
  const watch = await Watch.over(reader);
  const random = new Seeded('pipeline');
  const count = scaled(scale, 120);
  await play(author, watch, Math.max(AT_ONCE, count), random);
  const bytes = await bytesOf(
    broker,
    [submissionsTopic(A), submissionsTopic(B), mailboxTopic(A), mailboxTopic(B)],
    AT_ONCE,
  );
  const bare = await BareKafka.over(broker, bytes);
  await bare.rate(count, AT_ONCE);

  const rates = { pipeline: [] as number[], kafka: [] as number[], loop: [] as number[] };
  const ways: Way[] = [];
  const spent = new Map<string, number>();
  for (let round = 0; round < Math.min(3, scale.rounds); round += 1) {
    const before = await taken(federation);
    const played = await play(author, watch, count, random);
    for (const [name, cpu] of await taken(federation))
      spent.set(name, (spent.get(name) ?? 0) + cpu - (before.get(name) ?? 0));
    rates.pipeline.push((played.ways.length * EVENTS_A_REQUEST) / played.seconds);
    ways.push(...played.ways);
    rates.kafka.push(await bare.rate(count, AT_ONCE));
    rates.loop.push(await loop.rate(Math.ceil(count / 2), AT_ONCE));
  }
  const took = ways.map(({ asked, seen }) => seen - asked);
  const events = ways.length * EVENTS_A_REQUEST;
  remark('pipeline on Kafka, hop by hop', await hops(author, ways));
  remark(
    'pipeline on Kafka, processor time an event; brokers and PostgreSQL have theirs besides',
    [...spent].map(([name, cpu]) => `${name}: ${((cpu / events) * 1000).toFixed(1)} ms`),
  );
  await watch.close();
  await bare.close();
  await federation.stopAll();

  const [kafka, cryptography] = [median(rates.kafka), median(rates.loop)];
  const row = {
    area: 'kafka',
    what: `POST to the recipient's view, ${AT_ONCE} officers, events`,
    product: median(rates.pipeline),
    unit: '/s',
  } as const;
  return [
    { ...row, floor: { what: 'kafkajs alone, the same bytes and hops', value: kafka } },
    {
      ...row,
      floor: {
        what: 'that, and seal, verify, open, in turn',
        value: 1 / (1 / kafka + 1 / cryptography),
      },
      aim: { atLeast: 0.8 },
    },
    {
      area: 'kafka',
      what: 'POST to the recipient’s view, p50',
      product: median(took),
      unit: 'ms',
    },
    {
      area: 'kafka',
      what: 'POST to the recipient’s view, p99',
      product: quantile(took, 0.99),
      unit: 'ms',
    },
  ];
};
