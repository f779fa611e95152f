import { Injectable } from '@nestjs/common';
import { parseChainEntry, sha256 } from '@tripoint/envelope';
import { type AgencyId, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import {
  chainStream,
  COUNTERSIGNED,
  formatSignedCountersignature,
  HUB_CHAIN,
  type SignedCountersignature,
} from '@tripoint/ledger';
import { countersigner, readCountersignature, readCountersigned } from '@tripoint/replay';
import { HubOptions } from '../hub.options.js';
import { RecordedLog } from '../log/recorded-log.js';
import { HubChain } from './hub-chain.js';

/** An agency may be quicker to sign what another hub has logged than this one is to read it. In milliseconds. */
const PATIENCE = 2_000;

/** What the chain holds that has no leaf yet is far less: no heads are logged by a sequencer that stands still. */
const UNSEQUENCED = 256n;

/** Puts what agencies have signed of their mailboxes on the hub's own chain, where it gets a leaf. */
@Injectable()
export class Countersignatures {
  /** The newest head of each agency that stands on the chain as countersigned; its leaf may not have been folded yet. */
  readonly #stated = new Map<AgencyId, number>();
  /** The revision of the chain from which on it has not been read. */
  #next: bigint | undefined;

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
    const isNew = async (): Promise<boolean> => {
      await this.#readStated();
      return said.leaf > (this.#stated.get(agency) ?? -1);
    };
    if (!(await isNew())) return undefined;
    await this.log.reaches(said.leaf + 1, AbortSignal.timeout(PATIENCE));
    const { state } = this.log;
    // One that came twice is no news; the agency acts on no answer.
    if (state.countersigns.fault(said) !== undefined) return undefined;
    const fault = await countersigner(this.hub.openpgp, read, state.registry, {
      index: state.size,
      time: Math.max(state.time, this.hub.now()),
    });
    if (fault !== undefined) return fault;
    const members = { countersignature: sha256(signed.body) };
    await this.chain.state(COUNTERSIGNED, members, formatSignedCountersignature(signed), isNew);
    return undefined;
  }

  /** A process that was killed, or another hub, may have stated it without its leaf being there. */
  async #readStated(): Promise<void> {
    const { ledger } = this.hub;
    const stream = chainStream(HUB_CHAIN);
    if (this.#next === undefined) {
      const newest = (await ledger.last(stream))?.revision ?? -1n;
      this.#next = newest < UNSEQUENCED ? 0n : newest - UNSEQUENCED;
    }
    for (;;) {
      const rows = await ledger.read(stream, this.#next, Number(UNSEQUENCED));
      for (const { bytes, revision } of rows) {
        const entry = parseChainEntry(bytes);
        this.#next = revision + 1n;
        if (isRefusal(entry) || entry.kind !== 'statement') continue;
        const read = readCountersigned(entry);
        if (isRefusal(read)) continue;
        const { agency, leaf } = read.said;
        this.#stated.set(agency, Math.max(leaf, this.#stated.get(agency) ?? -1));
      }
      if (rows.length < UNSEQUENCED) return;
    }
  }
}
