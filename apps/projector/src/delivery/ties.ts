import { hex } from '@tripoint/envelope';
import { isRefusal } from '@tripoint/kernel';
import {
  type Delivery,
  formatSubmission,
  MOST_PROVED,
  parseDelivery,
  type SizeProof,
  submissionsTopic,
} from '@tripoint/ledger';
import { type NewFinding, type SignedTree } from '@tripoint/read-model';
import { EvidenceBearer } from '@tripoint/replay';
import {
  type Checkpoint,
  evidenceName,
  formatLogEvidence,
  openLogEvidence,
  openWitnessed,
  parseVerifierKey,
  verifyConsistency,
} from '@tripoint/transparency';
import { type ProjectorOptions } from '../projector.options.js';

/** A proof that failed so often is not a damaged copy. */
const TRIES = 3;

export const treeOf = ({ size, root }: Checkpoint): SignedTree => ({ size, root: hex(root) });

/**
 * Ties the trees that leaves were handed over under to the one that witnesses have cosigned: a hub that shows this agency another
 * log than the witnesses cannot, and what it handed over stays unverified. What comes here passed through the broker.
 */
export class Ties {
  /** How often a tree was not shown to be continued, by the proof that came for it. */
  readonly #failures = new Map<string, number>();

  readonly #bearer: EvidenceBearer;

  constructor(private readonly projector: ProjectorOptions) {
    const { agency, log, trustPolicy } = projector;
    this.#bearer = new EvidenceBearer(trustPolicy?.witnesses ?? [], (witness) => {
      log.warn('a split view could not be brought to a witness', {
        agency,
        code: 'witness-away',
        witness,
      });
    });
  }

  /** Takes a cosigned checkpoint, and the proofs that came with it. */
  async take({ note, proofs }: Extract<Delivery, { readonly kind: 'cosigned' }>): Promise<void> {
    const { agency, log, trustPolicy, witnessed } = this.projector;
    if (trustPolicy === undefined) return;
    const opened = openWitnessed(Buffer.from(note), trustPolicy);
    if (isRefusal(opened)) {
      log.warn('what witnesses are said to have cosigned is not under quorum', {
        agency,
        code: opened.refused,
      });
      return;
    }
    const cosigned = treeOf(opened.checkpoint);
    const before = await witnessed.newest();
    if (before !== undefined && before.size > cosigned.size) return;
    if (before?.size === cosigned.size && before.root !== cosigned.root) {
      await this.#found('two quorums of witnesses have cosigned two trees of one size', cosigned);
      await this.against(before.note, note);
      return;
    }
    const untied = await witnessed.untied(cosigned.size, MOST_PROVED);
    const tied = untied.flatMap((tree) => {
      const hashes = continuing(tree, cosigned, proofs);
      return hashes === undefined ? [] : [{ tree, tied: { ...tree, hashes } }];
    });
    const found = tied.map(({ tree }) => tree);
    await witnessed.keep(
      { ...cosigned, note },
      tied.map((one) => one.tied),
    );
    await this.#failed(untied, found, { note, proofs });
    const open = untied.filter((tree) => !found.includes(tree) && !this.#isGivenUp(tree));
    if (open.length > 0) await this.ask(open);
  }

  /** Asks for the newest cosigned checkpoint, and that it continues these trees. */
  async ask(trees: readonly SignedTree[] = []): Promise<void> {
    const { agency, bus, trustPolicy } = this.projector;
    if (trustPolicy === undefined) return;
    const sizes = [...new Set(trees.map(({ size }) => size))];
    const value = formatSubmission({ kind: 'prove', sizes });
    await bus.publish(submissionsTopic(agency), [{ value }]);
  }

  async #failed(
    untied: readonly SignedTree[],
    tied: readonly SignedTree[],
    { note, proofs }: { readonly note: string; readonly proofs: readonly SizeProof[] },
  ): Promise<void> {
    for (const tree of untied) {
      const shown = proofs.find(({ from }) => from === tree.size);
      if (tied.includes(tree) || shown === undefined) continue;
      const key = keyOf(tree);
      const failures = (this.#failures.get(key) ?? 0) + 1;
      this.#failures.set(key, failures);
      if (failures !== TRIES) continue;
      await this.#found('witnesses have cosigned another log than was handed over', tree);
      const handed = await this.#noteOf(tree);
      if (handed !== undefined) await this.against(handed, note, shown.hashes);
      // What this tree alone said is to go is not.
      await this.projector.journal.giveBack(tree);
    }
    for (const tree of tied) this.#failures.delete(keyOf(tree));
  }

  #isGivenUp(tree: SignedTree): boolean {
    return (this.#failures.get(keyOf(tree)) ?? 0) >= TRIES;
  }

  /**
   * Keeps two notes of the log, the smaller first, if they prove a split view: they are brought to witnesses, whom the hub does not stand
   * before. Of two sizes they prove it with the log's own proof that the second begins with another tree.
   */
  async against(first: string, second: string, proof: readonly Uint8Array[] = []): Promise<void> {
    const log = parseVerifierKey(this.projector.anchor.log.vkey);
    if (isRefusal(log)) return;
    const both = { log, first: Buffer.from(first), second: Buffer.from(second), proof };
    const evidence = formatLogEvidence(both);
    const opened = openLogEvidence(evidence, log);
    if (!isRefusal(opened) && opened.finding === 'split-view')
      await this.projector.witnessed.keepEvidence(evidenceName(both), evidence);
  }

  /** Brings what is kept to each witness that has not got it. */
  async bring(): Promise<void> {
    await this.#bearer.bring(await this.projector.witnessed.evidence());
  }

  /** The checkpoint, signed by the log, that a line was handed over under. */
  async #noteOf(tree: SignedTree): Promise<string | undefined> {
    const bytes = await this.projector.witnessed.handedUnder(tree);
    const delivery = bytes === undefined ? undefined : parseDelivery(bytes);
    return delivery === undefined || isRefusal(delivery) || delivery.kind !== 'entry'
      ? undefined
      : delivery.checkpoint;
  }

  async #found(detail: string, { size }: SignedTree): Promise<void> {
    const finding: NewFinding = { code: 'split-view', detail: `${detail}, at size ${size}` };
    this.projector.log.error('the log is not the one that witnesses have seen', {
      agency: this.projector.agency,
      size,
    });
    await this.projector.journal.aside({ findings: [finding] });
  }
}

const keyOf = ({ size, root }: SignedTree): string => `${size} ${root}`;

/** What shows that the cosigned tree continues `tree`; undefined when nothing that came does. */
const continuing = (
  tree: SignedTree,
  cosigned: SignedTree,
  proofs: readonly SizeProof[],
): readonly Uint8Array[] | undefined =>
  tree.size === cosigned.size
    ? tree.root === cosigned.root
      ? []
      : undefined
    : proofs.find(
        ({ from, hashes }) =>
          from === tree.size &&
          verifyConsistency({
            from,
            fromRoot: Buffer.from(tree.root, 'hex'),
            to: cosigned.size,
            toRoot: Buffer.from(cosigned.root, 'hex'),
            proof: hashes,
          }),
      )?.hashes;
