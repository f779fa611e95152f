import { type DisclosureGround, type Grantable } from '@tripoint/domain';
import { type AgencyId, refuse, type Refusal } from '@tripoint/kernel';
import { type JournalEntry } from '@tripoint/read-model';

/**
 * Why nothing would follow of an order, as far as this agency can know: it holds something of the event. What it does not hold may be
 * in custody, or be nothing at all: the log says so.
 */
export const orderedInVain = (
  agency: AgencyId,
  entry: JournalEntry | undefined,
  {
    ground,
    compartments,
  }: { readonly ground: DisclosureGround; readonly compartments: readonly Grantable[] },
): Refusal<'order-is-of-something-new' | 'order-is-of-what-is-in-custody'> | undefined => {
  if (entry === undefined) return undefined;
  const held: readonly string[] = entry.descriptors.map(({ compartment }) => compartment);
  if (entry.recorded.issuer === agency)
    return refuse(
      'order-is-of-something-new',
      'this agency has said that event itself: have another one order it',
    );
  // Noise is said to nobody: what came from another agency is none.
  if (ground === 'DRILL')
    return refuse(
      'order-is-of-what-is-in-custody',
      'a drill is of noise, and what is known of that event here is none',
    );
  return compartments.every((name) => held.includes(name))
    ? refuse('order-is-of-something-new', 'this agency holds all of that already')
    : undefined;
};
