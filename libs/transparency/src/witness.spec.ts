import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import fc from 'fast-check';
import {
  addSignature,
  Cosigner,
  Ed25519NoteSigner,
  formatAddCheckpoint,
  formatCheckpoint,
  formatLogEvidence,
  generateNoteKey,
  MerkleTree,
  type LogEvidence,
  openCheckpoint,
  openLogEvidence,
  parseAddCheckpoint,
  parseLogEvidence,
  proofAgainst,
  signNote,
  Witness,
  WitnessStore,
} from './index.js';

const MUTATIONS = Number(process.env['TRANSPARENCY_MUTATIONS'] ?? 800);
/** D2: runs in which a hub shows two trees to three witnesses. */
const SPLITS = Number(process.env['TRIPOINT_SPLITS'] ?? 60);
/** D3: requests that one witness is asked at once. */
const RACING = Number(process.env['TRIPOINT_RACING'] ?? 300);

const ORIGIN = 'log.example/one';
const pem = generateNoteKey(ORIGIN, 'ed25519').privateKeyPem;
const log = Ed25519NoteSigner.fromPem(ORIGIN, pem);
const stranger = Ed25519NoteSigner.fromPem(
  ORIGIN,
  generateNoteKey(ORIGIN, 'ed25519').privateKeyPem,
);

const another = Ed25519NoteSigner.fromPem(
  'another.example',
  generateNoteKey('another.example', 'ed25519').privateKeyPem,
);

/** Remembers in memory, and answers in whatever order it likes. */
class MemoryStore extends WitnessStore {
  readonly kept = new Map<string, Buffer>();
  readonly sizes: number[] = [];
  #note: Uint8Array | undefined;

  constructor(private readonly pause: () => Promise<void> = () => Promise.resolve()) {
    super();
  }

  override async latest(): Promise<Uint8Array | undefined> {
    await this.pause();
    const note = this.#note;
    await this.pause();
    return note;
  }

