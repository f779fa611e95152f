import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Message, type Received } from '@tripoint/bus';
import { describeBus } from '@tripoint/bus/testing';
import { HubError } from '@tripoint/kernel';

import { type KafkaBus } from './kafka-bus.js';
import { type KafkaSettings } from './kafka-settings.js';
import {
  describeWithOwnKafka,
  Detour,
  type OwnKafka,
  ownKafka,
  ProvisionedBus,
} from './testing/index.js';

const LONG = 120_000;
const text = (words: string): Message => ({ value: new TextEncoder().encode(words) });
const words = ({ value }: Message): string => new TextDecoder().decode(value);
const numbers = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, n) => String(from + n));
const ownTopic = (): string => `submissions.${randomUUID()}`;

/** A fact that somebody makes true and somebody else waits for. */
const fact = () => {
  let come: () => void = () => undefined;
  const coming = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { coming, come };
};

/** Publishes until it is accepted, as a relay does. Answers how often it was not. */
const publishing = async (bus: KafkaBus, topic: string, messages: readonly Message[]) => {
  for (let refusals = 0; ; refusals += 1)
    try {
      await bus.publish(topic, messages);
      return refusals;
    } catch (error) {
      if (!(error instanceof HubError && error.retriable)) throw error;
    }
};

describeWithOwnKafka('a bus on a broker and a network that fail', () => {
  let kafka: OwnKafka;
  let detour: Detour;
  /** Straight to the broker, and by the way on which things happen. */
  let straight: KafkaSettings;
  let around: KafkaSettings;
  const opened: KafkaBus[] = [];
  /** Ends what a failing test leaves waiting. */
  const ending = new AbortController();
  const open = (settings: KafkaSettings): KafkaBus => {
    const bus = new ProvisionedBus(settings, straight);
    opened.push(bus);
    return bus;
  };

  beforeAll(async () => {
    detour = await Detour.open();
    kafka = await ownKafka({ detour: detour.port });
    if (kafka.detour !== undefined) detour.leadsTo(kafka.detour);
    straight = kafka.connection;
    around = { ...straight, brokers: [`localhost:${detour.port}`] };
  }, LONG);
  afterAll(async () => {
    ending.abort();
    for (const bus of opened) await bus.close();
    await kafka.forget();
    await detour.close();
  }, LONG);

  /** What one consumer of the group accepts until it has `count` messages. */
  const consuming = async (topic: string, count: number, group = 'hub') => {
    const enough = new AbortController();
    const seen: Received[] = [];
    await open(straight).consume(
      topic,
      group,
      (batch) => {
        seen.push(...batch);
        if (seen.length >= count) enough.abort();
        return Promise.resolve();
      },
      AbortSignal.any([enough.signal, ending.signal]),
    );
    return seen.map(words);
  };

  describeBus('KafkaBus', () => Promise.resolve(open(straight)));

  it(
    'says soon that the broker is away, or says nothing, and that it is there again',
    async () => {
      const [direct, indirect] = [open(straight), open(around)];
      await Promise.all([direct.check(), indirect.check()]);
      const away = { code: 'bus-away', retriable: true };
      const began = performance.now();
      detour.freeze();
      await expect(indirect.check()).rejects.toMatchObject(away);
      detour.thaw();
      detour.cut();
      await expect(indirect.check()).rejects.toMatchObject(away);
      detour.mend();
      await indirect.check();
      await kafka.kill();
      await expect(direct.check()).rejects.toMatchObject(away);
      // Half a minute for three refusals on a machine that has other things to do; the driver alone would take longer for one.
      expect(performance.now() - began).toBeLessThan(30_000);
      await kafka.start();
      await Promise.all([direct.check(), indirect.check()]);
    },
    LONG,
  );

  it('does not make two messages of one whose answer was lost', async () => {
    const topic = ownTopic();
    const bus = open(around);
    await bus.publish(topic, [text('0')]);
    const answered = detour.loseAnswers();
    const publication = bus.publish(topic, [text('1')]);
    await answered;
    detour.mend();
    await publication;
    await bus.publish(topic, [text('2')]);
    expect(await consuming(topic, 3)).toEqual(['0', '1', '2']);
  });

  it(
    'keeps what is published after a request of which nobody knows whether it arrived',
    async () => {
      const topic = ownTopic();
      const bus = open(around);
      await bus.publish(topic, [text('0')]);
      const answered = detour.loseAnswers();
      const publication = bus.publish(topic, [text('1')]);
      await answered;
      detour.cut();
      await expect(publication).rejects.toMatchObject({ code: 'bus-away', retriable: true });
      detour.mend();
      await bus.publish(topic, [text('2')]);
      await bus.publish(topic, [text('3')]);
      expect(await consuming(topic, 4)).toEqual(['0', '1', '2', '3']);
    },
    LONG,
  );

  it(
    'loses nothing and keeps the order when the broker is killed under it',
    async () => {
      const topic = ownTopic();
      const bus = open(straight);
      const COUNT = 300;
      const stop = new AbortController();
      const seen: string[] = [];
      const some = fact();
      const consumer = open(straight).consume(
        topic,
        'hub',
        (batch) => {
          seen.push(...batch.map(words));
          if (seen.length >= 50) some.come();
          if (seen.includes(String(COUNT - 1))) stop.abort();
          return Promise.resolve();
        },
        stop.signal,
      );
      const publisher = (async () => {
        for (const number of numbers(0, COUNT)) await publishing(bus, topic, [text(number)]);
      })();
      await some.coming;
      await kafka.kill();
      await kafka.start();
      await Promise.all([publisher, consumer]);
      // A repetition is allowed, an omission or a step back in what comes first is not.
      const first = seen.filter((word, at) => seen.indexOf(word) === at);
      expect(first).toEqual(numbers(0, COUNT));
    },
    LONG,
  );

  it(
    'asks for no more than one fetch while a receiver has it in hand, and keeps its place meanwhile',
    async () => {
      const topic = ownTopic();
      const bus = open(straight);
      const large = { value: new Uint8Array(900_000) };
      for (let n = 0; n < 20; n += 1) await bus.publish(topic, [large]);
      const stop = new AbortController();
      const [held, done] = [fact(), fact()];
      let count = 0;
      const consumer = open(around).consume(
        topic,
        'hub',
        async (batch) => {
          count += batch.length;
          if (count === batch.length) {
            held.come();
            await done.coming;
          }
          if (count === 20) stop.abort();
        },
        stop.signal,
      );
      await held.coming;
      const { answers, requests } = detour.passed;
      // Several signs of life go by: whatever would have been fetched ahead has come by then.
      while (detour.passed.requests - requests < 250) await new Promise(setImmediate);
      expect(detour.passed.answers - answers).toBeLessThan(100_000);
      done.come();
      await consumer;
      expect(count).toBe(20);
    },
    LONG,
  );

  it(
    'does not move the position under a successor, when it was cut off with a batch in hand',
    async () => {
      const topic = ownTopic();
      const bus = open(straight);
      await bus.publish(topic, [text('0')]);
      const stop = new AbortController();
      const [held, done] = [fact(), fact()];
      const cutOff: string[] = [];
      const consumer = open(around).consume(
        topic,
        'hub',
        async (batch) => {
          cutOff.push(...batch.map(words));
          held.come();
          await done.coming;
        },
        stop.signal,
      );
      await held.coming;
      detour.freeze();
      await bus.publish(topic, [text('1'), text('2')]);
      // Its successor is given all of it once the broker has missed it for long enough, and goes on behind.
      expect(await consuming(topic, 3)).toEqual(['0', '1', '2']);
      done.come();
      detour.thaw();
      await bus.publish(topic, [text('3')]);
      while (!cutOff.includes('3')) await new Promise(setImmediate);
      stop.abort();
      await consumer;
      expect(cutOff).toEqual(['0', '3']);
    },
    LONG,
  );

  it(
    'lets a member that comes later wait, and finish nobody’s batch twice',
    async () => {
      const topic = ownTopic();
      const bus = open(straight);
      await bus.publish(topic, [text('0')]);
      const stops = [new AbortController(), new AbortController()] as const;
      const [held, done] = [fact(), fact()];
      const [first, second]: [string[], string[]] = [[], []];
      const one = open(around).consume(
        topic,
        'hub',
        async (batch) => {
          first.push(...batch.map(words));
          held.come();
          await done.coming;
          if (first.length === 2) stops[0].abort();
        },
        stops[0].signal,
      );
      await held.coming;
      const { requests } = detour.passed;
      const other = open(straight).consume(
        topic,
        'hub',
        (batch) => {
          second.push(...batch.map(words));
          stops[1].abort();
          return Promise.resolve();
        },
        stops[1].signal,
      );
      // The first one hears, with its signs of life, that somebody wants to join, and still has a batch to finish.
      while (detour.passed.requests - requests < 300) await new Promise(setImmediate);
      done.come();
      await bus.publish(topic, [text('1')]);
      await one;
      await bus.publish(topic, [text('2')]);
      await other;
      expect([first, second]).toEqual([['0', '1'], ['2']]);
    },
    LONG,
  );

  it(
    'hands poison over until its receiver sets it aside, and then the 999 behind it',
    async () => {
      const topic = ownTopic();
      const bus = open(straight);
      const poison = { value: new Uint8Array([0xff, 0x00, 0xfe]) };
      await bus.publish(topic, [poison, ...numbers(1, 1000).map(text)]);
      const stop = new AbortController();
      const [accepted, aside]: [string[], number[]] = [[], []];
      let tries = 0;
      await open(straight).consume(
        topic,
        'hub',
        (batch) => {
          const good = batch.filter(({ value }) => value[0] !== 0xff);
          if (good.length < batch.length) {
            tries += 1;
            if (tries < 5) return Promise.reject(new Error('what is this'));
            aside.push(Number(batch[0]!.offset));
          }
          accepted.push(...good.map(words));
          if (accepted.length === 999) stop.abort();
          return Promise.resolve();
        },
        stop.signal,
      );
      expect({ tries, aside }).toEqual({ tries: 5, aside: [0] });
      expect(accepted).toEqual(numbers(1, 1000));
    },
    LONG,
  );
});
