import { Injectable } from '@nestjs/common';
import { type ChainId, type Instant, pause } from '@tripoint/kernel';
import { formatSubmission, submissionsTopic } from '@tripoint/ledger';
import { headersFor, Traces } from '@tripoint/platform';
import { AgencyOptions } from '../agency.options.js';
import { ChainGuard } from '../chain/chain-guard.js';

const STRIDE = 64;
/** After this long without news of what was sent, it is sent again: the bus or the hub may have lost it. */
const RESEND_AFTER = 10_000;
const IDLE = 1_000;

/** Under which name it is remembered where an envelope was committed. */
export const toSend = (chain: ChainId, seq: bigint): string => `${chain} ${seq}`;

/**
 * Carries envelopes from the outbox to the bus, in the order of the chain. The hub drops what comes out of turn and what
 * it has, so sending again is always safe; what it has not recorded stays in the outbox.
 */
@Injectable()
export class Relay {
  /** From this number on, what was sent has been replaced. */
  #replaced: bigint | undefined;

  constructor(
    private readonly agency: AgencyOptions,
    private readonly guard: ChainGuard,
  ) {}

  /** Sends the numbers from `seq` on again, in their turn: other bytes stand there now. */
  sendAgain(seq: bigint): void {
    if (this.#replaced === undefined || seq < this.#replaced) this.#replaced = seq;
  }

  async run(signal: AbortSignal): Promise<void> {
    const confirmed = this.guard.confirmed;
    if (confirmed === undefined) {
      await pause(IDLE / 10, signal);
      if (!signal.aborted) await this.run(signal);
      return;
    }
    const { agency, bus, now, outbox, traces = Traces.off } = this.agency;
    const { chain } = confirmed;
    let sent = BigInt(confirmed.recorded);
    let waitingFor: bigint | undefined;
    let movedAt = performance.now();
    let lookedAt = 0;
    // What is noted of a batch is noted while the next one is read and published.
    let noted: Promise<void> = Promise.resolve();
    let news: Promise<void> | undefined;
    while (!signal.aborted) {
      if (this.#replaced !== undefined && this.#replaced <= sent) sent = this.#replaced - 1n;
      this.#replaced = undefined;
      // Listening before looking: what is committed between the two is heard.
      news ??= this.#news(signal);
      const rows = await outbox.unsent(chain, sent, STRIDE);
      const newest = rows.at(-1);
      if (newest !== undefined) {
        await traces.each(
          'relay produce',
          rows.map(({ seq }) => ({ anew: true, under: traces.noted(toSend(chain, seq)) })),
          (contexts) =>
            bus.publish(
              submissionsTopic(agency),
              rows.map(({ container }, at) => ({
                value: formatSubmission({ kind: 'container', bytes: container }),
                ...headersFor(contexts[at]),
              })),
            ),
        );
        await noted;
        noted = outbox.sent(chain, newest.seq, new Date(now()).toISOString() as Instant);
        // Whoever awaits it next learns of a failure; until then it is not one that nobody handles.
        noted.catch(() => undefined);
        sent = newest.seq;
        // News of later numbers must not put off what waits before them.
        if (waitingFor !== undefined && (rows[0]?.seq ?? 0n) <= waitingFor)
          movedAt = performance.now();
        if (rows.length === STRIDE) continue;
      } else await noted;
      if (performance.now() - lookedAt >= IDLE) {
        lookedAt = performance.now();
        const [oldest] = await outbox.unsent(chain, -1n, 1);
        if (oldest === undefined || oldest.seq !== waitingFor) {
          waitingFor = oldest?.seq;
          movedAt = performance.now();
        } else if (performance.now() - movedAt > RESEND_AFTER) {
          sent = oldest.seq - 1n;
          continue;
        }
      }
      // A batch that was not full was all there is; what came meanwhile has told.
      await news;
      news = undefined;
    }
    await noted;
  }

  async #news(signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const either = AbortSignal.any([signal, enough.signal]);
    try {
      await Promise.race([this.agency.outbox.waiting(either), pause(IDLE, either)]);
    } finally {
      enough.abort();
    }
  }
}
