import { parseChainEntry, readEvent } from '@tripoint/envelope';
import { isRefusal, type Refusal } from '@tripoint/kernel';
import { parseLeaf, parseLogEntry } from '@tripoint/ledger';
import { HttpLogSource, type LeafRecord, parseRecord } from '@tripoint/replay';
import { DemoError } from './demo-error.js';

/** One leaf, as far as the hub itself can know what it is. */
export type SeenLeaf = {
  readonly index: number;
  readonly kind: string;
  readonly at: string;
  readonly event:
    | {
        readonly id: string;
        readonly exchange: string;
        readonly family: string;
        readonly issuer: string;
        readonly compartments: readonly {
          readonly digest: string;
          readonly name: string;
          readonly marking: string;
          readonly facts: Readonly<Record<string, unknown>>;
        }[];
      }
    | undefined;
  readonly records: readonly LeafRecord[];
};

/** What everybody may ask the hub for: how long the log is, and the root over it. */
export type SeenCheckpoint = { readonly size: number; readonly root: string };

const AT_ONCE = 128;

/** What the hub holds, read with the auditor's token: there is no more to be had from it. */
export class HubView {
  readonly #source: HttpLogSource;

  constructor(url: string, token: string, fetch: typeof globalThis.fetch) {
    this.#source = new HttpLogSource({ url, token, fetch });
  }

  async checkpoint(): Promise<SeenCheckpoint> {
    const note = await this.#source.checkpoint();
    if (note === undefined) return { size: 0, root: '' };
    const [, size = '0', root = ''] = Buffer.from(note).toString('utf8').split('\n');
    return { size: Number(size), root };
  }

  /** Leaves from `first` up to, not including, `end`. */
  async leaves(first: number, end: number): Promise<readonly SeenLeaf[]> {
    const seen: SeenLeaf[] = [];
    while (first + seen.length < end) {
      const from = first + seen.length;
      const page = proven(await this.#source.entries(from, Math.min(AT_ONCE, end - from)));
      if (page.entries.length === 0) break;
      for (const { entry, source } of page.entries) seen.push(leafFrom(entry, source));
    }
    return seen;
  }
}

const proven = <T>(value: T | Refusal | undefined): T => {
  if (value === undefined || isRefusal(value))
    throw new DemoError('unexpected-answer', 'the hub handed out something that is no log');
  return value;
};

const leafFrom = (entryBytes: Uint8Array, source: Uint8Array | null): SeenLeaf => {
  const { leaf: leafBytes, records } = proven(parseLogEntry(entryBytes));
  const { index, kind, time } = proven(parseLeaf(leafBytes));
  return {
    index,
    kind,
    at: time,
    event: source === null ? undefined : eventFrom(source),
    records: records.map(({ record }) => proven(parseRecord(record))),
  };
};

const eventFrom = (source: Uint8Array): SeenLeaf['event'] => {
  const chainEntry = proven(parseChainEntry(source));
  if (chainEntry.kind !== 'event') return undefined;
  const { header, compartments } = proven(readEvent(chainEntry));
  return {
    id: header.id,
    exchange: header.stream,
    family: header.type,
    issuer: header.issuer,
    compartments: compartments.map(({ digest, descriptor }) => ({
      digest,
      name: descriptor.name,
      marking: [descriptor.classification, ...descriptor.handling].join(' '),
      facts: descriptor.facts,
    })),
  };
};