  override async replace(
    _origin: string,
    before: Uint8Array | undefined,
    next: Uint8Array,
  ): Promise<boolean> {
    await this.pause();
    if (this.#note !== before) return false;
    this.#note = next;
    this.sizes.push(Number(Buffer.from(next).toString().split('\n')[1]));
    await this.pause();
    return true;
  }

  override evidence(): Promise<ReadonlyMap<string, Uint8Array>> {
    return Promise.resolve(this.kept);
  }

  override keepEvidence(name: string, evidence: Uint8Array): Promise<void> {
    if (!this.kept.has(name)) this.kept.set(name, Buffer.from(evidence));
    return Promise.resolve();
  }
}

const grown = (count: number, from = (n: number) => `leaf ${n}`): MerkleTree => {
  const tree = new MerkleTree();
  for (let index = 0; index < count; index += 1) tree.append(Buffer.from(from(index)));
  return tree;
};
const tree = grown(64);
const other = grown(64, (n) => (n < 20 ? `leaf ${n}` : `another ${n}`));

const noteOf = (of: MerkleTree, size: number, by = log, origin = ORIGIN): Promise<Buffer> =>
  signNote(formatCheckpoint({ origin, size, root: of.root(size), extensions: [] }), [by]);
const ask = async (
  of: MerkleTree,
  old: number,
  size: number,
  rest: { by?: Ed25519NoteSigner; origin?: string; proof?: readonly Uint8Array[] } = {},
): Promise<Buffer> =>
  formatAddCheckpoint({
    old,
    proof: rest.proof ?? (old > size ? [] : of.consistencyProof(old, size)),
    checkpoint: await noteOf(of, size, rest.by, rest.origin),
  });

const made = (store = new MemoryStore(), name = 'witness.example/w') => {
  const signer = Cosigner.fromPem(
    name,
    generateNoteKey(name, 'cosignature-v1').privateKeyPem,
    () => new Date('2026-11-26T12:00:00Z'),
  );
  return { store, signer, witness: new Witness([log.verifierKey], signer, store) };
};
const code = (outcome: unknown): unknown => (isRefusal(outcome) ? outcome.refused : outcome);

describe('a witness', () => {
  it('cosigns a log from its beginning, and every tree that continues the last', async () => {
    const { witness, store, signer } = made();
    for (const [old, size] of [
      [0, 5],
      [5, 5],
      [5, 40],
      [40, 64],
    ] as const) {
      const answer = await witness.addCheckpoint(await ask(tree, old, size));
      const note = Buffer.concat([
        await noteOf(tree, size),
        Buffer.from((answer as { line: string }).line),
      ]);
      expect(openCheckpoint(note, log.verifierKey, [signer.verifierKey])).toMatchObject({
        checkpoint: { size },
        cosignatures: [{ name: 'witness.example/w', time: 1795694400 }],
      });
    }
    expect(store.sizes).toEqual([5, 5, 40, 64]);
    expect(store.kept.size).toBe(0);
  });

  it('begins with an empty log', async () => {
    const { witness } = made();
    expect(await witness.addCheckpoint(await ask(tree, 0, 0))).toHaveProperty('line');
    expect(await witness.addCheckpoint(await ask(tree, 0, 7))).toHaveProperty('line');
  });

  it.each<[string, unknown, () => Promise<Uint8Array>]>([
    ['nonsense', 'malformed-request', () => Promise.resolve(Buffer.from('x'))],
    [
      'a note that is no checkpoint',
      'malformed-request',
      async () => Buffer.concat([Buffer.from('old 0\n\n'), await signNote('hello\n', [log])]),
    ],
    ['another log', 'unknown-log', () => ask(tree, 30, 40, { origin: 'log.example/two' })],
    ['a stranger’s note', 'not-signed-by-log', () => ask(tree, 30, 40, { by: stranger })],
    ['an old size beyond the new', 'old-beyond-checkpoint', () => ask(tree, 41, 40)],
    ['a smaller old size', { size: 30 }, () => ask(tree, 29, 40)],
    ['no old size', { size: 30 }, () => ask(tree, 0, 40)],
    ['a larger old size', { size: 30 }, () => ask(tree, 31, 40)],
    ['no proof', 'inconsistent', () => ask(tree, 30, 40, { proof: [] })],
    ['another tree', 'inconsistent', () => ask(other, 30, 40)],
    ['another tree of the same size', 'split-view', () => ask(other, 30, 30)],
    ['the same by another old size', 'split-view', () => ask(other, 7, 30)],
  ])('refuses %s', async (_what, expected, request) => {
    const { witness, store } = made();
    await witness.addCheckpoint(await ask(tree, 0, 30));
    expect(code(await witness.addCheckpoint(await request()))).toEqual(expected);
    expect(store.sizes).toEqual([30]);
  });

  it('keeps both notes of a split view, which then stand on their own', async () => {
    const { witness, store } = made();
    await witness.addCheckpoint(await ask(tree, 0, 30));
    for (const proof of [[], [tree.root()]]) {
      await witness.addCheckpoint(await ask(other, 30, 30, { proof }));
      // Anybody can make up proofs and signature lines: they are no new evidence.
      await witness.addCheckpoint(await ask(other, 30, 40, { proof }));
      await witness.addCheckpoint(
        formatAddCheckpoint({
          old: 30,
          proof,
          checkpoint: (await addSignature(await noteOf(other, 40), another)) as Buffer,
        }),
      );
    }
    const [split, unproven] = [...store.kept.values()];
    expect(store.kept.size).toBe(2);
    expect(openLogEvidence(split!, log.verifierKey)).toEqual({
      finding: 'split-view',
      origin: ORIGIN,
      sizes: [30, 30],
    });
    expect(openLogEvidence(unproven!, log.verifierKey)).toMatchObject({
      finding: 'unproven',
      sizes: [30, 40],
    });
  });

  it('is no good with a store that was written by somebody else', async () => {
    const { witness, store } = made();
    await store.replace(ORIGIN, undefined, Buffer.from('x'));
    await expect(witness.addCheckpoint(await ask(tree, 0, 30))).rejects.toThrow('does not hold');
  });

  it('never cosigns two trees, whoever is shown which first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 21, max: 64 }), fc.nat(2)), {
          minLength: 8,
          maxLength: 24,
        }),
        async (shown) => {
          const witnesses = ['a', 'b', 'c'].map((name) => made(new MemoryStore(), name));
          const signed = witnesses.map(() => new Set<string>());
          for (const [honest, size, which] of shown) {
            const of = honest ? tree : other;
            const { witness, store } = witnesses[which]!;
            const old = store.sizes.at(-1) ?? 0;
            const answer = await witness.addCheckpoint(await ask(of, old, Math.max(old, size)));
            if ('line' in answer) signed[which]!.add(honest ? 'tree' : 'other');
          }
          // From leaf 20 on the trees differ: whoever cosigned one will never cosign the other, so no two quorums of two agree on both.
          expect(signed.every(({ size }) => size <= 1)).toBe(true);
          for (const { store } of witnesses)
            for (const evidence of store.kept.values())
              expect(isRefusal(openLogEvidence(evidence, log.verifierKey))).toBe(false);
        },
      ),
      { numRuns: SPLITS },
    );
  });

  it('never goes back, whatever it is asked at once', async () => {
    let turn = 1;
    const { witness, store } = made(
      // Each step of the store takes its own number of turns: requests overtake one another.
      new MemoryStore(async () => {
        turn = (turn * 1103515245 + 12345) % 2147483648;
        for (let rest = turn % 4; rest > 0; rest -= 1) await Promise.resolve();
      }),
    );
    const sizes = Array.from({ length: RACING }, (_, n) => 1 + ((n * 37) % 64));
    const answered: number[] = [];
    await Promise.all(
      sizes.map(async (size) => {
        for (let old = store.sizes.at(-1) ?? 0; ;) {
          const answer = await witness.addCheckpoint(await ask(tree, old, size));
          if ('line' in answer) answered.push(size);
          if (!('size' in answer) || answer.size > size) return;
          old = answer.size;
        }
      }),
    );
    expect(store.sizes).toEqual([...store.sizes].sort((a, b) => a - b));
    expect([...answered].sort((a, b) => a - b)).toEqual(store.sizes);
    expect(store.sizes.at(-1)).toBe(Math.max(...sizes));
  });
});

