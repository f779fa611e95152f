import { Injectable } from '@nestjs/common';
import { HubError, isRefusal, pause } from '@tripoint/kernel';
import { openWitnessed, parseVerifierKey } from '@tripoint/transparency';
import { Correspondence } from '../dispatcher/correspondence.js';
import { HubOptions } from '../hub.options.js';
import { RecordedLog } from '../log/recorded-log.js';
import { AskedWitness } from './asked-witness.js';
import { Cosigned } from './cosigned.js';

const DEFAULT_SECONDS = 10;

/**
 * Has witnesses cosign the newest checkpoint, while there is something new, and tells every agency. Witnesses that are away or
 * slow are left alone for longer and longer: nothing but the quorum's age suffers.
 */
@Injectable()
export class Cosigning {
  readonly witnesses: readonly AskedWitness[];
  /** When the newest quorum was complete, in milliseconds since the epoch. */
  #cosignedAt: number | undefined;

  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
    private readonly cosigned: Cosigned,
    private readonly correspondence: Correspondence,
  ) {
    const key = parseVerifierKey(hub.anchor.log.vkey);
    this.witnesses =
      hub.trustPolicy === undefined || isRefusal(key)
        ? []
        : hub.trustPolicy.witnesses
            .filter(({ url }) => url !== null)
            .map((witness) => new AskedWitness(witness, key));
  }

  /** When the newest quorum was complete, as far as this hub knows. */
  get cosignedAt(): number | undefined {
    return this.#cosignedAt;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { cosignSeconds = DEFAULT_SECONDS, trustPolicy } = this.hub;
    let size = (await this.cosigned.newest())?.size ?? 0;
    // A round begins where the last one began: a slow witness does not put off the next.
    while (!signal.aborted) {
      const began = performance.now();
      if (trustPolicy !== undefined && this.log.checkpoint.size > size)
        size = (await this.#round(signal)) ?? size;
      await pause(Math.max(100, began + cosignSeconds * 1000 - performance.now()), signal);
    }
  }

  /** Asks every witness once. Answers the size that a quorum has cosigned. */
  async #round(signal: AbortSignal): Promise<number | undefined> {
    const { log, trustPolicy } = this.hub;
    const { size, note } = this.log.checkpoint;
    const asked = { size, note, tree: this.log.tree };
    const lines = await Promise.all(
      this.witnesses.map(async (witness) => {
        try {
          return (await witness.cosign(asked, signal)) ?? '';
        } catch (thrown) {
          if (signal.aborted) return '';
          const code = thrown instanceof HubError ? thrown.code : 'unforeseen';
          const fields = { witness: witness.name, code };
          // Two trees of one log are seen by somebody: no backoff mends that.
          if (code === 'split-view' || code === 'witness-ahead')
            log.failure('a witness has seen another log', thrown, fields);
          else log.warn('a witness did not cosign', fields);
          return '';
        }
      }),
    );
    if (signal.aborted || trustPolicy === undefined) return undefined;
    const cosigned = note + lines.join('');
    const opened = openWitnessed(Buffer.from(cosigned), trustPolicy);
    if (isRefusal(opened)) {
      log.warn('no quorum of witnesses has cosigned', { code: opened.refused });
      return undefined;
    }
    await this.cosigned.keep({ size, note: cosigned });
    this.#cosignedAt = this.hub.now();
    await this.#tell(cosigned);
    return size;
  }

  async #tell(note: string): Promise<void> {
    const told = this.log.state.registry
      .agencies()
      .filter(({ kind }) => kind !== 'HUB')
      .map(({ id }) => this.correspondence.cosigned(id, { note, proofs: [] }));
    // Whoever misses one hears the next.
    for (const outcome of await Promise.allSettled(told))
      if (outcome.status === 'rejected')
        this.hub.log.warn('an agency could not be told what was cosigned', {});
  }
}
