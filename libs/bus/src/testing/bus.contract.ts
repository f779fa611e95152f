import { randomBytes, randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { type Bus, type Message, type Received } from '../bus.js';

const PATIENCE = 60_000;

const text = (words: string): Message => ({ value: new TextEncoder().encode(words) });
const words = ({ value }: Message): string => new TextDecoder().decode(value);
const ownTopic = (): string => `submissions.${randomUUID()}`;
const numbers = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, n) => String(from + n));

/** Consumes until `count` messages have been accepted, then stops; answers them. */
const consuming = async (
  bus: Bus,
  topic: string,
  group: string,
  count: number,
): Promise<readonly Received[]> => {
  const enough = new AbortController();
  const accepted: Received[] = [];
  await bus.consume(
    topic,
    group,
    (batch) => {
      expect(batch.length).toBeGreaterThan(0);
      accepted.push(...batch);
      if (accepted.length >= count) enough.abort();
      return Promise.resolve();
    },
    enough.signal,
  );
  return accepted;
};

/**
 * Holds an adapter to the words of {@link Bus}. Every call of `open` answers another instance over the same broker,
 * as another process would have it; whoever calls this closes them.
 */
export const describeBus = (name: string, open: () => Promise<Bus>): void => {
  describe(`${name}, a bus`, () => {
    let bus: Bus;
    let elsewhere: Bus;
    beforeAll(async () => {
      bus = await open();
      elsewhere = await open();
    });

    it('hands over what was published, in order, byte for byte', async () => {
      const topic = ownTopic();
      const every: Message = { value: Uint8Array.from({ length: 256 }, (_, value) => value) };
      const large: Message = { value: new Uint8Array(randomBytes(900_000)) };
      await bus.publish(topic, [every, { value: new Uint8Array() }]);
      await bus.publish(topic, [large]);
      const received = await consuming(elsewhere, topic, 'hub', 3);
      expect(received.map(({ value }) => value.length)).toEqual([256, 0, 900_000]);
      expect(Buffer.compare(received[0]!.value, every.value)).toBe(0);
      expect(Buffer.compare(received[2]!.value, large.value)).toBe(0);
    });

    it('carries headers with the message they came with', async () => {
      const topic = ownTopic();
      const headers = { traceparent: '00-ab-cd-01', note: 'ключ “quoted” \\ λ' };
      await bus.publish(topic, [text('plain'), { ...text('traced'), headers }]);
      const [plain, traced] = await consuming(elsewhere, topic, 'hub', 2);
      expect(plain!.headers ?? {}).toEqual({});
      expect(traced!.headers).toEqual(headers);
    });

    it('counts offsets upwards', async () => {
      const topic = ownTopic();
      for (const word of numbers(0, 5)) await bus.publish(topic, [text(word), text(word)]);
      const offsets = (await consuming(elsewhere, topic, 'hub', 10)).map(({ offset }) => offset);
      expect(offsets.every((offset, n) => n === 0 || offset > offsets[n - 1]!)).toBe(true);
    });

    it(
      'keeps the order of a batch larger than any that is handed over',
      async () => {
        const topic = ownTopic();
        await bus.publish(topic, numbers(0, 3000).map(text));
        expect((await consuming(elsewhere, topic, 'hub', 3000)).map(words)).toEqual(
          numbers(0, 3000),
        );
      },
      PATIENCE,
    );

    it(
      'loses nothing of many publishers and keeps the order of each',
      async () => {
        const topic = ownTopic();
        const publishers = ['a', 'b', 'c', 'd', 'e', 'f'];
        const publishing = publishers.map(async (publisher, index) => {
          const by = index % 2 === 0 ? bus : elsewhere;
          for (const n of numbers(0, 40))
            await by.publish(topic, [text(`${publisher} ${n}`), text(`${publisher} ${n} again`)]);
        });
        const [received] = await Promise.all([
          consuming(elsewhere, topic, 'hub', 480),
          ...publishing,
        ]);
        const seen = received.map(words);
        expect(seen).toHaveLength(480);
        for (const publisher of publishers)
          expect(seen.filter((word) => word.startsWith(publisher))).toEqual(
            numbers(0, 40).flatMap((n) => [`${publisher} ${n}`, `${publisher} ${n} again`]),
          );
      },
      PATIENCE,
    );

    it('wakes a consumer that waits', async () => {
      const topic = ownTopic();
      const stop = new AbortController();
      const seen: string[] = [];
      await bus.publish(topic, [text('0')]);
      await elsewhere.consume(
        topic,
        'hub',
        (batch) => {
          seen.push(...batch.map(words));
          if (seen.length === 5) stop.abort();
          // Not awaited: it may only be handed over once this batch is done.
          else void bus.publish(topic, [text(String(seen.length))]);
          return Promise.resolve();
        },
        stop.signal,
      );
      expect(seen).toEqual(numbers(0, 5));
    });

    it('keeps topics apart', async () => {
      const [one, other] = [ownTopic(), ownTopic()];
      await Promise.all([
        bus.publish(one, numbers(0, 5).map(text)),
        bus.publish(other, numbers(5, 10).map(text)),
      ]);
      expect((await consuming(elsewhere, one, 'hub', 5)).map(words)).toEqual(numbers(0, 5));
      expect((await consuming(elsewhere, other, 'hub', 5)).map(words)).toEqual(numbers(5, 10));
    });

    it('gives each group everything, a new one from the oldest message on', async () => {
      const topic = ownTopic();
      await bus.publish(topic, [text('0'), text('1')]);
      await consuming(bus, topic, 'first', 2);
      await bus.publish(topic, [text('2')]);
      expect((await consuming(elsewhere, topic, 'second', 3)).map(words)).toEqual(numbers(0, 3));
      expect((await consuming(elsewhere, topic, 'first', 1)).map(words)).toEqual(['2']);
    });

    it(
      'goes on, after a restart, behind what was accepted',
      async () => {
        const topic = ownTopic();
        const seen: string[] = [];
        for (let round = 0; round < 4; round += 1) {
          const word = String(round);
          await bus.publish(topic, [text(word)]);
          const again = await consuming(round % 2 === 0 ? bus : elsewhere, topic, 'hub', 1);
          seen.push(...again.map(words));
        }
        expect(seen).toEqual(numbers(0, 4));
      },
      PATIENCE,
    );

    it('hands a rejected batch over again, the same one, before anything else', async () => {
      const topic = ownTopic();
      await bus.publish(topic, [text('0'), text('1')]);
      const stop = new AbortController();
      const handed: (readonly string[])[] = [];
      let refusals = 3;
      const accepted: string[] = [];
      await elsewhere.consume(
        topic,
        'hub',
        async (batch) => {
          handed.push(batch.map(words));
          if (refusals > 0) {
            refusals -= 1;
            await bus.publish(topic, [text(String(4 - refusals))]);
            throw new Error('not yet');
          }
          accepted.push(...batch.map(words));
          if (accepted.length === 5) stop.abort();
        },
        stop.signal,
      );
      expect(handed.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => handed[0]));
      expect(accepted).toEqual(numbers(0, 5));
    });

    it('hands over again, to the next consumer, what was never accepted', async () => {
      const topic = ownTopic();
      await bus.publish(topic, [text('0'), text('1')]);
      const stop = new AbortController();
      await bus.consume(
        topic,
        'hub',
        () => {
          stop.abort();
          return Promise.reject(new Error('not yet'));
        },
        stop.signal,
      );
      expect((await consuming(elsewhere, topic, 'hub', 2)).map(words)).toEqual(numbers(0, 2));
    });

    it(
      'hands over one batch at a time',
      async () => {
        const topic = ownTopic();
        const stop = new AbortController();
        let [inHand, most, count] = [0, 0, 0];
        const publishing = (async () => {
          for (const word of numbers(0, 60)) await bus.publish(topic, [text(word)]);
        })();
        await elsewhere.consume(
          topic,
          'hub',
          async (batch) => {
            inHand += 1;
            most = Math.max(most, inHand);
            // Other work of the same process goes on meanwhile.
            await bus.publish(`${topic}.answers`, [text('done')]);
            inHand -= 1;
            count += batch.length;
            if (count === 60) stop.abort();
          },
          stop.signal,
        );
        await publishing;
        expect(most).toBe(1);
      },
      PATIENCE,
    );

    it(
      'resolves a stopped consumer only when the batch in its hands is done',
      async () => {
        const topic = ownTopic();
        await bus.publish(topic, [text('0')]);
        const stop = new AbortController();
        let done = false;
        await elsewhere.consume(
          topic,
          'hub',
          async () => {
            stop.abort();
            await bus.publish(`${topic}.answers`, [text('done')]);
            done = true;
          },
          stop.signal,
        );
        expect(done).toBe(true);
      },
      PATIENCE,
    );

    it(
      'has one active consumer in a group; when it stops, another takes over where it ended',
      async () => {
        const topic = ownTopic();
        const seen: string[] = [];
        const stops = [new AbortController(), new AbortController()] as const;
        const active = new Set<AbortController>();
        const sharing = (by: Bus, stop: AbortController): Promise<void> =>
          by.consume(
            topic,
            'hub',
            (batch) => {
              seen.push(...batch.map(words));
              active.add(stop);
              if (seen.length === 20 || seen.length === 30) stop.abort();
              return Promise.resolve();
            },
            stop.signal,
          );
        const consumers = [sharing(bus, stops[0]), sharing(elsewhere, stops[1])];
        for (const word of numbers(0, 20)) await bus.publish(topic, [text(word)]);
        await Promise.race(consumers);
        expect(seen).toEqual(numbers(0, 20));
        for (const word of numbers(20, 30)) await bus.publish(topic, [text(word)]);
        await Promise.all(consumers);
        expect(seen).toEqual(numbers(0, 30));
        expect(active.size).toBe(2);
      },
      PATIENCE,
    );

    it('resolves a consumer that is stopped while it waits', async () => {
      const topic = ownTopic();
      const stop = new AbortController();
      const waiting = bus.consume(topic, 'hub', () => Promise.resolve(), stop.signal);
      await bus.publish(`${topic}.other`, [text('0')]);
      await consuming(elsewhere, `${topic}.other`, 'hub', 1);
      stop.abort();
      await expect(waiting).resolves.toBeUndefined();
    });

    it('can be used, and says so to as many as ask at once', async () => {
      await Promise.all([bus.check(), bus.check(), elsewhere.check()]);
      await bus.check();
    });

    it('publishes nothing when given nothing', async () => {
      const topic = ownTopic();
      await bus.publish(topic, []);
      await bus.publish(topic, [text('0')]);
      expect((await consuming(elsewhere, topic, 'hub', 1)).map(words)).toEqual(['0']);
    });
  });
};
