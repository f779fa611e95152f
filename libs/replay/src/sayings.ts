import { entryDigest, type EventEntry } from '@tripoint/envelope';
import { type Registry } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  isDigest,
  type ItemId,
} from '@tripoint/kernel';
import { type Source } from '@tripoint/policy';
import { type Decided } from './decided.js';
import { type OpenedEvent } from './opened-event.js';

/** Something that was said, and where. */
export type SaidBefore = Source & {
  readonly event: EventId;
  /** Digest of the header under which it was said. */
  readonly header: Digest;
  /** Index of its leaf. */
  readonly leaf: number;
  /** To whom it was to go as well, and was denied. Wraps for them were made. */
  readonly denied: readonly AgencyId[];
};

/** What many descriptors have in common. */
type Labels = Omit<Source, 'exchange'> & Pick<SaidBefore, 'denied'>;
/** What is kept of a descriptor, and where it was said; digests and ids are packed. */
type Kept = {
  readonly labels: Labels;
  readonly leaf: number;
  readonly event: string;
  readonly header: string;
  readonly exchange: ExchangeId;
};

/** Everything that was ever said, by descriptor: who said it, to whom, under which markings. */
export class Sayings {
  /** By {@link packed} digests: every event that ever was stands here. */
  readonly #sources = new Map<string, Kept>();
  readonly #events = new Set<string>();
  /** What many sources have in common, kept once. */
  readonly #alike = new Map<string, Labels>();
  readonly #items = new Map<ItemId, ExchangeId>();

  /** Takes in what was said at leaf `index`, and what was decided there. */
  add(
    { header: { id, issuer, stream }, compartments }: OpenedEvent,
    entry: EventEntry,
    decided: readonly Pick<Decided, 'descriptor' | 'agency' | 'verdict'>[],
    registry: Registry,
    index: number,
  ): void {
    const place = { leaf: index, event: packed(id), header: packed(entryDigest(entry)) };
    this.#events.add(place.event);
    // What stands beside one part holds for all: else it would bind until the event is passed on without that part.
    const derivedFrom = [
      ...new Set(compartments.flatMap(({ part }) => part.facts.derivedFrom ?? [])),
    ].sort();
    for (const { digest, part } of compartments) {
      const { compartment, classification, handling, facts } = part;
      if (facts.item !== undefined) this.#items.set(facts.item, stream);
      const [holders, denied] = [true, false].map((allowed) =>
        decided
          .filter(({ descriptor, verdict }) => descriptor === digest && verdict.allowed === allowed)
          .flatMap(({ agency }) => registry.byFingerprint(agency)?.id ?? []),
      ) as [AgencyId[], AgencyId[]];
      const labels = {
        issuer,
        compartment,
        classification,
        handling,
        holders,
        derivedFrom,
        denied,
      };
      this.#sources.set(packed(digest), {
        labels: this.#shared(labels),
        exchange: stream,
        ...place,
      });
    }
  }

  /** What this is the descriptor of. */
  said(descriptor: Digest): SaidBefore | undefined {
    const kept = isDigest(descriptor) ? this.#sources.get(packed(descriptor)) : undefined;
    if (kept === undefined) return undefined;
    const { labels, leaf, exchange } = kept;
    const header = unpacked(kept.header) as Digest;
    return { ...labels, leaf, exchange, header, event: eventId(unpacked(kept.event)) };
  }

  /** Who said something at which leaf, once for each compartment. */
  *places(): Generator<{ readonly agency: AgencyId; readonly leaf: number }> {
    for (const { labels, leaf } of this.#sources.values()) yield { agency: labels.issuer, leaf };
  }

  /**
   * What an event must not have in common with an earlier one. Recipients know events and items by their ids, so a second
   * one would stand in for the first; and whoever was given a descriptor could put it into an envelope of its own,
   * become its issuer, and lift the markings of what others provided.
   */
  repeats({ header, compartments }: OpenedEvent): string | undefined {
    if (this.#events.has(packed(header.id))) return 'event-id-reused';
    if (compartments.some(({ digest }) => this.#sources.has(packed(digest))))
      return 'descriptor-reused';
    const elsewhere = compartments.some(({ part: { facts } }) => {
      const exchange = facts.item && this.#items.get(facts.item);
      return exchange !== undefined && exchange !== header.stream;
    });
    return elsewhere ? 'item-elsewhere' : undefined;
  }

  /** What is derived from something stands for itself; the rest is much alike. */
  #shared(source: Labels): Labels {
    if (source.derivedFrom.length > 0) return source;
    const key = JSON.stringify(source);
    const known = this.#alike.get(key);
    if (known !== undefined) return known;
    this.#alike.set(key, source);
    return source;
  }
}

/** A digest or an id of hexadecimal digits in half as many characters: a log has millions of them. */
const packed = (digits: Digest | EventId): string =>
  Buffer.from(digits.replaceAll('-', ''), 'hex').toString('latin1');

const unpacked = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('hex');

const eventId = (digits: string): EventId =>
  digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as EventId;
