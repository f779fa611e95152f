import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Command as Decision } from '@tripoint/domain';
import { type Instant, isEventId, isRefusal } from '@tripoint/kernel';
import { pause } from '@tripoint/platform';
import { type ToSign } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { ChainGuard } from '../chain/chain-guard.js';
import { SubmitCommand } from '../commands/submit-command.js';

const STRIDE = 64;
const IDLE = 1_000;

/** Commands that the agency itself may be asked to sign, without an officer. */
const AUTOMATIC = ['ReceiveRequest', 'AcknowledgeContribution', 'ReceiveReferral'] as const;

/** Says what the projector asks to be said: it opens what arrives and may not sign, this side signs and cannot open. */
@Injectable()
export class ToSignLoop {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly guard: ChainGuard,
    private readonly commands: CommandBus,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const rows = await this.agency.journal.toSign(0n, STRIDE);
      let moved = false;
      for (const row of rows) moved = (await this.#carryOut(row)) || moved;
      if (!moved) await this.#news(signal);
    }
  }

  /** Whether the row is done with. */
  async #carryOut(row: ToSign): Promise<boolean> {
    const body = row.body as Readonly<Record<string, unknown>>;
    if (row.kind === 'chain-head') {
      await this.guard.heard(String(body['nonce']), String(body['note']));
    } else if (row.kind === 'receipt') {
      // Nothing can be signed yet; the row waits.
      if (this.guard.confirmed === undefined) return false;
      const decision = this.#receipt(row, body);
      if (decision !== undefined) {
        const causation = body['causation'];
        const outcome = await this.commands.execute(
          new SubmitCommand(decision, {
            resolves: row.id,
            ...(isEventId(causation) ? { causation: causation } : {}),
          }),
        );
        // Carried out, or pointless by now: either way nobody has to say it any more.
        if (!isRefusal(outcome) && outcome.submissions.length > 0) return true;
      }
    }
    await this.agency.journal.dropToSign(row.id);
    return true;
  }

  #receipt(
    { exchange, item }: ToSign,
    body: Readonly<Record<string, unknown>>,
  ): Decision | undefined {
    const type = AUTOMATIC.find((known) => known === body['command']);
    if (type === undefined || exchange === undefined || item === undefined) return undefined;
    return {
      type,
      item,
      exchange,
      by: { agency: this.agency.agency },
      at: new Date(this.agency.now()).toISOString() as Instant,
      data: {},
    };
  }

  async #news(signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const either = AbortSignal.any([signal, enough.signal]);
    try {
      await Promise.race([this.agency.journal.waitingToSign(either), pause(IDLE, either)]);
    } finally {
      enough.abort();
    }
  }
}
