import { Injectable } from '@nestjs/common';
import { entitle, formatEntitled } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type Fingerprint,
  HubError,
  isRefusal,
  pause,
} from '@tripoint/kernel';
import {
  formatDelivery,
  type LedgerEntry,
  LOG_STREAM,
  MAILBOX_PREFIX,
  mailboxStream,
  type MailboxEntry,
  mailboxTopic,
  parseMailboxEntry,
  type Position,
} from '@tripoint/ledger';
import { HubOptions } from '../hub.options.js';
import { type LoggedLeaf, type OpenRecord, readLeaves } from '../log/log-follower.js';
import { RecordedLog } from '../log/recorded-log.js';
import { Correspondence } from './correspondence.js';
import { SparePlace } from './spare-place.js';

const PUBLISHED = 'published';
/** Mailbox lines handed over at a time when an agency asks again. */
const STRIDE = 64;
/** How often wishes that have to wait are looked at, in milliseconds. */
const WAITING_LOOKED_AT = 250;

type Line = { readonly bytes: Uint8Array; readonly entry: MailboxEntry };

/**
 * Joins each mailbox line with what it hands over (leaf, proof, the reader's part of the event, its wraps) and puts
 * it on the bus. A crash repeats lines; readers tell by the number.
 */
@Injectable()
export class Publisher {
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
    private readonly correspondence: Correspondence,
  ) {}

  /** Publishes every line, from where whoever did it before has left off. */
  async run(signal: AbortSignal): Promise<void> {
    const place = new SparePlace(this.hub, PUBLISHED);
    const after = ((await place.at()) ?? 'start') as Position | 'start';
    for await (const rows of this.hub.ledger.follow([MAILBOX_PREFIX], after, signal)) {
      await this.#inTurn(() => this.#publish(rows, signal));
      if (signal.aborted) return;
      const newest = rows.at(-1);
      if (newest !== undefined) await place.move(newest.position);
    }
    await place.write();
  }

  /** Publishes again what agencies have asked this hub for, whether or not it is the one that publishes. */
  async serveResumes(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const asked = new AbortController();
      this.correspondence.onResume(() => {
        asked.abort();
      });
      const { resumes } = this.correspondence;
      for (const [agency, from] of resumes.take())
        resumes.fulfilled(agency, await this.#resume(agency, from, signal));
      await pause(WAITING_LOOKED_AT, AbortSignal.any([signal, asked.signal]));
    }
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    await mine;
  }

  /** Hands the mailbox over again, with a turn for what is new between two strides of it. Answers how many lines it was. */
  async #resume(agency: AgencyId, from: number, signal: AbortSignal): Promise<number> {
    for (let next = from; ;) {
      const rows = await this.hub.ledger.read(mailboxStream(agency), BigInt(next), STRIDE);
      if (rows.length === 0 || signal.aborted) return next - from;
      await this.#inTurn(() => this.#publish(rows, signal));
      next += rows.length;
    }
  }

  async #publish(rows: readonly LedgerEntry[], signal: AbortSignal): Promise<void> {
    const lines = rows.map(({ bytes }) => line(bytes));
    // Another hub may have been quicker to read the log, and have noted what this one has not seen yet.
    await this.log.reaches(Math.max(0, ...lines.map(({ entry }) => entry.leaf)) + 1, signal);
    if (signal.aborted) return;
    const leaves = await this.#leaves(lines.map(({ entry }) => entry.leaf));
    const byAgency = new Map<AgencyId, Line[]>();
    for (const one of lines)
      byAgency.set(one.entry.agency, [...(byAgency.get(one.entry.agency) ?? []), one]);
    await Promise.all(
      [...byAgency].map(async ([agency, own]) => {
        const messages = await this.#messages(agency, own, leaves);
        await this.hub.bus.publish(mailboxTopic(agency), messages);
      }),
    );
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

  async #messages(
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
          source: sourceFor(logged, entry, fingerprints),
          origin: author ? logged.entry.origin : null,
          wraps,
          erased: entry.entitled.filter((descriptor) => erased.has(descriptor)),
          records: logged.records
            .filter(({ record }) => concerns(record, agency, author, fingerprints))
            .map(({ salted }) => salted),
        }),
      };
    });
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

const line = (bytes: Uint8Array): Line => {
  const entry = parseMailboxEntry(bytes);
  if (isRefusal(entry))
    throw new HubError('ledger-inconsistent', 'a mailbox holds a malformed line', false);
  return { bytes, entry };
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
  const everybodys = leaf.kind === 'registry' || leaf.kind === 'policy';
  return everybodys ? (sourceBytes ?? null) : null;
};

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
    default:
      return record satisfies never;
  }
};
