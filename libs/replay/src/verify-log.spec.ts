import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  encodeCbor,
  type EventEntry,
  formatChainEntry,
  parseChainEntry,
  sha256,
  utf8,
} from '@tripoint/envelope';
import { accepted, seeded } from '@tripoint/envelope/testing';
import { type Digest, type ExchangeId, type Instant } from '@tripoint/kernel';
import {
  formatLeaf,
  formatLogEntry,
  formatOrigin,
  type Leaf,
  originDigest,
  parseLeaf,
  parseLogEntry,
  parseOrigin,
} from '@tripoint/ledger';
import {
  Cosigner,
  Ed25519NoteSigner,
  formatCheckpoint,
  generateNoteKey,
  signNote,
  type TrustPolicy,
} from '@tripoint/transparency';
import { formatRecord, type LeafRecord, parseRecord } from './records.js';
import {
  entryOf,
  LittleFederation,
  LittleLog,
  logEntry,
  type Played,
  saltedRecords,
  type ServedLog,
} from './testing/index.js';
import { type FaultCode } from './verify-fault.js';
import { verifyLog, type VerifyOptions } from './verify-log.js';
import { whoCouldSee } from './who-could-see.js';

let federation: LittleFederation;
let log: LittleLog;
let played: Played;
beforeAll(async () => {
  federation = await LittleFederation.found();
  log = await LittleLog.begin(federation);
  played = await log.play();
});

const witness = Cosigner.fromPem(
  'witness.test',
  generateNoteKey('witness.test', 'cosignature-v1').privateKeyPem,
  () => new Date('2026-11-26T12:00:00Z'),
);
let trustPolicy: TrustPolicy;
beforeAll(() => {
  trustPolicy = {
    logs: [{ key: federation.noteSigner.verifierKey, url: null }],
    witnesses: [{ name: 'witness', key: witness.verifierKey, url: null }],
    groups: [],
    quorum: 'witness',
  };
});

/** Has the witness cosign the log as it is served now, up to a size. */
const cosign = async (served: ServedLog, size: number): Promise<void> => {
  const origin = served.signer.verifierKey.name;
  const text = formatCheckpoint({ origin, size, root: served.tree.root(size), extensions: [] });
  served.cosignedNote = new Uint8Array(await signNote(text, [served.signer, witness]));
};

const verify = (served: ServedLog, options?: VerifyOptions) =>
  verifyLog(served, federation.anchor, federation.openpgp, options);

/** What a verification comes to: the index and the class of the first fault, or how many leaves are sound. */
const outcome = async (served: ServedLog, options?: VerifyOptions) => {
  const { fault, verified } = await verify(served, options);
  return fault === null ? verified : [fault.index, fault.code];
};

const at = (served: ServedLog, index: number) => {
  const handed = served.handed[index];
  if (handed === undefined) throw new Error(`the log has no leaf ${index}`);
  return handed;
};

const leafAt = (served: ServedLog, index: number): Leaf =>
  accepted(parseLeaf(accepted(parseLogEntry(at(served, index).entry)).leaf));

/** Changes the event that a leaf stands for, as the ledger hands it over. */
const editSource = (
  served: ServedLog,
  index: number,
  change: (entry: EventEntry) => EventEntry,
): void => {
  const { entry, source } = at(served, index);
  const event = accepted(parseChainEntry(source ?? new Uint8Array()));
  if (event.kind !== 'event') throw new Error(`leaf ${index} stands for no event`);
  served.handed[index] = { entry, source: formatChainEntry(change(event)) };
};

/** Changes what a leaf says, and nothing that it commits to. */
const editLeaf = (served: ServedLog, index: number, change: Partial<Leaf>): void => {
  const { entry, source } = at(served, index);
  const logged = accepted(parseLogEntry(entry));
  const leaf = { ...accepted(parseLeaf(logged.leaf)), ...change };
  served.handed[index] = { entry: formatLogEntry({ ...logged, leaf: formatLeaf(leaf) }), source };
};

/** Changes the records of a leaf and what it commits to, alike. */
const editRecords = (
  served: ServedLog,
  index: number,
  change: (records: readonly LeafRecord[]) => readonly LeafRecord[],
): void => {
  const logged = accepted(parseLogEntry(at(served, index).entry));
  const records = logged.records.map(({ record }) => accepted(parseRecord(record)));
  const { salted, digests } = saltedRecords(change(records).map(formatRecord));
  const { source } = at(served, index);
  served.handed[index] = { entry: formatLogEntry({ ...logged, records: salted }), source };
  editLeaf(served, index, { records: digests });
};

