import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type Compartment,
  type HandlingCode,
  type JudicialUse,
  judicialUseFault,
} from '@tripoint/domain';
import { parseDescriptor, parseEntitled, sha256 } from '@tripoint/envelope';
import {
  buildEvidence,
  type Consultation,
  type EventEvidence,
  EvidenceFault,
  type ProvedLeaf,
  type StatementEvidence,
  verifyEvidence,
} from '@tripoint/evidence';
import {
  type AgencyId,
  type Digest,
  type EventId,
  HubError,
  type Instant,
  isRefusal,
  type ItemId,
  type OfficerId,
  type Refusal,
  refuse,
} from '@tripoint/kernel';
import { parseDelivery, parseLeaf } from '@tripoint/ledger';
import { type Officer, type Purpose } from '@tripoint/platform';
import {
  type Content,
  type CourtFile,
  type DisclosedKey,
  type EventHandedOver,
  type HandedOver,
  type JournalEntry,
  type ReadRow,
} from '@tripoint/read-model';
import { parseRecord } from '@tripoint/replay';
import { parseCheckpoint, parseNote } from '@tripoint/transparency';
import { AgencyOptions } from '../agency.options.js';
import { LogTime } from '../queries/log-time.js';
import { Released } from '../queries/released.js';

/** What is to go into a bundle. */
export type Wished = {
  readonly item: ItemId;
  readonly compartments: readonly Compartment[];
  readonly keys: boolean;
};

type CourtRefusal = Refusal<
  'judicial-use-not-permitted' | 'not-witnessed' | 'not-kept' | 'nothing-to-bundle'
>;

/** What was taken out of the database, with the read that records it. */
type Taken = {
  readonly file: CourtFile;
  readonly events: readonly EventEvidence[];
  readonly statements: readonly StatementEvidence[];
};

/** The projector has so long to unwrap the keys. */
const PATIENCE_MS = 20_000;
/** More sources than this are not followed, and nothing is handed out. */
const MOST_SOURCES = 256;

/**
 * Takes an item out of the exchange, for a court: read, disclosure and what is disclosed are on record together before anything leaves;
 * what no quorum of witnesses has seen stays, and so does what another agency marked H1 and did not release.
 */
