import { randomUUID } from 'node:crypto';

import { afterEach, describe, expect, it } from '@jest/globals';
import { HubError } from '@tripoint/kernel';
import { LedgerConflict, type LedgerEntry } from '@tripoint/ledger';

import { parseConnectionString } from './connection-settings.js';
import { EventStoreDBLedger } from './eventstoredb-ledger.js';
import { type AppendFault, EventStoreDBDouble } from './testing/index.js';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const words = ({ bytes }: LedgerEntry): string => new TextDecoder().decode(bytes);
const fresh = (): string => `chain-${randomUUID()}`;

let double: EventStoreDBDouble;
const opened: EventStoreDBLedger[] = [];

const started = async (nodes = 1): Promise<void> => {
  double = await EventStoreDBDouble.start({ nodes });
};
const open = async (patience?: number, silence?: number): Promise<EventStoreDBLedger> => {
  const ledger = new EventStoreDBLedger(
    await parseConnectionString(
      `esdb://${double.hosts}?tls=false&defaultDeadline=500&gossipTimeout=1`,
    ),
    {
      ...(patience === undefined ? {} : { patience }),
      ...(silence === undefined ? {} : { silence }),
    },
  );
  opened.push(ledger);
  return ledger;
};
const all = async (ledger: EventStoreDBLedger, stream: string): Promise<readonly string[]> =>
  (await ledger.read(stream, 0n, 1000)).map(words);
const eventually = async (is: () => boolean): Promise<void> => {
  while (!is()) await new Promise((resolve) => setImmediate(resolve));
};
const codeOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof HubError ? [error.code, error.retriable] : error),
  );

afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
  double.stop();
});

describe('an append whose answer is lost', () => {
  it.each<[AppendFault]>([
    ['lost'],
    ['recorded-and-lost'],
    ['mute'],
    ['recorded-and-mute'],
    ['timed-out'],
    ['recorded-and-timed-out'],
  ])('is recorded once when it was %s, twice', async (fault) => {
    await started();
    const ledger = await open();
    const stream = fresh();
    await ledger.append(stream, -1n, [text('a')]);
    double.failAppend(stream, fault, fault);
    expect(await ledger.append(stream, 0n, [text('b'), text('c')])).toBe(2n);
    expect(await all(ledger, stream)).toEqual(['a', 'b', 'c']);
  });

  it('is a conflict when somebody else was recorded meanwhile', async () => {
    await started();
    const [ledger, elsewhere] = [await open(), await open()];
    const stream = fresh();
    double.failAppend(stream, 'mute');
    const lost = ledger.append(stream, -1n, [text('a')]);
    // The first fault is the other's: it waits for its deadline while this one is recorded.
    const other = elsewhere.append(stream, -1n, [text('b'), text('c')]);
    const outcomes = await Promise.allSettled([lost, other]);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refused).toHaveLength(1);
    expect(refused[0]).toBeInstanceOf(LedgerConflict);
    expect([['a'], ['b', 'c']]).toContainEqual(await all(ledger, stream));
  });

  it('fails no append to another stream', async () => {
    await started();
    const ledger = await open(0);
    const [bad, good] = [fresh(), fresh()];
    double.failAppend(bad, 'timed-out');
    const outcomes = await Promise.all([
      codeOf(ledger.append(bad, -1n, [text('a')])),
      codeOf(ledger.append(good, -1n, [text('b')])),
    ]);
    expect(outcomes).toEqual([['ledger-away', true], 'done']);
  });

  it('leaves no name behind for a stream that never began', async () => {
    await started();
    const ledger = await open(0);
    const stream = fresh();
    double.failAppend(stream, 'timed-out');
    expect(await codeOf(ledger.append(stream, -1n, [text('a')]))).toEqual(['ledger-away', true]);
    expect(await ledger.streams(stream)).toEqual([]);
    await ledger.append(stream, -1n, [text('a')]);
    expect(await ledger.streams(stream)).toEqual([stream]);
  });
});

describe('a server that compares ids', () => {
  it('is not believed where bytes differ', async () => {
    await started();
    const ledger = await open();
    const stream = fresh();
    await ledger.append(stream, -1n, [text('a')]);
    // What somebody could do who finds two contents with one beginning of a digest.
    double.store.forge((_all, streams) => {
      const events = streams.get(stream)!;
      events[0] = { ...events[0]!, data: text('another') };
    });
    const again = ledger.append(stream, -1n, [text('a')]);
    await expect(again).rejects.toBeInstanceOf(LedgerConflict);
  });
});

