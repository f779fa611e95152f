import { randomBytes } from 'node:crypto';
import {
  type EventContentResponse,
  type EventContentsResponse,
  type ItemResponse,
  type ReleaseResponse,
  type RequestResponse,
  type SubmittedResponse,
} from '@tripoint/contracts';
import { type EventId, type ExchangeId, type ItemId } from '@tripoint/kernel';
import { DemoError } from './demo-error.js';
import { type DemoFile } from './demo-file.js';
import { type Answer, codeOf, Door } from './door.js';
import { eventually } from './eventually.js';
import { HubView, type SeenLeaf } from './hub-view.js';
import { askedIn, orderErasure } from './order-erasure.js';
import { type Act, type Body, type Check, marked, type Scenario } from './scenario.js';

/** A request or a referral of this play. */
export type PlayedRequest = {
  /** The list that it stands in. */
  readonly kind: 'requests' | 'referrals';
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  /** Every event of it that this play has sealed. */
  readonly events: EventId[];
};

/** A release of this play. */
type PlayedRelease = {
  readonly item: ItemId;
  readonly request: string;
  /** The event that it is about, and to whom it was let go. */
  readonly event: EventId;
  readonly to: string;
};

/** A request or a referral as a node lists it. */
export type Row = ItemResponse &
  Partial<Pick<RequestResponse, 'receivedAt' | 'dueAt' | 'lateBySeconds' | 'overdue'>>;

/** What is looked at beside the doors: the whole of the log, and what a node has on disk. */
export type Looks = {
  readonly logVerifies: () => Promise<boolean>;
  readonly rebuildsToTheSame: (agency: string) => Promise<boolean>;
  /** Who was ever agreed on to keep shares of keys. */
  readonly custodians: () => Promise<readonly string[]>;
};

/** When a consent was given, and how long it holds, in milliseconds. */
const CONSENTED_BEFORE = 3_600_000;
const CONSENTED_FOR = 180 * 86_400_000;
const MARK_BYTES = 6;
/** What a recalled copy may take to be gone, in milliseconds. */
const RECALLED_WITHIN = 600_000;

/** Plays a scenario against a running federation, through HTTP only: as its officers, and for the log as its auditor. */
export class Play {
  readonly scenario: Scenario;
  readonly requests = new Map<string, PlayedRequest>();
  readonly releases = new Map<string, PlayedRelease>();
  readonly recalls = new Map<string, ItemId>();
  readonly erasures = new Map<string, ItemId>();
  readonly hub: HubView;
  readonly #doors = new Map<string, Door>();
  readonly #leaves: SeenLeaf[] = [];
  /** Leaves before this one are of no interest to this play. */
  begin = 0;
  #oversight: Door | undefined;
  /** Two auditors, at the door where oversight gives orders. */
  #orders: readonly Door[] = [];

  constructor(
    scenario: Scenario,
    private readonly federation: DemoFile,
    private readonly fetch: typeof globalThis.fetch,
    /** Needed by whatever a scenario looks at beside the doors. */
    private readonly looks?: Looks,
    /** A word that no other play has. */
    readonly mark: string = randomBytes(MARK_BYTES).toString('hex'),
  ) {
    this.scenario = marked(scenario, mark);
    this.hub = new HubView(federation.hub, federation.auditorToken, fetch);
  }

