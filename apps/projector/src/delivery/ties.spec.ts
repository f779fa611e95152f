import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Bus, type Message } from '@tripoint/bus';
import { type AgencyId, isRefusal } from '@tripoint/kernel';
import { formatDelivery, parseSubmission, type SizeProof } from '@tripoint/ledger';
import { JsonLog } from '@tripoint/platform';
import {
  type CosignedTree,
  type Journal,
  type NewFinding,
  type SignedTree,
  Witnessed,
} from '@tripoint/read-model';
import {
  Cosigner,
  Ed25519NoteSigner,
  formatCheckpoint,
  formatVerifierKey,
  generateNoteKey,
  MerkleTree,
  openLogEvidence,
  signNote,
  type TrustPolicy,
} from '@tripoint/transparency';
import { type ProjectorOptions } from '../projector.options.js';
import { Ties } from './ties.js';

const ORIGIN = 'log.example/one';
const log = Ed25519NoteSigner.fromPem(ORIGIN, generateNoteKey(ORIGIN, 'ed25519').privateKeyPem);
const witness = Cosigner.fromPem(
  'w',
  generateNoteKey('w', 'cosignature-v1').privateKeyPem,
  () => new Date(),
);
const trustPolicy: TrustPolicy = {
  logs: [{ key: log.verifierKey, url: null }],
  witnesses: [{ name: 'w', key: witness.verifierKey, url: null }],
  groups: [],
  quorum: 'w',
};
const grown = (word: string): MerkleTree => {
  const tree = new MerkleTree();
  for (let leaf = 0; leaf < 40; leaf += 1) tree.append(Buffer.from(`${word} ${leaf}`));
  return tree;
};
const tree = grown('leaf');
const other = grown('another');
const treeAt = (of: MerkleTree, size: number): SignedTree => ({
  size,
  root: of.root(size).toString('hex'),
});
const noteOf = async (of: MerkleTree, size: number, signers = [log, witness]): Promise<string> => {
  const text = formatCheckpoint({ origin: ORIGIN, size, root: of.root(size), extensions: [] });
  return (await signNote(text, signers)).toString();
};
const proofs = (of: MerkleTree, to: number, ...sizes: readonly number[]): readonly SizeProof[] =>
  sizes.map((from) => ({ from, hashes: of.consistencyProof(from, to) }));

/** What was handed over under a note; only that is looked at. */
const lineUnder = (checkpoint: string): Uint8Array =>
  formatDelivery({
    kind: 'entry',
    mailbox: new Uint8Array(),
    leaf: new Uint8Array(),
    proof: [],
    checkpoint,
    source: null,
    origin: null,
    wraps: [],
    erased: [],
    granted: null,
    records: [],
  });

/** Keeps in memory what was handed over and what was tied. */
class Kept extends Witnessed {
  held: SignedTree[] = [];
  cosigned: CosignedTree | undefined;
  readonly against = new Map<string, Uint8Array>();
  /** The line that was handed over under a tree, by its size. */
  readonly lines = new Map<number, Uint8Array>();

  override size(): Promise<number> {
    return Promise.resolve(this.cosigned?.size ?? 0);
  }
  override newest(): Promise<CosignedTree | undefined> {
    return Promise.resolve(this.cosigned);
  }
  override untied(size: number, limit: number): Promise<readonly SignedTree[]> {
    return Promise.resolve(this.held.filter((one) => one.size <= size).slice(0, limit));
  }
  override handedUnder({ size }: SignedTree): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.lines.get(size));
  }
  override keepEvidence(name: string, evidence: Uint8Array): Promise<void> {
    this.against.set(name, evidence);
    return Promise.resolve();
  }
  override evidence(): Promise<ReadonlyMap<string, Uint8Array>> {
    return Promise.resolve(this.against);
  }
  override keep(cosigned: CosignedTree, tied: readonly SignedTree[]): Promise<void> {
    this.cosigned = cosigned;
    this.held = this.held.filter(
      (one) => !tied.some(({ size, root }) => size === one.size && root === one.root),
    );
    return Promise.resolve();
  }
}