describe('a cluster', () => {
  it('may change its leader between any two appends', async () => {
    await started(3);
    const ledger = await open();
    const stream = fresh();
    for (let n = 0; n < 9; n += 1) {
      double.lead(n % 3);
      expect(await ledger.append(stream, BigInt(n - 1), [text(String(n))])).toBe(BigInt(n));
    }
    expect(await all(ledger, stream)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
  });

  it('may lose its leader while appends are under way, and be without one for a while', async () => {
    await started(3);
    const ledger = await open();
    const streams = Array.from({ length: 8 }, fresh);
    const writing = streams.map(async (stream) => {
      for (let n = 0; n < 10; n += 1) await ledger.append(stream, BigInt(n - 1), [text(String(n))]);
    });
    await ledger.append(fresh(), -1n, [text('under way')]);
    double.lead(undefined);
    double.nodes[0]!.stop();
    // Nobody can be told anything now; a reader that has asked is answered once there is a leader.
    const reading = ledger.last(fresh());
    setImmediate(() => {
      double.lead(2);
    });
    expect(await reading).toBeUndefined();
    await Promise.all(writing);
    for (const stream of streams) expect(await all(ledger, stream)).toHaveLength(10);
    await double.nodes[0]!.start();
  });

  it('is followed over a change of its leader and the loss of the old one', async () => {
    await started(3);
    const [ledger, elsewhere] = [await open(), await open()];
    const stream = fresh();
    await ledger.append(stream, -1n, [text('0')]);
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const batch of elsewhere.follow([stream], 'start', stop.signal)) {
      seen.push(...batch.map(words));
      if (seen.length === 4) stop.abort();
      else {
        double.lead(seen.length % 3);
        const lost = double.nodes[(seen.length + 2) % 3]!;
        await lost.restart();
        await ledger.append(stream, BigInt(seen.length - 1), [text(String(seen.length))]);
      }
    }
    expect(seen).toEqual(['0', '1', '2', '3']);
  });

  it('may have a leader that hangs and is replaced', async () => {
    await started(3);
    const ledger = await open();
    const stream = fresh();
    await ledger.append(stream, -1n, [text('a')]);
    double.nodes[0]!.hangs = true;
    double.lead(1);
    expect(await ledger.append(stream, 0n, [text('b')])).toBe(1n);
    expect(await all(ledger, stream)).toEqual(['a', 'b']);
  });

  it('ends no process when it is lost while somebody looks for its leader', async () => {
    await started(3);
    const unhandled: unknown[] = [];
    const note = (error: unknown): unknown => unhandled.push(error);
    process.on('unhandledRejection', note);
    try {
      const ledger = await open(0);
      const stream = fresh();
      await ledger.append(stream, -1n, [text('a')]);
      const following = ledger.follow([stream], 'start', new AbortController().signal);
      const follower = following[Symbol.asyncIterator]();
      expect((await follower.next()).done).toBe(false);
      const next = follower.next();
      double.lead(undefined);
      double.gossipHangs = true;
      expect(await codeOf(ledger.last(stream))).toEqual(['ledger-away', true]);
      const asked = double.gossiped;
      const looking = codeOf(ledger.last(stream));
      await eventually(() => double.gossiped > asked);
      for (const node of double.nodes) node.stop();
      expect(await looking).toEqual(['ledger-away', true]);
      await ledger.close();
      expect((await next).done).toBe(true);
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unhandled).toEqual([]);
  });

  it('is followed on another node when the one that was followed hangs', async () => {
    await started(3);
    const [ledger, elsewhere] = [await open(), await open(undefined, 100)];
    const stream = fresh();
    await ledger.append(stream, -1n, [text('a')]);
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const batch of elsewhere.follow([stream], 'start', stop.signal)) {
      seen.push(...batch.map(words));
      if (seen.length === 2) stop.abort();
      else {
        double.nodes[0]!.hangs = true;
        double.lead(1);
        await ledger.append(stream, 0n, [text('b')]);
      }
    }
    expect(seen).toEqual(['a', 'b']);
  });

  it('that is away altogether is said to be away, to everybody who asks, and found again', async () => {
    await started(3);
    const ledger = await open(200);
    const stream = fresh();
    await ledger.append(stream, -1n, [text('a')]);
    for (const node of double.nodes) node.stop();
    const calls = Array.from({ length: 12 }, (_, n) =>
      codeOf(n % 2 === 0 ? ledger.last(stream) : ledger.append(fresh(), -1n, [text('b')])),
    );
    expect(await Promise.all(calls)).toEqual(calls.map(() => ['ledger-away', true]));
    for (const node of double.nodes) await node.start();
    expect(await ledger.append(stream, 0n, [text('b')])).toBe(1n);
  });
});