const isVerdict = (record: LeafRecord) => record.about === 'verdict';
const turned = (record: LeafRecord): LeafRecord =>
  record.about === 'verdict'
    ? { ...record, verdict: { ...record.verdict, allowed: !record.verdict.allowed } }
    : record;

/** Numbers every leaf by its place: what somebody does who moved some. */
const renumber = (served: ServedLog): void => {
  for (const index of served.handed.keys()) editLeaf(served, index, { index });
};

const swap = (served: ServedLog, one: number, other: number): void => {
  const [a, b] = [at(served, one), at(served, other)];
  served.handed[one] = b;
  served.handed[other] = a;
};

const flipped = (bytes: Uint8Array, offset: number, bit = 1): Uint8Array =>
  bytes.with(offset, (bytes[offset] ?? 0) ^ bit);

describe('a log, recomputed from outside', () => {
  it('is sound as an honest hub made it', async () => {
    const heard: number[] = [];
    const report = await verify(await log.served(), {
      heard: ({ leaf }) => heard.push(leaf.index),
      now: () => log.time,
    });
    expect(report).toMatchObject({
      fault: null,
      verified: played.size,
      leaves: {
        epoch: 1,
        registry: 6,
        policy: 1,
        event: 5,
        void: 1,
        heartbeat: 2,
        heads: 2,
        due: 1,
      },
      decisions: { allowed: 14, denied: 1 },
    });
    expect(heard).toEqual(Array.from({ length: played.size }, (_, index) => index));
  });

  it('is sound up to every leaf, and continues every checkpoint that was ever signed', async () => {
    for (const index of [0, 5, played.request, played.due, played.size - 1]) {
      const served = await log.served();
      expect(await outcome(served, { asOf: index })).toBe(index + 1);
      await served.signRoot(served.tree.root(index + 1), index + 1);
      const since = served.note;
      await served.sign();
      expect(await outcome(served, { since })).toBe(played.size);
      expect(await outcome(served, { since, asOf: 3 })).toBe(4);
    }
  });

  it('is sound across many stretches and tiles', async () => {
    const long = await LittleLog.begin(federation);
    for (let beats = 0; beats < 600; beats += 1) {
      long.pass(60);
      await long.own('heartbeat');
    }
    const sizes: number[] = [];
    const served = await long.served();
    const size = served.handed.length;
    expect(await outcome(served, { progress: ({ verified }) => sizes.push(verified) })).toBe(size);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes.at(-1)).toBe(size);
    served.tiles.set(
      'tile/1/000.p/2',
      flipped((await served.tile({ level: 1, index: 0, width: 2 }))!, 40),
    );
    expect(await outcome(served)).toEqual([256, 'tile-differs']);
  });

  it('knows rejections, forks and frozen chains', async () => {
    const other = await LittleLog.begin(federation);
    const exchange = randomUUID() as ExchangeId;
    const event = {
      by: 'bg-gdbop',
      exchange,
      parts: [{ compartment: 'core', to: ['bg-gdbop'], facts: { opens: true } }],
    } as const;
    const offending = entryOf((await other.seal(event)).container);
    await other.event(event);
    const recorded = at(await other.served(), other.state.size - 1).source!;
    await other.fork(federation.member('bg-gdbop').chain, 0, recorded, offending);
    const frozen = await other.event({ ...event, exchange: randomUUID() as ExchangeId });
    await other.statement({ kind: 'agency-suspended', agency: federation.member('gr-police').id });
    const suspended = await other.event({ ...event, by: 'gr-police' });
    const served = await other.served();
    const { leaves, fault } = await verify(served);
    expect({ leaves, fault }).toMatchObject({ fault: null, leaves: { fork: 1, rejected: 2 } });
    const codes = [frozen, suspended].map((leaf) => leafAt(served, leaf).code);
    expect(codes).toEqual(['chain-frozen', 'issuer-suspended']);

    const honest = await LittleLog.begin(federation);
    await honest.event(event);
    const first = at(await honest.served(), honest.state.size - 1).source!;
    const second = entryOf((await honest.seal(event)).container);
    const framed = await honest.fork(federation.member('bg-gdbop').chain, 1, first, second);
    expect(await outcome(await honest.served())).toEqual([framed, 'fork-unproved']);

    const unproved = await LittleLog.begin(federation);
    await unproved.event(event);
    const only = at(await unproved.served(), unproved.state.size - 1).source!;
    const again = accepted(parseChainEntry(only));
    const index = await unproved.fork(federation.member('bg-gdbop').chain, 0, only, again);
    expect(await outcome(await unproved.served())).toEqual([index, 'fork-unproved']);
  });

  it('takes no refusal that was answered by a void for a fork', async () => {
    const { chain } = federation.member('bg-gdbop');
    const event = {
      by: 'bg-gdbop',
      exchange: randomUUID() as ExchangeId,
      parts: [{ compartment: 'core', to: ['bg-gdbop'], facts: { opens: true } }],
    } as const;
    // What the agency signed after it was told: the number given up, and what it said next.
    const told = await LittleLog.begin(federation);
    const answer = await told.sealVoid('bg-gdbop');
    await told.record(chain, answer);
    const next = entryOf((await told.seal(event)).container);
    expect(await verify(await told.served())).toMatchObject({ fault: null, leaves: { void: 1 } });

    // The hub has recorded what it said it would never take, and holds the rest against its author.
    for (const [number, offending] of [
      [0, answer],
      [1, next],
    ] as const) {
      const lying = await LittleLog.begin(federation);
      await lying.event(event);
      const recorded = at(await lying.served(), lying.state.size - 1).source!;
      const index = await lying.fork(chain, number, recorded, offending);
      expect(await outcome(await lying.served())).toEqual([index, 'fork-unproved']);
    }
  });

  it('takes no void that answers no refusal of its issuer by the log', async () => {
    const other = await LittleFederation.found();
    for (const [told, signer] of [
      ['gr-police', federation.noteSigner],
      ['bg-gdbop', other.noteSigner],
    ] as const) {
      const log = await LittleLog.begin(federation);
      const index = await log.void('bg-gdbop', told, signer);
      const served = await log.served();
      expect(await verify(served)).toMatchObject({ fault: null, leaves: { rejected: 1 } });
      expect(leafAt(served, index).code).toBe('void-unfounded');
    }
  });
});

