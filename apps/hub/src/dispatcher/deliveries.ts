import { Injectable } from '@nestjs/common';
import { entitle, formatChainEntry, formatEntitled, type StatementEntry } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type Fingerprint,
  HubError,
  isRefusal,
} from '@tripoint/kernel';
import {
  formatDelivery,
  formatSignedCountersignature,
  type GrantedPart,
  type LedgerEntry,
  LOG_STREAM,
  type MailboxEntry,
  parseMailboxEntry,
} from '@tripoint/ledger';
import { announced, handedOn, readCountersigned } from '@tripoint/replay';
import { HubOptions } from '../hub.options.js';
import { type LoggedLeaf, type OpenRecord, readLeaves } from '../log/log-follower.js';
import { RecordedLog } from '../log/recorded-log.js';

/** One line of a mailbox, read, beside its bytes. */
export type Line = { readonly bytes: Uint8Array; readonly entry: MailboxEntry };

export type Joined = {
  readonly byAgency: ReadonlyMap<AgencyId, readonly Line[]>;
  readonly leaves: ReadonlyMap<number, LoggedLeaf>;
};

/** Joins each mailbox line with what it hands over: leaf, proof, the reader's part of the event, its wraps. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
  ) {}

  /** Mailbox lines by the agency that they are for, and the leaves that they are about; nothing once `signal` aborts. */
  async joined(rows: readonly LedgerEntry[], signal: AbortSignal): Promise<Joined | undefined> {
    const lines = rows.map(({ bytes }) => line(bytes));
    // Another hub may have been quicker to read the log, and have noted what this one has not seen yet.
    await this.log.reaches(Math.max(0, ...lines.map(({ entry }) => entry.leaf)) + 1, signal);
    const byAgency = new Map<AgencyId, Line[]>();
    if (signal.aborted) return undefined;
    for (const one of lines) {
      const own = byAgency.get(one.entry.agency);
      if (own === undefined) byAgency.set(one.entry.agency, [one]);
      else own.push(one);
    }
    const own = await this.#leaves(lines.map(({ entry }) => entry.leaf));
    const leaves = new Map([...own, ...(await this.#leaves(this.#earlier([...own.values()])))]);
    return { byAgency, leaves };
  }

  /** The leaves named: those that were just folded as they are, the others from as few reads as possible. */
  async #leaves(indices: readonly number[]): Promise<ReadonlyMap<number, LoggedLeaf>> {
    const found = new Map<number, LoggedLeaf>();
    for (const index of indices) {
      const recent = this.log.recent(index);
      if (recent !== undefined) found.set(index, recent);
    }
    const wanted = [...new Set(indices)].filter((index) => !found.has(index)).sort((a, b) => a - b);
    while (wanted.length > 0) {
      const [first = 0] = wanted;
      const count = wanted.findIndex((index, at) => index !== first + at);
      const run = wanted.splice(0, count === -1 ? wanted.length : count);
      const rows = await this.hub.ledger.read(LOG_STREAM, BigInt(first), run.length);
      const leaves = await readLeaves(
        this.hub.ledger,
        first,
        rows.map(({ bytes }) => bytes),
      );
      for (const logged of leaves) found.set(logged.leaf.index, logged);
    }
    return found;
  }

  /** What the agency is handed of these lines. */
  async messages(
    agency: AgencyId,
    lines: readonly Line[],
    leaves: ReadonlyMap<number, LoggedLeaf>,
  ): Promise<readonly { readonly value: Uint8Array }[]> {
    const descriptors = lines.flatMap(({ entry }) => entry.entitled);
    const fingerprints = this.#fingerprints(agency);
    const usable = new Map<Digest, { readonly agency: Fingerprint; readonly wrap: Uint8Array }>();
    for (const fingerprint of descriptors.length === 0 ? [] : fingerprints)
      for (const { descriptor, agency: own, wrap } of await this.hub.vault.usable(
        fingerprint,
        descriptors,
      ))
        usable.set(descriptor, { agency: own, wrap });
    const erased =
      descriptors.length === 0 ? new Set<Digest>() : await this.hub.vault.erased(descriptors);
    const { size, note } = this.log.checkpoint;

    return lines.map(({ bytes, entry }) => {
      const logged = leaves.get(entry.leaf);
      if (logged === undefined || logged.leaf.index >= size)
        throw new HubError('checkpoint-behind', 'a line is ahead of the checkpoint', true);
      const wraps = entry.entitled.flatMap((descriptor) => {
        const found = usable.get(descriptor);
        return found === undefined ? [] : [{ descriptor, wrap: found.wrap }];
      });
      const author =
        logged.sourced !== undefined &&
        this.log.state.registry.chainOwner(logged.sourced.chain)?.id === agency;
      return {
        value: formatDelivery({
          kind: 'entry',
          mailbox: bytes,
          leaf: logged.leafBytes,
          proof: this.log.tree.inclusionProof(entry.leaf, size),
          checkpoint: note,
          source: author
            ? sourceFor(logged, entry, fingerprints)
            : (announcementFor(logged, entry) ?? sourceFor(logged, entry, fingerprints)),
          origin: author ? logged.entry.origin : null,
          wraps,
          erased: [
            ...entry.entitled.filter((descriptor) => erased.has(descriptor)),
            ...this.#endedOf(logged, entry, erased),
          ].sort(),
          granted: this.#granted(logged, { entry, author }, leaves, size),
          records: logged.records
            .filter(
              ({ record }) =>
                concerns(record, agency, author, fingerprints) ||
                (entry.entitled.length > 0 && isOfOrder(record)),
            )
            .map(({ salted }) => salted),
        }),
      };
    });
  }

  /** At which leaves that was said which these hand on. */
  #earlier(leaves: readonly LoggedLeaf[]): readonly number[] {
    return leaves.flatMap(({ sourced }) => {
      const [first] = (sourced && handedOn(sourced.entry))?.descriptors ?? [];
      return (first && this.log.state.said(first)?.leaf) ?? [];
    });
  }

  /** What was recalled, or granted for a time that is over: it is not there any more for whoever asks again. */
  #endedOf(
    { sourced }: LoggedLeaf,
    { agency, entitled }: MailboxEntry,
    erased: ReadonlySet<Digest>,
  ): readonly Digest[] {
    const { state } = this.log;
    const handed = sourced && handedOn(sourced.entry);
    const over = handed?.carriedOut === true && isOver(state, handed) ? handed.descriptors : [];
    return entitled.filter(
      (one) => !erased.has(one) && (over.includes(one) || state.isRecalled(one, agency)),
    );
  }

  /** What was said before and is handed on here: its provider needs it to do so, the grantee to read it. */
  #granted(
    { sourced }: LoggedLeaf,
    { entry, author }: { readonly entry: MailboxEntry; readonly author: boolean },
    leaves: ReadonlyMap<number, LoggedLeaf>,
    size: number,
  ): GrantedPart | null {
    const handed = sourced && handedOn(sourced.entry);
    const given = handed?.descriptors.filter((one) =>
      handed.carriedOut ? entry.entitled.includes(one) : author,
    );
    const [first] = given ?? [];
    // A share comes with what it is the key of, which nobody is given for good.
    const { state } = this.log;
    const locked =
      handed?.isShare === true && handed.item !== undefined
        ? (state.disclosure(handed.item)?.descriptors ?? [])
        : [];
    const wanted = given && [...given, ...locked.filter((one) => !state.isErased(one))];
    const said = first && this.log.state.said(first);
    const earlier = said && leaves.get(said.leaf);
    if (wanted === undefined || said === undefined || earlier?.sourced?.entry.kind !== 'event')
      return null;
    return {
      leaf: earlier.leafBytes,
      proof: this.log.tree.inclusionProof(said.leaf, size),
      source: formatEntitled(entitle(earlier.sourced.entry, wanted, NOBODY)),
    };
  }

  /** Every primary key that the agency has ever had, the newest last. */
  #fingerprints(agency: AgencyId): readonly Fingerprint[] {
    const { registry } = this.log.state;
    const [chain] = registry.agency(agency)?.chains ?? [];
    if (chain === undefined) return [];
    return registry
      .certificatesOf(chain)
      .map(({ certificate }) => certificate.fingerprint)
      .reverse();
  }
}

