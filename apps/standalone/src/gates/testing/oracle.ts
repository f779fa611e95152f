// What has to be true of the stores whatever happened to the processes. It reads the tables by itself and shares
// with the product only the parsers of what is recorded.
import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { parseChainEntry, parseDescriptor, parseHeader, sha256 } from '@tripoint/envelope';
import { isRefusal } from '@tripoint/kernel';
import {
  HUB_CHAIN,
  parseLeaf,
  parseLogEntry,
  parseMailboxEntry,
  parseOrigin,
} from '@tripoint/ledger';
import { Client } from 'pg';
import { eventually } from './eventually.js';
import { type Stores } from './grounds.js';

type Row = Readonly<Record<string, unknown>>;

/** Asks one question of one database. */
export const rowsOf = async <T extends Row>(
  settings: ConnectionSettings,
  sql: string,
): Promise<readonly T[]> => {
  const client = new Client({ ...settings });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
};

const open = async (settings: ConnectionSettings): Promise<Client> => {
  const client = new Client({ ...settings });
  await client.connect();
  return client;
};

const OWED = `select
  (select count(*) from outbox o join chains c using (chain) where o.leaf is null and not c.retired)::int as unrecorded,
  (select count(*) from to_sign where kind = 'receipt' and not done)::int as unsigned,
  (select next from mailbox)::int as next,
  (select count(*) from items where kind = 'request' and received_at is null)::int as unreceived,
  (select count(*) from outbox where family = 'contribution' and addressees > 0 and opened_by = '{}'
     and event in (select event from timeline where type = 'ContributionShared'))::int as unacknowledged`;

/** Chains of which the newest entry has no leaf. */
const withoutLeaf = async (hub: Client): Promise<readonly string[]> => {
  const { rows } = await hub.query<{ stream: string; revision: string; bytes: Buffer }>(
    `select stream, revision, case when stream = 'log' then bytes else '' end as bytes from ledger.entry
       where stream = 'log' or stream like 'chain-%' order by stream, revision`,
  );
  const newest = new Map<string, number>();
  for (const { stream, revision } of rows)
    if (stream !== 'log') newest.set(stream.slice(6), Number(revision));
  for (const { stream, bytes } of rows) {
    const logged = stream === 'log' ? parseLogEntry(bytes) : undefined;
    if (logged === undefined || isRefusal(logged) || logged.origin === null) continue;
    const origin = parseOrigin(logged.origin);
    if (!isRefusal(origin) && newest.get(origin.chain) === origin.revision)
      newest.delete(origin.chain);
  }
  return [...newest.keys()];
};

/** Waits until nothing is owed to anybody: every envelope has its leaf, every line its projection, every arrival its receipt. */
export const drained = async ({ ledger, agencies }: Stores, within = 60_000): Promise<void> => {
  const hub = await open(ledger);
  const own = await Promise.all(
    Object.entries(agencies).map(async ([agency, at]) => ({ agency, client: await open(at) })),
  );
  let owed: unknown = 'nothing was asked';
  try {
    await eventually(
      'everything has arrived',
      async () => {
        const lines = new Map(
          (
            await hub.query<{ stream: string; lines: number }>(
              `select stream, count(*)::int as lines from ledger.entry where stream like 'mailbox-%' group by stream`,
            )
          ).rows.map(({ stream, lines: count }) => [stream, count]),
        );
        const states = await Promise.all(
          own.map(async ({ agency, client }) => {
            const [row = {}] = (await client.query<Record<string, number>>(OWED)).rows;
            return { agency, owed: row, lines: lines.get(`mailbox-${agency}`) ?? 0 };
          }),
        );
        owed = states;
        const all = states.every(
          ({ owed: { next, ...others }, lines: count }) =>
            next === count && Object.values(others).every((left) => left === 0),
        );
        if (!all) return undefined;
        const chains = await withoutLeaf(hub);
        owed = { chains };
        return chains.length === 0 ? true : undefined;
      },
      within,
    );
  } catch (thrown) {
    throw new Error(`still owed: ${JSON.stringify(owed)}`, { cause: thrown });
  } finally {
    await Promise.all([hub, ...own.map(({ client }) => client)].map((client) => client.end()));
  }
};

/** An order that somebody was given, and whether its acknowledgement was heard. */
export type Given = { readonly agency: string; readonly item: string; acknowledged: boolean };

/** What the stores say, counted; `faults` names everything that is not as it has to be. */
export type Finding = {
  readonly issued: number;
  /** How many of them no other agency is told. */
  readonly alone: number;
  readonly leaves: number;
  readonly lines: number;
  readonly projected: number;
  readonly faults: readonly string[];
};

type OutboxRow = {
  readonly event: string;
  readonly chain: string;
  readonly seq: string;
  readonly header: string;
  readonly leaf: string | null;
  readonly container: Buffer | null;
};
type JournalRow = { readonly event: string; readonly leaf: string | null };
type TimelineRow = {
  readonly event: string;
  readonly leaf: string;
  readonly item: string;
  readonly type: string;
  readonly issuer: string;
};