type Tampering = (served: ServedLog) => void | Promise<void>;
type Named = (played: Played) => readonly [number | null, FaultCode];
type Row = readonly [what: string, tamper: Tampering, named: Named];

describe('a log beside what was signed before', () => {
  /** The honest log's checkpoint over its first leaves. */
  const signedBefore = async (size: number): Promise<Uint8Array> => {
    const served = await log.served();
    await served.signRoot(served.tree.root(size), size);
    return served.note;
  };

  it('has another history when a leaf was made again and all else is sound', async () => {
    const served = await log.served();
    // One that no mailbox has: the digests of lines, and with them their heads, stay as they are.
    editLeaf(served, 0, { nonce: 'ab'.repeat(32) as Digest });
    await served.sign();
    expect(await outcome(served)).toBe(played.size);
    const since = await signedBefore(played.size - 1);
    expect(await outcome(served, { since })).toEqual([null, 'other-history']);
    expect(await outcome(served, { since, asOf: 2 })).toEqual([null, 'other-history']);
  });

  it('has shrunk when leaves that were signed are gone', async () => {
    const served = await log.served();
    served.handed.splice(-2);
    await served.sign();
    expect(await outcome(served)).toBe(played.size - 2);
    const since = await signedBefore(played.size);
    expect(await outcome(served, { since })).toEqual([played.size - 2, 'log-shrunk']);
  });

  it('is not held against a checkpoint that the log has not signed', async () => {
    const since = new Uint8Array(Buffer.from('little.test/log\n1\nAAAA\n'));
    expect(await outcome(await log.served(), { since })).toEqual([null, 'checkpoint-refused']);
  });

  it('does not lie ahead of now', async () => {
    const now = () => log.time - 6 * 60_000;
    expect(await outcome(await log.served(), { now })).toEqual([played.due, 'time-ahead']);
  });
});

