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
export const unopened: Membership = Object.freeze({ members: Object.freeze({}) });

// An agency may be called `constructor`: only own members count.
const compartmentsOf = (
  { members }: Membership,
  agency: AgencyId,
): readonly string[] | undefined => (Object.hasOwn(members, agency) ? members[agency] : undefined);

/**
 * The one fold of membership, for author, hub and oversight alike. The first event that opens makes its issuer
 * the owner; the owner alone admits and removes, and everything else changes nothing. What an agency is admitted
 * to adds up. Within one event removal wins, whichever descriptor says so. Where nothing changes, the state comes
 * back as it is.
 *
 * One exchange at a time: whoever follows many keeps one state for each stream.
 */
export const foldMembership = (state: Membership, event: MembershipEvent): Membership => {
  const { issuer, facts } = event;
  const opened = state.owner ?? (facts.some(({ opens }) => opens === true) ? issuer : undefined);
  if (opened !== issuer) return state;

  const admitted = facts
    .flatMap(({ admits }) => admits ?? [])
    .filter(({ agency }) => agency !== issuer);
  const removed = new Set<string>(facts.flatMap(({ removes }) => removes ?? []));
  if (state.owner !== undefined && admitted.length === 0 && removed.size === 0) return state;

  const members = new Map(Object.entries(state.members));
  for (const { agency, compartments } of admitted) {
    members.set(agency, [...new Set([...(members.get(agency) ?? []), ...compartments])].sort());
  }
  for (const agency of removed) members.delete(agency);
  return { owner: issuer, members: Object.fromEntries(members) };
};

/** Whether `agency` opened the exchange or is admitted to anything in it. */
export const takesPart = (state: Membership, agency: AgencyId): boolean =>
  state.owner === agency || compartmentsOf(state, agency) !== undefined;

/** Whether `agency` is admitted to `compartment`; the owner is to every one. */
export const isAdmitted = (state: Membership, agency: AgencyId, compartment: string): boolean =>
  state.owner === agency || compartmentsOf(state, agency)?.includes(compartment) === true;