describe('a request to a witness', () => {
  it('is parsed to what was formatted', async () => {
    const checkpoint = await noteOf(tree, 40);
    const request = { old: 30, proof: tree.consistencyProof(30, 40), checkpoint };
    expect(parseAddCheckpoint(formatAddCheckpoint(request))).toEqual(request);
    for (const broken of [
      { old: -1 },
      { proof: [Buffer.of()] },
      { proof: Array.from({ length: 64 }, () => tree.root()) },
      { checkpoint: Buffer.of() },
    ])
      expect(() => formatAddCheckpoint({ ...request, ...broken })).toThrow(RangeError);
  });

  it.each<[string, (request: string) => string]>([
    ['spells its size otherwise', (r) => r.replace('old 30', 'old 030')],
    ['signs its size', (r) => r.replace('old 30', 'old +30')],
    ['has no size', (r) => r.replace('old 30\n', '')],
    ['has another word', (r) => r.replace('old', 'new')],
    ['spells a hash otherwise', (r) => r.replace('=\n', '\n')],
    ['has a short hash', (r) => r.replace(/\n.{44}\n/, '\nAAAA\n')],
    ['has too many hashes', (r) => r.replace('\n', `\n${`${'A'.repeat(43)}=\n`.repeat(63)}`)],
    ['has no checkpoint', (r) => r.slice(0, r.indexOf('\n\n') + 2)],
    ['has carriage returns', (r) => r.replaceAll('\n', '\r\n')],
    ['is huge', (r) => r + 'x'.repeat(300_000)],
  ])('is refused when it %s', async (_what, spoil) => {
    const request = (await ask(tree, 30, 40)).toString();
    expect(spoil(request)).not.toBe(request);
    expect(code(parseAddCheckpoint(Buffer.from(spoil(request))))).toBe('malformed-request');
  });

  it('is never cosigned mutated, but for what the log did not sign, and never throws', async () => {
    const request = await ask(tree, 30, 40);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(request.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (where, flip) => {
          const mutated = Buffer.from(request);
          mutated[where]! ^= flip;
          const parsed = parseAddCheckpoint(mutated);
          if (!isRefusal(parsed)) expect(formatAddCheckpoint(parsed).equals(mutated)).toBe(true);
          const { witness, store } = made();
          await witness.addCheckpoint(await ask(tree, 0, 30));
          await witness.addCheckpoint(mutated);
          expect(store.sizes).toEqual([30]);
        },
      ),
      { numRuns: Math.ceil(MUTATIONS / 10) },
    );
  });
});