/** Families that are told to their author, and to oversight at most. */
const ALONE: readonly string[] = ['attempt', 'hold', 'reads'];

/** That something is forgotten is told to whom it concerns by the log, and the order itself to nobody. */
const ORDERED = 'erasure';

/** Whether a descriptor says that something is gone: whoever said that itself tells nobody else. */
const isClaim = (bytes: Uint8Array): boolean => {
  const descriptor = parseDescriptor(bytes);
  return !isRefusal(descriptor) && descriptor.facts['purged'] !== undefined;
};

/** Whom a descriptor hands something to that was said under another header. */
const grantIn = (
  bytes: Uint8Array,
): readonly { readonly header: string; readonly agency: string }[] => {
  const descriptor = parseDescriptor(bytes);
  const facts: Row = isRefusal(descriptor) ? {} : { ...descriptor.facts };
  const grant = facts['grant'] as { readonly header: string; readonly agency: string } | undefined;
  return grant === undefined ? [] : [grant];
};

/** Compares what was issued with leaves, mailboxes and projections of a federation in which nothing is under way. */
export const examine = async (places: Stores, orders: readonly Given[] = []): Promise<Finding> => {
  const faults: string[] = [];
  const wrong = (what: string): void => {
    faults.push(what);
  };

  // The ledger: what stands on each chain, which leaf stands for it, whose mailbox was given the leaf.
  const entries = await rowsOf<{ stream: string; revision: string; bytes: Buffer }>(
    places.ledger,
    'select stream, revision, bytes from ledger.entry order by stream, revision',
  );
  const onChain = new Map<string, string>();
  // What no other agency is told: a refused disclosure, what was read, what is held for a court.
  const alone = new Set<string>();
  /** Orders to forget, and by whom. */
  const ordered = new Map<string, string>();
  // What was handed to one more agency later: the event that was said under `header`, by the event `by`.
  const grants: { readonly by: string; readonly header: string; readonly agency: string }[] = [];
  const underHeader = new Map<string, string>();
  const leafOf = new Map<string, number>();
  const given = new Map<number, Set<string>>();
  const newestOrigin = new Map<string, number>();
  const counts = new Map<string, number>();
  let lines = 0;
  for (const { stream, revision, bytes } of entries) {
    const at = counts.get(stream) ?? 0;
    counts.set(stream, at + 1);
    if (Number(revision) !== at) wrong(`${stream} has a gap before ${revision}`);
    if (stream.startsWith('chain-')) {
      const entry = parseChainEntry(bytes);
      if (isRefusal(entry)) wrong(`${stream} ${revision} is malformed`);
      else if (entry.kind === 'event') {
        const header = parseHeader(entry.header);
        if (isRefusal(header)) wrong(`${stream} ${revision} has a malformed header`);
        else if (onChain.has(header.id)) wrong(`${header.id} stands on a chain twice`);
        else onChain.set(header.id, `${stream.slice('chain-'.length)} ${revision}`);
        if (isRefusal(header)) continue;
        if (ALONE.includes(header.type) || entry.descriptors.some(isClaim)) alone.add(header.id);
        if (header.type === ORDERED) ordered.set(header.id, header.issuer);
        underHeader.set(sha256(entry.header), header.id);
        for (const { header: said, agency } of entry.descriptors.flatMap(grantIn))
          grants.push({ by: header.id, header: said, agency });
      }
    } else if (stream === 'log') {
      const logged = parseLogEntry(bytes);
      const leaf = isRefusal(logged) ? logged : parseLeaf(logged.leaf);
      if (isRefusal(logged) || isRefusal(leaf) || leaf.index !== at) {
        wrong(`leaf ${revision} is malformed`);
        continue;
      }
      if (logged.origin === null) continue;
      const origin = parseOrigin(logged.origin);
      if (isRefusal(origin)) {
        wrong(`leaf ${revision} has a malformed origin`);
        continue;
      }
      if (leaf.kind === 'rejected') wrong(`leaf ${revision} was rejected: ${leaf.code ?? ''}`);
      const place = `${origin.chain} ${origin.revision}`;
      if (leafOf.has(place)) wrong(`${place} has two leaves`);
      leafOf.set(place, at);
      if (origin.revision !== (newestOrigin.get(origin.chain) ?? -1) + 1)
        wrong(`leaf ${revision} is out of the order of its chain`);
      newestOrigin.set(origin.chain, origin.revision);
    } else {
      const line = parseMailboxEntry(bytes);
      if (isRefusal(line)) {
        wrong(`${stream} ${revision} is malformed`);
        continue;
      }
      lines += 1;
      const agencies = given.get(line.leaf) ?? new Set();
      if (agencies.has(line.agency)) wrong(`${line.agency} was given leaf ${line.leaf} twice`);
      given.set(line.leaf, agencies.add(line.agency));
    }
  }
  // Agencies sign the heads of their mailboxes when these come, and not upon an order: while the hub ends, its own chain may get one more.
  for (const [stream, size] of counts)
    if (
      stream.startsWith('chain-') &&
      stream !== `chain-${HUB_CHAIN}` &&
      newestOrigin.get(stream.slice(6)) !== size - 1
    )
      wrong(`${stream} has entries without a leaf`);

  const leafOfEvent = (event: string): number => leafOf.get(onChain.get(event) ?? '') ?? -1;
  const granted = new Set(
    grants
      .filter(({ by, agency }) => given.get(leafOfEvent(by))?.has(agency) === true)
      .map(({ header, agency }) => `${agency} ${underHeader.get(header) ?? ''}`),
  );

  // The agencies: what each has issued, and what each has come to know.
  const knownBy = new Map<string, Set<string>>();
  const timelines: (TimelineRow & { readonly agency: string })[] = [];
  let issued = 0;
  let projected = 0;
  for (const [agency, at] of Object.entries(places.agencies)) {
    const outbox = await rowsOf<OutboxRow>(
      at,
      'select event, chain, seq, header, leaf, container from outbox order by chain, seq',
    );
    const journal = await rowsOf<JournalRow>(at, 'select event, leaf from journal');
    const timeline = await rowsOf<TimelineRow>(
      at,
      'select event, leaf, item, type, issuer from timeline order by leaf',
    );
    issued += outbox.length;
    projected += journal.length;
    timelines.push(...timeline.map((row) => ({ ...row, agency })));
    const expected = new Map<string, number>();
    for (const { event, chain, seq, leaf, container } of outbox) {
      const number = expected.get(chain) ?? 0;
      expected.set(chain, number + 1);
      if (Number(seq) !== number) wrong(`${agency} has a gap in its outbox before ${seq}`);
      if (onChain.get(event) !== `${chain} ${seq}`) wrong(`${event} was issued and is on no chain`);
      if (leaf === null || Number(leaf) !== leafOf.get(`${chain} ${seq}`))
        wrong(`${event} is not resolved by its leaf`);
      if (container !== null) wrong(`${event} still lies in the outbox`);
    }
    const own = new Set(outbox.map(({ event }) => event));
    for (const [event, place] of onChain)
      if (expected.has(place.split(' ')[0] ?? '') && !own.has(event))
        wrong(`${event} is on a chain of ${agency}, which has not issued it`);
    for (const { event, leaf } of journal) {
      const index = leafOf.get(onChain.get(event) ?? '');
      if (leaf === null || Number(leaf) !== index)
        wrong(`${agency} holds ${event} without its leaf`);
      const wasTold = index === undefined || given.get(index)?.has(agency) === true;
      if (!wasTold && !granted.has(`${agency} ${event}`))
        wrong(`${agency} holds ${event} and was not given it`);
      knownBy.set(event, (knownBy.get(event) ?? new Set()).add(agency));
    }
    const shown = new Map(timeline.map(({ event, leaf }) => [event, leaf]));
    if (shown.size !== journal.length) wrong(`${agency} does not show what it holds`);
    for (const { event, leaf } of journal)
      if (shown.get(event) !== leaf) wrong(`${agency} shows ${event} elsewhere`);
    for (const { code } of await rowsOf<{ code: string }>(at, 'select code from findings'))
      wrong(`${agency} found ${code}`);
  }
  for (const event of onChain.keys()) {
    const readers = given.get(leafOfEvent(event)) ?? new Set();
    const holders = knownBy.get(event) ?? new Set();
    const author = ordered.get(event);
    const told = author === undefined ? [...readers] : [author];
    const here = told.filter((agency) => Object.hasOwn(places.agencies, agency));
    const least = alone.has(event) || author !== undefined ? 1 : 2;
    const isHeldByOthers = author !== undefined && holders.size > 1;
    if (here.length < least || isHeldByOthers || here.some((agency) => !holders.has(agency)))
      wrong(`${event} was given to ${[...readers].join()} and is held by ${[...holders].join()}`);
  }

  // Effects: an arrival is confirmed once, an order is carried out once and by everybody seen once.
  const perItem = new Map<string, number>();
  for (const { agency, item, type, issuer } of timelines) {
    // Everybody who held it says so, each for itself.
    const by = type === 'ErasurePurged' ? ` of ${issuer}` : '';
    const key = `${agency} ${item} ${type}${by}`;
    perItem.set(key, (perItem.get(key) ?? 0) + 1);
  }
  for (const [key, times] of perItem) if (times !== 1) wrong(`${key} happened ${times} times`);
  for (const { agency, item, acknowledged } of orders) {
    const seen = timelines.filter((row) => row.item === item && row.issuer === agency);
    if (acknowledged && seen.length < 2) wrong(`the acknowledged order ${item} was lost`);
  }
  const [wraps] = await rowsOf<{ staged: number }>(
    places.hub,
    'select count(*)::int as staged from wraps where not usable',
  );
  if (wraps?.staged !== 0) wrong(`${wraps?.staged} wraps were never settled`);
  const leaves = [...leafOf.keys()].filter((place) => [...onChain.values()].includes(place)).length;
  return { issued, alone: alone.size, leaves, lines, projected, faults };
};
