import { type Digest, type Fingerprint, type Refusal } from '@tripoint/kernel';
import { type Opening } from './envelope.js';

/** An envelope as it travels to the hub. Statements stay bytes: digests and signatures are over bytes. */
export type Container = {
  readonly header: Uint8Array;
  readonly signature: Uint8Array;
  readonly routing: Uint8Array;
  /** By the order of their digests. */
  readonly descriptors: readonly Uint8Array[];
  /** By descriptor digest. */
  readonly bodies: ReadonlyMap<Digest, Uint8Array>;
  /** By descriptor digest, sorted by agency. */
  readonly openings: ReadonlyMap<Digest, readonly Opening[]>;
  /** By descriptor digest, then agency. */
  readonly wraps: ReadonlyMap<Digest, ReadonlyMap<Fingerprint, Uint8Array>>;
};

/** Why bytes are not a container. */
export type ContainerCode = 'too-large' | 'container-malformed' | 'container-not-canonical';

/** Deterministic bytes of a container. */
export const formatContainer = (container: Container): Uint8Array => {
  throw new Error(`not built: ${container.header.length}`);
};

/** The strict inverse of `formatContainer`; never throws. Anybody controls the bytes. */
export const parseContainer = (bytes: Uint8Array): Container | Refusal<ContainerCode> => {
  throw new Error(`not built: ${bytes.length}`);
};
