import { decodeCbor, encodeCbor } from '@tripoint/envelope';
import { isRefusal, refuse, type Refusal } from '@tripoint/kernel';

/** A stretch of the log as handed to an auditor: each log entry beside the chain entry that it stands for. */
export type LogExport = {
  /** Leaf index of the first entry. */
  readonly first: number;
  readonly entries: readonly {
    /** What the ledger's stream `log` holds. */
    readonly entry: Uint8Array;
    /** What the source's chain holds; null for a leaf that the sequencer made itself. */
    readonly source: Uint8Array | null;
  }[];
};

/** Entries of one export at most. */
export const LARGEST_EXPORT = 256;

export const formatLogExport = ({ first, entries }: LogExport): Uint8Array =>
  encodeCbor({ first, entries: entries.map(({ entry, source }) => [entry, source]) });

/** Reads an export that the hub controls. The inverse of {@link formatLogExport}. */
export const parseLogExport = (bytes: Uint8Array): LogExport | Refusal<'malformed-export'> => {
  const malformed = refuse('malformed-export', 'the export is not of the agreed form');
  const value = decodeCbor(bytes, { items: 8 * LARGEST_EXPORT, depth: 4 });
  if (isRefusal(value) || typeof value !== 'object' || value === null || Array.isArray(value))
    return malformed;
  const { first, entries, ...others } = value as Readonly<Record<string, unknown>>;
  if (Object.keys(others).length > 0 || !Array.isArray(entries)) return malformed;
  if (typeof first !== 'number' || !Number.isSafeInteger(first) || first < 0) return malformed;
  const read: { entry: Uint8Array; source: Uint8Array | null }[] = [];
  for (const pair of entries as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return malformed;
    const [entry, source] = pair as unknown[];
    if (!(entry instanceof Uint8Array)) return malformed;
    if (!(source === null || source instanceof Uint8Array)) return malformed;
    read.push({ entry, source });
  }
  return { first, entries: read };
};
