import {
  type Compartment,
  type Recorded,
  type SeenEvent,
  familyOf,
  tellsClock,
  tellsGrant,
} from '@tripoint/domain';
import { type Facts } from '@tripoint/envelope';
import { type AgencyId, refuse, type Refusal } from '@tripoint/kernel';

/**
 * The hub judges by an event's family, orders and keeps clocks by its facts, and people act on its content: an issuer that
 * tells the hub one thing and us another is refused. `core` always says which item it is.
 */
export const factsFault = (
  event: SeenEvent,
  family: string,
  compartments: readonly { readonly name: string; readonly facts: Facts }[],
): Refusal<'facts-mismatch'> | undefined =>
  family === familyOf(event.type) &&
  compartments.every(
    ({ name, facts }) =>
      (facts['item'] === undefined ? name !== 'core' : facts['item'] === event.item) &&
      tellsClock(event, name as Compartment, facts) &&
      (name !== 'core' || tellsGrant(event, facts)),
  )
    ? undefined
    : refuse('facts-mismatch', 'what the hub was told is not what the event says');

/** Whether `receipt` is of what was `sent`: of the same item, and from the one whom it was for. */
export const confirms = (
  receipt: { readonly issuer: AgencyId; readonly item: SeenEvent['item'] },
  sent: Recorded | undefined,
): boolean => {
  const core = sent?.event.core;
  return (
    sent?.event.item === receipt.item &&
    core !== undefined &&
    'to' in core &&
    core.to === receipt.issuer
  );
};
