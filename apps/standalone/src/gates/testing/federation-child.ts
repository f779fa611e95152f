// A whole federation in a process of its own that gives itself orders until the trap ends it. It loads everything first
// and waits for its task, so that the next child is warm while this one dies.
import { type ScrubOptions } from '@tripoint/adapters/postgres';
import { HubError } from '@tripoint/kernel';
import { openFederation, confirmed } from './composition.js';
import { type Places } from './grounds.js';
import { contribution, give, type Order, request } from './traffic.js';
import { type Trap, Tripwire } from './tripwire.js';

export type Task = {
  readonly places: Places;
  readonly trap: Trap;
  /** What an earlier child was asked and never acknowledged. */
  readonly again: readonly { readonly agency: string; readonly order: Order }[];
  /** It gives itself no orders. */
  readonly idle?: boolean;
  /** It scrubs every database all the time, as processes do every now and then. */
  readonly scrubs?: boolean;
};

export type Told =
  | { readonly told: 'loaded' }
  | { readonly told: 'flowing' }
  | { readonly told: 'ordered'; readonly agency: string; readonly order: Order }
  | { readonly told: 'acknowledged'; readonly key: string; readonly events: readonly string[] }
  | { readonly told: 'failed'; readonly why: string };

const tell = (told: Told): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(told, () => {
      resolve();
    });
  });

/** Nothing is deleted here that would make it due. */
const keepScrubbing = async (store: { scrub(how: ScrubOptions): Promise<unknown> }) => {
  for (;;)
    await store.scrub({ always: true }).catch((thrown: unknown) => {
      if (!(thrown instanceof HubError && thrown.retriable)) throw thrown;
    });
};

const run = async ({ places, trap, again, idle = false, scrubs = false }: Task): Promise<void> => {
  const wire = new Tripwire(trap);
  const federation = await openFederation(places, {
    between: wire.between(),
    log: (line) => process.stderr.write(line),
  });
  const members = [...federation.members.values()];
  await Promise.all(members.map((member) => confirmed(member)));
  wire.arm();
  await tell({ told: 'flowing' });
  const give1 = async (agency: string, order: Order): Promise<void> => {
    const member = members.find((one) => one.agency === agency);
    if (member === undefined) return;
    const { submissions } = await give(member, order);
    await tell({ told: 'acknowledged', key: order.key, events: submissions });
  };
  for (const { agency, order } of again) await give1(agency, order);
  if (idle) return;
  const scrubbing = scrubs
    ? [federation.hub.store, ...members.map(({ store }) => store)].map(keepScrubbing)
    : [];
  // Each agency speaks to the next one, all at the same time, one order after the other.
  await Promise.all([
    ...scrubbing,
    ...members.map(async ({ agency }, place) => {
      const to = members[(place + 1) % members.length]?.agency ?? agency;
      for (let count = 0; ; count += 1) {
        const text = `order ${count} of ${agency}`;
        const order = count % 2 === 0 ? request(agency, to, text) : contribution(agency, to, text);
        await tell({ told: 'ordered', agency, order });
        await give1(agency, order);
      }
    }),
  ]);
};

process.on('message', (task) => {
  run(task as Task).catch(async (thrown: unknown) => {
    await tell({ told: 'failed', why: thrown instanceof Error ? (thrown.stack ?? '') : 'unknown' });
    process.exit(1);
  });
});
// Whoever started us is gone: nobody reads the outcome.
process.on('disconnect', () => process.exit(1));
await tell({ told: 'loaded' });