  /** Signs everybody in. */
  async open(): Promise<void> {
    const { agencies, oversight } = this.federation;
    for (const [name, { agency, officer }] of Object.entries(this.scenario.actors)) {
      const at = agencies.find(({ id }) => id === agency);
      const who = at?.officers.find(({ id }) => id === officer);
      if (at === undefined || who === undefined)
        throw new DemoError('no-such-actor', `the demo has no \`${officer}\` at \`${agency}\``);
      this.#doors.set(name, await Door.open(at, who, this.fetch, this.scenario.purpose));
    }
    const [auditor] = oversight.officers;
    if (auditor === undefined) throw new DemoError('no-such-actor', 'oversight has no officer');
    this.#oversight = await Door.open(oversight, auditor, this.fetch, this.scenario.purpose);
    const { orders } = this.federation;
    this.#orders = await Promise.all(
      orders.officers.map((one) => Door.open(orders, one, this.fetch, this.scenario.purpose)),
    );
  }

  /** Signs everybody out. */
  async close(): Promise<void> {
    for (const door of this.#doors.values()) await door.close();
    for (const door of this.#orders) await door.close();
    await this.#oversight?.close();
  }

  /** Who sits at oversight. */
  get oversight(): Door {
    if (this.#oversight === undefined) throw new DemoError('no-such-actor', 'nobody has signed in');
    return this.#oversight;
  }

  /** Does what an act says; the checks are those that the act itself carries. */
  async perform(act: Act): Promise<readonly Check[]> {
    switch (act.act) {
      case 'issue':
        return this.#issue(act);
      case 'refer':
        return this.#refer(act);
      case 'move':
        return this.#move(act);
      case 'answer':
        return this.#answer(act);
      case 'forward':
        return this.#forward(act);
      case 'ask-release':
        return this.#askRelease(act);
      case 'grant':
        return this.#grant(act);
      case 'recall':
        return this.#recall(act);
      case 'order-erasure':
        return this.#orderErasure(act);
      case 'let-lapse':
        return this.#letLapse(act);
    }
  }

  async #issue({ by, to, request, body }: Extract<Act, { act: 'issue' }>): Promise<Check[]> {
    const { item, exchange, events } = submitted(
      await this.door(by).command('requests', { ...body, to }),
    );
    this.#issued(request, 'requests', { item, exchange, events });
    return [];
  }

  #issued(
    name: string,
    kind: PlayedRequest['kind'],
    { item, exchange, events }: SubmittedResponse,
  ): void {
    this.requests.set(name, { kind, item, exchange, events: events.map(({ event }) => event) });
  }

  async #refer({ by, to, request, body }: Extract<Act, { act: 'refer' }>): Promise<Check[]> {
    const from = new Date(Date.now() - CONSENTED_BEFORE).toISOString();
    const until = new Date(Date.now() + CONSENTED_FOR).toISOString();
    const consent = { ...(body['consent'] as Body), from, until };
    this.#issued(
      request,
      'referrals',
      submitted(await this.door(by).command('referrals', { ...body, consent, to })),
    );
    return [];
  }

  async #move(act: Extract<Act, { act: 'move' }>): Promise<Check[]> {
    const { by, request, step, body, refused } = act;
    const answer = await this.#moved(by, request, step, body);
    if (refused === undefined) {
      this.played(request).events.push(...submitted(answer).events.map(({ event }) => event));
      return [];
    }
    const code = codeOf(answer) ?? `${answer.status}`;
    return [{ holds: code === refused, what: `${by} tries to ${step}: refused, \`${code}\`` }];
  }

  /** A receipt of its own may move the item between the read and the command. */
  #moved(by: string, request: string, step: string, body: Body): Promise<Answer> {
    return eventually(`${by} does ${step} with ${request}`, async () => {
      const row = await this.row(by, request);
      if (row === undefined) return undefined;
      const { kind, item } = this.played(request);
      const path = `${kind}/${item}/${step}`;
      const answer = await this.door(by).command(path, body, `"v${row.version}"`);
      // What comes before it, a receipt for one, may be on its way still.
      const early = ['version-moved', 'status-does-not-allow'];
      return early.includes(codeOf(answer) ?? '') ? undefined : answer;
    });
  }

  async #answer({ by, request, body }: Extract<Act, { act: 'answer' }>): Promise<Check[]> {
    const { events } = submitted(await this.#moved(by, request, 'answer', body));
    this.played(request).events.push(...events.map(({ event }) => event));
    return [];
  }

  async #forward(act: Extract<Act, { act: 'forward' }>): Promise<Check[]> {
    const { by, request, to, refused, body } = act;
    const answer = await eventually(`${by} holds the answer to ${request}`, async () =>
      (await this.content(by, request)).find(({ type }) => type === 'AnswerProvided'),
    );
    const outcome = await this.door(by).command('contributions', {
      ...body,
      to,
      derivedFrom: [answer.event],
    });
    const code = codeOf(outcome) ?? `${outcome.status}`;
    return [
      {
        holds: code === refused,
        what: `${by} passes it on to ${to}: refused, \`${code}\``,
      },
    ];
  }

  async #askRelease(act: Extract<Act, { act: 'ask-release' }>): Promise<Check[]> {
    const { by, request, to, release, body } = act;
    const { event } = await eventually(`${by} holds the answer to ${request}`, async () =>
      (await this.content(by, request)).find(({ type }) => type === 'AnswerProvided'),
    );
    const { item } = submitted(
      await this.door(by).command('releases', { ...body, event, grantee: to }),
    );
    this.releases.set(release, { item, request, event, to });
    return [];
  }

  async #grant(act: Extract<Act, { act: 'grant' }>): Promise<Check[]> {
    const { by, release, compartments, forSeconds } = act;
    const until = new Date(Date.now() + forSeconds * 1000).toISOString();
    submitted(
      await eventually(`${by} grants ${release}`, async () => {
        const row = await this.release(by, release);
        if (row === undefined) return undefined;
        const answer = await this.door(by).command(
          `releases/${row.item}/grant`,
          { compartments, until },
          `"v${row.version}"`,
        );
        return codeOf(answer) === 'version-moved' ? undefined : answer;
      }),
    );
    return [];
  }

  async #recall(act: Extract<Act, { act: 'recall' }>): Promise<Check[]> {
    const { by, request, from, recall, body } = act;
    const said = this.played(request).kind === 'requests' ? 'AnswerProvided' : 'ReferralIssued';
    const { event } = await eventually(`${by} holds what was said in ${request}`, async () =>
      (await this.content(by, request)).find(({ type }) => type === said),
    );
    const until = new Date(Date.now() + RECALLED_WITHIN).toISOString();
    const { item } = submitted(
      await this.door(by).command('recalls', { ...body, event, to: from, until }),
    );
    this.recalls.set(recall, item);
    return [];
  }

  async #orderErasure(act: Extract<Act, { act: 'order-erasure' }>): Promise<Check[]> {
    const { item } = this.played(act.request);
    const asked = await eventually(`the log has ${act.request}`, async () =>
      askedIn(await this.leaves(), item),
    );
    const { ordered, checks } = await orderErasure(this.#orders, asked, act, submitted);
    this.erasures.set(act.erasure, ordered);
    return checks;
  }

  async #letLapse(act: Extract<Act, { act: 'let-lapse' }>): Promise<Check[]> {
    const { request, seenBy, withinSeconds } = act;
    const checks: Check[] = [];
    for (const by of seenBy) {
      const row = await eventually(
        `${by} sees ${request} overdue`,
        async () => {
          const found = await this.row(by, request);
          return found?.overdue === true ? found : undefined;
        },
        withinSeconds,
      );
      checks.push({ holds: true, what: `${by} sees it OVERDUE since ${row.dueAt ?? 'its end'}` });
    }
    // Lateness is counted in whole seconds: one has to pass.
    await eventually('a second passes', async () => {
      const [by = ''] = seenBy;
      const due = (await this.row(by, request))?.dueAt;
      return due !== undefined && Date.now() > Date.parse(due) + 2000 ? true : undefined;
    });
    return checks;
  }

  /** Every leaf since this play began. */
  async leaves(): Promise<readonly SeenLeaf[]> {
    const { size } = await this.hub.checkpoint();
    const first = this.#leaves.length;
    for (const leaf of await this.hub.leaves(this.begin + first, size)) this.#leaves.push(leaf);
    return this.#leaves;
  }

  /** The requests and referrals of this play that an actor's node lists. */
  async rows(by: string): Promise<readonly Row[]> {
    const items = new Set([...this.requests.values()].map(({ item }) => item));
    const rows: Row[] = [];
    for (const kind of new Set([...this.requests.values()].map((one) => one.kind))) {
      const { body } = await this.door(by).get(`${kind}?limit=50`);
      rows.push(...(body as { readonly rows: readonly Row[] }).rows);
    }
    return rows.filter(({ item }) => items.has(item));
  }

  /** One of them as an actor's node shows it, or undefined when it knows of none. */
  async row(by: string, request: string): Promise<Row | undefined> {
    const { kind, item } = this.played(request);
    const answer = await this.door(by).get(`${kind}/${item}`);
    return answer.status === 404 ? undefined : (answer.body as Row);
  }

  /** One release as an actor's node shows it, or undefined when it knows of none. */
  async release(by: string, release: string): Promise<ReleaseResponse | undefined> {
    const played = this.releases.get(release);
    if (played === undefined)
      throw new DemoError('no-such-actor', `\`${release}\` was never asked for`);
    const answer = await this.door(by).get(`releases/${played.item}`);
    return answer.status === 404 ? undefined : (answer.body as ReleaseResponse);
  }

  /** What an actor may read of a request, the oldest first; the read is recorded by the actor's node. */
  async content(by: string, request: string): Promise<readonly EventContentResponse[]> {
    const { kind, item } = this.played(request);
    const answer = await this.door(by).read(`${kind}/${item}/content`);
    return answer.status === 404 ? [] : (answer.body as EventContentsResponse).rows;
  }

  /** The name under which a request was issued, or a release asked for. */
  nameOf(item: string): string {
    for (const [name, played] of [...this.requests, ...this.releases])
      if (played.item === item) return name;
    return item;
  }

  /** What is looked at beside the doors. */
  beside(): Looks {
    if (this.looks === undefined)
      throw new DemoError('no-such-actor', 'nobody looks at more than the doors');
    return this.looks;
  }

  /** The door behind which an actor sits. */
  door(by: string): Door {
    const door = this.#doors.get(by);
    if (door === undefined) throw new DemoError('no-such-actor', `nobody plays \`${by}\``);
    return door;
  }

  /** A request or a referral by the name that the scenario gives it. */
  played(request: string): PlayedRequest {
    const played = this.requests.get(request);
    if (played === undefined)
      throw new DemoError('no-such-actor', `\`${request}\` was never issued`);
    return played;
  }

  /** The item of a recall of this play. */
  recalled(recall: string): ItemId {
    const item = this.recalls.get(recall);
    if (item === undefined) throw new DemoError('no-such-actor', `\`${recall}\` was never issued`);
    return item;
  }

  /** The texts of canaries, as they stand inside a JSON string. */
  texts(ids: readonly string[]): readonly string[] {
    return ids.map((id) => {
      const canary = this.scenario.canaries.find((one) => one.id === id);
      if (canary === undefined)
        throw new DemoError('no-such-actor', `there is no canary \`${id}\``);
      return JSON.stringify(canary.text).slice(1, -1);
    });
  }
}

const submitted = (answer: Answer): SubmittedResponse => {
  if (answer.status !== 202)
    throw new DemoError(
      'unexpected-answer',
      `a command was refused: ${answer.status} ${codeOf(answer) ?? ''}`,
    );
  return answer.body as SubmittedResponse;
};
