import { type Context, type Exchange, foldExchange, type Item, noItem } from '@tripoint/domain';
import { type AgencyId, type ExchangeId, type ItemId } from '@tripoint/kernel';
import { foldMembership, type Membership, unopened } from '@tripoint/policy';
import { type ExchangeHistory } from '@tripoint/read-model';
import { type FederationNow } from '../federation/registered-federation.js';

/** An exchange as this agency holds it: recorded events, then its own that are on their way. */
export type HeldExchange = {
  readonly exchange: ExchangeId;
  readonly version: bigint;
  readonly seen: Exchange;
  readonly membership: Membership;
  /** What was said in it, and by whom, as the hub was told. */
  readonly said: Context['exchange']['said'];
};

/** Folds what the journal has, with the same fold of membership that the hub uses. */
export const heldExchange = (
  exchange: ExchangeId,
  { version, entries }: ExchangeHistory,
): HeldExchange => {
  const seen = foldExchange(entries.map(({ recorded }) => recorded));
  // An agency that was let in later never saw the exchange being opened; who let it in is its owner.
  let membership: Membership =
    seen.owner === undefined ? unopened : { ...unopened, owner: seen.owner };
  for (const { recorded, facts } of entries)
    membership = foldMembership(membership, {
      stream: exchange,
      issuer: recorded.issuer,
      facts: [facts],
    });
  const said = entries.map(({ recorded: { issuer }, facts }) => ({ issuer, facts }));
  return { exchange, version, seen, membership, said };
};

export const itemOf = ({ seen }: HeldExchange, item: ItemId): Item =>
  seen.items.get(item) ?? noItem;

/** What the domain may ask, answered from this agency's own copies. */
export const contextOf = (
  { membership, seen, said }: HeldExchange,
  { registry, rules }: FederationNow,
): Context => ({
  exchange: {
    owner: membership.owner,
    participants: [
      ...new Set([...seen.participants, ...(Object.keys(membership.members) as AgencyId[])]),
    ].sort(),
    said,
  },
  // A suspended one is a member all the same: why nothing reaches it is said where it would be sealed to.
  kindOf: (agency) => registry.agency(agency)?.kind,
  mayHold: (agency) => {
    const kind = registry.agency(agency)?.kind;
    return rules.bundle.compartments
      .filter(({ kinds }) => kind !== undefined && kinds.includes(kind))
      .map(({ compartment }) => compartment as ReturnType<Context['mayHold']>[number]);
  },
  clocks: (one, other) => registry.pair(one, other).clocks,
});
