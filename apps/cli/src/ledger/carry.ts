import { HubError, isRefusal } from '@tripoint/kernel';
import { type Ledger, type LedgerEntry, LOG_STREAM, parseLogEntry } from '@tripoint/ledger';
import { type Checkpoint } from '@tripoint/transparency';
import { LogRoot } from './log-root.js';

/** One append ends at whichever comes first, well below what an EventStoreDB takes; a single entry may be larger. */
const APPEND = { count: 512, bytes: 700_000 };

/** What a ledger that was carried over has been shown to be. */
export type Carried = {
  readonly streams: number;
  readonly entries: number;
  /** How many of them this run added; the others were there already. */
  readonly added: number;
  readonly log: { readonly size: number; readonly root: Buffer };
};

export type CarryOptions = {
  /** What the log has signed: both ledgers have to have that root at that size. */
  readonly checkpoint?: Pick<Checkpoint, 'size' | 'root'>;
  readonly progress?: (state: {
    readonly step: 'carried' | 'compared';
    readonly done: number;
    readonly of: number;
  }) => void;
};

/** How many entries each stream holds. */
type Heads = ReadonlyMap<string, bigint>;

const headsOf = async (ledger: Ledger): Promise<Heads> => {
  const heads = new Map<string, bigint>();
  for (const stream of await ledger.streams('')) {
    const newest = await ledger.last(stream);
    if (newest !== undefined) heads.set(stream, newest.revision + 1n);
  }
  return heads;
};

const countOf = (heads: Heads): number => Number([...heads.values()].reduce((a, b) => a + b, 0n));

/** The first place at which `heads` reaches beyond `limit`. */
const beyond = (heads: Heads, limit: Heads): Place | undefined => {
  for (const [stream, count] of heads) {
    const most = limit.get(stream) ?? 0n;
    if (count > most) return { stream, revision: most };
  }
  return undefined;
};

type Place = Pick<LedgerEntry, 'stream' | 'revision'>;
const at = ({ stream, revision }: Place): string => `\`${stream}\` at revision ${revision}`;

const grew = (place: Place): HubError =>
  new HubError(
    'carry-source-grew',
    `the source has grown, ${at(place)}: stop the hub that appends to it, then run this again`,
    true,
  );
const ahead = (place: Place): HubError =>
  new HubError(
    'carry-target-ahead',
    `the target holds ${at(place)}, and the source does not`,
    false,
  );
const differs = (detail: string): HubError => new HubError('carry-target-differs', detail, false);

/** One of the two ledgers, as it stood when it was first looked at. */
type Side = {
  readonly ledger: Ledger;
  readonly heads: Heads;
  /** What is wrong when there is more in it than that. */
  readonly more: (place: Place) => HubError;
};

/** Every entry of one side, in ledger order. */
async function* entriesOf({ ledger, heads, more }: Side): AsyncGenerator<LedgerEntry, undefined> {
  let left = countOf(heads);
  if (left === 0) return;
  const next = new Map<string, bigint>();
  const ended = new AbortController();
  try {
    for await (const batch of ledger.follow([''], 'start', ended.signal))
      for (const entry of batch) {
        const { stream, revision } = entry;
        // What is missing would be waited for, for ever.
        if (revision !== (next.get(stream) ?? 0n))
          throw new HubError('carry-ledger-damaged', `there is a gap before ${at(entry)}`, false);
        if (revision >= (heads.get(stream) ?? 0n)) throw more(entry);
        next.set(stream, revision + 1n);
        yield entry;
        left -= 1;
        if (left === 0) return;
      }
  } finally {
    ended.abort();
  }
}

/** Pairs every entry of `source` with the one of `target` in the same place, as long as there is one. */
async function* pairsOf(
  source: Side,
  target: Side,
): AsyncGenerator<readonly [LedgerEntry, LedgerEntry | undefined]> {
  const others = entriesOf(target);
  try {
    for await (const entry of entriesOf(source)) {
      const other = (await others.next()).value;
      if (other !== undefined) mustBeSame(entry, other);
      yield [entry, other];
    }
  } finally {
    await others.return(undefined);
  }
}

const mustBeSame = (entry: LedgerEntry, other: LedgerEntry): void => {
  if (entry.stream !== other.stream || entry.revision !== other.revision)
    throw differs(`the target holds ${at(other)} where the source holds ${at(entry)}`);
  if (Buffer.compare(entry.bytes, other.bytes) !== 0)
    throw differs(`the target holds other bytes than the source, ${at(entry)}`);
};

