import { Injectable } from '@nestjs/common';
import { type Instant } from '@tripoint/kernel';
import { formatSubmission, submissionsTopic } from '@tripoint/ledger';
import { pause } from '@tripoint/platform';
import { AgencyOptions } from '../agency.options.js';
import { ChainGuard } from '../chain/chain-guard.js';

const STRIDE = 64;
/** After this long without news of what was sent, it is sent again: the bus or the hub may have lost it. */
const RESEND_AFTER = 10_000;
const IDLE = 1_000;

/**
 * Carries envelopes from the outbox to the bus, in the order of the chain. The hub drops what comes out of turn and what
 * it has, so sending again is always safe; what it has not recorded stays in the outbox.
 */
@Injectable()
export class Relay {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly guard: ChainGuard,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const confirmed = this.guard.confirmed;
    if (confirmed === undefined) {
      await pause(IDLE / 10, signal);
      if (!signal.aborted) await this.run(signal);
      return;
    }
    const { agency, bus, now, outbox } = this.agency;
    const { chain } = confirmed;
    let sent = BigInt(confirmed.recorded);
    let waitingFor: bigint | undefined;
    let movedAt = now();
    while (!signal.aborted) {
      const rows = await outbox.unsent(chain, sent, STRIDE);
      const newest = rows.at(-1);
      if (newest !== undefined) {
        await bus.publish(
          submissionsTopic(agency),
          rows.map(({ container }) => ({
            value: formatSubmission({ kind: 'container', bytes: container }),
          })),
        );
        await outbox.sent(chain, newest.seq, new Date(now()).toISOString() as Instant);
        sent = newest.seq;
        movedAt = now();
        continue;
      }
      const [oldest] = await outbox.unsent(chain, -1n, 1);
      if (oldest === undefined || oldest.seq !== waitingFor) {
        waitingFor = oldest?.seq;
        movedAt = now();
      } else if (now() - movedAt > RESEND_AFTER) {
        sent = oldest.seq - 1n;
        continue;
      }
      await this.#news(signal);
    }
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
