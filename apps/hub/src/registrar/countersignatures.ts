import { Injectable } from '@nestjs/common';
import { sha256 } from '@tripoint/envelope';
import { type AgencyId, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import {
  COUNTERSIGNED,
  formatSignedCountersignature,
  type SignedCountersignature,
} from '@tripoint/ledger';
import { countersigner, readCountersignature } from '@tripoint/replay';
import { HubOptions } from '../hub.options.js';
import { RecordedLog } from '../log/recorded-log.js';
import { HubChain } from './hub-chain.js';

/** An agency may be quicker to sign what another hub has logged than this one is to read it. In milliseconds. */
const PATIENCE = 2_000;

/** Puts what agencies have signed of their mailboxes on the hub's own chain, where it gets a leaf. */
@Injectable()
export class Countersignatures {
  /** The newest head of each agency that this process has stated as countersigned; its leaf may not have been folded yet. */
  readonly #stated = new Map<AgencyId, number>();

  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
    private readonly chain: HubChain,
  ) {}

  /** States it unless that was done before. What does not hold is refused: the agency's next one may. */
  async state(agency: AgencyId, signed: SignedCountersignature): Promise<Refusal | undefined> {
    const read = readCountersignature(signed);
    if (isRefusal(read)) return read;
    const { said } = read;
    if (said.agency !== agency || read.end === undefined)
      return refuse('countersignature-elsewhere', 'it is not of the mailbox of this agency');
    if (said.leaf <= (this.#stated.get(agency) ?? -1)) return undefined;
    await this.log.reaches(said.leaf + 1, AbortSignal.timeout(PATIENCE));
    const { state } = this.log;
    // One that came twice is no news; the agency acts on no answer.
    if (state.countersigns.fault(said) !== undefined) return undefined;
    const fault = await countersigner(this.hub.openpgp, read, state.registry, state.size);
    if (fault !== undefined) return fault;
    const members = { countersignature: sha256(signed.body) };
    await this.chain.state(COUNTERSIGNED, members, formatSignedCountersignature(signed));
    this.#stated.set(agency, said.leaf);
    return undefined;
  }
}