describe('a log that witnesses have cosigned', () => {
  it('is sound under a quorum, and not without one', async () => {
    const served = await log.served();
    expect(await outcome(served, { trustPolicy })).toEqual([null, 'not-witnessed']);
    await cosign(served, played.size - 1);
    expect(await verify(served, { trustPolicy })).toMatchObject({
      fault: null,
      witnessed: { size: played.size - 1, time: 1_795_694_400 },
    });
    expect(await verify(served)).toMatchObject({ fault: null, witnessed: null });
    expect(await outcome(served, { trustPolicy, asOf: 2 })).toBe(3);
    const alone = { ...trustPolicy, quorum: 'another' };
    expect(await outcome(served, { trustPolicy: alone })).toEqual([null, 'not-witnessed']);
  });

  it('is another one when whoever holds its key has rebuilt it', async () => {
    const served = await log.served();
    await cosign(served, played.size);
    // One that no mailbox has: the digests of lines, and with them their heads, stay as they are.
    editLeaf(served, 0, { nonce: 'ab'.repeat(32) as Digest });
    await served.sign();
    expect(await outcome(served)).toBe(played.size);
    expect(await outcome(served, { trustPolicy })).toEqual([null, 'split-view']);
    expect(await outcome(served, { trustPolicy, asOf: 2 })).toEqual([null, 'split-view']);
    served.handed.splice(-2);
    await served.sign();
    expect(await outcome(served, { trustPolicy })).toEqual([null, 'split-view']);
  });
});

/** D1: how often a log is damaged in some way. */
const TAMPERINGS = Number(process.env['TRIPOINT_TAMPERINGS'] ?? 12);

describe('a log with a damage at random', () => {
  type Below = (limit: number) => number;
  /** Damages the log; answers where verification has to find it, null where it is the log's as a whole. */
  const damages: Readonly<
    Record<string, (served: ServedLog, below: Below) => Promise<number | null>>
  > = {
    flip: (served, below) => {
      const index = below(played.size);
      const handed = at(served, index);
      const bit = 1 << below(8);
      if (handed.source !== null && below(2) === 0) {
        const source = flipped(handed.source, below(handed.source.length), bit);
        served.handed[index] = { ...handed, source };
      } else {
        const entry = flipped(handed.entry, below(handed.entry.length), bit);
        served.handed[index] = { ...handed, entry };
      }
      return Promise.resolve(index);
    },
    delete: (served, below) => {
      const index = below(played.size);
      served.handed.splice(index, 1);
      return Promise.resolve(index);
    },
    truncate: (served, below) => {
      const index = below(played.size);
      served.handed.splice(index);
      return Promise.resolve(index);
    },
    reorder: (served, below) => {
      const first = below(played.size - 1);
      swap(served, first, first + 1 + below(played.size - first - 1));
      return Promise.resolve(first);
    },
    redact: (served, below) => {
      const held = [...served.handed.keys()].filter((index) => at(served, index).source !== null);
      const index = held[below(held.length)]!;
      const { entry, source } = at(served, index);
      const blank = new Uint8Array(source?.length ?? 0);
      served.handed[index] = { entry, source: below(2) === 0 ? null : blank };
      return Promise.resolve(index);
    },
    /** With the log's key: everything fits but what witnesses have cosigned. */
    rebuild: async (served, below) => {
      served.handed.splice(played.size - 1 - below(played.size - 1));
      await served.sign();
      return null;
    },
  };

  it('is never taken for sound, and the first fault is where the damage is', async () => {
    const random = seeded(process.env['TRIPOINT_SEED'] ?? 'tampering');
    const below: Below = (limit) => Buffer.from(random(4)).readUInt32BE() % limit;
    const kinds = Object.keys(damages);
    for (let round = 0; round < TAMPERINGS; round += 1) {
      const served = await log.served();
      await cosign(served, played.size);
      const kind = kinds[round % kinds.length]!;
      const index = await damages[kind]!(served, below);
      const { fault } = await verify(served, { trustPolicy });
      expect({ round, kind, index: fault?.index }).toEqual({ round, kind, index });
    }
  }, 3_600_000);
});

describe('who could see what', () => {
  it('is said by exchange, with the rule that decided, as of a leaf', async () => {
    const [first, second] = played.exchanges;
    const early = await whoCouldSee(
      await log.served(),
      federation.anchor,
      federation.openpgp,
      played.request,
    );
    expect([...early.exchanges.keys()]).toEqual([first]);
    const disclosed = early.exchanges.get(first) ?? [];
    const audience = Object.fromEntries(
      disclosed.map(({ compartment, audience: of }) => [
        compartment,
        Object.fromEntries(of.map(({ agency, rules }) => [agency, rules])),
      ]),
    );
    expect(audience).toEqual({
      core: {
        'bg-gdbop': expect.arrayContaining(['originator-keeps-its-own']),
        'gr-police': expect.arrayContaining(['participant-follows-the-item']),
        'tr-customs': expect.arrayContaining(['recipient-takes-part']),
      },
      facts: {
        'bg-gdbop': expect.arrayContaining(['originator-keeps-its-own']),
        'gr-police': expect.arrayContaining(['admitted-kind-is-given-the-compartment']),
      },
    });
    const denied = disclosed.flatMap(({ audience: of }) => of.filter(({ allowed }) => !allowed));
    expect(denied).toMatchObject([
      { agency: 'tr-customs', because: 'the agency does not take part in the exchange' },
    ]);

    const whole = await whoCouldSee(
      await log.served(),
      federation.anchor,
      federation.openpgp,
      played.size - 1,
    );
    expect(whole.exchanges.get(first)?.map(({ index }) => index)).toEqual([
      played.request,
      played.request,
      played.receipt,
      played.answer,
      played.answer,
    ]);
    expect(whole.exchanges.get(second)?.map(({ index }) => index)).toEqual([
      played.unanswered,
      played.tooLate,
    ]);
  });
});

