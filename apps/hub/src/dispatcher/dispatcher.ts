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
import { Traces } from '@tripoint/platform';
import { type Settlement, type Withdrawal } from '@tripoint/vault';
import { HubOptions } from '../hub.options.js';
import { discloses, forkedChain } from '@tripoint/replay';
import { type LoggedLeaf, verdictsOf } from '../log/log-follower.js';
import { RecordedLog } from '../log/recorded-log.js';
import { leafName } from '../sequencer/leaves.js';
import { SparePlace } from './spare-place.js';

/** Kinds of agency that read the log itself and need no mailbox. */
const WITHOUT_MAILBOX = new Set(['HUB', 'OVERSIGHT']);

/** Under which name it is kept how many leaves have been dispatched. */
export const DISPATCHED = 'dispatched';

/** How many leaves one that only listens remembers before it asks how far others have come. */
const REMEMBERED = 1_024;

/** How many wraps are looked for at once. */
const LOOKED_FOR = 5_000;

/** What an agency is owed of one leaf. */
type Owed = {
  readonly leaf: number;
  readonly leafHash: Digest;
  readonly entitled: readonly Digest[];
};

/** What follows from one leaf, by the registry as it was then. */
type Due = {
  readonly leaf: number;
  readonly settlements: readonly Settlement[];
  /** Wraps of a grant that ended here, or of what was recalled. */
  readonly withdrawals: readonly Withdrawal[];
  readonly owed: readonly (readonly [AgencyId, Owed])[];
};

/** The newest line of a mailbox. */
type Newest = { readonly number: number; readonly digest: Digest; readonly leaf: number };

/**
 * Turns order into mailboxes: settles the vault by the leaf's verdicts, then notes for every entitled agency what it is owed.
 * One leaf gives at most one line in each mailbox and lines follow the log, so a mailbox's newest line says how far it has come.
 *
 * It hears every leaf, and remembers what follows from those that nobody has dispatched yet; it dispatches while it runs.
 */
