import { type Compartment } from '@tripoint/domain';
import { type Entitled, parseEntitled, sha256 } from '@tripoint/envelope';
import {
  type CompleteEvidence,
  type EventEvidence,
  type ProvedLeaf,
  type StatementEvidence,
} from '@tripoint/evidence';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type Instant,
  isRefusal,
  refuse,
} from '@tripoint/kernel';
import { parseDelivery, parseLeaf, type SaltedRecord } from '@tripoint/ledger';
import {
  type Content,
  type DisclosedKey,
  type EventHandedOver,
  type HandedOver,
} from '@tripoint/read-model';
import { parseRecord } from '@tripoint/replay';
import { parseCheckpoint, parseNote } from '@tripoint/transparency';
import { type CourtRefusal, notKept } from './court-refusal.js';

/** A grant by which this agency holds something, as it came. */
export type GrantHandedOver = {
  readonly event: EventHandedOver;
  /** Of which event. */
  readonly of: EventId;
  readonly descriptors: readonly Digest[];
};

/** The grants of these events to this agency that still run at `at`. */
export const grantsOf = async (
  content: Content,
  agency: AgencyId,
  events: readonly EventId[],
  at: Instant,
): Promise<readonly GrantHandedOver[]> => {
  const found: GrantHandedOver[] = [];
  for (const item of await content.grantedIn(agency, events))
    for (const event of await content.handedOver(item)) {
      const { recorded, facts } = event.entry;
      const { grant } = facts;
      if (recorded.event.type !== 'GrantMade' || recorded.event.core === undefined) continue;
      if (grant === undefined || grant.until <= at) continue;
      const descriptors = grant.wraps.map(({ descriptor }) => descriptor);
      found.push({ event, of: recorded.event.core.event, descriptors });
    }
  return found;
};

/** Whether what is kept shows something of the event, or nothing of it is there to be shown. */
export const isShown = (
  { entry, handed }: EventHandedOver,
  grants: readonly GrantHandedOver[],
): boolean =>
  handed.length > 0 ||
  entry.descriptors.length === 0 ||
  grants.some(({ of }) => of === entry.recorded.id);

/** Whether each of these compartments that is held of the event came at the event's own leaf, or by a grant. */
export const isGiven = (
  { entry, handed }: EventHandedOver,
  compartments: readonly Compartment[],
  grants: readonly GrantHandedOver[],
): boolean => {
  const granted = grants.filter(({ of }) => of === entry.recorded.id);
  const came = new Set([
    ...granted.flatMap(({ descriptors }) => descriptors),
    ...handed.flatMap(({ bytes }) => {
      const delivery = parseDelivery(bytes);
      if (isRefusal(delivery) || delivery.kind !== 'entry' || delivery.source === null) return [];
      const part = parseEntitled(delivery.source);
      return isRefusal(part) ? [] : part.compartments.map((one) => sha256(one.descriptor));
    }),
  ]);
  return entry.descriptors.every(
    ({ compartment, descriptor }) => !compartments.includes(compartment) || came.has(descriptor),
  );
};

/** Something of an event that was handed over, with its leaf. */
type Piece = {
  readonly proved: ProvedLeaf;
  readonly part: Entitled;
  readonly origin: Uint8Array | null;
  readonly records: readonly SaltedRecord[];
};

const readOf = ({ bytes, tie }: HandedOver) => {
  const delivery = parseDelivery(bytes);
  if (isRefusal(delivery) || delivery.kind !== 'entry') return notKept();
  if (tie === undefined)
    return refuse('not-witnessed', 'no quorum of witnesses has seen all of it yet');
  const note = parseNote(Buffer.from(delivery.checkpoint));
  const checkpoint = isRefusal(note) ? note : parseCheckpoint(note.text);
  if (isRefusal(checkpoint)) return notKept();
  const proved = (
    leaf: Uint8Array,
    inclusion: readonly Uint8Array[],
  ): ProvedLeaf | CourtRefusal => {
    const read = parseLeaf(leaf);
    return isRefusal(read)
      ? notKept()
      : {
          leaf,
          index: read.index,
          inclusion,
          checkpoint: delivery.checkpoint,
          size: checkpoint.size,
          cosigned: { note: tie.note, size: tie.size },
          consistency: tie.hashes,
        };
  };
  return { delivery, proved };
};

/** What came at the event's own leaf. */
const pieceOf = (handed: HandedOver): Piece | CourtRefusal => {
  const read = readOf(handed);
  if (isRefusal(read)) return read;
  const { leaf, proof, source, origin, records } = read.delivery;
  const part = source === null ? undefined : parseEntitled(source);
  const proved = read.proved(leaf, proof);
  if (isRefusal(proved)) return proved;
  return part === undefined || isRefusal(part) ? notKept() : { proved, part, origin, records };
};

/** What came of it with a grant: its own leaf is proved to be in the tree that the grant came under. */
const grantedPiece = ({ event }: GrantHandedOver): Piece | CourtRefusal => {
  const [handed] = event.handed;
  const read = handed === undefined ? notKept() : readOf(handed);
  if (isRefusal(read)) return read;
  const { granted } = read.delivery;
  if (granted === null) return notKept();
  const part = parseEntitled(granted.source);
  const proved = read.proved(granted.leaf, granted.proof);
  if (isRefusal(proved)) return proved;
  return isRefusal(part) ? notKept() : { proved, part, origin: null, records: [] };
};

