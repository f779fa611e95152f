import { EventEmitter } from 'node:events';

/** An event as a client proposes it. */
export type Proposed = {
  readonly id: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly data: Uint8Array;
  readonly custom: Uint8Array;
};

export type Stored = Proposed & {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
};

/** The newest revision after an append, or why there was none. */
export type Appended =
  { readonly newest: bigint; readonly position: bigint } | { readonly wrong: bigint };

/**
 * What a cluster has replicated to all of its nodes, in memory. An append follows the server's rules: the revision
 * decides, and a revision that is behind is forgiven where the same ids stand. Bytes are not looked at.
 */
export class DoubleStore {
  readonly #all: Stored[] = [];
  readonly #streams = new Map<string, Stored[]>();
  readonly #grown = new EventEmitter().setMaxListeners(0);
  #position = 0n;

  get all(): readonly Stored[] {
    return this.#all;
  }

  stream(name: string): readonly Stored[] {
    return this.#streams.get(name) ?? [];
  }

  append(name: string, expected: bigint | 'any', proposed: readonly Proposed[]): Appended {
    const stream = this.#streams.get(name) ?? [];
    const newest = BigInt(stream.length) - 1n;
    if (expected !== 'any' && expected > newest) return { wrong: newest };
    if (expected !== newest) {
      const first =
        expected === 'any'
          ? stream.findIndex(({ id }) => id === proposed[0]?.id)
          : Number(expected) + 1;
      const there = stream.slice(first, first + proposed.length);
      const last = there.at(-1);
      const alike = there.every(({ id }, n) => id === proposed[n]?.id);
      if (first >= 0 && last !== undefined && there.length === proposed.length && alike)
        return { newest: last.revision, position: last.position };
      if (expected !== 'any') return { wrong: newest };
    }
    for (const event of proposed) {
      this.#position += BigInt(100 + event.data.length);
      const revision = BigInt(stream.length);
      const stored = { ...event, stream: name, revision, position: this.#position };
      stream.push(stored);
      this.#all.push(stored);
    }
    this.#streams.set(name, stream);
    this.#grown.emit('grown');
    return { newest: BigInt(stream.length) - 1n, position: this.#position };
  }

  /** Calls `grown` after every append, until the function it answers is called. */
  onGrown(grown: () => void): () => void {
    this.#grown.on('grown', grown);
    return () => this.#grown.off('grown', grown);
  }

  /** What nobody can do through the interface, and whoever has the disk can. */
  forge(change: (all: Stored[], streams: Map<string, Stored[]>) => void): void {
    change(this.#all, this.#streams);
  }
}
