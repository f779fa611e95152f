import { type AgencyId, type Digest } from '@tripoint/kernel';

/** A submission that was not admitted. It consumed no number of its chain. */
export type Quarantined = {
  /** On whose topic it came. */
  readonly agency: AgencyId;
  /** SHA-256 of the submitted bytes. */
  readonly digest: Digest;
  /** Why it was not admitted. */
  readonly code: string;
  /** As submitted; purged with its wraps before 24 hours are over. */
  readonly bytes: Uint8Array;
};

/**
 * Puts aside what could not be admitted, for people to look into: once for each agency on whose topic it came. Durable when
 * it resolves; repeating it changes nothing.
 */
export abstract class Quarantine {
  abstract put(submissions: readonly Quarantined[]): Promise<void>;
  /** With which code those of `digests` that are kept of this agency were refused; what others submitted says nothing of it. */
  abstract codes(
    agency: AgencyId,
    digests: readonly Digest[],
  ): Promise<ReadonlyMap<Digest, string>>;
  /** How many are kept, for metrics. */
  abstract depth(): Promise<number>;
  /** Deletes what is older than `seconds`. Answers how many. */
  abstract purge(seconds: number): Promise<number>;
}
