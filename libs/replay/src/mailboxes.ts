import { type ChainEntry, entryDigest, sha256 } from '@tripoint/envelope';
import { NO_STATEMENTS, type Registry, withStatement } from '@tripoint/federation';
import { type AgencyId, type ChainId, type Digest, type Fingerprint } from '@tripoint/kernel';
import {
  formatMailboxEntry,
  type LeafKind,
  type MailboxEntry,
  NO_PREVIOUS,
} from '@tripoint/ledger';
import { type Verdict } from '@tripoint/policy';
import { type Countersigning } from './countersigns.js';
import { forkedChain } from './forked-chain.js';
import { discloses, type LeafRecord } from './records.js';

/** How long after the heads that were logged last the next ones are due, in milliseconds of leaf time. */
export const HEADS_EVERY = 10 * 60 * 1000;

/** A leaf as it was folded, and what decides who is owed it. */
export type Told = {
  readonly kind: LeafKind;
  readonly index: number;
  readonly time: number;
  /** RFC 6962 leaf hash. */
  readonly hash: Digest;
  readonly sourced: { readonly chain: ChainId; readonly entry: ChainEntry } | undefined;
  readonly decided: readonly {
    readonly descriptor: Digest;
    readonly agency: Fingerprint;
    readonly verdict: Verdict;
  }[];
  /** Who is told that something is forgotten, disclosed or reviewed, and opens nothing of what says so. */
  readonly telling?: readonly AgencyId[] | undefined;
  /** What the sequencer says in a leaf of its own. */
  readonly own: readonly LeafRecord[];
  /** What an agency has countersigned with it. */
  readonly countersigned: Countersigning | undefined;
};

/** Leaves by which one agency has told another something, none of them countersigned yet: the first and the last. */
type Untold = { readonly first: number; readonly last: number };

/** A line, and its bytes: what is appended to `mailbox-<agency>` at its number. */
export type MailboxLine = { readonly entry: MailboxEntry; readonly bytes: Uint8Array };

type Newest = { readonly number: number; readonly digest: Digest };
type Public = { readonly leaf: number; readonly leafHash: Digest };

/**
 * What every agency is owed, line by line: a function of the log and of nothing else. The hub hands over what stands here and logs its
 * heads; whoever folds the same leaves arrives at the same heads, so a hub that leaves a line out either logs another head, which an
 * auditor sees, or logs the right one, which the agency sees.
 */
export class Mailboxes {
  readonly #newest = new Map<AgencyId, Newest>();
  /** What every agency is given, from its first line on: registry and policy. */
  readonly #public: Public[] = [];
  #registry = NO_STATEMENTS;
  /** By recipient, then by author. */
  readonly #untold = new Map<AgencyId, Map<AgencyId, Untold>>();
  /** When heads were logged last, or the first line was owed. */
  #headsAt: number | undefined;

