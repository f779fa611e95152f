import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256, utf8 } from '@tripoint/envelope';
import { type Digest, type ExchangeId } from '@tripoint/kernel';
import { type ReadsFact } from '@tripoint/policy';
import { MerkleTree } from '@tripoint/transparency';
import { ReadRoots, type ReadsFault } from './read-roots.js';
import { readUnder } from './shown-reads.js';
import { LittleFederation, LittleLog, type MemberName } from './testing/index.js';
import { verifyLog } from './verify-log.js';

const HOUR = 3_600;

let federation: LittleFederation;
let log: LittleLog;
let tree: MerkleTree;
let published: number;
beforeAll(async () => {
  federation = await LittleFederation.found();
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
  tree = new MerkleTree();
  published = 0;
});

const hexOf = (hash: Uint8Array): Digest => Buffer.from(hash).toString('hex') as Digest;
const read = (text: string, of = tree): number => of.append(Buffer.from(text));

/** The root as an honest agency publishes it, then as `lies` change it. */
const publish = async (lies: Partial<ReadsFact> = {}, by: MemberName = 'gr-police', of = tree) => {
  const since = published;
  published = of.size;
  const reads: ReadsFact = {
    size: of.size,
    root: hexOf(of.root()),
    since,
    proof: since > of.size ? [] : of.consistencyProof(since).map(hexOf),
    ...lies,
  };
  return log.event({
    by,
    exchange: randomUUID() as ExchangeId,
    family: 'reads',
    parts: [{ compartment: 'core', to: [by], facts: { item: randomUUID(), reads } }],
  });
};

const found = async (): Promise<readonly ReadsFault[]> => {
  const roots = new ReadRoots();
  const faults: ReadsFault[] = [];
  const { fault } = await verifyLog(await log.served(), federation.anchor, federation.openpgp, {
    heard: (leaf, state) => faults.push(...roots.take(leaf, state.registry)),
  });
  expect(fault).toBeNull();
  return faults;
};

describe('the roots over a read log', () => {
  it('continue one another, from the empty log on', async () => {
    await publish();
    for (const text of ['a', 'b', 'c']) read(text);
    await publish();
    await publish();
    read('d');
    await publish();
    expect(await found()).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['forgets a read', () => publish({}, 'gr-police', withRows('a', 'b'))],
    [
      'changes a read and proves what it can',
      () => publish({}, 'gr-police', withRows('a', 'x', 'c', 'd')),
    ],
    ['changes one and keeps their number', () => publish({}, 'gr-police', withRows('a', 'x', 'c'))],
    [
      'says that it had published less before',
      () => publish({ since: 2, proof: tree.consistencyProof(2).map(hexOf) }),
    ],
    ['says that it had published nothing before', () => publish({ since: 0, proof: [] })],
    [
      'proves nothing',
      () => {
        read('d');
        return publish({ proof: [] });
      },
    ],
  ])('show that an agency %s', async (_attack, attack) => {
    for (const text of ['a', 'b', 'c']) read(text);
    await publish();
    await attack();
    const [fault, ...others] = await found();
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ agency: 'gr-police', leaf: log.handed.length - 1 });
    expect(['reads-shrunk', 'reads-rewritten']).toContain(fault?.code);
  });

  it('show what is wrong with the first one, too', async () => {
    for (const text of ['a', 'b', 'c']) read(text);
    await publish({ since: 1, proof: tree.consistencyProof(1).map(hexOf) });
    expect(await found()).toMatchObject([{ code: 'reads-rewritten' }]);
  });

  it('are of one agency each', async () => {
    for (const text of ['a', 'b', 'c']) read(text);
    await publish();
    published = 0;
    await publish({}, 'bg-gdbop', withRows('x'));
    expect(await found()).toEqual([]);
  });

  it('are late once for each time, in the time of the log, and of nobody who may not speak', async () => {
    const first = await publish();
    log.pass(2 * HOUR);
    await log.own('heartbeat');
    log.pass(2 * HOUR);
    await log.own('heartbeat');
    log.pass(2 * HOUR);
    await log.own('heartbeat');
    const second = await publish();
    log.pass(4 * HOUR);
    await log.own('heartbeat');
    expect(await found()).toEqual([
      expect.objectContaining({ code: 'reads-root-late', agency: 'gr-police', leaf: first }),
      expect.objectContaining({ code: 'reads-root-late', agency: 'gr-police', leaf: second }),
    ]);
  });

  it('are late of an agency that speaks and has never published one', async () => {
    const said = await log.event({
      by: 'tr-customs',
      exchange: randomUUID() as ExchangeId,
      family: 'attempt',
      parts: [{ compartment: 'core', to: ['tr-customs'], facts: { item: randomUUID() } }],
    });
    log.pass(4 * HOUR);
    await log.own('heartbeat');
    expect(await found()).toMatchObject([
      { code: 'reads-root-late', agency: 'tr-customs', leaf: said },
    ]);
  });
});

describe('a read that is shown', () => {
  const text = (number: number, officer = 'eleni') =>
    JSON.stringify([
      'tripoint/read/v2',
      ...[`${number}`, officer, 'PREVENTION', null, null, null, null, ['core']],
      ...['2026-03-01T12:00:00.000Z', '0'.repeat(64), 'ef'],
    ]);
  const kept = new MerkleTree();
  for (let n = 0; n < 7; n += 1) kept.append(Buffer.from(sha256(utf8(text(n))), 'hex'));
  const root = { size: 7, root: hexOf(kept.root()) };
  const shown = (number: number) => ({
    number,
    text: text(number),
    path: kept.inclusionProof(number).map(hexOf),
  });

  it('stands under the root at its number, and nothing else does', () => {
    for (let n = 0; n < 7; n += 1) expect(readUnder(root, shown(n))?.number).toBe(BigInt(n));
    expect(readUnder(root, { ...shown(3), text: text(3, 'somebody else') })).toBeUndefined();
    expect(readUnder(root, { ...shown(3), number: 4 })).toBeUndefined();
    expect(readUnder(root, { ...shown(3), text: text(4) })).toBeUndefined();
    expect(readUnder(root, { ...shown(3), text: '[]' })).toBeUndefined();
    expect(readUnder(root, { ...shown(3), path: shown(4).path })).toBeUndefined();
    expect(readUnder({ ...root, size: 6 }, shown(6))).toBeUndefined();
    expect(readUnder({ ...root, root: 'ab'.repeat(32) as Digest }, shown(3))).toBeUndefined();
  });
});

const withRows = (...texts: readonly string[]): MerkleTree => {
  const rows = new MerkleTree();
  for (const text of texts) read(text, rows);
  return rows;
};
