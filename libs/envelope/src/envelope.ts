import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
} from '@tripoint/kernel';
import { type Cbor } from './cbor.js';
import { type JsonObject } from './jcs.js';

/** What the author signs. Every recipient reads it, so it tells neither audience nor order nor amount. */
export type Header = {
  readonly v: 1;
  readonly id: EventId;
  readonly stream: ExchangeId;
  /** The coarse family; the exact event type is inside. */
  readonly type: string;
  /** Version of the content's schema. */
  readonly schema: number;
  readonly issuer: AgencyId;
  readonly at: Instant;
  /** Digest of the routing statement. */
  readonly routing: Digest;
  /** Digests of the descriptors, sorted, padded to 4, 8 or 16 with random ones. */
  readonly compartments: readonly Digest[];
};

/** The envelope's place on its issuer's chain; for the hub and oversight only. */
export type Routing = {
  readonly salt: Digest;
  readonly chain: ChainId;
  readonly seq: number;
  /** SHA-256 of the previous header's (or void's) bytes; 64 zeros at seq 0. */
  readonly prev: Digest;
};

/** What the hub must know to decide; its schema is the policy's, its shape any JSON object. */
export type Facts = JsonObject;

/** One compartment: how it is marked, whom it is for, and what it commits to. */
export type Descriptor = {
  readonly salt: Digest;
  readonly name: string;
  readonly classification: string;
  /** Sorted, without repeats. */
  readonly handling: readonly string[];
  readonly retention: string;
  readonly facts: Facts;
  /** One salted digest per recipient, sorted, padded to 4, 8, 16 or 32 with random ones. */
  readonly to: readonly Digest[];
  /** Bytes of the body. */
  readonly length: number;
  /** Digest of the body: one SEIPD packet. */
  readonly body: Digest;
  /** Commitment to the session key and the context. */
  readonly key: Digest;
};

/** Shows that one entry of a descriptor's `to` is one agency's wrap. */
export type Opening = {
  readonly agency: Fingerprint;
  readonly salt: Digest;
  /** Digest of the wrap: one PKESK packet. */
  readonly wrap: Digest;
};

/** The plaintext of one compartment. */
export type Frame = {
  readonly event: { readonly type: string; readonly data: Cbor };
  /** Who acted, by a name meaningful inside the issuer only. */
  readonly officer: string;
  /** The event that this one answers. */
  readonly causation: EventId | null;
  /** The request, click or import that caused it. */
  readonly correlation: string | null;
};
