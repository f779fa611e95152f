import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hex } from '@tripoint/envelope';
import { type ChainId, HubError, isRefusal, pause, type Refusal, refuse } from '@tripoint/kernel';
import {
  formatSubmission,
  parseStandingNotice,
  type StandingNotice,
  submissionsTopic,
} from '@tripoint/ledger';
import { type ChainHead } from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { hubNote } from './hub-note.js';
import { RegisteredFederation } from '../federation/registered-federation.js';

type State =
  | { readonly status: 'unconfirmed' }
  | { readonly status: 'confirmed'; readonly chain: ChainId; readonly recorded: number }
  | { readonly status: 'rewound'; readonly chain: ChainId };

/** How often the hub is asked again while its answer is missing, in milliseconds. */
const ASK_AGAIN = 2_000;
/** How often the registry is looked at while this agency is not in it yet, in milliseconds. */
const LOOK_AGAIN = 200;

/**
 * Lets nothing be sealed until the hub has said, after this start, where the agency's chain stands. A database that was put
 * back from a backup would otherwise sign a number twice, which is a fork; with this it is noticed before the first signature.
 */
@Injectable()
export class ChainGuard {
  #state: State = { status: 'unconfirmed' };
  /** Of every question asked since this start: a slow answer to an earlier one is as good. */
  readonly #nonces = new Set<string>();
  #heard: () => void = () => undefined;
  /** How many lines of the mailbox there were when the hub was asked. */
  #lines: number | undefined;

  constructor(
    private readonly agency: AgencyOptions,
    private readonly federation: RegisteredFederation,
  ) {}

  /** The chain to seal on. */
  chain(): ChainId | Refusal<'chain-rewound'> {
    switch (this.#state.status) {
      case 'confirmed':
        return this.#state.chain;
      case 'rewound':
        return refuse(
          'chain-rewound',
          'this database was put back to an earlier state; the registry has to open a new chain for the agency',
        );
      case 'unconfirmed':
        throw new HubError(
          'chain-unconfirmed',
          'the hub has not said yet where the chain of this agency stands',
          true,
        );
    }
  }

  /** The chain and the newest number that the hub had recorded when it was asked, once that is known. */
  get confirmed(): { readonly chain: ChainId; readonly recorded: number } | undefined {
    return this.#state.status === 'confirmed' ? this.#state : undefined;
  }

  /** How many lines our mailbox had when the hub was asked, once it has answered: whatever it says of the chain. */
  get lines(): number | undefined {
    return this.#lines;
  }

  /** Asks until the hub has answered; after a rewind, until the registry has opened a new chain. */
  async run(signal: AbortSignal): Promise<void> {
    this.#state = { status: 'unconfirmed' };
    while (!signal.aborted) {
      const answered = new AbortController();
      this.#heard = () => {
        answered.abort();
      };
      const chain = await this.#newestChain();
      const asked = chain !== undefined && this.#isOpen(chain);
      if (asked) {
        await this.agency.outbox.openChain(chain);
        const nonce = new Uint8Array(randomBytes(16));
        this.#nonces.add(hex(nonce));
        const value = formatSubmission({ kind: 'hello', chain, nonce });
        await this.agency.bus.publish(submissionsTopic(this.agency.agency), [{ value }]);
      }
      await pause(asked ? ASK_AGAIN : LOOK_AGAIN, AbortSignal.any([signal, answered.signal]));
      if (this.confirmed !== undefined) return;
    }
  }

  /** Takes the hub's answer, as the projector passed it on. An answer to another start's question is ignored. */
  async heard(nonce: string, note: string): Promise<void> {
    if (!this.#nonces.has(nonce) || this.#state.status === 'confirmed') return;
    const hub = this.#read(nonce, note);
    const own = hub && (await this.agency.outbox.head(hub.chain));
    if (hub === undefined || own === undefined) return;
    this.#lines = Math.max(this.#lines ?? 0, hub.lines);
    if (await this.#continues(own, hub)) {
      this.#state = { status: 'confirmed', chain: hub.chain, recorded: hub.seq };
    } else {
      this.#state = { status: 'rewound', chain: hub.chain };
      await this.agency.outbox.retireChain(hub.chain);
      this.agency.log.error('the chain was rewound: the registry has to open a new one', {
        agency: this.agency.agency,
        chain: hub.chain,
        seq: hub.seq,
      });
    }
    this.#heard();
  }

  #isOpen(chain: ChainId): boolean {
    return this.#state.status !== 'rewound' || this.#state.chain !== chain;
  }

  async #newestChain(): Promise<ChainId | undefined> {
    try {
      const { registry } = await this.federation.now();
      return registry.agency(this.agency.agency)?.chains.at(-1);
    } catch (thrown) {
      if (thrown instanceof HubError && thrown.retriable) return undefined;
      throw thrown;
    }
  }

  /** Whether our chain goes on from what the hub has: it may have less than we signed, never more and never another. */
  async #continues({ chain, next, prev }: ChainHead, hub: StandingNotice): Promise<boolean> {
    if (hub.seq < 0) return true;
    const newest = Number(next) - 1;
    if (hub.seq > newest) return false;
    if (hub.seq === newest) return hub.header === prev;
    const [kept] = await this.agency.outbox.unsent(chain, BigInt(hub.seq) - 1n, 1);
    return kept?.seq !== BigInt(hub.seq) || kept.header === hub.header;
  }

  /** An answer to this very question, of an hour ago or of another agency's, would hide what was recorded since. */
  #read(nonce: string, note: string): StandingNotice | undefined {
    const { agency, anchor } = this.agency;
    const text = hubNote(anchor, note);
    const said = text === undefined ? undefined : parseStandingNotice(anchor.log.name, text);
    return said === undefined || isRefusal(said) || said.agency !== agency || said.nonce !== nonce
      ? undefined
      : said;
  }
}
