import { Injectable } from '@nestjs/common';
import { sha256 } from '@tripoint/envelope';
import { type AgencyId, type Digest, HubError, isRefusal } from '@tripoint/kernel';
import {
  formatMailboxEntry,
  mailboxStream,
  type MailboxEntry,
  NO_PREVIOUS,
  parseMailboxEntry,
} from '@tripoint/ledger';
import { HubOptions } from '../hub.options.js';
import { forkedChain } from '@tripoint/replay';
import { type LoggedLeaf, verdictsOf } from '../log/log-follower.js';
import { RecordedLog } from '../log/recorded-log.js';
import { SparePlace } from './spare-place.js';

/** Kinds of agency that read the log itself and need no mailbox. */
const WITHOUT_MAILBOX = new Set(['HUB', 'OVERSIGHT']);

const DISPATCHED = 'dispatched';

/** What an agency is owed of one leaf. */
type Owed = {
  readonly leaf: number;
  readonly leafHash: Digest;
  readonly entitled: readonly Digest[];
};

/** The newest line of a mailbox. */
type Newest = { readonly number: number; readonly digest: Digest; readonly leaf: number };

/**
 * Turns order into mailboxes: settles the vault by the leaf's verdicts, then notes for every entitled agency what it is owed.
 * One leaf gives at most one line in each mailbox and lines follow the log, so a mailbox's newest line says how far it has come.
 */
@Injectable()
export class Dispatcher {
  readonly #newest = new Map<AgencyId, Newest | undefined>();
  readonly #hashes: Digest[] = [];
  /** Leaves below this one were settled and noted before. */
  #done = 0;
  readonly #place: SparePlace;

  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
  ) {
    this.#place = new SparePlace(hub, DISPATCHED);
  }

  async dispatch(leaves: readonly LoggedLeaf[]): Promise<void> {
    if (leaves[0]?.leaf.index === 0) await this.#begin();
    for (const { leafHash } of leaves) this.#hashes.push(leafHash);
    const undone = leaves.filter(({ leaf }) => leaf.index >= this.#done);
    if (undone.length === 0) return;
    await this.#dispatch(undone);
    this.#done = this.#hashes.length;
    await this.#place.move(this.#done.toString());
  }

  async #dispatch(leaves: readonly LoggedLeaf[]): Promise<void> {
    const settlements = leaves.flatMap((logged) =>
      verdictsOf(logged).map(({ descriptor, agency, verdict }) => ({
        descriptor,
        agency,
        allowed: verdict.allowed,
      })),
    );
    if (settlements.length > 0) await this.hub.vault.settle(settlements);

    const owed = new Map<AgencyId, Owed[]>();
    for (const logged of leaves)
      for (const [agency, entitled] of this.#entitled(logged))
        owed.set(agency, [
          ...(owed.get(agency) ?? []),
          { leaf: logged.leaf.index, leafHash: logged.leafHash, entitled },
        ]);
    await Promise.all([...owed].map(([agency, lines]) => this.#append(agency, lines)));
  }

  async #begin(): Promise<void> {
    this.#newest.clear();
    this.#hashes.length = 0;
    this.#done = Number((await this.#place.at()) ?? 0);
  }

  /** Which agencies are given the leaf, and which compartments they may open. */
  #entitled(logged: LoggedLeaf): ReadonlyMap<AgencyId, readonly Digest[]> {
    const { registry } = this.log.state;
    const given = new Map<AgencyId, Digest[]>();
    const give = (agency: AgencyId, ...descriptors: readonly Digest[]): void => {
      const kind = registry.agency(agency)?.kind;
      if (kind === undefined || WITHOUT_MAILBOX.has(kind)) return;
      given.set(agency, [...(given.get(agency) ?? []), ...descriptors]);
    };
    const everybody = (): void => {
      for (const { id } of registry.agencies()) give(id);
    };
    switch (logged.leaf.kind) {
      case 'registry':
      case 'policy':
        everybody();
        break;
      case 'fork': {
        // Who forked, and what both envelopes were, is for oversight and the one whose chain stands still.
        const entry = logged.sourced?.entry;
        const chain = entry?.kind === 'statement' ? forkedChain(entry) : undefined;
        const forked = chain && registry.chainOwner(chain);
        if (forked !== undefined) give(forked.id);
        break;
      }
      case 'event':
      case 'void':
      case 'rejected': {
        // The author is told what became of its envelope even where it may open nothing of it.
        const author = logged.sourced && registry.chainOwner(logged.sourced.chain);
        if (author !== undefined) give(author.id);
        for (const { descriptor, agency, verdict } of verdictsOf(logged)) {
          const recipient = registry.byFingerprint(agency);
          if (verdict.allowed && recipient !== undefined) give(recipient.id, descriptor);
        }
        break;
      }
      case 'due':
      case 'heads':
        for (const { record } of logged.records) {
          if (record.about === 'due') for (const party of record.parties) give(party);
          if (record.about === 'head') give(record.agency);
        }
        break;
      case 'heartbeat':
      case 'epoch':
        break;
    }
    return given;
  }

  async #append(agency: AgencyId, lines: readonly Owed[]): Promise<void> {
    let newest = await this.#newestOf(agency);
    const expected = BigInt(newest?.number ?? -1);
    const entries: Uint8Array[] = [];
    const missed = newest === undefined ? this.#before(lines[0]?.leaf ?? 0) : [];
    for (const { leaf, leafHash, entitled } of [...missed, ...lines]) {
      if (newest !== undefined && leaf <= newest.leaf) continue;
      const entry: MailboxEntry = {
        v: 1,
        agency,
        number: (newest?.number ?? -1) + 1,
        previous: newest?.digest ?? NO_PREVIOUS,
        leaf,
        leafHash,
        entitled: [...entitled].sort(),
      };
      const bytes = formatMailboxEntry(entry);
      entries.push(bytes);
      newest = { number: entry.number, digest: sha256(bytes), leaf };
    }
    if (entries.length === 0) return;
    await this.hub.ledger.append(mailboxStream(agency), expected, entries);
    this.#newest.set(agency, newest);
  }

  /** What every agency is given, from before this one was enrolled: without it, it could verify nothing. */
  #before(first: number): readonly Owed[] {
    return this.log.state.publicLeaves.flatMap((leaf) => {
      const leafHash = this.#hashes[leaf];
      return leaf < first && leafHash !== undefined ? [{ leaf, leafHash, entitled: [] }] : [];
    });
  }

  async #newestOf(agency: AgencyId): Promise<Newest | undefined> {
    if (this.#newest.has(agency)) return this.#newest.get(agency);
    const row = await this.hub.ledger.last(mailboxStream(agency));
    const entry = row && parseMailboxEntry(row.bytes);
    if (isRefusal(entry))
      throw new HubError('ledger-inconsistent', 'a mailbox holds a malformed line', false);
    const newest = row &&
      entry && { number: entry.number, digest: sha256(row.bytes), leaf: entry.leaf };
    this.#newest.set(agency, newest);
    return newest;
  }
}