export const statementOf = (handed: HandedOver): StatementEvidence | CourtRefusal => {
  const read = readOf(handed);
  if (isRefusal(read)) return read;
  const { leaf, proof, source } = read.delivery;
  const proved = read.proved(leaf, proof);
  if (isRefusal(proved)) return proved;
  return source === null ? notKept() : { proved, entry: source };
};

/** What the log has said of how much there is of the registry. */
export const completeOf = (handed: HandedOver): CompleteEvidence | CourtRefusal => {
  const read = readOf(handed);
  if (isRefusal(read)) return read;
  const { leaf, proof, records } = read.delivery;
  const proved = read.proved(leaf, proof);
  if (isRefusal(proved)) return proved;
  const record = records.find((one) => {
    const parsed = parseRecord(one.record);
    return !isRefusal(parsed) && parsed.about === 'registry';
  });
  return record === undefined ? notKept() : { proved, record };
};

/**
 * What came of an event, as far as it is in these compartments, and the grants that it came by. A part that came later came with
 * the same leaf.
 */
export const evidenceOf = (
  { entry, handed }: EventHandedOver,
  compartments: readonly Compartment[],
  grants: readonly GrantHandedOver[] = [],
): readonly EventEvidence[] | CourtRefusal => {
  const isWanted = (name: string) => compartments.some((one) => one === name);
  // Neither what was purged since, nor what could not be opened: only what the journal holds, and was asked about.
  const held = new Set(
    entry.descriptors.flatMap(({ compartment, descriptor }) =>
      isWanted(compartment) ? [descriptor] : [],
    ),
  );
  if (held.size === 0) return [];
  const came = read(handed.map(pieceOf));
  if (isRefusal(came)) return came;
  const granted = read(grants.map(grantedPiece));
  if (isRefusal(granted)) return granted;
  const pieces = [...came, ...granted];
  const [first] = pieces;
  if (first === undefined) return notKept();
  const kept = new Map(
    pieces.flatMap(({ part }) =>
      part.compartments.flatMap((one) => {
        const digest = sha256(one.descriptor);
        return held.has(digest) ? [[digest, one] as const] : [];
      }),
    ),
  );
  if (kept.size === 0) return [];
  const evidence: EventEvidence = {
    proved: first.proved,
    part: { ...first.part, compartments: [...kept.values()] },
    origin: first.origin,
    // A verdict on a part that stays here would tell that there is one.
    records: recordsOn(pieces, (descriptor) => kept.has(descriptor)),
    keys: new Map(),
  };
  const by = read(
    grants
      .filter(({ descriptors }) => descriptors.some((one) => kept.has(one)))
      .map((grant) => carrierOf(grant, (descriptor) => kept.has(descriptor))),
  );
  return isRefusal(by) ? by : [evidence, ...by];
};

/** The grant itself: its core, and the decision that gave what is carried by it. */
const carrierOf = (
  { event }: GrantHandedOver,
  isCarried: (descriptor: Digest) => boolean,
): EventEvidence | CourtRefusal => {
  const own = evidenceOf(event, ['core']);
  if (isRefusal(own)) return own;
  const pieces = read(event.handed.map(pieceOf));
  if (isRefusal(pieces)) return pieces;
  const [grant] = own;
  return grant === undefined
    ? notKept()
    : { ...grant, records: [...grant.records, ...recordsOn(pieces, isCarried)] };
};

const recordsOn = (
  pieces: readonly Piece[],
  isCarried: (descriptor: Digest) => boolean,
): readonly SaltedRecord[] =>
  pieces.flatMap(({ records }) =>
    records.filter(({ record }) => {
      const verdict = parseRecord(record);
      return !isRefusal(verdict) && verdict.about === 'verdict' && isCarried(verdict.descriptor);
    }),
  );

const read = <T>(outcomes: readonly (T | CourtRefusal)[]): readonly T[] | CourtRefusal => {
  const all: T[] = [];
  for (const outcome of outcomes) {
    if (isRefusal(outcome)) return outcome;
    all.push(outcome);
  }
  return all;
};

/** One event is carried once, whatever it is carried for. */
export const merged = (events: readonly EventEvidence[]): readonly EventEvidence[] => {
  const found = new Map<number, EventEvidence>();
  for (const event of events) {
    const known = found.get(event.proved.index);
    found.set(event.proved.index, known === undefined ? event : together(known, event));
  }
  return [...found.values()];
};

const together = (one: EventEvidence, other: EventEvidence): EventEvidence => {
  const parts = [...one.part.compartments, ...other.part.compartments];
  const records = [...one.records, ...other.records];
  return {
    ...one,
    part: {
      ...one.part,
      compartments: [...new Map(parts.map((part) => [sha256(part.descriptor), part])).values()],
    },
    records: [...new Map(records.map((record) => [sha256(record.record), record])).values()],
  };
};

export const withKeys = (event: EventEvidence, keys: readonly DisclosedKey[]): EventEvidence => {
  const own = new Set(event.part.compartments.map(({ descriptor }) => sha256(descriptor)));
  return {
    ...event,
    keys: new Map(
      keys.flatMap(({ descriptor, sessionKey }) =>
        own.has(descriptor) ? [[descriptor, sessionKey]] : [],
      ),
    ),
  };
};
