import { type Recorded, type SeenEvent } from '@tripoint/domain';
import { type Facts } from '@tripoint/envelope';
import { type AgencyId, refuse, type Refusal } from '@tripoint/kernel';

/**
 * The hub orders and keeps clocks by an event's facts, people act on its content: an issuer that speaks of one item to
 * the hub and of another to us is refused. `core` always says which item it is.
 */
export const factsFault = (
  { item }: Pick<SeenEvent, 'item'>,
  compartments: readonly { readonly name: string; readonly facts: Facts }[],
): Refusal<'facts-mismatch'> | undefined =>
  compartments.every(({ name, facts }) =>
    facts['item'] === undefined ? name !== 'core' : facts['item'] === item,
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
