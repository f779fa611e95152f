import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type AgencyKind, type Compartment } from './vocabulary/index.js';

/** Who acts, on whose behalf. */
export type Actor = { readonly agency: AgencyId; readonly officer?: OfficerId };

/** A wish of an officer, or of the agency itself where no officer is named. Ids and time are born outside. */
export type CommandOf<
  Type extends string,
  Data extends object = Readonly<Record<string, never>>,
> = {
  readonly type: Type;
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly by: Actor;
  readonly at: Instant;
  readonly data: Data;
};

/** What two agencies agreed on time, in seconds. */
export type PairClocks = {
  readonly urgentDirect: number;
  readonly urgentIndirect: number;
  readonly routine: number;
  /** How long the clock waits for a receipt before it starts without one. */
  readonly grace: number;
};

/** Facts of events that are said once, and after which saying them again would come to nothing. */
export type SaidOnce = {
  readonly erases?: {
    readonly event: EventId;
    readonly descriptors: readonly Digest[];
    readonly saidBy?: AgencyId;
  };
  readonly reviews?: { readonly disclosure: ItemId };
};

/** What a decision may ask about the federation and the exchange; the same answers at the same log index. */
export type Context = {
  readonly exchange: {
    /** Who opened it; undefined while nobody has. */
    readonly owner: AgencyId | undefined;
    /** Whom the deciding agency knows to take part, itself included. */
    readonly participants: readonly AgencyId[];
    /** What the hub was told of what was said in it, recorded or on its way, as far as the deciding agency knows. */
    readonly said: readonly { readonly issuer: AgencyId; readonly facts: SaidOnce }[];
  };
  /** Undefined for an agency that is not, or not now, a member of the federation. */
  readonly kindOf: (agency: AgencyId) => AgencyKind | undefined;
  /** Compartments that an agency may hold at most, by its kind. */
  readonly mayHold: (agency: AgencyId) => readonly Compartment[];
  /** Undefined for two agencies that have agreed on nothing. */
  readonly clocks: (one: AgencyId, other: AgencyId) => PairClocks | undefined;
};