@Injectable()
export class CourtBundle {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly released: Released,
    private readonly time: LogTime,
  ) {}

  /** The bundle, or why there is none. A refusal is on record as well. */
  async build(officer: Officer, purpose: Purpose, wished: Wished): Promise<Buffer | CourtRefusal> {
    const { agency, journal } = this.agency;
    const exchange = await journal.exchangeOf(wished.item);
    const taken = await this.released.read(
      officer,
      purpose,
      {
        ...(exchange === undefined ? {} : { exchange }),
        item: wished.item,
        fields: ['evidence', ...wished.compartments],
      },
      (content) => this.#take(content, officer.id, purpose.code, wished),
    );
    if (isRefusal(taken)) return taken;
    const keys = wished.keys ? await this.#keys(taken.file.id) : [];
    const reads = await this.agency.reads.ofItem(wished.item);
    const { anchor, openpgp, signing, trustPolicy } = this.agency;
    if (trustPolicy === undefined) throw new HubError('evidence-inconsistent', 'no policy', false);
    const bundle = await buildEvidence(
      openpgp,
      {
        builder: agency,
        at: taken.file.at,
        courtFile: taken.file.id,
        anchor,
        policy: trustPolicy,
        events: taken.events.map((event) => withKeys(event, keys)),
        statements: taken.statements,
        consultations: reads.map((row) => consultationOf(row, taken.file.salt)),
      },
      signing.key,
    );
    // Nothing leaves that its reader would have to refuse.
    const outcome = await verifyEvidence(bundle, { anchor, policy: trustPolicy }, openpgp);
    if (outcome instanceof EvidenceFault)
      throw new HubError(
        'evidence-inconsistent',
        `what is held does not verify: ${outcome.code} in ${outcome.file}`,
        false,
      );
    return bundle;
  }

  async #take(
    content: Content,
    officer: OfficerId,
    purpose: string,
    { item, compartments, keys }: Wished,
  ): Promise<Taken | CourtRefusal | undefined> {
    const { agency, trustPolicy, witnessed } = this.agency;
    const said = await content.item(item);
    if (said.length === 0) return undefined;
    // Asked for afterwards: what arrives in between is more than was counted, and never less.
    const handed = await content.handedOver(item);
    if (trustPolicy === undefined)
      return refuse('not-witnessed', 'this node believes no witnesses, and exports nothing');
    const size = await witnessed.size();
    if (handed.length < said.length)
      return refuse('not-kept', 'an event of the item came before this node kept what shows it');
    if (handed.some(({ entry }) => entry.recorded.leaf.index >= size))
      return refuse('not-witnessed', 'no quorum of witnesses has seen all of the item yet');
    const parts = await partsOf(content, agency, handed, compartments);
    const forbidden = isRefusal(parts)
      ? parts
      : judicialUseFault(agency, await usesOf(content, agency, parts, await this.time.now()));
    if (forbidden !== undefined) return forbidden;
    const events: EventEvidence[] = [];
    const wanted: { readonly descriptor: Digest; readonly event: EventId }[] = [];
    for (const event of handed) {
      const evidence = evidenceOf(event, compartments);
      if (isRefusal(evidence)) return evidence;
      if (evidence.part.compartments.length === 0) continue;
      events.push(evidence);
      for (const { descriptor } of evidence.part.compartments)
        wanted.push({ descriptor: sha256(descriptor), event: event.entry.recorded.id });
    }
    if (events.length === 0)
      return refuse('nothing-to-bundle', 'nothing of the item is in these compartments');
    const statements: StatementEvidence[] = [];
    for (const statement of await content.statements()) {
      const read = statementOf(statement);
      if (isRefusal(read)) return read;
      statements.push(read);
    }
    const file: CourtFile = {
      id: randomUUID(),
      officer,
      purpose,
      item,
      salt: randomBytes(32).toString('hex') as Digest,
      at: new Date(this.agency.now()).toISOString() as Instant,
      keys: keys ? wanted : [],
    };
    await content.disclose(file);
    return { file, events, statements };
  }

  async #keys(file: string): Promise<readonly DisclosedKey[]> {
    const { courtFiles, now } = this.agency;
    const patience = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const given = courtFiles.given(patience);
      const keys = await courtFiles.take(file, new Date(now()).toISOString() as Instant);
      if (keys !== undefined) return keys;
      if (patience.aborted) {
        // A key that came now would stay for good.
        await courtFiles.abandon(file, new Date(now()).toISOString() as Instant);
        throw new HubError('keys-awaited', 'the projector has not unwrapped the keys yet', true);
      }
      await given;
    }
  }
}

/**
 * Whose each part is, and what it was taken from: whoever passes on keeps the marking of whom it had it from. What this agency took
 * itself has to be held still, or nobody could say whose it was.
 */
const partsOf = async (
  content: Content,
  agency: AgencyId,
  handed: readonly EventHandedOver[],
  compartments: readonly Compartment[],
): Promise<readonly UsedPart[] | CourtRefusal> => {
  const uses: UsedPart[] = [];
  const ours = new Set<Digest>();
  let waiting: Digest[] = [];
  const follow = ({ recorded: { issuer }, facts: { derivedFrom = [] } }: JournalEntry): void => {
    waiting.push(...derivedFrom);
    if (issuer === agency) for (const digest of derivedFrom) ours.add(digest);
  };
  for (const { entry } of handed) {
    follow(entry);
    for (const { compartment, marking } of entry.descriptors)
      if (compartments.includes(compartment))
        uses.push(partOf(entry, compartment, marking.handling));
  }
  const seen = new Set<Digest>();
  const found = new Set<Digest>();
  while (waiting.length > 0) {
    const fresh = waiting.filter((digest) => !seen.has(digest));
    for (const digest of fresh) seen.add(digest);
    waiting = [];
    if (seen.size > MOST_SOURCES) return notKept();
    for (const entry of await content.sources(fresh)) {
      follow(entry);
      for (const { compartment, descriptor, marking } of entry.descriptors) {
        if (!seen.has(descriptor)) continue;
        found.add(descriptor);
        uses.push(partOf(entry, compartment, marking.handling));
      }
    }
  }
  return [...ours].every((digest) => found.has(digest)) ? uses : notKept();
};

/** A part of an event that goes to a court, or that something was taken from that does. */
type UsedPart = Omit<JudicialUse, 'released'> & {
  readonly event: EventId;
  readonly compartment: Compartment;
};