@Injectable()
export class Dispatcher {
  readonly #newest = new Map<AgencyId, Newest | undefined>();
  /** Leaves that were heard: those of the log, in its order. */
  #heard = 0;
  #dues: Due[] = [];
  /** Leaves below this one were settled and noted before. */
  #done = 0;
  readonly #place: SparePlace;
  /** Ends the run; undefined while it only listens. */
  #failed: ((why: unknown) => void) | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
  ) {
    this.#place = new SparePlace(hub, DISPATCHED);
  }

  /** Dispatches what is due, then every leaf as it is heard, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const failure = new Promise<never>((_, reject) => {
      this.#failed = reject;
    });
    failure.catch(() => undefined);
    try {
      await this.#inTurn(async () => {
        this.#newest.clear();
        this.#done = await this.#dispatched();
        await this.#dispatchDue();
      });
      await Promise.race([failure, untilAborted(signal)]);
    } finally {
      this.#failed = undefined;
      await this.#inTurn(() => this.#place.write());
    }
  }

  /** Takes leaves as they are folded: the registry is the one under which they were judged. */
  hear(leaves: readonly LoggedLeaf[]): Promise<void> {
    return this.#inTurn(async () => {
      if (leaves[0]?.leaf.index === 0) {
        this.#heard = 0;
        this.#dues = [];
      }
      for (const logged of leaves) {
        this.#heard += 1;
        this.#dues.push(this.#due(logged));
      }
      const failed = this.#failed;
      if (failed === undefined) {
        // While the store is away, more is remembered.
        await this.#forgetDispatched().catch(() => undefined);
        return;
      }
      try {
        await this.#dispatchDue();
      } catch (thrown) {
        // What was heard stays heard: whoever runs next begins with it.
        failed(thrown);
      }
    });
  }

  /**
   * Sees that the vault holds what the log has allowed. Wraps are kept before their envelope is in the ledger, so that one is
   * missing means that the vault was put back to an earlier state, and its own place in the log with it: from there on it is looked.
   * @throws {HubError} `vault-rolled-back`
   */
  checkVault(): Promise<void> {
    return this.#inTurn(async () => {
      const { lostWrapsBefore = 0, vault } = this.hub;
      const from = Math.max(await this.#dispatched(), lostWrapsBefore);
      const dues = this.#dues.filter(({ leaf }) => leaf >= from);
      const nameOf = ({ descriptor, agency }: Omit<Withdrawal, 'wrap'>): string =>
        descriptor + agency;
      const settlements = dues.flatMap((due) => due.settlements);
      // What was denied as well, or granted for a time that is over, is rightly gone.
      const gone = new Set([
        ...settlements.filter((settlement) => !settlement.allowed).map(nameOf),
        ...dues.flatMap((due) => due.withdrawals).map(nameOf),
      ]);
      const allowed = settlements.filter((settlement) => !gone.has(nameOf(settlement)));
      let lost = 0;
      for (let first = 0; first < allowed.length; first += LOOKED_FOR)
        lost += (await vault.missing(allowed.slice(first, first + LOOKED_FOR))).length;
      if (lost > 0)
        throw new HubError(
          'vault-rolled-back',
          `the database stands behind the ledger: of its ${this.#heard} leaves, those from ${from} on lack ${lost} wrapped keys`,
          false,
        );
    });
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    await mine;
  }

  async #dispatched(): Promise<number> {
    return Number((await this.#place.at()) ?? 0);
  }

  /** One that only listens forgets what another has dispatched. */
  async #forgetDispatched(): Promise<void> {
    if (this.#dues.length < REMEMBERED) return;
    const done = await this.#dispatched();
    this.#dues = this.#dues.filter(({ leaf }) => leaf >= done);
  }

  async #dispatchDue(): Promise<void> {
    const { traces = Traces.off } = this.hub;
    const undone = this.#dues.filter(({ leaf }) => leaf >= this.#done);
    if (undone.length > 0) {
      const because = undone.map(({ leaf }) => traces.noted(leafName(leaf)));
      await traces.span('dispatch', { anew: true, because }, (span) => {
        span.say({ count: undone.length });
        return this.#dispatch(undone);
      });
    }
    this.#dues = [];
    this.#done = this.#heard;
    if (undone.length > 0) await this.#place.move(this.#done.toString());
  }

  #due(logged: LoggedLeaf): Due {
    const { leafHash, leaf } = logged;
    return {
      leaf: leaf.index,
      settlements: verdictsOf(logged)
        .filter(({ verdict }) => discloses(verdict))
        .map(({ descriptor, agency, verdict }) => ({
          descriptor,
          agency,
          allowed: verdict.allowed,
        })),
      withdrawals: this.#withdrawn(leaf.index),
      owed: [...this.#entitled(logged)].map(
        ([agency, entitled]) => [agency, { leaf: leaf.index, leafHash, entitled }] as const,
      ),
    };
  }

  #withdrawn(index: number): readonly Withdrawal[] {
    const { state } = this.log;
    const ended = state.grantEndedAt(index);
    const recalled = state.recalledAt(index);
    const holders = recalled ? state.registry.certificatesOfAgency(recalled.holder) : [];
    return [
      ...(ended === undefined
        ? []
        : ended.wraps.map((one) => ({ ...one, agency: ended.certificate }))),
      ...(recalled?.descriptors ?? []).flatMap((descriptor) =>
        holders.map(({ certificate: { fingerprint: agency } }) => ({ descriptor, agency })),
      ),
    ];
  }

  async #dispatch(dues: readonly Due[]): Promise<void> {
    const settlements = dues.flatMap((due) => due.settlements);
    if (settlements.length > 0) await this.hub.vault.settle(settlements);
    const withdrawals = dues.flatMap((due) => due.withdrawals);
    if (withdrawals.length > 0) await this.hub.vault.withdraw(withdrawals);

    const owed = new Map<AgencyId, Owed[]>();
    for (const [agency, line] of dues.flatMap((due) => due.owed)) {
      const lines = owed.get(agency);
      if (lines === undefined) owed.set(agency, [line]);
      else lines.push(line);
    }
    await Promise.all([...owed].map(([agency, lines]) => this.#append(agency, lines)));
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
          if (verdict.allowed && discloses(verdict) && recipient !== undefined)
            give(recipient.id, descriptor);
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
    return this.log.state.publicLeaves
      .filter((leaf) => leaf < first)
      .map((leaf) => ({
        leaf,
        leafHash: Buffer.from(this.log.tree.leafHash(leaf)).toString('hex') as Digest,
        entitled: [],
      }));
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

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
