import { parseChainEntry } from '@tripoint/envelope';
import { type Digest, HubError, isRefusal } from '@tripoint/kernel';
import {
  chainStream,
  type Leaf,
  type Ledger,
  LOG_STREAM,
  type LogEntry,
  type Origin,
  parseLeaf,
  parseLogEntry,
  parseOrigin,
  type SaltedRecord,
} from '@tripoint/ledger';
import {
  type Decided,
  type LeafRecord,
  type LogState,
  type MailboxLine,
  parseRecord,
  type Sourced,
} from '@tripoint/replay';
import { leafHash } from '@tripoint/transparency';

/** A record of a leaf, read, beside the salted bytes that open it. */
export type OpenRecord = { readonly salted: SaltedRecord; readonly record: LeafRecord };

/** One leaf of the log with all that stands behind it. */
export type LoggedLeaf = {
  readonly leaf: Leaf;
  readonly leafBytes: Uint8Array;
  readonly leafHash: Digest;
  readonly entry: LogEntry;
  readonly origin: Origin | undefined;
  readonly sourced: Sourced | undefined;
  /** The source's bytes as the ledger holds them. */
  readonly sourceBytes: Uint8Array | undefined;
  readonly records: readonly OpenRecord[];
};

const inconsistent = (index: number, detail: string): HubError =>
  new HubError('log-inconsistent', `leaf ${index}: ${detail}`, false);

/** Reads and unfolds the log entries whose ledger bytes are given; sources are fetched chain by chain. */
export const readLeaves = async (
  ledger: Ledger,
  first: number,
  rows: readonly Uint8Array[],
): Promise<readonly LoggedLeaf[]> => {
  const read = rows.map((bytes, offset) => {
    const index = first + offset;
    const entry = parseLogEntry(bytes);
    if (isRefusal(entry)) throw inconsistent(index, entry.refused);
    const leaf = parseLeaf(entry.leaf);
    if (isRefusal(leaf)) throw inconsistent(index, leaf.refused);
    if (leaf.index !== index) throw inconsistent(index, 'it names another index');
    const origin = entry.origin === null ? undefined : parseOrigin(entry.origin);
    if (isRefusal(origin)) throw inconsistent(index, origin.refused);
    return { entry, leaf, origin };
  });
  const sources = await readSources(
    ledger,
    read.flatMap(({ origin }) => origin ?? []),
  );
  return read.map(({ entry, leaf, origin }) => {
    const sourceBytes = origin && sources.get(`${origin.chain} ${origin.revision}`);
    const parsed = sourceBytes && parseChainEntry(sourceBytes);
    if (origin !== undefined && (parsed === undefined || isRefusal(parsed)))
      throw inconsistent(leaf.index, 'its source is missing or malformed');
    return {
      leaf,
      leafBytes: entry.leaf,
      leafHash: Buffer.from(leafHash(entry.leaf)).toString('hex') as Digest,
      entry,
      origin,
      sourced:
        origin && parsed && !isRefusal(parsed)
          ? { chain: origin.chain, revision: origin.revision, entry: parsed }
          : undefined,
      sourceBytes,
      records: entry.records.map((salted) => {
        const record = parseRecord(salted.record);
        if (isRefusal(record)) throw inconsistent(leaf.index, record.refused);
        return { salted, record };
      }),
    };
  });
};

const readSources = async (
  ledger: Ledger,
  origins: readonly Origin[],
): Promise<ReadonlyMap<string, Uint8Array>> => {
  const spans = new Map<Origin['chain'], { from: number; to: number }>();
  for (const { chain, revision } of origins) {
    const span = spans.get(chain);
    spans.set(chain, {
      from: Math.min(span?.from ?? revision, revision),
      to: Math.max(span?.to ?? revision, revision),
    });
  }
  const found = new Map<string, Uint8Array>();
  for (const [chain, { from, to }] of spans) {
    const rows = await ledger.read(chainStream(chain), BigInt(from), to - from + 1);
    for (const { revision, bytes } of rows) found.set(`${chain} ${revision.toString()}`, bytes);
  }
  return found;
};

/** The verdicts among a leaf's records. */
export const verdictsOf = ({
  records,
}: Pick<LoggedLeaf, 'records'>): readonly Omit<Decided, 'recipient'>[] =>
  records.flatMap(({ record }) => (record.about === 'verdict' ? [record] : []));

/** Folds one leaf into `state`. Answers the lines that mailboxes have by it. */
export const foldLeaf = async (
  state: LogState,
  logged: LoggedLeaf,
): Promise<readonly MailboxLine[]> => {
  const { leaf, leafHash: hash, sourced } = logged;
  const records = logged.records.map(({ record }) => record);
  const folded = { kind: leaf.kind, time: Date.parse(leaf.time), hash };
  const lines = await state.fold(folded, sourced, verdictsOf(logged), records);
  for (const record of records) if (record.about === 'due') state.recordedDue(record);
  return lines;
};

/** Leaves read from the ledger at a time while catching up. */
const STRIDE = 256;

/** Yields the whole log as it stands now, from its first leaf, in order. */
export async function* replayLog(ledger: Ledger): AsyncIterable<readonly LoggedLeaf[]> {
  for (let first = 0; ;) {
    const rows = await ledger.read(LOG_STREAM, BigInt(first), STRIDE);
    if (rows.length === 0) return;
    yield await readLeaves(
      ledger,
      first,
      rows.map(({ bytes }) => bytes),
    );
    first += rows.length;
  }
}