const partOf = (
  { recorded: { id: event, issuer: originator } }: JournalEntry,
  compartment: Compartment,
  handling: readonly HandlingCode[],
): UsedPart => ({ event, originator, compartment, handling });

/** Which of it its originator lets this agency use, as of now. */
const usesOf = async (
  content: Content,
  agency: AgencyId,
  parts: readonly UsedPart[],
  now: Instant,
): Promise<readonly JudicialUse[]> => {
  const permitted = await content.permitted(agency, [...new Set(parts.map(({ event }) => event))]);
  return parts.map((part) => ({
    ...part,
    released: permitted.some(
      ({ provider, event, compartments, until }) =>
        provider === part.originator &&
        event === part.event &&
        // Nobody can be asked for a core: who permits a part permits that it is shown what it is a part of.
        (part.compartment === 'core' || compartments.includes(part.compartment)) &&
        until > now,
    ),
  }));
};

const notKept = (): CourtRefusal =>
  refuse('not-kept', 'what is kept of the item does not show all of it');

const provedOf = ({ bytes, tie }: HandedOver) => {
  const delivery = parseDelivery(bytes);
  if (isRefusal(delivery) || delivery.kind !== 'entry' || delivery.source === null)
    return notKept();
  if (tie === undefined)
    return refuse('not-witnessed', 'no quorum of witnesses has seen all of it yet');
  const leaf = parseLeaf(delivery.leaf);
  const note = parseNote(Buffer.from(delivery.checkpoint));
  const checkpoint = isRefusal(note) ? note : parseCheckpoint(note.text);
  if (isRefusal(leaf) || isRefusal(checkpoint)) return notKept();
  const proved: ProvedLeaf = {
    leaf: delivery.leaf,
    index: leaf.index,
    inclusion: delivery.proof,
    checkpoint: delivery.checkpoint,
    size: checkpoint.size,
    cosigned: { note: tie.note, size: tie.size },
    consistency: tie.hashes,
  };
  return { proved, delivery, source: delivery.source };
};

const statementOf = (handed: HandedOver): StatementEvidence | CourtRefusal => {
  const read = provedOf(handed);
  return isRefusal(read) ? read : { proved: read.proved, entry: read.source };
};

/** What came of an event, as far as it is in these compartments. A part that came later came with the same leaf. */
const evidenceOf = (
  { entry, handed }: EventHandedOver,
  compartments: readonly Compartment[],
): EventEvidence | CourtRefusal => {
  const [first, ...others] = handed;
  const read = first === undefined ? notKept() : provedOf(first);
  if (isRefusal(read)) return read;
  const part = parseEntitled(read.source);
  if (isRefusal(part)) return notKept();
  const parts = [...part.compartments];
  const records = [...read.delivery.records];
  for (const other of others) {
    const more = provedOf(other);
    if (isRefusal(more)) return more;
    const came = parseEntitled(more.source);
    if (isRefusal(came)) return notKept();
    parts.push(...came.compartments);
    records.push(...more.delivery.records);
  }
  // Neither what was purged since, nor what could not be opened: only what the journal holds, and was asked about.
  const held = new Set(entry.descriptors.map(({ descriptor }) => descriptor));
  const kept = new Map(
    parts.flatMap((one) => {
      const descriptor = parseDescriptor(one.descriptor);
      return !isRefusal(descriptor) &&
        held.has(sha256(one.descriptor)) &&
        compartments.some((name) => name === descriptor.name)
        ? [[sha256(one.descriptor), one]]
        : [];
    }),
  );
  return {
    proved: read.proved,
    part: { ...part, compartments: [...kept.values()] },
    origin: read.delivery.origin,
    // A verdict on a part that stays here would tell that there is one.
    records: records.filter(({ record }) => {
      const verdict = parseRecord(record);
      return !isRefusal(verdict) && verdict.about === 'verdict' && kept.has(verdict.descriptor);
    }),
    keys: new Map(),
  };
};

const withKeys = (event: EventEvidence, keys: readonly DisclosedKey[]): EventEvidence => {
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

const consultationOf = (row: ReadRow, salt: Digest): Consultation => ({
  number: Number(row.number),
  officer: createHmac('sha256', Buffer.from(salt, 'hex'))
    .update(row.officer)
    .digest('hex') as Digest,
  purpose: row.purpose,
  legalBasis: row.legalBasis ?? null,
  fields: row.fields,
  at: row.at,
  hash: row.hash,
});
