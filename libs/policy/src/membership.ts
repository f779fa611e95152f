import { type AgencyId, type ExchangeId } from '@tripoint/kernel';
import { type Facts } from './facts.js';

/** Who takes part in one exchange. Plain data: it may be stored as JSON and read back. */
export type Membership = {
  /** Who opened the exchange; absent until somebody did. */
  readonly owner?: AgencyId;
  /** Compartments that the owner admitted others to, sorted; the owner itself is not listed. */
  readonly members: Readonly<Record<string, readonly string[]>>;
};

/** What the fold reads of an event: its issuer, and the facts of its descriptors in any order. */
export type MembershipEvent = {
  readonly stream: ExchangeId;
  readonly issuer: AgencyId;
  readonly facts: readonly Facts[];
};

/** An exchange that nobody has opened. */
export const unopened: Membership = { members: {} };

/**
 * The one fold of membership, for author, hub and oversight alike. The first event that opens makes its issuer
 * the owner; the owner alone admits and removes, and everything else changes nothing. Within one event
 * removal wins. The state is returned as it is where nothing changed.
 */
export declare const foldMembership: (state: Membership, event: MembershipEvent) => Membership;

/** Whether `agency` opened the exchange or is admitted to anything in it. */
export declare const takesPart: (state: Membership, agency: AgencyId) => boolean;

/** Whether `agency` is admitted to `compartment`; the owner is to every one. */
export declare const isAdmitted: (
  state: Membership,
  agency: AgencyId,
  compartment: string,
) => boolean;