describe('what witnesses have cosigned', () => {
  let kept: Kept;
  let findings: NewFinding[];
  /** Trees of which was said that nothing is to go because of them. */
  let given: SignedTree[];
  let asked: (readonly number[])[];
  let ties: Ties;

  beforeEach(() => {
    kept = new Kept();
    findings = [];
    given = [];
    asked = [];
    ties = new Ties(
      options({
        trustPolicy,
      }),
    );
  });

  const options = (rest: Partial<ProjectorOptions>): ProjectorOptions =>
    ({
      agency: 'gr-police' as AgencyId,
      anchor: { log: { name: ORIGIN, vkey: formatVerifierKey(log.verifierKey) } },
      witnessed: kept,
      log: new JsonLog('ties', 'error', () => undefined),
      bus: {
        publish: (_topic: string, messages: readonly Message[]) => {
          for (const { value } of messages) {
            const said = parseSubmission(value);
            if (!isRefusal(said) && said.kind === 'prove') asked.push(said.sizes);
          }
          return Promise.resolve();
        },
      } as unknown as Bus,
      journal: {
        aside: ({ findings: found = [] }: { readonly findings?: readonly NewFinding[] }) => {
          findings.push(...found);
          return Promise.resolve();
        },
        giveBack: (one: SignedTree) => {
          given.push(one);
          return Promise.resolve();
        },
      } as unknown as Journal,
      ...rest,
    }) as unknown as ProjectorOptions;

  const take = async (
    of: MerkleTree,
    size: number,
    shown: readonly SizeProof[] = [],
  ): Promise<void> => {
    await ties.take({ kind: 'cosigned', note: await noteOf(of, size), proofs: shown });
  };

  it('is tied to what was handed over by proofs that are asked for', async () => {
    kept.held = [treeAt(tree, 5), treeAt(tree, 9), treeAt(tree, 30), treeAt(tree, 35)];
    await take(tree, 30);
    expect(asked).toEqual([[5, 9]]);
    expect(kept.held).toEqual([treeAt(tree, 5), treeAt(tree, 9), treeAt(tree, 35)]);
    await take(tree, 30, proofs(tree, 30, 5, 9));
    expect(kept.held).toEqual([treeAt(tree, 35)]);
    expect(kept.cosigned).toMatchObject(treeAt(tree, 30));
    expect(asked).toHaveLength(1);
    expect(findings).toEqual([]);
  });

  it('is not another log than was handed over: what was stays unverified, and people are told', async () => {
    kept.held = [treeAt(other, 9), treeAt(other, 30)];
    for (let again = 0; again < 5; again += 1)
      await take(tree, 30, again === 0 ? [] : proofs(tree, 30, 9, 30));
    expect(kept.held).toEqual([treeAt(other, 9), treeAt(other, 30)]);
    expect(findings.map(({ code }) => code)).toEqual(['split-view', 'split-view']);
    expect(given).toEqual([treeAt(other, 9), treeAt(other, 30)]);
    // It was asked for while that could help, and no longer.
    expect(asked).toHaveLength(3);
  });

  it('speaks against a log that has shown another one here, by both notes, with the log’s own proof', async () => {
    kept.held = [treeAt(other, 9), treeAt(other, 30)];
    for (const { size } of kept.held)
      kept.lines.set(size, lineUnder(await noteOf(other, size, [log])));
    for (let again = 0; again < 3; again += 1) await take(tree, 30, proofs(tree, 30, 9, 30));
    const found = [...kept.against.values()].map((bytes) =>
      openLogEvidence(bytes, log.verifierKey),
    );
    expect(found).toMatchObject([
      { finding: 'split-view', sizes: [9, 30] },
      { finding: 'split-view', sizes: [30, 30] },
    ]);
  });

  it('speaks against nobody by a proof that was made up on the way', async () => {
    kept.held = [treeAt(tree, 9)];
    kept.lines.set(9, lineUnder(await noteOf(tree, 9, [log])));
    for (let again = 0; again < 3; again += 1) await take(tree, 30, proofs(other, 30, 9));
    expect(findings.map(({ code }) => code)).toEqual(['split-view']);
    expect(kept.against.size).toBe(0);
  });

  it('is believed of a quorum only', async () => {
    kept.held = [treeAt(tree, 9)];
    await ties.take({
      kind: 'cosigned',
      note: await noteOf(tree, 30, [log]),
      proofs: proofs(tree, 30, 9),
    });
    await ties.take({ kind: 'cosigned', note: 'x', proofs: [] });
    expect(kept.cosigned).toBeUndefined();
    expect(kept.held).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  it('never goes back, and never becomes another tree of its size', async () => {
    await take(tree, 30);
    await take(tree, 20);
    expect(kept.cosigned).toMatchObject(treeAt(tree, 30));
    await take(other, 30);
    expect(kept.cosigned).toMatchObject(treeAt(tree, 30));
    expect(findings.map(({ code }) => code)).toEqual(['split-view']);
  });

  it('is nothing to whoever has no policy', async () => {
    ties = new Ties(options({}));
    await take(tree, 30);
    await ties.ask();
    expect(kept.cosigned).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
