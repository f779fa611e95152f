import { Injectable } from '@nestjs/common';
import {
  type TranscriptEntry,
  type TranscriptErasure,
  type TranscriptGrant,
  type TranscriptRead,
  type TranscriptResponse,
} from '@tripoint/contracts';
import { type Compartment, type EventType, type Family, type ReadSubject } from '@tripoint/domain';
import { type AgencyId, type ExchangeId, type Instant, type OfficerId } from '@tripoint/kernel';
import { type Officer, type Purpose } from '@tripoint/platform';
import {
  type Page,
  type PageRequest,
  type ReadRow,
  type ReleaseRow,
  type TimelineRow,
} from '@tripoint/read-model';
import { MerkleTree } from '@tripoint/transparency';
import { AgencyOptions } from '../agency.options.js';
import { Released } from './released.js';

const PAGE = 200;

/**
 * What this agency can tell somebody who asks who heard of them, and who read it here: that something was said and never what,
 * to whom as far as the agency may know, and the rows of its record of reads with their way to the root that it has published.
 */
@Injectable()
export class Transcripts {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly released: Released,
  ) {}

  /** Making it is a read of everything that it is about, recorded before it is given: the next one shows that. */
  async of(
    officer: Officer,
    purpose: Purpose,
    about: readonly ReadSubject[],
  ): Promise<TranscriptResponse> {
    const { agency, now, reads, witnessed } = this.agency;
    // Before it is recorded that this was made: the reads of others are what is asked for.
    const { rows, searches } = await reads.about(about);
    const entries = new Map<string, TimelineRow>();
    for (const subject of about) {
      const found = await this.released.read(
        officer,
        purpose,
        { ...subject, fields: ['transcript'] },
        () => this.#timeline(subject),
      );
      for (const row of found) entries.set(row.event, row);
    }
    const exchanges = [...new Set(about.map(({ exchange }) => exchange))];
    const since = await this.#since(exchanges);
    const covered = await witnessed.size();
    const said: TranscriptEntry[] = [];
    for (const row of [...entries.values()].sort((a, b) => a.leaf.index - b.leaf.index))
      said.push(await this.#entry(row, since, covered));
    const { root, pathOf } = await this.#root();
    const roles = await this.#roles();
    return {
      agency,
      at: new Date(now()).toISOString() as Instant,
      about: [...about],
      said,
      reads: rows.map((row) => shownRead(row, roles, pathOf)),
      searches: `${searches}`,
      ...(root === undefined ? {} : { root }),
    };
  }

  /** What is held of it, without content; undefined where nothing is. */
  async #timeline({ exchange, item }: ReadSubject): Promise<readonly TimelineRow[] | undefined> {
    const rows = await all((place) => this.agency.views.timeline(exchange, place));
    const found = rows.filter((row) => item === undefined || row.item === item);
    return found.length === 0 ? undefined : found;
  }

  /** What became of what was said, by its event. */
  async #since(exchanges: readonly ExchangeId[]): Promise<Since> {
    const { agency, views } = this.agency;
    const granted = new Map<string, TranscriptGrant[]>();
    const erased = new Map<string, TranscriptErasure>();
    for (const exchange of exchanges) {
      const releases = await all((place) => views.releases({ exchange }, place));
      for (const row of releases)
        if (isHandedOn(row, agency))
          granted.set(row.event, [...(granted.get(row.event) ?? []), shownGrant(row)]);
      const erasures = await all((place) => views.erasures({ exchange }, place));
      for (const { event, ground, leaf, completedAt } of erasures)
        erased.set(event, {
          ground: ground as TranscriptErasure['ground'],
          orderedAt: leaf.time,
          ...(completedAt === undefined ? {} : { completedAt }),
        });
    }
    return { granted, erased };
  }

  async #entry(
    { event, exchange, item, family, type, issuer, leaf, compartments }: TimelineRow,
    { granted, erased }: Since,
    witnessed: number,
  ): Promise<TranscriptEntry> {
    const { agency, outbox } = this.agency;
    const own = issuer === agency ? await outbox.submission(event) : undefined;
    const forgotten = erased.get(event);
    return {
      event,
      exchange,
      ...(item === undefined ? {} : { item }),
      family: family as Family,
      type: type as EventType,
      issuer,
      recordedAt: leaf.time,
      leaf: `${leaf.index}`,
      verified: leaf.index < witnessed,
      compartments: [...compartments] as Compartment[],
      // Who else was told is for its author to know, and for oversight.
      to: issuer === agency ? (own?.deliveries.map((one) => one.agency) ?? []) : [agency],
      granted: granted.get(event) ?? [],
      ...(forgotten === undefined ? {} : { erased: forgotten }),
    };
  }

  /** The newest root, and the way to it from a row that it covers. */
  async #root(): Promise<{
    readonly root: TranscriptResponse['root'];
    readonly pathOf: (number: number) => string | undefined;
  }> {
    const { reads } = this.agency;
    const published = await reads.published();
    if (published === undefined) return { root: undefined, pathOf: () => undefined };
    const tree = new MerkleTree();
    for (const hash of await reads.hashes(BigInt(published.size)))
      tree.append(Buffer.from(hash, 'hex'));
    return {
      root: { ...published, size: `${published.size}` },
      pathOf: (number) =>
        number < tree.size
          ? tree
              .inclusionProof(number)
              .map((hash) => hash.toString('hex'))
              .join('')
          : undefined,
    };
  }

  async #roles(): Promise<ReadonlyMap<OfficerId, readonly string[]>> {
    const officers = await this.agency.officers.all();
    return new Map(officers.map(({ id, roles }) => [id, roles]));
  }
}

/** To whom something was handed on, and that it was forgotten, by event. */
type Since = {
  readonly granted: ReadonlyMap<string, TranscriptGrant[]>;
  readonly erased: ReadonlyMap<string, TranscriptErasure>;
};

/**
 * Whether it was handed to another: by us, or upon our asking. What was only asked for, or was to be used by who holds it, went to
 * nobody; what we were granted ourselves is said of who reads it here.
 */
const isHandedOn = ({ from, grantee, status }: ReleaseRow, agency: AgencyId): boolean =>
  grantee !== agency && grantee !== from && status !== 'REQUESTED' && status !== 'DENIED';

const shownGrant = ({
  grantee,
  compartments,
  status,
  until,
  purgedAt,
}: ReleaseRow): TranscriptGrant => ({
  agency: grantee,
  compartments: [...compartments] as Compartment[],
  status,
  ...(until === undefined ? {} : { until }),
  ...(purgedAt === undefined ? {} : { purgedAt }),
});

/** Every row of a list, page by page. */
const all = async <Row>(look: (page: PageRequest) => Promise<Page<Row>>): Promise<Row[]> => {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await look({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
};

const shownRead = (
  { number, officer, purpose, legalBasis, exchange, item, fields, at, hash }: ReadRow,
  roles: ReadonlyMap<OfficerId, readonly string[]>,
  pathOf: (number: number) => string | undefined,
): TranscriptRead => {
  const path = pathOf(Number(number));
  return {
    number: `${number}`,
    at,
    roles: [...(roles.get(officer) ?? [])],
    purpose,
    ...(legalBasis === undefined ? {} : { legalBasis }),
    ...(exchange === undefined ? {} : { exchange }),
    ...(item === undefined ? {} : { item }),
    fields: [...fields],
    hash,
    ...(path === undefined ? {} : { path }),
  };
};
