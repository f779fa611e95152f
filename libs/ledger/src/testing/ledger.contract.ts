import { randomBytes, randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { type Ledger, LedgerConflict, type LedgerEntry, type Position } from '../ledger.js';

const PATIENCE = 60_000;

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const words = ({ bytes }: LedgerEntry): string => new TextDecoder().decode(bytes);
/** A part of the ledger that no other test writes to. */
const ownPrefix = (): string => `chain-${randomUUID()}-`;

const allOf = (ledger: Ledger, stream: string): Promise<readonly LedgerEntry[]> =>
  ledger.read(stream, 0n, 100_000);

/** Follows until `count` entries have come, then stops following. */
const following = async (
  ledger: Ledger,
  prefixes: readonly string[],
  after: Position | 'start',
  count: number,
): Promise<readonly LedgerEntry[]> => {
  const enough = new AbortController();
  const entries: LedgerEntry[] = [];
  for await (const batch of ledger.follow(prefixes, after, enough.signal)) {
    expect(batch.length).toBeGreaterThan(0);
    entries.push(...batch);
    if (entries.length >= count) enough.abort();
  }
  return entries;
};

const conflictOf = async (append: Promise<bigint>): Promise<unknown> =>
  append.then(
    () => 'no conflict',
    (error: unknown) =>
      error instanceof LedgerConflict
        ? { stream: error.stream, expected: error.expected, actual: error.actual }
        : error,
  );

/**
 * Holds an adapter to the words of {@link Ledger}. Every call of `open` answers another instance over the same store,
 * as another process would have it; whoever calls this closes them.
 */
export const describeLedger = (name: string, open: () => Promise<Ledger>): void => {
  describe(`${name}, a ledger`, () => {
    let ledger: Ledger;
    let elsewhere: Ledger;
    beforeAll(async () => {
      ledger = await open();
      elsewhere = await open();
    });

    describe('when appended to', () => {
      it('counts revisions from 0 without gaps and keeps the bytes', async () => {
        const stream = ownPrefix();
        expect(await ledger.append(stream, -1n, [text('a')])).toBe(0n);
        expect(await ledger.append(stream, 0n, [text('b'), text('c')])).toBe(2n);
        const entries = await allOf(elsewhere, stream);
        expect(entries.map(({ stream: of, revision, bytes }) => ({ of, revision, bytes }))).toEqual(
          [
            { of: stream, revision: 0n, bytes: text('a') },
            { of: stream, revision: 1n, bytes: text('b') },
            { of: stream, revision: 2n, bytes: text('c') },
          ],
        );
      });

      it('keeps every byte value, nothing at all, and megabytes', async () => {
        const stream = ownPrefix();
        const every = Uint8Array.from({ length: 256 }, (_, value) => value);
        const large = new Uint8Array(randomBytes(6 * 1024 * 1024));
        await ledger.append(stream, -1n, [every, new Uint8Array(), large]);
        const entries = await allOf(elsewhere, stream);
        expect(entries.map(({ bytes }) => bytes.length)).toEqual([256, 0, large.length]);
        expect(Buffer.compare(entries[0]!.bytes, every)).toBe(0);
        expect(Buffer.compare(entries[2]!.bytes, large)).toBe(0);
      });

      it.each([
        ['behind the head', 0n],
        ['beyond the head', 2n],
        ['as if it were empty', -1n],
      ])('refuses other bytes %s and records none of them', async (_where, expected) => {
        const stream = ownPrefix();
        await ledger.append(stream, -1n, [text('a'), text('b')]);
        expect(
          await conflictOf(elsewhere.append(stream, expected, [text('x'), text('y')])),
        ).toEqual({ stream, expected, actual: 1n });
        expect((await allOf(ledger, stream)).map(words)).toEqual(['a', 'b']);
      });

      it('says that an empty stream is empty', async () => {
        const stream = ownPrefix();
        expect(await conflictOf(ledger.append(stream, 4n, [text('a')]))).toEqual({
          stream,
          expected: 4n,
          actual: -1n,
        });
        expect(await allOf(ledger, stream)).toEqual([]);
      });

      it('answers a repeated call as the first, by whoever it is repeated', async () => {
        const stream = ownPrefix();
        const entries = [text('a'), text('b')];
        expect(await ledger.append(stream, -1n, entries)).toBe(1n);
        expect(await ledger.append(stream, -1n, entries)).toBe(1n);
        expect(await elsewhere.append(stream, -1n, entries)).toBe(1n);
        expect((await allOf(ledger, stream)).map(words)).toEqual(['a', 'b']);
      });

      it('answers a repeated call as the first when the stream has moved on', async () => {
        const stream = ownPrefix();
        await ledger.append(stream, -1n, [text('a')]);
        await ledger.append(stream, 0n, [text('b')]);
        await ledger.append(stream, 1n, [text('c')]);
        expect(await elsewhere.append(stream, 0n, [text('b')])).toBe(1n);
        expect((await allOf(ledger, stream)).map(words)).toEqual(['a', 'b', 'c']);
      });

      it.each<[string, readonly string[]]>([
        ['begins with what is recorded', ['a', 'b', 'c']],
        ['ends with what is recorded', ['x', 'b']],
        ['is longer by nothing', ['a', 'b', '']],
      ])('does not take for a repetition what only %s', async (_how, entries) => {
        const stream = ownPrefix();
        await ledger.append(stream, -1n, [text('a'), text('b')]);
        expect(await conflictOf(ledger.append(stream, -1n, entries.map(text)))).toEqual({
          stream,
          expected: -1n,
          actual: 1n,
        });
        expect((await allOf(ledger, stream)).map(words)).toEqual(['a', 'b']);
      });

      it('takes calls that follow on each other without waiting', async () => {
        const stream = ownPrefix();
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, n) =>
            ledger.append(stream, BigInt(n - 1), [text(String(n))]),
          ),
        );
        expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => BigInt(n)));
        expect((await allOf(elsewhere, stream)).map(words)).toEqual(
          Array.from({ length: 50 }, (_, n) => String(n)),
        );
      });

      it.each<[string, () => readonly [Ledger, Ledger]]>([
        ['in one process', () => [ledger, ledger]],
        ['in two processes', () => [ledger, elsewhere]],
      ])(
        'lets exactly one of two racing writers %s win',
        async (_where, writers) => {
          for (let round = 0; round < 25; round += 1) {
            const stream = ownPrefix();
            const outcomes = await Promise.all(
              writers().map((writer, n) =>
                conflictOf(writer.append(stream, -1n, [text(`${n} a`), text(`${n} b`)])),
              ),
            );
            const lost = { stream, expected: -1n, actual: 1n };
            expect(outcomes).toContainEqual('no conflict');
            expect(outcomes).toContainEqual(lost);
            const winner = outcomes.indexOf('no conflict');
            expect((await allOf(ledger, stream)).map(words)).toEqual([
              `${winner} a`,
              `${winner} b`,
            ]);
          }
        },
        PATIENCE,
      );

      it(
        'records once what two processes append alike at once',
        async () => {
          for (let round = 0; round < 25; round += 1) {
            const stream = ownPrefix();
            const entries = [text('a'), text('b')];
            expect(
              await Promise.all([
                ledger.append(stream, -1n, entries),
                elsewhere.append(stream, -1n, entries),
                ledger.append(stream, -1n, entries),
              ]),
            ).toEqual([1n, 1n, 1n]);
            expect((await allOf(ledger, stream)).map(words)).toEqual(['a', 'b']);
          }
        },
        PATIENCE,
      );

      it('lets a conflict in one stream harm no append in another', async () => {
        const [taken, free] = [ownPrefix(), ownPrefix()];
        await ledger.append(taken, -1n, [text('a')]);
        const outcomes = await Promise.all([
          conflictOf(ledger.append(taken, -1n, [text('b')])),
          ledger.append(free, -1n, [text('c')]),
        ]);
        expect(outcomes).toEqual([{ stream: taken, expected: -1n, actual: 0n }, 0n]);
      });
    });

    describe('when read', () => {
      it('begins where it is told and ends at the limit', async () => {
        const stream = ownPrefix();
        await ledger.append(stream, -1n, ['a', 'b', 'c', 'd'].map(text));
        expect((await elsewhere.read(stream, 1n, 2)).map(words)).toEqual(['b', 'c']);
        expect((await elsewhere.read(stream, 3n, 9)).map(words)).toEqual(['d']);
        expect(await elsewhere.read(stream, 4n, 9)).toEqual([]);
      });

      it('has nothing in an unknown stream', async () => {
        expect(await ledger.read(ownPrefix(), 0n, 9)).toEqual([]);
        expect(await ledger.last(ownPrefix())).toBeUndefined();
      });

      it('knows the newest entry', async () => {
        const stream = ownPrefix();
        await ledger.append(stream, -1n, ['a', 'b', 'c'].map(text));
        expect(await elsewhere.last(stream)).toEqual((await allOf(ledger, stream))[2]);
      });

      it('names the streams under a prefix, sorted, and not those whose name only looks alike', async () => {
        const prefix = ownPrefix();
        for (const end of ['b', 'a-2', 'a', 'B', '10', '9', '%'])
          await ledger.append(`${prefix}${end}`, -1n, [text('x'), text('y')]);
        await ledger.append(`x${prefix}`, -1n, [text('x')]);
        expect(await elsewhere.streams(prefix)).toEqual(
          ['%', '10', '9', 'B', 'a', 'a-2', 'b'].map((end) => `${prefix}${end}`),
        );
        expect(await elsewhere.streams(`${prefix}%`)).toEqual([`${prefix}%`]);
        expect(await elsewhere.streams(`${prefix}_`)).toEqual([]);
      });
    });

    describe('when followed', () => {
      it('yields what is there, then what comes', async () => {
        const prefix = ownPrefix();
        await ledger.append(`${prefix}a`, -1n, [text('1')]);
        await ledger.append(`${prefix}b`, -1n, [text('2')]);
        const stop = new AbortController();
        const seen: string[] = [];
        for await (const batch of elsewhere.follow([prefix], 'start', stop.signal)) {
          seen.push(...batch.map(words));
          // The reader has caught up and waits before each of these is written.
          if (seen.length === 2) await ledger.append(`${prefix}a`, 0n, [text('3')]);
          if (seen.length === 3) await elsewhere.append(`${prefix}c`, -1n, [text('4'), text('5')]);
          if (seen.length === 5) stop.abort();
        }
        expect(seen).toEqual(['1', '2', '3', '4', '5']);
      });

      it('yields only what the prefixes ask for', async () => {
        const prefix = ownPrefix();
        for (const end of ['a-1', 'b-1', 'c-1', '%-1', 'a-2'])
          await ledger.append(`${prefix}${end}`, -1n, [text(end)]);
        const asked = [`${prefix}a-`, `${prefix}c-`, `${prefix}a-1`];
        expect((await following(elsewhere, asked, 'start', 3)).map(words)).toEqual([
          'a-1',
          'c-1',
          'a-2',
        ]);
        expect((await following(elsewhere, [`${prefix}%`], 'start', 1)).map(words)).toEqual([
          '%-1',
        ]);
      });

      it('yields the entries as they are read', async () => {
        const stream = ownPrefix();
        await ledger.append(stream, -1n, [text('a'), new Uint8Array(), text('c')]);
        expect(await following(elsewhere, [stream], 'start', 3)).toEqual(
          await allOf(ledger, stream),
        );
      });

      it(
        'is resumed by another reader after any entry, without loss or repetition',
        async () => {
          const prefix = ownPrefix();
          const all = Array.from({ length: 12 }, (_, n) => String(n));
          for (const [n, word] of all.entries())
            await ledger.append(`${prefix}${n % 3}`, BigInt(Math.floor(n / 3) - 1), [text(word)]);
          const first = await following(ledger, [prefix], 'start', all.length);
          expect(first.map(words)).toEqual(all);
          for (const [n, { position }] of first.slice(0, -1).entries())
            expect(
              (await following(elsewhere, [prefix], position, all.length - n - 1)).map(words),
            ).toEqual(all.slice(n + 1));
        },
        PATIENCE,
      );

      it('hands over more than any one batch holds', async () => {
        const stream = ownPrefix();
        const entries = Array.from({ length: 3000 }, (_, n) => text(String(n)));
        await ledger.append(stream, -1n, entries);
        const large = new Uint8Array(3 * 1024 * 1024);
        await ledger.append(stream, 2999n, [large, large, large, large, text('end')]);
        const seen = await following(elsewhere, [stream], 'start', 3005);
        expect(seen.map(({ revision }) => revision)).toEqual(
          Array.from({ length: 3005 }, (_, n) => BigInt(n)),
        );
        expect(words(seen[3004]!)).toBe('end');
      });

      it('yields nothing when it is stopped before it begins', async () => {
        const stream = ownPrefix();
        await ledger.append(stream, -1n, [text('a')]);
        const seen: unknown[] = [];
        for await (const batch of ledger.follow([stream], 'start', AbortSignal.abort()))
          seen.push(batch);
        expect(seen).toEqual([]);
      });

      it('ends without throwing when it is stopped while it waits', async () => {
        const stop = new AbortController();
        const waiting = ledger.follow([ownPrefix()], 'start', stop.signal)[Symbol.asyncIterator]();
        const next = waiting.next();
        // An append and its reading give the follower the time to begin to wait.
        const other = ownPrefix();
        await ledger.append(other, -1n, [text('a')]);
        await following(ledger, [other], 'start', 1);
        stop.abort();
        expect((await next).done).toBe(true);
      });

      it(
        'shows every reader the same order and never an entry behind another, however many write',
        async () => {
          const prefix = ownPrefix();
          const [streams, each] = [24, 40];
          const total = streams * each;
          const writing = Array.from({ length: streams }, async (_, n) => {
            const writer = n % 2 === 0 ? ledger : elsewhere;
            for (let revision = 0; revision < each; revision += 1)
              // Sizes differ so that transactions of different length overlap.
              await writer.append(`${prefix}${n}`, BigInt(revision - 1), [
                new Uint8Array(1 + ((n * 7919 + revision * 104_729) % 20_000)),
              ]);
          });
          /** Starts anew after every batch: what was inserted behind it would never be seen. */
          const restarting = async (): Promise<readonly LedgerEntry[]> => {
            const entries: LedgerEntry[] = [];
            while (entries.length < total)
              entries.push(
                ...(await following(elsewhere, [prefix], entries.at(-1)?.position ?? 'start', 1)),
              );
            return entries;
          };
          const [here, there, restarted] = await Promise.all([
            following(ledger, [prefix], 'start', total),
            following(elsewhere, [prefix], 'start', total),
            restarting(),
            ...writing,
          ]);
          const order = (entries: readonly LedgerEntry[]): readonly string[] =>
            entries.map(({ stream, revision }) => `${stream} ${revision.toString()}`);
          expect(new Set(order(here)).size).toBe(total);
          expect(order(there)).toEqual(order(here));
          expect(order(restarted)).toEqual(order(here));
          const next = new Map<string, bigint>();
          for (const { stream, revision } of here) {
            expect(revision).toBe(next.get(stream) ?? 0n);
            next.set(stream, revision + 1n);
          }
        },
        PATIENCE,
      );
    });
  });
};
