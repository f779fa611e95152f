/** A checkpoint that the log has signed. */
export type SignedTree = {
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly root: string;
};

/** A checkpoint, and what shows that a cosigned one continues it. */
export type TiedTree = SignedTree & {
  /** Consistency proof, 32 bytes each; empty where both are of one size. */
  readonly hashes: readonly Uint8Array[];
};

/** A checkpoint that a quorum of witnesses has cosigned. */
export type CosignedTree = SignedTree & {
  /** The signed note, byte for byte. */
  readonly note: string;
};

/**
 * What of the log stands under a checkpoint that a quorum of witnesses has cosigned, as far as this agency can prove it: what
 * does not is *unverified*, and nobody purges, grants or exports because of it. Everything is durable when its call resolves.
 * @throws {HubError} `store-away` (retriable), `disk-full` (retriable), from every method
 */
export abstract class Witnessed {
  /**
   * Every leaf with a lower index that this agency was handed is under the newest cosigned checkpoint. 0 before the first. It
   * goes back when an earlier leaf is handed over late, until that one is shown to be in the same log.
   */
  abstract size(): Promise<number>;

  /** Whether the leaf with this index is under it. */
  async covers(index: number): Promise<boolean> {
    return index < (await this.size());
  }

  /** The newest cosigned checkpoint that was kept. Whoever relies on it verifies the note. */
  abstract newest(): Promise<CosignedTree | undefined>;

  /**
   * Checkpoints under which leaves were handed over (`Delivery.checkpoint`) and which have not been shown to be continued by a
   * cosigned one: at most `limit` of those no larger than `size`, the smallest first.
   */
  abstract untied(size: number, limit: number): Promise<readonly SignedTree[]>;

  /** The first line, as it was kept, that was handed over under this tree. */
  abstract handedUnder(tree: SignedTree): Promise<Uint8Array | undefined>;

  /** Keeps what speaks against the log, under its name, the first that is given. */
  abstract keepEvidence(name: string, evidence: Uint8Array): Promise<void>;

  /** What speaks against the log, by name. */
  abstract evidence(): Promise<ReadonlyMap<string, Uint8Array>>;

  /**
   * One transaction: keeps a cosigned checkpoint, unless a larger one is kept, and forgets the checkpoints that were shown to
   * be continued by it, of which the proofs are kept. Repeating it changes nothing.
   */
  abstract keep(cosigned: CosignedTree, tied: readonly TiedTree[]): Promise<void>;
}
