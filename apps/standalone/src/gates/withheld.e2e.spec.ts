// What a hub keeps back shows: to whom it is kept from, to oversight, and to whoever said it. Time is made to pass.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OpenPgpJs, sha256 } from '@tripoint/envelope';
import { Bus, type Message, type Received } from '@tripoint/bus';
import { type AgencyId, type Digest, type EventId, isRefusal } from '@tripoint/kernel';
import {
  formatDelivery,
  formatMailboxEntry,
  mailboxTopic,
  parseDelivery,
  parseLeaf,
  parseMailboxEntry,
} from '@tripoint/ledger';
import { HttpLogSource, verifyLog } from '@tripoint/replay';
import { FederationFolder } from '@tripoint/adapters/keys';
import { Projector } from '../../../projector/src/projector.js';
import { RecordedLog } from '../../../hub/src/log/recorded-log.js';
import {
  AUDITOR_TOKEN,
  confirmed,
  type Federation,
  type Member,
  openFederation,
} from './testing/composition.js';
import { untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { contribution, give } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const TR = 'tr-police' as AgencyId;
const MINUTE = 60_000;

/** The hub's end of the bus: keeps the next event from an agency, and goes on as if it were owed to nobody, or as if it were late. */
class Withholding extends Bus {
  #wanted: 'renumbered' | 'missing' | undefined;
  #leaf: number | undefined;
  /** By their true numbers: what the lines that were handed over instead are named by the next. */
  readonly #digests = new Map<number, Digest>();

  constructor(
    private readonly inner: Bus,
    private readonly agency: AgencyId,
  ) {
    super();
  }

  keepBack(how: 'renumbered' | 'missing'): void {
    this.#wanted = how;
  }

  relent(): void {
    this.#wanted = undefined;
    this.#leaf = undefined;
  }

  override check(): Promise<void> {
    return this.inner.check();
  }

  override publish(topic: string, messages: readonly Message[]): Promise<void> {
    return this.inner.publish(
      topic,
      topic === mailboxTopic(this.agency) ? messages.flatMap((one) => this.#made(one)) : messages,
    );
  }

  override consume(
    topic: string,
    group: string,
    receive: (batch: readonly Received[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    return this.inner.consume(topic, group, receive, signal);
  }

  #made(message: Message): readonly Message[] {
    const delivery = parseDelivery(message.value);
    if (this.#wanted === undefined || isRefusal(delivery) || delivery.kind !== 'entry')
      return [message];
    const leaf = parseLeaf(delivery.leaf);
    const line = parseMailboxEntry(delivery.mailbox);
    if (isRefusal(leaf) || isRefusal(line)) return [message];
    if (this.#leaf === undefined && leaf.kind === 'event' && line.entitled.length > 0)
      this.#leaf = leaf.index;
    if (this.#leaf === undefined || leaf.index < this.#leaf) return [message];
    if (leaf.index === this.#leaf) {
      this.#digests.set(line.number, line.previous);
      return [];
    }
    if (this.#wanted === 'missing') return [message];
    const previous = this.#digests.get(line.number - 1) ?? line.previous;
    const mailbox = formatMailboxEntry({ ...line, number: line.number - 1, previous });
    this.#digests.set(line.number, sha256(mailbox));
    return [{ ...message, value: formatDelivery({ ...delivery, mailbox }) }];
  }
}

let keys: Awaited<ReturnType<typeof ceremony>>;
let grounds: Grounds;
let federation: Federation;
let withholding: Withholding;
let ahead = 0;
let gr: Member;
let bg: Member;

beforeAll(async () => {
  keys = await ceremony();
}, 120_000);
afterAll(() => keys.remove());

const open = async (): Promise<void> => {
  ahead = 0;
  grounds = await freshGrounds(keys.path, [GR, BG, TR]);
  federation = await openFederation(grounds.places, {
    door: true,
    now: () => Date.now() + ahead,
    between: {
      bus: (inner, user) => {
        if (user !== 'hub') return inner;
        withholding = new Withholding(inner, BG);
        return withholding;
      },
    },
  });
  [gr, bg] = [federation.member(GR), federation.member(BG)];
  for (const member of federation.members.values()) await confirmed(member);
};
afterEach(async () => {
  await federation.close();
  await grounds.remove();
}, 60_000);

const standing = (agency: AgencyId) => {
  const { state } = federation.hub.app.get(RecordedLog);
  return state.countersigns.standings(state.time).find((one) => one.agency === agency);
};

const findings = async ({ store }: Member): Promise<readonly string[]> =>
  (await store.views.findings({ limit: 20 })).rows.map(({ code }) => code);

const deliveries = async ({ store }: Member, event: EventId) =>
  (await store.outbox.submission(event))?.deliveries;

const verified = async () => {
  const openpgp = new OpenPgpJs();
  const { anchor } = await FederationFolder.open(openpgp, grounds.places.federation);
  const source = new HttpLogSource({ url: federation.hub.url!, token: AUDITOR_TOKEN });
  return verifyLog(source, anchor, openpgp);
};

/** Lets the heads of mailboxes fall due. */
const passHeads = async (): Promise<void> => {
  const before = standing(TR)?.countersigned?.heads ?? -1;
  ahead += 10 * MINUTE;
  await untilTrue('TR, from whom nothing is kept, has countersigned the next heads', () =>
    Promise.resolve((standing(TR)?.countersigned?.heads ?? -1) > before),
  );
};

const said = async (): Promise<EventId> => {
  const { submissions } = await give(gr, contribution(GR, BG, 'a lorry at the crossing'));
  return submissions[0]!;
};

describe('what was delivered', () => {
  beforeAll(open, 120_000);

  it('is countersigned within the next heads, its author is shown when, and the log verifies', async () => {
    const event = await said();
    await untilTrue('BG has it', async () => (await bg.store.journal.entry(event)) !== undefined);
    await untilTrue('it is back', async () => (await deliveries(gr, event))?.length === 1);
    expect(await deliveries(gr, event)).toEqual([{ agency: BG }]);
    // Who was named is for the author to know.
    expect(await deliveries(bg, event)).toBeUndefined();
    await passHeads();
    await untilTrue('GR has proof', async () => {
      const [one] = (await deliveries(gr, event)) ?? [];
      return one?.proven !== undefined;
    });
    const leaf = standing(BG)?.countersigned?.leaf;
    expect(await deliveries(gr, event)).toMatchObject([{ agency: BG, proven: { index: leaf } }]);
    const { fault, leaves } = await verified();
    expect(fault).toBeNull();
    expect(leaves.countersigned).toBeGreaterThanOrEqual(2);
    expect(await findings(bg)).toEqual([]);
  }, 120_000);
});

describe('a line that is kept back', () => {
  beforeAll(open, 120_000);

  it('is missed when heads come, asked for, found within a quarter of an hour, and overdue at oversight', async () => {
    await passHeads();
    await untilTrue('BG has countersigned', () =>
      Promise.resolve(standing(BG)?.countersigned !== undefined),
    );
    const began = ahead;
    withholding.keepBack('missing');
    const event = await said();
    await untilTrue('it is in the log', async () => (await deliveries(gr, event))?.length === 1);
    await passHeads();
    // Its five minutes begin when it sees that something is missing.
    await untilTrue('BG misses it', () => !bg.opening.get(Projector).isComplete);
    ahead += 5 * MINUTE;
    await untilTrue('BG says so', async () => (await findings(bg)).includes('delivery-withheld'));
    expect(ahead - began).toBeLessThan(16 * MINUTE);
    expect(await bg.store.journal.entry(event)).toBeUndefined();
    expect(await deliveries(gr, event)).toEqual([{ agency: BG }]);
    ahead += 30 * MINUTE;
    await untilTrue('it is overdue', () => Promise.resolve(standing(BG)?.overdue === true));
    expect(standing(TR)?.overdue).toBe(false);

    withholding.relent();
    await untilTrue('BG has it, for it has asked again', async () =>
      Promise.resolve((await bg.store.journal.entry(event)) !== undefined),
    );
    await untilTrue('GR has proof', async () => {
      const [one] = (await deliveries(gr, event)) ?? [];
      return one?.proven !== undefined;
    });
    await untilTrue('nothing is overdue', () => Promise.resolve(standing(BG)?.overdue === false));
    expect((await verified()).fault).toBeNull();
  }, 180_000);
});

describe('a mailbox without the line', () => {
  beforeAll(open, 120_000);

  it('does not fit its heads: the agency says so, and signs against it', async () => {
    withholding.keepBack('renumbered');
    const event = await said();
    await untilTrue('it is in the log', async () => (await deliveries(gr, event))?.length === 1);
    await passHeads();
    await untilTrue('BG says so', async () => (await findings(bg)).includes('mailbox-fork'));
    await untilTrue('BG has signed against it', () =>
      Promise.resolve(standing(BG)?.countersigned?.contradicts === true),
    );
    expect(await bg.store.journal.entry(event)).toBeUndefined();
    expect(await deliveries(gr, event)).toEqual([{ agency: BG }]);
    expect((await verified()).fault).toBeNull();
  }, 120_000);
});