describe('a log that somebody changed who does not hold its key', () => {
  it.each<Row>([
    [
      'moves a time by a millisecond',
      (served) => {
        editLeaf(served, 2, { time: '2026-03-01T12:00:00.001Z' as Instant });
      },
      // All leaves of the beginning have one time: the next one is earlier now.
      () => [2, 'leaf-not-in-tree'],
    ],
    [
      'draws another nonce',
      (served) => {
        editLeaf(served, 4, { nonce: 'ab'.repeat(32) as Digest });
      },
      () => [4, 'leaf-not-in-tree'],
    ],
    [
      'replaces a heartbeat by another',
      (served) => {
        const bare = { entry: null, signature: null, late: false, code: null };
        const time = new Date(log.time).toISOString() as Instant;
        const leaf = { kind: 'heartbeat', index: played.heartbeat, time, ...bare } as const;
        served.handed[played.heartbeat] = { entry: logEntry(leaf, undefined, []), source: null };
      },
      ({ heartbeat }) => [heartbeat, 'leaf-not-in-tree'],
    ],
    [
      'removes the newest leaf',
      (served) => {
        served.handed.pop();
      },
      ({ size }) => [size - 1, 'leaf-missing'],
    ],
    [
      'removes a leaf in the middle',
      (served) => {
        served.handed.splice(3, 1);
      },
      () => [3, 'leaf-out-of-place'],
    ],
    [
      'changes places of two leaves',
      (served) => {
        swap(served, 3, 4);
      },
      () => [3, 'leaf-out-of-place'],
    ],
    [
      'signs with another key',
      async (served) => {
        const { name } = served.signer.verifierKey;
        const { privateKeyPem } = generateNoteKey(name, 'ed25519');
        const { tree } = served;
        await served.signRoot(
          tree.root(),
          tree.size,
          Ed25519NoteSigner.fromPem(name, privateKeyPem),
        );
      },
      () => [null, 'checkpoint-refused'],
    ],
    [
      'shows no checkpoint',
      (served) => {
        served.note = new Uint8Array();
      },
      () => [null, 'checkpoint-missing'],
    ],
    [
      'changes a hash in a tile',
      (served) => {
        const { size } = served.tree;
        served.tiles.set(`tile/0/000.p/${size}`, flipped(served.tree.tile(0, 0, size)!, 7 * 32));
      },
      () => [7, 'tile-differs'],
    ],
    [
      'shortens a tile',
      (served) => {
        const { size } = served.tree;
        served.tiles.set(`tile/0/000.p/${size}`, served.tree.tile(0, 0, size)!.subarray(32));
      },
      () => [0, 'tile-missing'],
    ],
    [
      'hands over something else than a log entry',
      (served) => {
        served.handed[6] = { ...at(served, 6), entry: encodeCbor({ refused: 'x', detail: 'y' }) };
      },
      () => [6, 'entry-malformed'],
    ],
  ])('is named when somebody %s', async (_what, tamper, named) => {
    const served = await log.served();
    await tamper(served);
    expect(await outcome(served)).toEqual(named(played));
  });
});

