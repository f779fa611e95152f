import { Injectable } from '@nestjs/common';
import { type Head, hex } from '@tripoint/envelope';
import { type AgencyId, type ChainId, type Digest, type Instant } from '@tripoint/kernel';
import {
  type Delivery,
  formatDelivery,
  formatQuarantineNotice,
  formatRewrappedNotice,
  formatStandingNotice,
  mailboxTopic,
  NO_PREVIOUS,
} from '@tripoint/ledger';
import { signNote } from '@tripoint/transparency';
import { HubOptions } from '../hub.options.js';
import { Resumes } from './resumes.js';

/** What the ledger holds of an agency: the newest entry of a chain of its, and how many lines its mailbox has. */
export type Standing = {
  readonly chain: ChainId;
  readonly head: Head | undefined;
  readonly lines: number;
};

/** The hub's answers to an agency that are no part of the record. A lost one is asked for again. */
@Injectable()
export class Correspondence {
  readonly resumes: Resumes;
  #asked: () => void = () => undefined;

  constructor(private readonly hub: HubOptions) {
    this.resumes = new Resumes(hub.now);
  }

  /**
   * Where an agency's chain and mailbox stand, signed with the log's key so that it can be held against the hub. The nonce is signed
   * with it: what was true for an agency once must not be told to one that was put back.
   */
  async standing(
    agency: AgencyId,
    { chain, head, lines }: Standing,
    nonce: Uint8Array,
  ): Promise<void> {
    const { anchor, noteSigner, now } = this.hub;
    const text = formatStandingNotice(anchor.log.name, {
      agency,
      chain,
      seq: head?.seq ?? -1,
      header: head?.digest ?? NO_PREVIOUS,
      lines,
      nonce: hex(nonce),
      at: new Date(now()).toISOString() as Instant,
    });
    const note = (await signNote(text, [noteSigner])).toString();
    await this.#say(agency, formatDelivery({ kind: 'head', nonce, note }));
  }

  /** Signed as well: an agency takes back what it is told was refused, and the broker must not be able to tell it so. */
  async quarantined(agency: AgencyId, digest: Digest, code: string): Promise<void> {
    const { anchor, noteSigner, now } = this.hub;
    const at = new Date(now()).toISOString() as Instant;
    const text = formatQuarantineNotice(anchor.log.name, { agency, digest, code, at });
    const note = (await signNote(text, [noteSigner])).toString();
    await this.#say(agency, formatDelivery({ kind: 'quarantined', note }));
  }

  /** Signed: whoever is told this destroys the key to what was there before. */
  async rewrapped(agency: AgencyId, wraps: Digest): Promise<void> {
    const { anchor, noteSigner } = this.hub;
    const text = formatRewrappedNotice(anchor.log.name, { agency, wraps });
    const note = (await signNote(text, [noteSigner])).toString();
    await this.#say(agency, formatDelivery({ kind: 'rewrapped', note }));
  }

  /** What witnesses have cosigned: signed by them, so that nobody on the way can make it up. */
  async cosigned(
    agency: AgencyId,
    { note, proofs }: Omit<Extract<Delivery, { readonly kind: 'cosigned' }>, 'kind'>,
  ): Promise<void> {
    await this.#say(agency, formatDelivery({ kind: 'cosigned', note, proofs }));
  }

  /** The agency wants its mailbox again from `from` on; the publisher fulfils it. */
  resume(agency: AgencyId, from: number): Promise<void> {
    this.resumes.ask(agency, from);
    this.#asked();
    return Promise.resolve();
  }

  /** Calls `listener` whenever there is a wish to take. */
  onResume(listener: () => void): void {
    this.#asked = listener;
  }

  async #say(agency: AgencyId, value: Uint8Array): Promise<void> {
    await this.hub.bus.publish(mailboxTopic(agency), [{ value }]);
  }
}
