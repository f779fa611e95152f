import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Compartment, judicialUseFault } from '@tripoint/domain';
import { sha256 } from '@tripoint/envelope';
import {
  buildEvidence,
  type CompleteEvidence,
  type Consultation,
  type EventEvidence,
  EvidenceFault,
  type StatementEvidence,
  verifyEvidence,
} from '@tripoint/evidence';
import {
  type Digest,
  type EventId,
  HubError,
  type Instant,
  isRefusal,
  type ItemId,
  type OfficerId,
  refuse,
} from '@tripoint/kernel';
import { type Officer, type Purpose } from '@tripoint/platform';
import {
  type Content,
  type CourtFile,
  type DisclosedKey,
  type EventHandedOver,
  type ReadRow,
} from '@tripoint/read-model';
import { AgencyOptions } from '../agency.options.js';
import { LogTime } from '../queries/log-time.js';
import { Released } from '../queries/released.js';
import { type CourtRefusal, notKept, openedByCustodians } from './court-refusal.js';
import {
  completeOf,
  evidenceOf,
  grantsOf,
  isGiven,
  isShown,
  merged,
  statementOf,
  withKeys,
} from './handed-evidence.js';
import { partsOf, permissionsOf, usesOf } from './judicial-parts.js';

/** What is to go into a bundle. */
export type Wished = {
  readonly item: ItemId;
  readonly compartments: readonly Compartment[];
  readonly keys: boolean;
};

/** What was taken out of the database, with the read that records it. */
type Taken = {
  readonly file: CourtFile;
  readonly events: readonly EventEvidence[];
  readonly statements: readonly StatementEvidence[];
  readonly complete: CompleteEvidence | undefined;
};

/** The projector has so long to unwrap the keys. */
const PATIENCE_MS = 20_000;

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
    const keys = taken.file.keys.length > 0 ? await this.#keys(taken.file.id) : [];
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
        complete: taken.complete,
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
    const ids = handed.map(({ entry }) => entry.recorded.id);
    const at = new Date(this.agency.now()).toISOString() as Instant;
    const grants = await grantsOf(content, agency, ids, at);
    const opened = await content.disclosedIn(agency, ids);
    const byShares = handed
      .filter(({ entry }) => opened.includes(entry.recorded.id))
      .some((event) => !isShown(event, grants) || !isGiven(event, compartments, grants));
    if (byShares) return openedByCustodians();
    if (trustPolicy === undefined)
      return refuse('not-witnessed', 'this node believes no witnesses, and exports nothing');
    const size = await witnessed.size();
    if (handed.some((event) => !isShown(event, grants)))
      return refuse('not-kept', 'an event of the item came before this node kept what shows it');
    if (handed.some(({ entry }) => entry.recorded.leaf.index >= size))
      return refuse('not-witnessed', 'no quorum of witnesses has seen all of the item yet');
    const parts = await partsOf(content, agency, handed, compartments);
    if (isRefusal(parts)) return parts;
    const now = await this.time.now();
    const uses = await usesOf(content, agency, parts, now > at ? now : at);
    const forbidden = judicialUseFault(agency, uses);
    if (forbidden !== undefined) return forbidden;
    const carried: EventEvidence[] = [];
    const wanted = new Map<Digest, EventId>();
    const carry = (
      event: EventHandedOver,
      names: readonly Compartment[],
      shown: boolean,
    ): CourtRefusal | undefined => {
      const { id } = event.entry.recorded;
      const found = evidenceOf(
        event,
        names,
        grants.filter(({ of }) => of === id),
      );
      if (isRefusal(found)) return found;
      carried.push(...found);
      const [own] = found;
      for (const { descriptor } of own?.part.compartments ?? [])
        if (shown) wanted.set(sha256(descriptor), id);
      return undefined;
    };
    for (const event of handed) {
      const refused = carry(event, compartments, keys);
      if (refused !== undefined) return refused;
    }
    if (carried.length === 0)
      return refuse('nothing-to-bundle', 'nothing of the item is in these compartments');
    // What nobody could read would permit nothing: question and permission are always shown.
    for (const event of await permissionsOf(content, agency, uses)) {
      const refused = carry(event, ['core'], true);
      if (refused !== undefined) return refused;
    }
    const events = merged(carried);
    if (events.some(({ proved }) => proved.index >= size))
      return refuse('not-witnessed', 'no quorum of witnesses has seen all of it yet');
    // Before the statements: there may be more of them than it says, and never fewer.
    const last = await content.completeRegistry();
    const complete = last && completeOf(last);
    if (complete !== undefined && isRefusal(complete)) return complete;
    const statements: StatementEvidence[] = [];
    for (const statement of await content.statements()) {
      // Before it believed any witnesses, a node kept nothing that could be shown.
      if (statement === undefined) return notKept();
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
      at,
      keys: [...wanted].map(([descriptor, event]) => ({ descriptor, event })),
    };
    await content.disclose(file);
    return { file, events, statements, complete };
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