describe('evidence against a log', () => {
  const evidence = async (
    [first, second]: readonly [MerkleTree, MerkleTree],
    [from, to]: readonly [number, number],
    rest: Partial<LogEvidence> = {},
  ): Promise<LogEvidence> => ({
    log: log.verifierKey,
    first: await noteOf(first, from),
    second: await noteOf(second, to),
    proof: [],
    ...rest,
  });

  it('is parsed to what was formatted', async () => {
    const kept = await evidence([tree, other], [30, 40], { proof: [tree.root(), tree.root(3)] });
    expect(parseLogEvidence(formatLogEvidence(kept))).toEqual(kept);
    expect(() => formatLogEvidence({ ...kept, proof: [Buffer.of()] })).toThrow(RangeError);
  });

  it('is none against a log that has done nothing', async () => {
    const open = async (...of: Parameters<typeof evidence>): Promise<unknown> =>
      code(openLogEvidence(formatLogEvidence(await evidence(...of)), log.verifierKey));
    expect(await open([tree, tree], [30, 30])).toBe('no-evidence');
    expect(await open([tree, tree], [40, 30])).toBe('no-evidence');
    expect(await open([tree, tree], [30, 40], { proof: tree.consistencyProof(30, 40) })).toBe(
      'no-evidence',
    );
    expect(await open([tree, other], [30, 30], { second: await noteOf(other, 30, stranger) })).toBe(
      'unknown-keys',
    );
    expect(await open([tree, other], [30, 30], { first: await noteOf(tree, 30, stranger) })).toBe(
      'unknown-keys',
    );
    expect(await open([tree, other], [30, 30], { log: stranger.verifierKey })).toBe('other-log');
    expect(await open([tree, other], [30, 30])).toMatchObject({ finding: 'split-view' });
    const more = await addSignature(await noteOf(other, 30), stranger);
    expect(await open([tree, other], [30, 30], { second: more as Buffer })).toMatchObject({
      finding: 'split-view',
    });
  });

  it('shows a larger tree that begins with another, by a proof of that tree, for every size', async () => {
    const begun = grown(40, (n) => `begun ${n}`);
    const open = async (from: number, proof: readonly Uint8Array[]): Promise<unknown> =>
      openLogEvidence(
        formatLogEvidence(await evidence([begun, tree], [from, 40], { proof })),
        log.verifierKey,
      );
    for (let from = 1; from < 40; from += 1) {
      const proof = proofAgainst(tree, from, 40);
      expect(await open(from, proof)).toMatchObject({ finding: 'split-view', sizes: [from, 40] });
      const [first, ...rest] = proof;
      for (const wrong of [[], rest, [...proof, tree.root()], [other.root(3), ...rest]])
        expect(await open(from, wrong)).toMatchObject({ finding: 'unproven' });
      // Nobody accuses a log that is honest by such a proof.
      const honest = { proof: [first!, ...rest] };
      const told = openLogEvidence(
        formatLogEvidence(await evidence([tree, tree], [from, 40], honest)),
        log.verifierKey,
      );
      expect(isRefusal(told) || told.finding === 'unproven').toBe(true);
    }
    expect(await open(0, proofAgainst(tree, 0, 40))).toMatchObject({ refused: 'no-evidence' });
  });

  it('is refused when it is mutated, and never throws', async () => {
    const bytes = formatLogEvidence(await evidence([tree, other], [30, 30]));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (where, flip) => {
        const mutated = Buffer.from(bytes);
        mutated[where]! ^= flip;
        expect(isRefusal(openLogEvidence(mutated, log.verifierKey))).toBe(true);
      }),
      { numRuns: MUTATIONS },
    );
    expect(code(parseLogEvidence(Buffer.alloc(800_000)))).toBe('malformed-evidence');
  });
});
