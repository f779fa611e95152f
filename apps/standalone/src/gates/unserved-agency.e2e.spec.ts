import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bus, type Message, type Received } from '@tripoint/bus';
import { type AgencyId, HubError } from '@tripoint/kernel';
import { mailboxTopic, parseDelivery, parseMailboxEntry } from '@tripoint/ledger';
import { Metrics } from '@tripoint/platform';
import { measureHub } from '../../../hub/src/hub.metrics.js';
import { Publisher } from '../../../hub/src/dispatcher/publisher.js';
import { Office } from '../../../hub/src/office/office.js';
import { openHub, type RunningHub } from './testing/composition.js';
import { eventually, untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { rowsOf } from './testing/oracle.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const LIMIT = 120_000;
const HEADS_EVERY = 11 * 60_000;

/** A bus on which one agency's mailbox can be out of order: it refuses, or it says nothing at all. */
class PartlyBroken extends Bus {
  manner: 'whole' | 'refuses' | 'is silent' = 'whole';
  away = false;
  refusals = 0;
  /** How much is being handed over just now. */
  flying = 0;
  #silent: (() => void)[] = [];

  constructor(
    private readonly inner: Bus,
    private readonly topic: string,
  ) {
    super();
  }

  mend(): void {
    this.manner = 'whole';
    for (const relieved of this.#silent.splice(0)) relieved();
  }

  override async check(): Promise<void> {
    if (this.away) throw new HubError('bus-away', 'away', true);
    await this.inner.check();
  }

  override async publish(topic: string, messages: readonly Message[]): Promise<void> {
    if (this.away) throw new HubError('bus-away', 'away', true);
    if (topic === this.topic && this.manner === 'is silent')
      await new Promise<void>((resolve) => {
        this.#silent.push(resolve);
      });
    if (topic === this.topic && this.manner === 'refuses') {
      this.refusals += 1;
      throw new HubError('bus-away', 'there is no such topic', true);
    }
    this.flying += 1;
    try {
      await this.inner.publish(topic, messages);
    } finally {
      this.flying -= 1;
    }
  }

  override consume(
    topic: string,
    group: string,
    receive: (batch: readonly Received[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    return this.inner.consume(topic, group, receive, signal);
  }
}

describe('an agency to which nothing can be handed over', () => {
  let keys: Awaited<ReturnType<typeof ceremony>>;
  let grounds: Grounds;
  let hub: RunningHub;
  let bus: PartlyBroken;
  let passed = 0;
  let manner: PartlyBroken['manner'] = 'refuses';
  const lines: string[] = [];
  /** What was measured of it at the moment in which the hub left its office. */
  let failingThen: number | undefined;

  const start = async (): Promise<void> => {
    hub = await openHub(grounds.places, {
      now: () => Date.now() + passed,
      // Out of office for the reason that is tried here, and not because a machine is slow.
      leaseSeconds: 60,
      log: (line) => {
        lines.push(line);
        if (line.includes('out of office')) failingThen = hub.app.get(Publisher).failingFor(BG);
      },
      between: {
        bus: (inner) => {
          bus = new PartlyBroken(inner, mailboxTopic(BG));
          bus.manner = manner;
          return bus;
        },
      },
    });
  };

  /** The numbers that lie on an agency's topic, in their order, each once. */
  const published = async (agency: AgencyId): Promise<readonly number[]> => {
    const rows = await rowsOf<{ value: Buffer }>(
      grounds.places.bus,
      `select value from bus.message where topic = '${mailboxTopic(agency)}' order by "offset"`,
    );
    const numbers = rows.flatMap(({ value }) => {
      const delivery = parseDelivery(value);
      const entry =
        'kind' in delivery && delivery.kind === 'entry' && parseMailboxEntry(delivery.mailbox);
      return entry === false || 'refused' in entry ? [] : [entry.number];
    });
    return [...new Set(numbers)];
  };
  const owed = async (agency: AgencyId): Promise<number> => {
    const newest = await hub.ledger.last(`mailbox-${agency}`);
    return newest === undefined ? 0 : Number(newest.revision) + 1;
  };
  const everything = async (agency: AgencyId, atLeast = 1): Promise<void> => {
    const numbers = await eventually(`${agency} has everything`, async () => {
      const [there, count] = [await published(agency), await owed(agency)];
      return count >= atLeast && there.length >= count ? there : undefined;
    });
    expect(numbers).toEqual(numbers.map((_, number) => number));
  };
  const said = (words: string): number => lines.filter((line) => line.includes(words)).length;
  const measured = async (): Promise<string> => {
    const metrics = new Metrics();
    measureHub(metrics, { nest: hub.app as never }, hub.store, () => Date.now() + passed);
    return metrics.text();
  };

  beforeAll(async () => {
    keys = await ceremony();
    grounds = await freshGrounds(keys.path, []);
    await start();
  }, LIMIT);
  afterAll(async () => {
    await hub.close();
    await grounds.remove();
    await keys.remove();
  }, LIMIT);

  it(
    'keeps nothing from the others, and is spoken of once',
    async () => {
      await everything(GR);
      const before = await owed(GR);
      await untilTrue('it was tried again', () => bus.refusals > 2);
      passed += HEADS_EVERY;
      await everything(GR, before + 1);
      expect(await published(BG)).toEqual([]);
      expect(said('nothing can be handed over to an agency')).toBe(1);
      expect(said('out of office')).toBe(0);
      const failing = /^tripoint_delivery_failing_seconds ([\d.]+)$/m;
      expect(Number(failing.exec(await measured())?.[1])).toBeGreaterThan(600);
      // Which agency it is stands in the log, and in no metric.
      expect(await measured()).not.toContain(BG);
    },
    LIMIT,
  );

  it(
    'is owed its lines by whoever publishes next',
    async () => {
      await hub.close();
      manner = 'whole';
      await start();
      await everything(BG);
    },
    LIMIT,
  );

  it(
    'keeps nothing from the others where it only takes for ever, and is served again when it can be',
    async () => {
      await everything(GR);
      await everything(BG);
      bus.manner = 'is silent';
      await untilTrue('nothing is on its way any more', () => bus.flying === 0);
      const [before, its] = [await owed(GR), (await published(BG)).length];
      passed += HEADS_EVERY;
      await everything(GR, before + 1);
      expect(await published(BG)).toHaveLength(its);
      bus.manner = 'refuses';
      const then = await owed(GR);
      passed += HEADS_EVERY;
      await everything(GR, then + 1);
      bus.mend();
      // At least: a head that the start itself had stated may lie in either count, and is then in both or in none.
      await everything(BG, its + 1);
      expect(await measured()).toContain('tripoint_delivery_failing_seconds 0\n');
    },
    LIMIT,
  );

  it(
    'is told from a bus that is away: then the hub leaves its office to one that may reach it',
    async () => {
      // However often it has left and come back before: from here on only the bus is a reason.
      await untilTrue('it is in office', () => hub.app.get(Office).held);
      await everything(GR);
      const [before, left] = [await owed(GR), said('out of office')];
      bus.away = true;
      passed += HEADS_EVERY;
      await untilTrue('there is something to hand over', async () => (await owed(GR)) > before);
      await untilTrue('it is out of office', () => said('out of office') > left);
      bus.away = false;
      await everything(GR, before + 1);
      await untilTrue('it is in office', () => hub.app.get(Office).held);
    },
    LIMIT,
  );

  it(
    'is not said to wait by a hub that serves nobody any more',
    async () => {
      await untilTrue('it is in office', () => hub.app.get(Office).held);
      bus.manner = 'refuses';
      passed += HEADS_EVERY;
      await untilTrue('it waits', () => hub.app.get(Publisher).failingFor(BG) > 0);
      const left = said('out of office');
      bus.away = true;
      await untilTrue('it is out of office', () => said('out of office') > left);
      expect(failingThen).toBe(0);
    },
    LIMIT,
  );
});
