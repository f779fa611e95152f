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
import { handedOn } from './handed-on.js';
import { type LogState, type Sourced } from './log-state.js';
import { type LogSource } from './log-source.js';
import { readOnce } from './read-once.js';
import { discloses, type LeafRecord } from './records.js';
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
  /** It was said before, and is handed on, or that ends, here; until when, where it is handed on. */
  readonly grant?: { readonly until?: Instant };
};

/** What of a leaf says who could see what. */
export type SeenLeaf = {
  readonly leaf: Leaf;
  readonly sourced: Sourced | undefined;
  readonly records: readonly LeafRecord[];
};

/** Who was given what at one leaf, by the verdicts recorded there; nothing for a leaf that discloses nothing. */
export const disclosedAt = (seenLeaf: SeenLeaf, state: Meaning): readonly Disclosed[] => [
  ...saidAt(seenLeaf, state.registry),
  ...handedOnAt(seenLeaf, state),
  ...completedAt(seenLeaf, state),
  ...endedAt(seenLeaf, state),
];

/** What of a log's meaning, the leaf in question folded in, says who could see what. */
export type Meaning = Pick<
  LogState,
  | 'registry'
  | 'said'
  | 'grant'
  | 'grantsEndedAt'
  | 'recalledAt'
  | 'erasedAt'
  | 'disclosedAt'
  | 'disclosuresEndedAt'
>;

const saidAt = ({ leaf, sourced, records }: SeenLeaf, registry: Registry): readonly Disclosed[] => {
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

/** What was said before, as somebody is given it at this leaf. */
const again = (
  { leaf }: SeenLeaf,
  state: Meaning,
  descriptor: Digest,
  audience: readonly Seen[],
  until?: Instant,
): readonly Disclosed[] => {
  const before = state.said(descriptor);
  if (before === undefined) return [];
  const { exchange, event, issuer, compartment, classification, handling } = before;
  return [
    {
      index: leaf.index,
      at: leaf.time,
      exchange,
      event,
      family: 'grant',
      issuer,
      compartment,
      descriptor,
      classification,
      handling,
      audience,
      grant: until === undefined ? {} : { until },
    },
  ];
};

/** What is handed on, and what would have been: where it is only decided, nobody is given anything. */
const handedOnAt = (seenLeaf: SeenLeaf, state: Meaning): readonly Disclosed[] => {
  const { sourced, records } = seenLeaf;
  const handed = sourced && handedOn(sourced.entry);
  const grant = handed?.item && state.grant(handed.item);
  return records.flatMap((record) => {
    if (record.about !== 'verdict' || record.verdict.question.grant === undefined) return [];
    const { agency, descriptor, verdict } = record;
    if (verdict.allowed && !discloses(verdict)) return [];
    const until =
      verdict.allowed && grant !== undefined
        ? (new Date(grant.until).toISOString() as Instant)
        : undefined;
    return again(seenLeaf, state, descriptor, seen(agency, verdict, state.registry), until);
  });
};

/** What can be read from this leaf on because custodians have handed over as many shares as it takes. */
const completedAt = (seenLeaf: SeenLeaf, state: Meaning): readonly Disclosed[] => {
  const disclosure = state.disclosedAt(seenLeaf.leaf.index);
  if (disclosure === undefined) return [];
  const { beneficiary: agency, descriptors, leaf } = disclosure;
  const until = new Date(disclosure.until).toISOString() as Instant;
  const because = `enough custodians have handed over their shares, as was ordered at leaf ${leaf}`;
  return descriptors.flatMap((descriptor) =>
    again(seenLeaf, state, descriptor, [{ agency, allowed: true, rules: [], because }], until),
  );
};

/** What somebody was given, and what is over or recalled with this leaf. */
const endedAt = (seenLeaf: SeenLeaf, state: Meaning): readonly Disclosed[] => {
  const { leaf } = seenLeaf;
  const recalled = state.recalledAt(leaf.index);
  const erased = state.erasedAt(leaf.index);
  const over = leaf.kind === 'due' ? OVER : leaf.kind === 'registry' ? IN_DOUBT : TAKEN_BACK;
  return [
    ...state
      .grantsEndedAt(leaf.index)
      .flatMap(({ wraps, grantee }) =>
        wraps.map(({ descriptor }) => [descriptor, grantee, over] as const),
      ),
    ...state
      .disclosuresEndedAt(leaf.index)
      .flatMap(({ descriptors, beneficiary }) =>
        descriptors.map((descriptor) => [descriptor, beneficiary, over] as const),
      ),
    ...(recalled?.descriptors ?? []).map((one) => [one, recalled?.holder, TAKEN_BACK] as const),
    // Custodians are told as well of what they have never had.
    ...(erased?.told ?? [])
      .filter((agency) => erased?.erasure.told.includes(agency) === true)
      .flatMap((agency) =>
        (erased?.erasure.descriptors ?? []).map((one) => [one, agency, FORGOTTEN] as const),
      ),
  ].flatMap(([descriptor, agency, because]) =>
    agency === undefined
      ? []
      : again(seenLeaf, state, descriptor, [{ agency, allowed: false, rules: [], because }]),
  );
};

const OVER = 'the time for which it was granted is over';
const IN_DOUBT = 'what it was given upon may not be the word of who is said to have decided it';
const FORGOTTEN = 'it is forgotten everywhere';
const TAKEN_BACK = 'its provider has taken it back';

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
    heard: (leaf, state) => {
      for (const one of disclosedAt(leaf, state)) {
        const known = exchanges.get(one.exchange);
        if (known === undefined) exchanges.set(one.exchange, [one]);
        else known.push(one);
      }
    },
  });
  return { report, exchanges };
};
