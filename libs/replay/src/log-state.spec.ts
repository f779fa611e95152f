import { randomBytes, randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Facts,
  formatChainEntry,
  NO_PREVIOUS_HEADER,
  parseChainEntry,
  Sealer,
  type Sealed,
} from '@tripoint/envelope';
import { accepted } from '@tripoint/envelope/testing';
import { type EventId, type ExchangeId, type ItemId } from '@tripoint/kernel';
import {
  entryOf,
  type EventDraft,
  LittleFederation,
  LittleLog,
  type MemberName,
} from './testing/index.js';
import { signerOf } from './verify-source.js';

let federation: LittleFederation;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found();
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

const exchange = randomUUID() as ExchangeId;
const item = randomUUID() as ItemId;
const provided: EventDraft = {
  by: 'bg-gdbop',
  exchange,
  parts: [
    {
      compartment: 'core',
      to: ['bg-gdbop', 'gr-police'],
      facts: {
        opens: true,
        item,
        admits: [{ agency: 'gr-police', compartments: ['core'] }],
      },
      changes: { handling: ['H2'] },
    },
  ],
};

/** What somebody who was given an envelope can make of it under its own name. */
const retold = (by: MemberName, sealed: Sealed, changes: Partial<Sealed['header']>) => {
  const { id, chain, signing } = federation.member(by);
  const sealer = new Sealer(federation.openpgp, (length) => new Uint8Array(randomBytes(length)));
  const { compartments } = sealed;
  return sealer
    .finish(
      { header: { ...sealed.header, issuer: id, ...changes }, compartments },
      log.place(federation.member(by)),
      signing,
    )
    .then(({ container }) => ({ chain, entry: entryOf(container) }));
};

const judged = async (by: MemberName, sealed: Sealed) => {
  const { chain } = federation.member(by);
  const entry = entryOf(sealed.container);
  const { kind, code } = await judgement(chain, entry);
  return [kind, code];
};

const judgement = (chain: Parameters<LittleLog['record']>[0], entry: ReturnType<typeof entryOf>) =>
  log.state.judge({ chain, revision: 0, entry }, log.time, (it, registry) =>
    signerOf(federation.openpgp, it, registry),
  );

const answer: EventDraft = {
  by: 'gr-police',
  exchange,
  parts: [{ compartment: 'core', to: ['bg-gdbop', 'gr-police'], facts: { item } }],
};

describe('what an agency does with what it was given', () => {
  let original: Sealed;
  beforeEach(async () => {
    original = await log.seal(provided);
    await log.record(federation.member('bg-gdbop').chain, entryOf(original.container));
  });

  it('may be to answer', async () => {
    expect(await judged('gr-police', await log.seal(answer))).toEqual(['event', null]);
  });

  it('cannot be to become the issuer of a descriptor, and so to lift its markings', async () => {
    const { chain, entry } = await retold('gr-police', original, { id: randomUUID() as EventId });
    expect(await judgement(chain, entry)).toMatchObject({
      kind: 'rejected',
      code: 'descriptor-reused',
      decided: [],
    });
    await log.record(chain, entry);
    const onward = await log.seal({
      by: 'gr-police',
      exchange: randomUUID() as ExchangeId,
      parts: [
        {
          compartment: 'core',
          to: ['tr-customs'],
          facts: {
            opens: true,
            admits: [{ agency: 'tr-customs', compartments: ['core'] }],
            derivedFrom: original.compartments.map(({ descriptorDigest }) => descriptorDigest),
          },
          changes: { handling: ['H2'] },
        },
      ],
    });
    const { decided } = await judgement(chain, entryOf(onward.container));
    expect(decided.map(({ verdict }) => verdict.rules)).toEqual([
      expect.arrayContaining(['handling-h2-needs-release']),
    ]);
  });

  it('cannot be to give another event the id of one that recipients hold', async () => {
    const mine = await log.seal(answer);
    const { chain, entry } = await retold('gr-police', mine, { id: original.header.id });
    expect(await judgement(chain, entry)).toMatchObject({
      kind: 'rejected',
      code: 'event-id-reused',
    });
  });

  it('cannot be to give an item of another exchange the id of one that recipients hold', async () => {
    const elsewhere = await log.seal({
      by: 'gr-police',
      exchange: randomUUID() as ExchangeId,
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop'],
          facts: { opens: true, item, admits: [{ agency: 'bg-gdbop', compartments: ['core'] }] },
        },
      ],
    });
    expect(await judged('gr-police', elsewhere)).toEqual(['rejected', 'item-elsewhere']);
  });
});