describe('a follower', () => {
  it('loses and repeats nothing over restarts of the server', async () => {
    await started();
    const ledger = await open();
    const stream = fresh();
    await ledger.append(stream, -1n, [text('0')]);
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const batch of ledger.follow([stream], 'start', stop.signal)) {
      seen.push(...batch.map(words));
      if (seen.length === 5) stop.abort();
      else {
        await double.nodes[0]!.restart();
        await ledger.append(stream, BigInt(seen.length - 1), [text(String(seen.length))]);
      }
    }
    expect(seen).toEqual(['0', '1', '2', '3', '4']);
  });

  it('goes on where the server has looked last, not where its last entry was', async () => {
    await started();
    const ledger = await open();
    const [wanted, other] = [fresh(), fresh()];
    const stop = new AbortController();
    const follower = ledger.follow([wanted], 'start', stop.signal)[Symbol.asyncIterator]();
    const first = follower.next();
    await ledger.append(wanted, -1n, [text('a')]);
    const [entry] = (await first).value as readonly LedgerEntry[];
    const second = follower.next();
    for (let n = 0; n < 5; n += 1) await ledger.append(other, BigInt(n - 1), [text('x')]);
    const before = double.subscriptions.length;
    await double.nodes[0]!.restart();
    await ledger.append(wanted, 0n, [text('b')]);
    expect(((await second).value as readonly LedgerEntry[]).map(words)).toEqual(['b']);
    expect(double.subscriptions[before]).toBeGreaterThan(BigInt(entry!.position));
    stop.abort();
    expect((await follower.next()).done).toBe(true);
  });

  it('ends when its ledger is closed', async () => {
    await started();
    const ledger = await open();
    const following = ledger.follow([fresh()], 'start', new AbortController().signal);
    const next = following[Symbol.asyncIterator]().next();
    await ledger.append(fresh(), -1n, [text('a')]);
    await ledger.close();
    expect((await next).done).toBe(true);
  });

  it('waits for nothing where it asks for nothing', async () => {
    await started();
    const ledger = await open();
    const stop = new AbortController();
    const next = ledger.follow([], 'start', stop.signal)[Symbol.asyncIterator]().next();
    stop.abort();
    expect((await next).done).toBe(true);
  });

  it('sees everything of the ledger under the empty prefix, and nothing of the adapter', async () => {
    await started();
    const ledger = await open();
    const stream = fresh();
    await ledger.append(stream, -1n, [new Uint8Array(2 * 1024 * 1024), text('b')]);
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const batch of ledger.follow([''], 'start', stop.signal)) {
      seen.push(...batch.map((entry) => `${entry.stream} ${entry.bytes.length}`));
      if (seen.length >= 2) stop.abort();
    }
    expect(seen).toEqual([`${stream} ${2 * 1024 * 1024}`, `${stream} 1`]);
  });
});

