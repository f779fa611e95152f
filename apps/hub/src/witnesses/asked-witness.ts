import { growing, HubError, isRefusal } from '@tripoint/kernel';
import {
  formatAddCheckpoint,
  MAX_NOTE_BYTES,
  type MerkleTree,
  openCheckpoint,
  type PolicyWitness,
  TREE_SIZE_TYPE,
  type VerifierKey,
} from '@tripoint/transparency';

/** What a witness is asked about. */
export type Asked = {
  readonly size: number;
  /** The checkpoint, signed by the log. */
  readonly note: string;
  readonly tree: MerkleTree;
};

const PATIENCE = 5_000;
const FIRST_PAUSE = 10_000;
const LONGEST_PAUSE = 300_000;
const SIZE = /^(0|[1-9]\d{0,14})\n$/;

/** One witness as a hub knows it: where it answers, what it cosigned last, and how often it has failed. */
export class AskedWitness {
  /** Times that it did not cosign what it was asked to, since the start. */
  failures = 0;
  #inARow = 0;
  #notBefore = Number.NEGATIVE_INFINITY;
  /** The size that it cosigned last, as far as is known; it says so itself where that is wrong. */
  #old = 0;

  constructor(
    readonly witness: PolicyWitness,
    private readonly log: VerifierKey,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get name(): string {
    return this.witness.name;
  }

  /**
   * The witness's signature lines for a checkpoint; undefined while it is left alone after a failure.
   * @throws {HubError} when it does not answer in time, or does not cosign
   */
  async cosign(asked: Asked, signal: AbortSignal): Promise<string | undefined> {
    if (this.now() < this.#notBefore) return undefined;
    try {
      const lines = await this.#ask(asked, signal);
      this.#inARow = 0;
      return lines;
    } catch (thrown) {
      this.failures += 1;
      this.#notBefore = this.now() + growing(this.#inARow, FIRST_PAUSE, LONGEST_PAUSE) - 1_000;
      this.#inARow += 1;
      throw thrown;
    }
  }

  async #ask(asked: Asked, signal: AbortSignal): Promise<string> {
    let answer = await this.#post(asked, signal);
    // Asked for the first time, or cosigned by way of another hub: it says from where it goes on.
    if (typeof answer !== 'string' && answer.size <= asked.size) {
      this.#old = answer.size;
      answer = await this.#post(asked, signal);
    }
    if (typeof answer !== 'string')
      throw this.#fault(
        'witness-ahead',
        'has cosigned a larger tree than there is: the log was put back',
      );
    const cosigned = openCheckpoint(Buffer.from(`${asked.note}${answer}`), this.log, [
      this.witness.key,
    ]);
    if (isRefusal(cosigned) || cosigned.cosignatures.length === 0)
      throw this.#fault('witness-not-understood', 'answers without a cosignature of its own');
    this.#old = asked.size;
    return answer;
  }

  async #post(
    { size, note, tree }: Asked,
    signal: AbortSignal,
  ): Promise<string | { readonly size: number }> {
    const { url } = this.witness;
    if (url === null) throw this.#fault('witness-unknown', 'has no address in the trust policy');
    const old = Math.min(this.#old, size);
    const body = formatAddCheckpoint({
      old,
      proof: tree.consistencyProof(old, size),
      checkpoint: Buffer.from(note),
    });
    const response = await fetch(new URL('add-checkpoint', url.endsWith('/') ? url : `${url}/`), {
      method: 'POST',
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    }).catch((cause: unknown) => {
      throw this.#fault('witness-away', 'does not answer', cause);
    });
    const text = await readAtMost(response, MAX_NOTE_BYTES).catch((cause: unknown) => {
      throw this.#fault('witness-away', 'broke off its answer', cause);
    });
    if (response.status === 200) return text;
    if (response.status === 409 && response.headers.get('content-type') === TREE_SIZE_TYPE)
      return SIZE.test(text) ? { size: Number(text) } : { size: Number.POSITIVE_INFINITY };
    if (response.status === 409 || response.status === 422)
      throw this.#fault('split-view', 'has cosigned a tree that this log does not continue');
    throw this.#fault('witness-refused', `answers with status ${response.status}`);
  }

  #fault(code: string, what: string, cause?: unknown): HubError {
    return new HubError(code, `the witness ${this.name} ${what}`, code === 'witness-away', {
      cause,
    });
  }
}

const readAtMost = async (response: Response, most: number): Promise<string> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > most) throw new RangeError('the answer is too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
};
