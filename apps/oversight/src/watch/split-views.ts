import { Injectable } from '@nestjs/common';
import { logKey } from '@tripoint/replay';
import { evidenceName, formatLogEvidence, openLogEvidence } from '@tripoint/transparency';
import { isRefusal } from '@tripoint/kernel';
import { OversightOptions } from '../oversight.options.js';
import { Findings } from './findings.js';

/** Under which name it is kept. One is enough: nobody can explain it. */
const PLACE = 'split-view';
/** A witness that could not be reached is tried again after so long, in milliseconds. */
const AGAIN_AFTER = 10_000;
const PATIENCE = 5_000;

/**
 * Two checkpoints of one size that the log has signed, with different roots: proof against whoever holds its key, that needs nobody's
 * word. It is kept before anything else is done with it, and brought to every witness, so that it does not lie here alone.
 */
@Injectable()
export class SplitViews {
  #evidence: Buffer | undefined;
  readonly #brought = new Set<string>();
  #triedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly oversight: OversightOptions,
    private readonly findings: Findings,
  ) {}

  /** Takes up again what was kept before a restart: witnesses keep what they have once. */
  async begin(): Promise<void> {
    const kept = await this.oversight.positions.at(PLACE);
    if (kept !== undefined) this.#evidence ??= Buffer.from(kept, 'base64');
  }

  /** Keeps two notes of the log if they prove a split view, the older first. Anything else is none. */
  async take(first: Uint8Array, second: Uint8Array): Promise<void> {
    if (this.#evidence !== undefined) return;
    const log = logKey(this.oversight.anchor);
    const both = { log, first, second, proof: [] };
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
      detail: `the log has signed two trees of ${opened.sizes[0]} leaves; witnesses are brought both notes, as evidence ${evidenceName(both)}`,
    });
  }

  /** Brings what is kept to each witness that has not got it. One that is away is tried again later. */
  async bring(): Promise<void> {
    const evidence = this.#evidence;
    const { log, trustPolicy } = this.oversight;
    if (evidence === undefined || performance.now() - this.#triedAt < AGAIN_AFTER) return;
    this.#triedAt = performance.now();
    await Promise.all(
      (trustPolicy?.witnesses ?? []).map(async ({ name, url }) => {
        if (url === null || this.#brought.has(name)) return;
        const answered = await fetch(new URL('evidence', url.endsWith('/') ? url : `${url}/`), {
          method: 'POST',
          headers: { 'content-type': 'text/plain; charset=utf-8' },
          body: new Uint8Array(evidence),
          redirect: 'error',
          signal: AbortSignal.timeout(PATIENCE),
        }).catch(() => undefined);
        await answered?.body?.cancel();
        if (answered?.ok === true) this.#brought.add(name);
        else log.warn('a split view could not be brought to a witness', { code: 'witness-away' });
      }),
    );
  }
}
