import { randomBytes } from 'node:crypto';
import { type Digest, type Instant } from '@tripoint/kernel';
import {
  formatLeaf,
  formatLogEntry,
  formatOrigin,
  type Leaf,
  type LeafKind,
  type Origin,
  originDigest,
  recordDigests,
  type SaltedRecord,
} from '@tripoint/ledger';
import { formatRecord, type Judgement, type LeafRecord, type Sourced } from '@tripoint/replay';
import { leafHash } from '@tripoint/transparency';

const random32 = (): Digest => randomBytes(32).toString('hex') as Digest;

const salted = (records: readonly LeafRecord[]): readonly SaltedRecord[] =>
  records.map((record) => ({
    salt: new Uint8Array(randomBytes(32)),
    record: formatRecord(record),
  }));

/** What is appended to the log, and the leaf's hash in its tree. */
export type MadeLeaf = { readonly bytes: Uint8Array; readonly hash: Digest };

const logEntry = (
  made: Leaf,
  origin: Uint8Array | null,
  records: readonly SaltedRecord[],
): MadeLeaf => {
  const leaf = formatLeaf(made);
  return {
    bytes: formatLogEntry({ leaf, origin, records }),
    hash: Buffer.from(leafHash(leaf)).toString('hex') as Digest,
  };
};

const instant = (time: number): Instant => new Date(time).toISOString() as Instant;

/** The log entry for a judged source. */
export const leafOfSource = (
  index: number,
  time: number,
  { chain, revision }: Sourced,
  { kind, entry, signature, late, code, decided }: Judgement,
): MadeLeaf => {
  const origin: Origin = { v: 1, salt: random32(), chain, revision };
  const originBytes = formatOrigin(origin);
  const records = salted(
    decided.map(({ descriptor, agency, verdict }) => ({
      about: 'verdict',
      descriptor,
      agency,
      verdict,
    })),
  );
  const leaf: Leaf = {
    v: 1,
    kind,
    index,
    time: instant(time),
    nonce: random32(),
    entry,
    signature,
    origin: originDigest(originBytes),
    late,
    code,
    records: recordDigests(records),
  };
  return logEntry(leaf, originBytes, records);
};

/** A log entry that the sequencer makes itself. */
export const leafOfOwn = (
  index: number,
  time: number,
  kind: Extract<LeafKind, 'heartbeat' | 'due' | 'heads' | 'epoch'>,
  records: readonly LeafRecord[],
): MadeLeaf => {
  const opened = salted(records);
  const leaf: Leaf = {
    v: 1,
    kind,
    index,
    time: instant(time),
    nonce: random32(),
    entry: null,
    signature: null,
    origin: null,
    late: false,
    code: null,
    records: recordDigests(opened),
  };
  return logEntry(leaf, null, opened);
};

/** Under which name it is remembered where a leaf was judged. */
export const leafName = (index: number): string => `leaf ${index}`;