  /** The newest line of every mailbox that has any, by agency. */
  heads(): readonly Extract<LeafRecord, { readonly about: 'head' }>[] {
    return [...this.#newest]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([agency, { number, digest }]) => ({ about: 'head', agency, number, head: digest }));
  }

  /** What a leaf of kind `heads` has to say now: every mailbox's end, and how much there is of the registry, which everybody is given. */
  ends(): readonly LeafRecord[] {
    const heads = this.heads();
    return heads.length === 0 ? [] : [...heads, { about: 'registry', ...this.#registry }];
  }

  /** Whether no leaf but an epoch's, a due one or the heads themselves may stand at `time`. */
  headsDue(time: number): boolean {
    return this.#headsAt !== undefined && time - this.#headsAt >= HEADS_EVERY;
  }

  /** Takes in a leaf by the registry as it is after it, and answers the lines that it gives. */
  take(told: Told, registry: Registry): readonly MailboxLine[] {
    const { kind, index: leaf, hash: leafHash, time, sourced } = told;
    if (kind === 'registry' || kind === 'policy') {
      this.#public.push({ leaf, leafHash });
      if (sourced !== undefined)
        this.#registry = withStatement(this.#registry, leaf, entryDigest(sourced.entry));
    }
    if (kind === 'heads') this.#headsAt = time;
    const lines: MailboxLine[] = [];
    for (const [agency, entitled] of this.#entitled(told, registry)) {
      // Without what every agency was given before this one was enrolled, it could verify nothing.
      if (!this.#newest.has(agency))
        for (const before of this.#public)
          if (before.leaf < leaf) lines.push(this.#line(agency, before, []));
      lines.push(this.#line(agency, { leaf, leafHash }, [...entitled].sort()));
    }
    if (lines.length > 0) this.#headsAt ??= time;
    return lines;
  }

  #entitled(told: Told, registry: Registry): ReadonlyMap<AgencyId, readonly Digest[]> {
    const { kind, index, sourced, countersigned } = told;
    if (countersigned !== undefined) {
      const { agency, heads, contradicts } = countersigned;
      const proven = contradicts ? [] : this.#proven(agency, heads);
      return new Map([agency, ...proven].map((one) => [one, []]));
    }
    const entitled = entitledTo(told, registry);
    const author = sourced && registry.chainOwner(sourced.chain)?.id;
    if (kind === 'event' && author !== undefined)
      for (const [agency, descriptors] of entitled)
        if (agency !== author && descriptors.length > 0) this.#tells(author, agency, index);
    return entitled;
  }

  #tells(author: AgencyId, agency: AgencyId, last: number): void {
    const by = this.#untold.get(agency) ?? new Map<AgencyId, Untold>();
    by.set(author, { first: by.get(author)?.first ?? last, last });
    this.#untold.set(agency, by);
  }

  /** Who has told the agency something before the leaf `heads`, of which this is the first that it signs; by name. */
  #proven(agency: AgencyId, heads: number): readonly AgencyId[] {
    const proven: AgencyId[] = [];
    const by = this.#untold.get(agency) ?? new Map<AgencyId, Untold>();
    for (const [author, { first, last }] of by) {
      if (first >= heads) continue;
      proven.push(author);
      if (last < heads) by.delete(author);
      else by.set(author, { first: heads, last });
    }
    return proven.sort();
  }

  #line(agency: AgencyId, of: Public, entitled: readonly Digest[]): MailboxLine {
    const newest = this.#newest.get(agency);
    const number = (newest?.number ?? -1) + 1;
    const previous = newest?.digest ?? NO_PREVIOUS;
    const entry: MailboxEntry = { v: 1, agency, number, previous, ...of, entitled };
    const bytes = formatMailboxEntry(entry);
    this.#newest.set(agency, { number, digest: sha256(bytes) });
    return { entry, bytes };
  }
}

/** Which agencies are given the leaf, and which compartments they may open. */
const entitledTo = (
  { kind, sourced, decided, own, telling = [] }: Told,
  registry: Registry,
): ReadonlyMap<AgencyId, readonly Digest[]> => {
  const given = new Map<AgencyId, Digest[]>();
  const give = (agency: AgencyId, ...descriptors: readonly Digest[]): void => {
    const agencyKind = registry.agency(agency)?.kind;
    // The hub reads the log itself, and says nothing of its own that would have to be told back to it.
    if (agencyKind === undefined || agencyKind === 'HUB') return;
    given.set(agency, [...(given.get(agency) ?? []), ...descriptors]);
  };
  switch (kind) {
    case 'registry':
    case 'policy':
      for (const { id } of registry.agencies()) give(id);
      break;
    case 'fork': {
      // Who forked, and what both envelopes were, is for oversight and the one whose chain stands still.
      const entry = sourced?.entry;
      const chain = entry?.kind === 'statement' ? forkedChain(entry) : undefined;
      const forked = chain && registry.chainOwner(chain);
      if (forked !== undefined) give(forked.id);
      break;
    }
    case 'event':
    case 'void':
    case 'rejected': {
      // The author is told what became of its envelope even where it may open nothing of it.
      const author = sourced && registry.chainOwner(sourced.chain);
      if (author !== undefined) give(author.id);
      for (const { descriptor, agency, verdict } of decided) {
        const recipient = registry.byFingerprint(agency);
        if (verdict.allowed && discloses(verdict) && recipient !== undefined)
          give(recipient.id, descriptor);
      }
      for (const one of telling) give(one);
      break;
    }
    case 'due':
    case 'heads':
      for (const record of own) {
        if (record.about === 'due') for (const party of record.parties) give(party);
        if (record.about === 'head') give(record.agency);
      }
      break;
    case 'countersigned':
    case 'heartbeat':
    case 'epoch':
      break;
  }
  return given;
};
