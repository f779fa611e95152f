import { type OpenPgp } from '@tripoint/envelope';
import { type Registry, type TrustAnchor } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  isRefusal,
} from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import { type Verdict } from '@tripoint/policy';
import { type Sourced } from './log-state.js';
import { type LogSource } from './log-source.js';
import { readOnce } from './read-once.js';
import { type LeafRecord } from './records.js';
import { type Report, verifyLog } from './verify-log.js';

/** What was decided for one agency, and the sentences of the rules that decided it. */
export type Seen = {
  readonly agency: AgencyId;
  readonly allowed: boolean;
  readonly rules: readonly string[];
  readonly because: string;
};

/** One compartment of one event, and who was given it. */
export type Disclosed = {
  readonly index: number;
  readonly at: Instant;
  readonly exchange: ExchangeId;
  readonly event: EventId;
  readonly family: string;
  readonly issuer: AgencyId;
  readonly compartment: string;
  readonly descriptor: Digest;
  readonly classification: string;
  readonly handling: readonly string[];
  readonly audience: readonly Seen[];
};

/** What of a leaf says who could see what. */
export type SeenLeaf = {
  readonly leaf: Leaf;
  readonly sourced: Sourced | undefined;
  readonly records: readonly LeafRecord[];
};

/** Who was given what at one leaf, by the verdicts recorded there; nothing for a leaf that discloses nothing. */
export const disclosedAt = (
  { leaf, sourced, records }: SeenLeaf,
  registry: Registry,
): readonly Disclosed[] => {
  if (leaf.kind !== 'event' || sourced?.entry.kind !== 'event') return [];
  const event = readOnce(sourced.entry);
  if (isRefusal(event)) return [];
  const { stream, id, type, issuer } = event.header;
  return event.compartments.map(({ digest, descriptor }) => ({
    index: leaf.index,
    at: leaf.time,
    exchange: stream,
    event: id,
    family: type,
    issuer,
    compartment: descriptor.name,
    descriptor: digest,
    classification: descriptor.classification,
    handling: descriptor.handling,
    audience: records.flatMap((record) =>
      record.about === 'verdict' && record.descriptor === digest
        ? seen(record.agency, record.verdict, registry)
        : [],
    ),
  }));
};

const seen = (
  fingerprint: Fingerprint,
  { allowed, rules, because }: Verdict,
  registry: Registry,
): readonly Seen[] => {
  const agency = registry.byFingerprint(fingerprint)?.id;
  return agency === undefined ? [] : [{ agency, allowed, rules, because }];
};

/** Who could see what as of one index: every disclosure up to it, by exchange, and whether the log up to there is sound. */
export type WhoCouldSee = {
  readonly report: Report;
  readonly exchanges: ReadonlyMap<ExchangeId, readonly Disclosed[]>;
};

/**
 * Replays the log up to leaf `index` and says who could see what by then. Never content: whoever replays holds no key.
 * What is said of leaves after the first fault is not said at all.
 */
export const whoCouldSee = async (
  source: LogSource,
  anchor: TrustAnchor,
  openpgp: OpenPgp,
  index: number,
): Promise<WhoCouldSee> => {
  const exchanges = new Map<ExchangeId, Disclosed[]>();
  const report = await verifyLog(source, anchor, openpgp, {
    asOf: index,
    heard: (leaf, { registry }) => {
      for (const one of disclosedAt(leaf, registry)) {
        const known = exchanges.get(one.exchange);
        if (known === undefined) exchanges.set(one.exchange, [one]);
        else known.push(one);
      }
    },
  });
  return { report, exchanges };
};
