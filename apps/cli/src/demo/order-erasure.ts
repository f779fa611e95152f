import { type SubmittedResponse } from '@tripoint/contracts';
import { type ItemId } from '@tripoint/kernel';
import { DemoError } from './demo-error.js';
import { type Answer, codeOf, type Door } from './door.js';
import { type SeenLeaf } from './hub-view.js';
import { type Act, type Check } from './scenario.js';

type Order = Extract<Act, { act: 'order-erasure' }>;
type Said = NonNullable<SeenLeaf['event']>;

/** What may pass until it is gone everywhere, in milliseconds. */
const FORGOTTEN_WITHIN = 600_000;

/** Where the log has the event with which an item begins. Whoever cannot read it knows it by no more than that. */
export const askedIn = (leaves: readonly SeenLeaf[], item: ItemId): Said | undefined =>
  leaves
    .flatMap(({ event }) => event ?? [])
    .find(({ compartments }) =>
      compartments.some(({ name, facts }) => name === 'core' && facts['item'] === item),
    );

/** One auditor proposes that what was said be forgotten by everybody, and may not confirm it; another does. */
export const orderErasure = async (
  [first, second]: readonly Door[],
  { id, exchange, issuer, compartments: said }: Said,
  { compartments, ground, erasure }: Order,
  submitted: (answer: Answer) => SubmittedResponse,
): Promise<{ readonly ordered: ItemId; readonly checks: Check[] }> => {
  if (first === undefined || second === undefined)
    throw new DemoError('no-such-actor', 'oversight has fewer than two auditors');
  const proposed = submitted(
    await first.command('orders/erasures', {
      exchange,
      event: id,
      saidBy: issuer,
      parts: said
        .filter(({ name }) => compartments.includes(name))
        .map(({ name, digest }) => ({ compartment: name, descriptor: digest })),
      ground,
      until: new Date(Date.now() + FORGOTTEN_WITHIN).toISOString(),
    }),
  );
  const confirm = `proposals/${proposed.proposal ?? ''}/confirm`;
  const alone = codeOf(await first.command(confirm, undefined));
  const { item: ordered, events } = submitted(await second.command(confirm, undefined));
  return {
    ordered,
    checks: [
      {
        holds: proposed.events.length === 0 && alone === 'proposal-own',
        what: `one auditor alone orders nothing: refused, \`${alone ?? 'not at all'}\``,
      },
      { holds: events.length === 1, what: `another confirms it: ${erasure} is ordered` },
    ],
  };
};
