import { Injectable } from '@nestjs/common';
import { EvidenceBearer, logKey } from '@tripoint/replay';
import { evidenceName, formatLogEvidence, openLogEvidence } from '@tripoint/transparency';
import { isRefusal } from '@tripoint/kernel';
import { OversightOptions } from '../oversight.options.js';
import { Findings } from './findings.js';

/** Under which name it is kept. One is enough: nobody can explain it. */
const PLACE = 'split-view';
/**
 * Two checkpoints that the log has signed, with different roots for one size, or a larger one that is shown to begin with another tree:
 * proof against whoever holds its key, that needs nobody's word. It is kept before anything else is done with it, and brought to every witness, so that it does not lie here alone.
 */
@Injectable()
export class SplitViews {
  #evidence: Buffer | undefined;
  readonly #bearer: EvidenceBearer;

  constructor(
    private readonly oversight: OversightOptions,
    private readonly findings: Findings,
  ) {
    this.#bearer = new EvidenceBearer(oversight.trustPolicy?.witnesses ?? [], (witness) => {
      oversight.log.warn('a split view could not be brought to a witness', {
        code: 'witness-away',
        witness,
      });
    });
  }

  /** Takes up again what was kept before a restart: witnesses keep what they have once. */
  async begin(): Promise<void> {
    const kept = await this.oversight.positions.at(PLACE);
    if (kept !== undefined) this.#evidence ??= Buffer.from(kept, 'base64');
  }

  /**
   * Keeps two notes of the log if they prove a split view, the smaller first; of two sizes only with a proof that the second begins with
   * another tree than the first. Anything else is none.
   */
  async take(
    first: Uint8Array,
    second: Uint8Array,
    proof: readonly Uint8Array[] = [],
  ): Promise<void> {
    if (this.#evidence !== undefined) return;
    const log = logKey(this.oversight.anchor);
    const both = { log, first, second, proof };
    const evidence = formatLogEvidence(both);
    const opened = openLogEvidence(evidence, log);
    if (isRefusal(opened) || opened.finding !== 'split-view') return;
    await this.oversight.positions.move(PLACE, evidence.toString('base64'));
    this.#evidence = evidence;
    await this.findings.raise({
      code: 'split-view',
      subject: 'log',
      occasion: evidenceName(both),
      leaf: null,
      detail: `the log has signed two trees for its first ${opened.sizes[0]} leaves; witnesses are brought both notes, as evidence ${evidenceName(both)}`,
    });
  }

  /** Brings what is kept to each witness that has not got it. One that is away is tried again later. */
  bring(): Promise<void> {
    const evidence = this.#evidence;
    return this.#bearer.bring(new Map(evidence === undefined ? [] : [[PLACE, evidence]]));
  }
}
