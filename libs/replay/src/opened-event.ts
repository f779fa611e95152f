import { type EventEntry, type Header } from '@tripoint/envelope';
import { type Registry } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  type Fingerprint,
  isRefusal,
  type ItemId,
} from '@tripoint/kernel';
import { type Facts, type Part } from '@tripoint/policy';
import { readOnce } from './read-once.js';

/** Who says something, where, and of which item. */
export type Saying = {
  readonly exchange: ExchangeId;
  readonly issuer: AgencyId;
  readonly item: ItemId | undefined;
};

/** An event as its header and descriptors say, with what the registry knows of those it is addressed to. */
export type OpenedEvent = {
  readonly header: Header;
  readonly compartments: readonly {
    readonly digest: Digest;
    readonly part: Part;
    readonly retention: string;
    /** Fingerprints beside the part's recipients, in the same order. */
    readonly fingerprints: readonly Fingerprint[];
  }[];
};

/** Reads an entry by the registry as of its leaf; undefined where its parts are malformed. Who is unknown is left out. */
export const openEvent = (entry: EventEntry, registry: Registry): OpenedEvent | undefined => {
  const event = readOnce(entry);
  if (isRefusal(event)) return undefined;
  const compartments = event.compartments.map(({ digest, descriptor }) => {
    const known = (entry.openings.get(digest) ?? []).flatMap(({ agency }) => {
      const owner = registry.byFingerprint(agency);
      return owner === undefined ? [] : [{ fingerprint: agency, recipient: owner.id }];
    });
    return {
      digest,
      retention: descriptor.retention,
      part: {
        compartment: descriptor.name,
        classification: descriptor.classification,
        handling: descriptor.handling,
        facts: descriptor.facts,
        recipients: known.map(({ recipient }) => recipient),
      },
      fingerprints: known.map(({ fingerprint }) => fingerprint),
    };
  });
  return { header: event.header, compartments };
};

/** What an event says of what was said before. It is told with the core or not at all. */
export const coreOf = ({
  header,
  compartments,
}: OpenedEvent): { readonly saying: Saying; readonly facts: Facts } => {
  const facts = compartments.find(({ part }) => part.compartment === 'core')?.part.facts ?? {};
  return { saying: { exchange: header.stream, issuer: header.issuer, item: facts.item }, facts };
};