const isOver = (
  state: RecordedLog['state'],
  { isShare, item }: Pick<NonNullable<ReturnType<typeof handedOn>>, 'isShare' | 'item'>,
): boolean =>
  item !== undefined &&
  (isShare ? state.disclosure(item)?.ended : state.grant(item)?.ended) === true;

/** A part is entitled by a grant, not by an opening. */
const NOBODY = '' as Fingerprint;

const line = (bytes: Uint8Array): Line => {
  const entry = parseMailboxEntry(bytes);
  if (isRefusal(entry))
    throw new HubError('ledger-inconsistent', 'a mailbox holds a malformed line', false);
  return { bytes, entry };
};

/** Whom the log itself tells of an order or a review may open nothing of it; who says it, and of what, stands in its descriptor. */
const announcementFor = (
  { sourced }: LoggedLeaf,
  { entitled }: MailboxEntry,
): Uint8Array | undefined => {
  if (sourced?.entry.kind !== 'event' || entitled.length > 0) return undefined;
  const core = announced(sourced.entry);
  return core && formatEntitled(entitle(sourced.entry, [core], NOBODY));
};

const sourceFor = (
  { leaf, sourced, sourceBytes }: LoggedLeaf,
  { entitled }: MailboxEntry,
  fingerprints: readonly Fingerprint[],
): Uint8Array | null => {
  // Of a rejected event the author gets the bare header back: enough to see which one it was.
  if (sourced?.entry.kind === 'event') {
    const event = sourced.entry;
    const addressed = (fingerprint: Fingerprint): boolean =>
      entitled.some((digest) =>
        (event.openings.get(digest) ?? []).some(({ agency }) => agency === fingerprint),
      );
    const own = fingerprints.findLast(addressed) ?? fingerprints.at(-1);
    return own === undefined ? null : formatEntitled(entitle(event, entitled, own));
  }
  if (leaf.kind === 'countersigned' && sourced?.entry.kind === 'statement')
    return withoutMailbox(sourced.entry);
  const everybodys = leaf.kind === 'registry' || leaf.kind === 'policy';
  return everybodys ? (sourceBytes ?? null) : null;
};

/** An author is told that what it said has come, and nothing of how much else has. */
const withoutMailbox = (entry: StatementEntry): Uint8Array | null => {
  const read = readCountersigned(entry);
  return isRefusal(read)
    ? null
    : formatChainEntry({
        ...entry,
        attachment: formatSignedCountersignature({ ...read.signed, mailbox: null }),
      });
};

/** Who is addressed by an order to disclose is shown whether it is one: nobody hands over a share upon what the rules have denied. */
const isOfOrder = (record: OpenRecord['record']): boolean =>
  record.about === 'verdict' && record.verdict.question.order !== undefined;

/** Whether a record is opened to the reader: all of its own event's verdicts, else those on itself. */
const concerns = (
  record: OpenRecord['record'],
  agency: AgencyId,
  author: boolean,
  fingerprints: readonly Fingerprint[],
): boolean => {
  switch (record.about) {
    case 'verdict':
      return author || fingerprints.includes(record.agency);
    case 'due':
      return record.parties.includes(agency);
    case 'head':
      return record.agency === agency;
    case 'registry':
      return true;
    default:
      return record satisfies never;
  }
};
