import { isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { parseAddCheckpoint } from './add-checkpoint.js';
import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import { sameHash } from './hash.js';
import {
  evidenceName,
  formatLogEvidence,
  openLogEvidence,
  parseLogEvidence,
} from './log-evidence.js';
import { type NoteSigner } from './note-signer.js';
import { formatSignatureLine, parseNote } from './note.js';
import { openCheckpoint } from './open-note.js';
import { type VerifierKey } from './verifier-key.js';
import { verifyConsistency } from './verify-proofs.js';

/** What a witness has to remember, whatever happens to it. */
export abstract class WitnessStore {
  /** The note of the checkpoint that was cosigned last for a log, undefined when none was. */
  abstract latest(origin: string): Promise<Uint8Array | undefined>;
  /**
   * Puts `next` in the place of `before`, the note that `latest` gave. Of several who do so at once, in whatever process, one succeeds
   * and the others are answered false. Durable when it resolves.
   */
  abstract replace(
    origin: string,
    before: Uint8Array | undefined,
    next: Uint8Array,
  ): Promise<boolean>;
  /** Keeps evidence against a log under a name of 64 hexadecimal digits, the first that is given. Durable when it resolves. */
  abstract keepEvidence(name: string, evidence: Uint8Array): Promise<void>;
  /** The evidence that is kept, by name. */
  abstract evidence(): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** Why a checkpoint was not cosigned; each is one answer of the protocol. */
export type WitnessRefusal = Refusal<
  | 'malformed-request'
  | 'unknown-log'
  | 'not-signed-by-log'
  | 'old-beyond-checkpoint'
  | 'split-view'
  | 'inconsistent'
>;

/** The old size was not the one that was cosigned last, which is `size`. */
export type OtherSize = { readonly size: number };

/** The cosignature's line, its newline included. */
export type Cosigned = { readonly line: string; readonly checkpoint: Checkpoint };

/**
 * Cosigns the checkpoints of logs that it knows, as C2SP tlog-witness has it. What it cosigns it has stored before, so that of
 * one log it never cosigns two trees of which one does not continue the other, whatever it is asked at once.
 */
export class Witness {
  constructor(
    private readonly logs: readonly VerifierKey[],
    private readonly signer: NoteSigner,
    private readonly store: WitnessStore,
  ) {}

  /** Answers a request that anybody can send. */
  async addCheckpoint(bytes: Uint8Array): Promise<Cosigned | OtherSize | WitnessRefusal> {
    const request = parseAddCheckpoint(bytes);
    if (isRefusal(request)) return request;
    const note = parseNote(request.checkpoint);
    const claimed = isRefusal(note) ? note : parseCheckpoint(note.text);
    if (isRefusal(note) || isRefusal(claimed))
      return refuse('malformed-request', 'what is to be cosigned is not a checkpoint');
    const { origin } = claimed;
    const keys = this.logs.filter(({ name }) => name === origin);
    if (keys.length === 0) return refuse('unknown-log', 'this witness does not know the log');
    const key = keys.find((one) => !isRefusal(openCheckpoint(request.checkpoint, one)));
    if (key === undefined)
      return refuse('not-signed-by-log', 'no known key of the log has signed the checkpoint');

    const before = await this.store.latest(origin);
    const latest = before === undefined ? undefined : this.#stored(before);
    if (latest?.size === claimed.size && !sameHash(latest.root, claimed.root)) {
      await this.#keep(key, before, request.checkpoint, request.proof);
      return refuse('split-view', 'another tree of this size has been cosigned');
    }
    const { old } = request;
    if (old > claimed.size)
      return refuse('old-beyond-checkpoint', 'the old size is larger than the checkpoint’s');
    if (old !== (latest?.size ?? 0)) return { size: latest?.size ?? 0 };
    if (!continues(latest, claimed, request.proof)) {
      await this.#keep(key, before, request.checkpoint, request.proof);
      return refuse('inconsistent', 'the proof does not show that the tree continues');
    }

    // INVARIANT: no signature leaves unless its tree took the place of the one that it was held against: a slower request for a
    // smaller tree would else roll the log back. Made before, it says truly that this was the largest tree at its time.
    const { name, keyId } = this.signer.verifierKey;
    const signature = await this.signer.sign(note.text);
    if (!(await this.store.replace(origin, before, request.checkpoint))) {
      const now = await this.store.latest(origin);
      return { size: now === undefined ? 0 : this.#stored(now).size };
    }
    return { line: formatSignatureLine({ name, keyId, signature }), checkpoint: claimed };
  }

  /**
   * Keeps evidence that somebody else has, and answers its name: two trees that a known log has signed, of which one is shown not to be
   * the other's beginning, stand on their own. What the log may still explain is kept only where this witness has seen it.
   */
  async takeEvidence(bytes: Uint8Array): Promise<string | Refusal<'no-evidence'>> {
    const isSplit = this.logs.some((log) => {
      const opened = openLogEvidence(bytes, log);
      return !isRefusal(opened) && opened.finding === 'split-view';
    });
    const evidence = parseLogEvidence(bytes);
    if (!isSplit || isRefusal(evidence))
      return refuse(
        'no-evidence',
        'it does not show two trees that a known log has signed and cannot explain',
      );
    const name = evidenceName(evidence);
    await this.store.keepEvidence(name, bytes);
    return name;
  }

  /** @throws when the store holds what was never put there */
  #stored(bytes: Uint8Array): Checkpoint {
    const note = parseNote(bytes);
    const checkpoint = isRefusal(note) ? note : parseCheckpoint(note.text);
    if (isRefusal(checkpoint)) throw new Error('the witness’s store does not hold a checkpoint');
    return checkpoint;
  }

  async #keep(
    log: VerifierKey,
    first: Uint8Array | undefined,
    second: Uint8Array,
    proof: readonly Uint8Array[],
  ): Promise<void> {
    if (first === undefined) return;
    const evidence = { log, first, second, proof };
    await this.store.keepEvidence(evidenceName(evidence), formatLogEvidence(evidence));
  }
}

const continues = (
  latest: Checkpoint | undefined,
  next: Checkpoint,
  proof: readonly Uint8Array[],
): boolean =>
  latest === undefined
    ? proof.length === 0
    : verifyConsistency({
        from: latest.size,
        fromRoot: latest.root,
        to: next.size,
        toRoot: next.root,
        proof,
      });
