import { Injectable } from '@nestjs/common';
import { sha256 } from '@tripoint/envelope';
import { type AgencyId, type Digest, HubError, isRefusal } from '@tripoint/kernel';
import { mailboxStream, parseMailboxEntry } from '@tripoint/ledger';
import { Traces } from '@tripoint/platform';
import { type Settlement, type Withdrawal } from '@tripoint/vault';
import { HubOptions } from '../hub.options.js';
import { discloses, type MailboxLine } from '@tripoint/replay';
import { verdictsOf } from '../log/log-follower.js';
import { type FoldedLeaf, RecordedLog } from '../log/recorded-log.js';
import { leafName } from '../sequencer/leaves.js';
import { linesAfter, type Newest } from './lines-after.js';
import { SparePlace } from './spare-place.js';

/** Under which name it is kept how many leaves have been dispatched. */
export const DISPATCHED = 'dispatched';

/** How many leaves one that only listens remembers before it asks how far others have come. */
const REMEMBERED = 1_024;

/** How many wraps are looked for at once. */
const LOOKED_FOR = 5_000;

/** What follows from one leaf, by the registry as it was then. */
type Due = {
  readonly leaf: number;
  readonly settlements: readonly Settlement[];
  /** Wraps of a grant that ended here, or of what was recalled. */
  readonly withdrawals: readonly Withdrawal[];
  /** Descriptors of what is forgotten from here on. */
  readonly erased: readonly Digest[];
  readonly lines: readonly MailboxLine[];
};

/**
 * Turns order into mailboxes: settles the vault by the leaf's verdicts, then notes for every entitled agency what it is owed.
 * Which lines those are the log itself says, and a mailbox's newest line says how far it has come.
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
  hear(leaves: readonly FoldedLeaf[]): Promise<void> {
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
      await this.#eraseAgain();
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

  /** A vault that was put back holds what was forgotten since. It is forgotten again before anybody is served. */
  async #eraseAgain(): Promise<void> {
    const { vault } = this.hub;
    const erased = this.log.state.erasures().flatMap(({ descriptors }) => descriptors);
    for (let first = 0; first < erased.length; first += LOOKED_FOR) {
      const some = erased.slice(first, first + LOOKED_FOR);
      const known = await vault.erased(some);
      await vault.erase(some.filter((descriptor) => !known.has(descriptor)));
    }
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

  #due(logged: FoldedLeaf): Due {
    const { leaf, lines } = logged;
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
      erased: this.log.state.erasedAt(leaf.index)?.erasure.descriptors ?? [],
      lines,
    };
  }

  #withdrawn(index: number): readonly Withdrawal[] {
    const { state } = this.log;
    const recalled = state.recalledAt(index);
    const holders = recalled ? state.registry.certificatesOfAgency(recalled.holder) : [];
    return [
      ...[...state.grantsEndedAt(index), ...state.sharesEndedAt(index)].flatMap(
        ({ certificate: agency, wraps }) => wraps.map((one) => ({ ...one, agency })),
      ),
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

    // Before anybody is told: nobody can be handed a key to it from here on.
    await this.hub.vault.erase(dues.flatMap((due) => due.erased));

    const owed = new Map<AgencyId, MailboxLine[]>();
    for (const line of dues.flatMap((due) => due.lines)) {
      const lines = owed.get(line.entry.agency);
      if (lines === undefined) owed.set(line.entry.agency, [line]);
      else lines.push(line);
    }
    await Promise.all([...owed].map(([agency, lines]) => this.#append(agency, lines)));
  }

  async #append(agency: AgencyId, lines: readonly MailboxLine[]): Promise<void> {
    const newest = await this.#newestOf(agency);
    const entries = linesAfter(newest, lines);
    const last = entries.at(-1);
    if (last === undefined) return;
    const expected = BigInt(newest?.number ?? -1);
    const bytes = entries.map((line) => line.bytes);
    await this.hub.ledger.append(mailboxStream(agency), expected, bytes);
    this.#newest.set(agency, { number: last.entry.number, digest: sha256(last.bytes) });
  }

  async #newestOf(agency: AgencyId): Promise<Newest | undefined> {
    if (this.#newest.has(agency)) return this.#newest.get(agency);
    const row = await this.hub.ledger.last(mailboxStream(agency));
    const entry = row && parseMailboxEntry(row.bytes);
    if (isRefusal(entry))
      throw new HubError('ledger-inconsistent', 'a mailbox holds a malformed line', false);
    const newest = row && entry && { number: entry.number, digest: sha256(row.bytes) };
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