describe('a log that its own keeper changed and signed again', () => {
  it.each<Row>([
    [
      'turns time back',
      (served) => {
        editLeaf(served, played.receipt, { time: '2026-03-01T11:59:59.999Z' as Instant });
      },
      ({ receipt }) => [receipt, 'time-backwards'],
    ],
    [
      'names a time that does not exist',
      (served) => {
        editLeaf(served, 0, { time: '2026-02-30T12:00:00.000Z' as Instant });
      },
      () => [0, 'leaf-malformed'],
    ],
    [
      'turns a verdict',
      (served) => {
        editRecords(served, played.request, ([first, ...rest]) => [turned(first!), ...rest]);
      },
      ({ request }) => [request, 'decision-differs'],
    ],
    [
      'changes places of two verdicts',
      (served) => {
        editRecords(served, played.request, (records) => {
          const verdicts = records.flatMap((one) => (one.about === 'verdict' ? [one] : []));
          const denied = verdicts.find(({ verdict }) => !verdict.allowed)!;
          const allowed = verdicts.find(({ verdict }) => verdict.allowed)!;
          return verdicts.map((one) => {
            if (one === denied) return { ...one, verdict: allowed.verdict };
            return one === allowed ? { ...one, verdict: denied.verdict } : one;
          });
        });
      },
      ({ request }) => [request, 'decision-differs'],
    ],
    [
      'gives another reason',
      (served) => {
        editRecords(served, played.request, ([first, ...rest]) =>
          first?.about === 'verdict'
            ? [{ ...first, verdict: { ...first.verdict, because: 'it pleased us' } }, ...rest]
            : [],
        );
      },
      ({ request }) => [request, 'decision-differs'],
    ],
    [
      'drops a verdict',
      (served) => {
        editRecords(served, played.answer, (records) => records.slice(1));
      },
      ({ answer }) => [answer, 'verdict-missing'],
    ],
    [
      'adds a verdict',
      (served) => {
        editRecords(served, played.answer, (records) => [
          ...records,
          { ...records.find(isVerdict)!, descriptor: 'cd'.repeat(32) as Digest },
        ]);
      },
      ({ answer }) => [answer, 'verdict-unexpected'],
    ],
    [
      'records a verdict twice',
      (served) => {
        editRecords(served, played.answer, (records) => [...records, records[0]!]);
      },
      ({ answer }) => [answer, 'verdict-unexpected'],
    ],
    [
      'shows a record that the leaf does not commit to',
      (served) => {
        const { entry, source } = at(served, played.answer);
        const logged = accepted(parseLogEntry(entry));
        const [first, ...rest] = logged.records;
        const records = [{ ...first!, salt: flipped(first!.salt, 0) }, ...rest];
        served.handed[played.answer] = { entry: formatLogEntry({ ...logged, records }), source };
      },
      ({ answer }) => [answer, 'record-not-committed'],
    ],
    [
      'commits to more than it shows',
      (served) => {
        const { records } = leafAt(served, played.request);
        editLeaf(served, played.request, {
          records: [...records, 'ef'.repeat(32) as Digest].sort(),
        });
      },
      ({ request }) => [request, 'records-miscounted'],
    ],
    [
      'drops a due leaf',
      (served) => {
        served.handed.splice(played.due, 1);
        renumber(served);
      },
      ({ due }) => [due, 'due-missing'],
    ],
    [
      'says too early that something is due',
      (served) => {
        const due = at(served, played.due);
        served.handed.splice(played.due, 1);
        served.handed.splice(played.answer, 0, due);
        renumber(served);
        const { time } = leafAt(served, played.answer - 1);
        editLeaf(served, played.answer, { time });
      },
      ({ answer }) => [answer, 'due-unexpected'],
    ],
    [
      'says that something else is due',
      (served) => {
        editRecords(served, played.due, ([due]) => [
          { ...due!, withoutReceipt: false } as LeafRecord,
        ]);
      },
      ({ due }) => [due, 'due-differs'],
    ],
    [
      'says twice that something is due',
      (served) => {
        served.handed.splice(played.due + 1, 0, at(served, played.due));
        renumber(served);
      },
      ({ due }) => [due + 1, 'due-unexpected'],
    ],
    [
      'repeats a source',
      (served) => {
        served.handed.splice(played.heartbeat + 1, 0, at(served, played.answer));
        renumber(served);
        const { time } = leafAt(served, played.heartbeat);
        editLeaf(served, played.heartbeat + 1, { time });
      },
      ({ heartbeat }) => [heartbeat + 1, 'source-repeated'],
    ],
    [
      'drops an event',
      (served) => {
        served.handed.splice(played.receipt, 1);
        renumber(served);
      },
      ({ voided }) => [voided - 1, 'chain-gap'],
    ],
    [
      'drops the first event of a chain',
      (served) => {
        served.handed.splice(played.request, 1);
        renumber(served);
      },
      // Nobody opened the exchange now in which it is answered.
      ({ receipt }) => [receipt - 1, 'decision-differs'],
    ],
    [
      'gives an event another number',
      (served) => {
        const { entry, source } = at(served, played.receipt);
        const logged = accepted(parseLogEntry(entry));
        const origin = formatOrigin({ ...accepted(parseOrigin(logged.origin!)), revision: 1 });
        served.handed[played.receipt] = { entry: formatLogEntry({ ...logged, origin }), source };
        editLeaf(served, played.receipt, { origin: originDigest(origin) });
      },
      ({ receipt }) => [receipt, 'chain-gap'],
    ],
    [
      'moves an event to another chain',
      (served) => {
        const { entry, source } = at(served, played.receipt);
        const logged = accepted(parseLogEntry(entry));
        const chain = federation.member('tr-customs').chain;
        const origin = formatOrigin({ ...accepted(parseOrigin(logged.origin!)), chain });
        served.handed[played.receipt] = { entry: formatLogEntry({ ...logged, origin }), source };
        editLeaf(served, played.receipt, { origin: originDigest(origin) });
      },
      ({ receipt }) => [receipt, 'chain-broken'],
    ],
    [
      'shows another origin than the leaf commits to',
      (served) => {
        const { entry, source } = at(served, played.receipt);
        const logged = accepted(parseLogEntry(entry));
        const origin = formatOrigin({
          ...accepted(parseOrigin(logged.origin!)),
          salt: '00'.repeat(32) as Digest,
        });
        served.handed[played.receipt] = { entry: formatLogEntry({ ...logged, origin }), source };
      },
      ({ receipt }) => [receipt, 'origin-differs'],
    ],
    [
      'withholds a source',
      (served) => {
        served.handed[played.answer] = { ...at(served, played.answer), source: null };
      },
      ({ answer }) => [answer, 'source-missing'],
    ],
    [
      'hands over a source with a heartbeat',
      (served) => {
        const { source } = at(served, played.answer);
        served.handed[played.heartbeat] = { ...at(served, played.heartbeat), source };
      },
      ({ heartbeat }) => [heartbeat, 'source-unexpected'],
    ],
    [
      'damages a signature',
      (served) => {
        editSource(served, played.answer, (entry) => ({
          ...entry,
          signature: flipped(entry.signature, entry.signature.length - 1),
        }));
      },
      ({ answer }) => [answer, 'signature-refused'],
    ],
    [
      'exchanges the signature for that of another event',
      (served) => {
        const other = accepted(parseChainEntry(at(served, played.receipt).source!));
        editSource(served, played.answer, (entry) => ({
          ...entry,
          signature: other.kind === 'event' ? other.signature : entry.signature,
        }));
      },
      ({ answer }) => [answer, 'signature-refused'],
    ],
    [
      'damages a body',
      (served) => {
        editSource(served, played.answer, (entry) => ({
          ...entry,
          bodies: new Map([...entry.bodies].map(([name, body]) => [name, flipped(body, 200)])),
        }));
      },
      ({ answer }) => [answer, 'body-differs'],
    ],
    [
      'withholds a body',
      (served) => {
        editSource(served, played.answer, (entry) => ({ ...entry, bodies: new Map() }));
      },
      ({ answer }) => [answer, 'source-malformed'],
    ],
    [
      'opens a compartment to somebody else',
      (served) => {
        const { fingerprint } = federation.member('tr-customs');
        editSource(served, played.answer, (entry) => ({
          ...entry,
          openings: new Map(
            [...entry.openings].map(([name, [first, ...rest]]) => [
              name,
              [...rest, { ...first!, agency: fingerprint }],
            ]),
          ),
        }));
      },
      ({ answer }) => [answer, 'opening-differs'],
    ],
    [
      'leaves a recipient out',
      (served) => {
        editSource(served, played.answer, (entry) => ({
          ...entry,
          openings: new Map([...entry.openings].map(([name, [first]]) => [name, [first!]])),
        }));
      },
      ({ answer }) => [answer, 'verdict-unexpected'],
    ],
    [
      'exchanges a descriptor',
      (served) => {
        const other = accepted(parseChainEntry(at(served, played.receipt).source!));
        editSource(served, played.answer, (entry) => ({
          ...entry,
          descriptors: other.kind === 'event' ? other.descriptors : [],
        }));
      },
      ({ answer }) => [answer, 'source-malformed'],
    ],
    [
      'rejects what is sound',
      (served) => {
        editRecords(served, played.answer, () => []);
        editLeaf(served, played.answer, { kind: 'rejected', code: 'issuer-revoked' });
      },
      ({ answer }) => [answer, 'kind-differs'],
    ],
    [
      'calls an event late',
      (served) => {
        editLeaf(served, played.answer, { late: true });
      },
      ({ answer }) => [answer, 'late-differs'],
    ],
    [
      'gives a code where there is none',
      (served) => {
        editLeaf(served, played.answer, { code: 'no-reason' });
      },
      ({ answer }) => [answer, 'code-differs'],
    ],
    [
      'commits to another source',
      (served) => {
        editLeaf(served, played.answer, { entry: 'ef'.repeat(32) as Digest });
      },
      ({ answer }) => [answer, 'source-differs'],
    ],
    [
      'forges a statement of the registry',
      (served) => {
        const { source, entry } = at(served, 2);
        const statement = accepted(parseChainEntry(source!));
        if (statement.kind !== 'statement') throw new Error('the second leaf is a statement');
        const text = Buffer.from(statement.body).toString();
        const body = utf8(text.replace('R-UE/EU-R', 'UNCLASSIFIED'));
        served.handed[2] = { entry, source: formatChainEntry({ ...statement, body }) };
        editLeaf(served, 2, { entry: sha256(body) });
      },
      () => [2, 'statement-refused'],
    ],
    [
      'drops a signature under a statement of the registry',
      (served) => {
        const { source, entry } = at(served, 2);
        const statement = accepted(parseChainEntry(source!));
        if (statement.kind !== 'statement') throw new Error('the second leaf is a statement');
        const signatures = statement.signatures.slice(0, 1);
        served.handed[2] = { entry, source: formatChainEntry({ ...statement, signatures }) };
      },
      () => [2, 'statement-refused'],
    ],
    [
      'drops a statement of the registry',
      (served) => {
        served.handed.splice(3, 1);
        renumber(served);
      },
      () => [3, 'chain-gap'],
    ],
    [
      'leaves the newest line out of a mailbox',
      (served) => {
        editRecords(served, played.heads, (heads) =>
          heads.map((head) => {
            if (head.about !== 'head') return head;
            const before = log.lines.find(
              ({ entry: { agency, number } }) =>
                agency === head.agency && number === head.number - 1,
            );
            return { ...head, number: head.number - 1, head: sha256(before!.bytes) };
          }),
        );
      },
      ({ heads }) => [heads, 'head-differs'],
    ],
    [
      'says that a mailbox ends with another line',
      (served) => {
        editRecords(served, played.heads, ([first, ...others]) => [
          { ...first!, head: 'ab'.repeat(32) } as LeafRecord,
          ...others,
        ]);
      },
      ({ heads }) => [heads, 'head-differs'],
    ],
    [
      'says that the registry has other statements',
      (served) => {
        editRecords(served, played.heads, (records) =>
          records.map((one) => (one.about === 'registry' ? { ...one, count: one.count - 1 } : one)),
        );
      },
      ({ heads }) => [heads, 'head-differs'],
    ],
    [
      'says nothing of the registry',
      (served) => {
        editRecords(served, played.heads, (records) =>
          records.filter(({ about }) => about !== 'registry'),
        );
      },
      ({ heads }) => [heads, 'head-differs'],
    ],
    [
      'says nothing of one mailbox',
      (served) => {
        editRecords(served, played.heads, ([, ...others]) => others);
      },
      ({ heads }) => [heads, 'head-differs'],
    ],
    [
      'says something of the mailbox of nobody',
      (served) => {
        editRecords(served, played.heads, (heads) => [
          ...heads,
          { ...heads[0]!, agency: 'nobody' } as LeafRecord,
        ]);
      },
      ({ heads }) => [heads, 'record-malformed'],
    ],
    [
      'logs no heads of mailboxes for too long',
      (served) => {
        served.handed.splice(played.laterHeads, 1);
        renumber(served);
      },
      ({ laterHeads }) => [laterHeads, 'heads-missing'],
    ],
    [
      'records something at a heartbeat',
      (served) => {
        const logged = accepted(parseLogEntry(at(served, played.due).entry));
        const records = logged.records.map(({ record }) => accepted(parseRecord(record)));
        editRecords(served, played.heartbeat, () => records);
      },
      ({ heartbeat }) => [heartbeat, 'record-malformed'],
    ],
    [
      'signs another root',
      async (served) => {
        await served.signRoot(flipped(served.tree.root(), 0));
      },
      () => [null, 'root-differs'],
    ],
  ])('is named when it %s', async (_what, tamper, named) => {
    const served = await log.served();
    const { note } = served;
    await tamper(served);
    if (Buffer.compare(note, served.note) === 0) await served.sign();
    expect(await outcome(served)).toEqual(named(played));
  });
});