describe('what is kept of an event', () => {
  /** Bytes that are still needed. What was waiting to be finished off is let go of by a turn of the loop. */
  const collected = async (): Promise<number> => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    for (let round = 0; round < 3; round += 1) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return process.memoryUsage().heapUsed;
  };
  const WARM = 300;
  const COUNT = 350;
  const ROUNDS = 3;
  // Under what header and at which leaf it was said is in it: a grant is held against that.
  const MOST_BYTES = 480;

  it('is little, since a log has millions of them', async () => {
    const { chain } = federation.member('bg-gdbop');
    await log.event(provided);
    const entries: Uint8Array[] = [];
    while (entries.length < WARM + ROUNDS * COUNT) {
      const parts = [
        { compartment: 'core', to: ['bg-gdbop', 'gr-police'], facts: { item } },
      ] as const;
      const { container } = await log.seal({ by: 'bg-gdbop', exchange, parts });
      entries.push(formatChainEntry(entryOf(container)));
    }
    const fold = async (from: number, to: number): Promise<void> => {
      for (const [at, bytes] of entries.slice(from, to).entries()) {
        const sourced = { chain, revision: from + at, entry: accepted(parseChainEntry(bytes)) };
        const { kind, decided } = await log.state.judge(sourced, log.time, (it, registry) =>
          signerOf(federation.openpgp, it, registry),
        );
        await log.state.fold({ kind, time: log.time, hash: NO_PREVIOUS_HEADER }, sourced, decided);
      }
    };
    await fold(0, WARM);
    // What else goes on in the process only adds to it: the smallest of several rounds is what is kept.
    const grown: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = await collected();
      await fold(WARM + round * COUNT, WARM + (round + 1) * COUNT);
      grown.push(((await collected()) - before) / COUNT);
    }
    expect(Math.min(...grown)).toBeLessThan(MOST_BYTES);
  }, 60_000);
});

describe('a clock', () => {
  const request = (facts: Facts): EventDraft => ({
    by: 'gr-police',
    exchange,
    parts: [
      {
        compartment: 'core',
        to: ['bg-gdbop', 'gr-police'],
        facts: {
          opens: true,
          item,
          admits: [{ agency: 'bg-gdbop', compartments: ['core', 'facts'] }],
          clock: 'issued',
          urgency: 'URGENT',
          access: 'DIRECT',
          ...facts,
        },
      },
    ],
  });
  const record = async (draft: EventDraft) => {
    const { container } = await log.seal(draft);
    await log.record(federation.member(draft.by).chain, entryOf(container));
  };
  const YEARS = 10 * 365 * 86_400_000;
  const running = () => log.state.dues(log.time + YEARS).map((due) => due.item);

  it.each<[string, EventDraft['parts']]>([
    [
      'a core that is told to its author alone',
      [{ compartment: 'core', to: ['bg-gdbop'], facts: { item, clock: 'stopped' } }],
    ],
    [
      'a compartment beside the core',
      [
        { compartment: 'core', to: ['bg-gdbop', 'gr-police'], facts: { item } },
        {
          compartment: 'facts',
          to: ['bg-gdbop', 'gr-police'],
          facts: { item, clock: 'stopped' },
        },
      ],
    ],
  ])('is not stopped by %s', async (_what, parts) => {
    await record(request({}));
    await record({ by: 'bg-gdbop', exchange, parts });
    expect(running()).toEqual([item]);
  });

  it('is stopped by a core that both parties are given', async () => {
    await record(request({}));
    expect(running()).toEqual([item]);
    await record({
      by: 'bg-gdbop',
      exchange,
      parts: [
        { compartment: 'core', to: ['bg-gdbop', 'gr-police'], facts: { item, clock: 'stopped' } },
      ],
    });
    expect(running()).toEqual([]);
  });
});