/** Adds to `target` what it does not hold, in the order of `source`. Yields how much has been looked at. */
async function* copied(
  source: Side,
  target: Side,
): AsyncGenerator<{ readonly done: number; readonly added: number }> {
  let [done, added] = [0, 0];
  let run: LedgerEntry[] = [];
  let bytes = 0;
  // INVARIANT: an append begins when the one before it is durable. So whatever ends this run, the target holds the
  // beginning of the source, in the source's order.
  const append = async (): Promise<void> => {
    const [first] = run;
    if (first === undefined) return;
    await target.ledger.append(
      first.stream,
      first.revision - 1n,
      run.map((entry) => entry.bytes),
    );
    added += run.length;
    run = [];
    bytes = 0;
  };
  for await (const [entry, other] of pairsOf(source, target)) {
    done += 1;
    if (other === undefined) {
      const fits = run.length < APPEND.count && bytes + entry.bytes.length <= APPEND.bytes;
      if (run[0]?.stream !== entry.stream || !fits) {
        await append();
        yield { done: done - 1, added };
      }
      run.push(entry);
      bytes += entry.bytes.length;
    }
  }
  await append();
  yield { done, added };
}

const leafOf = (entry: LedgerEntry): Uint8Array => {
  const parsed = parseLogEntry(entry.bytes);
  if (isRefusal(parsed))
    throw new HubError('carry-log-malformed', `${at(entry)} is no leaf with its records`, false);
  return parsed.leaf;
};

/**
 * Carries every entry of `source` over to `target`, in ledger order, then reads both again from their first entry and
 * compares everything. May be repeated, and goes on where an earlier run has ended.
 *
 * The order of all streams together is kept, although no stream says it: a sequencer takes what stands before the
 * newest source of a leaf for judged.
 * @throws {HubError} `carry-source-grew`, retriable; `carry-target-ahead`, `carry-target-differs` and the like, when the
 * two cannot be made the same. Nothing that was in the target is ever changed
 */
export const carry = async (
  source: Ledger,
  target: Ledger,
  { checkpoint, progress }: CarryOptions = {},
): Promise<Carried> => {
  const heads = await headsOf(source);
  const of = countOf(heads);
  if (of === 0)
    throw new HubError(
      'carry-source-empty',
      'the source holds nothing; is it the right one?',
      false,
    );
  const leaves = Number(heads.get(LOG_STREAM) ?? 0n);
  if (checkpoint !== undefined && checkpoint.size > leaves)
    throw new HubError(
      'carry-behind-checkpoint',
      `the source has ${leaves} leaves, and ${checkpoint.size} were signed`,
      false,
    );
  const held = await headsOf(target);
  const first = beyond(held, heads);
  if (first !== undefined) throw ahead(first);

  const from: Side = { ledger: source, heads, more: grew };
  let added = 0;
  for await (const state of copied(from, { ledger: target, heads: held, more: ahead })) {
    ({ added } = state);
    progress?.({ step: 'carried', done: state.done, of });
  }

  const [ours, theirs] = [new LogRoot(), new LogRoot()];
  let signed = checkpoint?.size === 0 ? ours.root() : undefined;
  let done = 0;
  for await (const [entry, other] of pairsOf(from, { ledger: target, heads, more: ahead })) {
    if (other === undefined) throw differs(`the target does not hold ${at(entry)}`);
    if (entry.stream === LOG_STREAM) {
      ours.append(leafOf(entry));
      theirs.append(leafOf(other));
      if (ours.size === checkpoint?.size) signed = theirs.root();
    }
    done += 1;
    progress?.({ step: 'compared', done, of });
  }
  const grown = beyond(await headsOf(source), heads);
  if (grown !== undefined) throw grew(grown);
  const more = beyond(await headsOf(target), heads);
  if (more !== undefined) throw ahead(more);

  const root = ours.root();
  if (Buffer.compare(root, theirs.root()) !== 0)
    throw new HubError('carry-root-differs', 'the logs have different roots', false);
  if (checkpoint !== undefined && Buffer.compare(checkpoint.root, signed ?? Buffer.alloc(0)) !== 0)
    throw new HubError(
      'carry-root-differs',
      `at ${checkpoint.size} leaves the log has another root than it has signed`,
      false,
    );
  return { streams: heads.size, entries: of, added, log: { size: ours.size, root } };
};