describe('an entry that fits into no append', () => {
  it('is recorded once, with the others or not at all, however often its parts are interrupted', async () => {
    await started();
    const ledger = await open(0);
    const stream = fresh();
    const large = new Uint8Array(2_500_000).fill(7);
    const entries = [text('a'), large, text('c')];
    double.failAppend(stream, 'timed-out', 'recorded-and-lost');
    expect(await codeOf(ledger.append(stream, -1n, entries))).toEqual(['ledger-away', true]);
    const patient = await open();
    expect(await patient.read(stream, 0n, 9)).toEqual([]);
    expect(await patient.append(stream, -1n, entries)).toBe(2n);
    expect(await patient.append(stream, -1n, entries)).toBe(2n);
    const read = await patient.read(stream, 0n, 9);
    expect(read.map(({ bytes }) => bytes.length)).toEqual([1, large.length, 1]);
    expect(Buffer.compare(read[1]!.bytes, large)).toBe(0);
  });

  it('is damaged when a part of it is', async () => {
    await started();
    const ledger = await open();
    const stream = fresh();
    await ledger.append(stream, -1n, [new Uint8Array(2_500_000)]);
    double.store.forge((_all, streams) => {
      for (const [name, parts] of streams)
        if (name.startsWith('tripoint-parts-'))
          parts[1] = { ...parts[1]!, data: new Uint8Array(1_000_000).fill(1) };
    });
    expect(await codeOf(ledger.read(stream, 0n, 9))).toEqual(['ledger-damaged', false]);
    expect(await codeOf(ledger.last(stream))).toEqual(['ledger-damaged', false]);
  });

  it('is refused with more others than one append can name', async () => {
    await started();
    const ledger = await open();
    const many = Array.from({ length: 120_000 }, () => new Uint8Array());
    expect(await codeOf(ledger.append(fresh(), -1n, many))).toEqual([
      'ledger-append-too-large',
      false,
    ]);
  });
});

describe('a stream', () => {
  it.each([
    ['lost an entry', (events: { revision: bigint }[]) => events.splice(1, 1)],
    ['was truncated', (events: { revision: bigint }[]) => events.splice(0, 1)],
  ])('that %s is damaged, for readers and for followers', async (_how, damage) => {
    await started();
    const ledger = await open();
    const stream = fresh();
    await ledger.append(stream, -1n, [text('a'), text('b'), text('c')]);
    double.store.forge((everything, streams) => {
      damage(streams.get(stream)!);
      const left = new Set(streams.get(stream));
      everything.splice(0, everything.length, ...left);
    });
    expect(await codeOf(ledger.read(stream, 0n, 9))).toEqual(['ledger-damaged', false]);
    const following = ledger.follow([stream], 'start', new AbortController().signal);
    expect(await codeOf(following[Symbol.asyncIterator]().next())).toEqual([
      'ledger-damaged',
      false,
    ]);
  });

  it.each([['$tb'], ['$maxAge'], ['$maxCount']])(
    'that is empty because of its %s is damaged',
    async (limit) => {
      await started();
      const ledger = await open();
      const stream = fresh();
      await ledger.append(stream, -1n, [text('a')]);
      const metadata = new Map([
        ['type', '$metadata'],
        ['content-type', 'application/json'],
      ]);
      const data = Buffer.from(JSON.stringify({ [limit]: 1 }));
      const said = { id: randomUUID(), metadata, data, custom: new Uint8Array() };
      double.store.append(`$$${stream}`, -1n, [said]);
      double.store.forge((_all, streams) => streams.delete(stream));
      expect(await codeOf(ledger.read(stream, 0n, 9))).toEqual(['ledger-damaged', false]);
      expect(await codeOf(ledger.last(stream))).toEqual(['ledger-damaged', false]);
      const another = await open();
      expect(await codeOf(another.append(stream, -1n, [text('a')]))).toEqual([
        'ledger-damaged',
        false,
      ]);
    },
  );

  it('is not read from a server that knows no positions', async () => {
    await started();
    const ledger = await open();
    const stream = fresh();
    await ledger.append(stream, -1n, [text('a')]);
    double.store.forge((_all, streams) => {
      const events = streams.get(stream)!;
      events[0] = { ...events[0]!, position: 0xffff_ffff_ffff_ffffn };
    });
    expect(await codeOf(ledger.last(stream))).toEqual(['ledger-server-too-old', false]);
  });

  it('that holds what no ledger wrote is damaged', async () => {
    await started();
    const ledger = await open();
    const stream = fresh();
    await ledger.append(stream, -1n, [text('a')]);
    double.store.forge((_all, streams) => {
      const events = streams.get(stream)!;
      events[0] = { ...events[0]!, metadata: new Map([['type', 'OrderPlaced']]) };
    });
    expect(await codeOf(ledger.last(stream))).toEqual(['ledger-damaged', false]);
  });

  it.each(['', '$settings', '$$log', 'tripoint-streams'])(
    'of the ledger is never called `%s`',
    async (name) => {
      await started();
      const ledger = await open();
      expect(await codeOf(ledger.append(name, -1n, [text('a')]))).toEqual([
        'ledger-stream-name',
        false,
      ]);
    },
  );
});
