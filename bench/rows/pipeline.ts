import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { admit, NO_PREVIOUS_HEADER, open, Sealer, systemRandom } from '@tripoint/envelope';
import { accepted, compartment, draft, frame, registry } from '@tripoint/envelope/testing';
import { type Child, startChild } from '../child.js';
import { type Bench } from '../bench.js';
import { median, quantile, race, scaled } from '../measure.js';
import { Seeded } from '../seeded.js';
import { type Row } from '../table.js';
import { type Circle, circle } from './envelope.js';
import { requestBody } from './route.js';

const AUTHOR = { agency: 'gr-police', officer: 'n.papadakis' };
const READER = { agency: 'bg-border-police', officer: 'i.dimitrov' };
/** Officers who ask at the same time. */
const AT_ONCE = 16;
/** A request and the receipt that answers it by itself. */
const EVENTS_A_REQUEST = 2;
const PATIENCE = 60_000;

/** An officer who has signed in. */
type Desk = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

const signIn = async (
  { agencies, passwords }: Child,
  { agency, officer }: typeof AUTHOR,
): Promise<Desk> => {
  const url = agencies.find(({ id }) => id === agency)!.url;
  const answer = await fetch(`${url}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ officer, password: passwords[`${agency}/${officer}`] }),
  });
  if (!answer.ok) throw new Error(`signing in was answered with ${answer.status}`);
  const { token } = (await answer.json()) as { readonly token: string };
  return { url, headers: { authorization: `Bearer ${token}` } };
};

type Submitted = {
  readonly item: string;
  readonly events: readonly { readonly event: string }[];
};

/** Asks; again where the node says that it will be able to in a moment. */
const ask = async ({ url, headers }: Desk, random: Seeded): Promise<Submitted> => {
  const body = JSON.stringify(requestBody(random, READER.agency));
  const key = randomUUID();
  for (const deadline = performance.now() + PATIENCE; ;) {
    const answer = await fetch(`${url}/requests`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
      body,
    });
    if (answer.ok) return (await answer.json()) as Submitted;
    const said = await answer.text();
    if (answer.status !== 503 || performance.now() > deadline)
      throw new Error(`a request was answered with ${answer.status}: ${said}`);
  }
};

/** What an agency's live updates say of requests: when each was first seen, and when for the second time. */
class Watch {
  readonly #seen = new Map<string, number[]>();
  readonly #waiting = new Map<string, () => void>();
  readonly #stop = new AbortController();
  readonly #read: Promise<void>;

  private constructor(body: AsyncIterable<Uint8Array>) {
    this.#read = this.#follow(body);
  }

  static async over({ url, headers }: Desk): Promise<Watch> {
    const stop = new AbortController();
    const answer = await fetch(`${url}/events`, { headers, signal: stop.signal });
    if (!answer.ok || answer.body === null)
      throw new Error(`live updates were answered with ${answer.status}`);
    const watch = new Watch(answer.body as AsyncIterable<Uint8Array>);
    watch.#stop.signal.addEventListener('abort', () => {
      stop.abort();
    });
    return watch;
  }

  /** When the item was first seen, once it has been seen `times` times. */
  async first(item: string, times: number): Promise<number> {
    for (;;) {
      const seen = this.#seen.get(item) ?? [];
      if (seen.length >= times) return seen[0]!;
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => {
          reject(new Error('a request was not seen in time'));
        }, PATIENCE);
        this.#waiting.set(item, () => {
          clearTimeout(late);
          resolve();
        });
      });
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#read;
  }

  async #follow(body: AsyncIterable<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of body) {
        text += decoder.decode(chunk, { stream: true });
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) if (line.startsWith('data:')) this.#hear(line.slice(5));
      }
    } catch (thrown) {
      if (!this.#stop.signal.aborted) throw thrown;
    }
  }

  #hear(line: string): void {
    const { kind, item } = JSON.parse(line) as { readonly kind: string; readonly item?: string };
    if (kind !== 'request' || item === undefined) return;
    this.#seen.set(item, [...(this.#seen.get(item) ?? []), Date.now()]);
    this.#waiting.get(item)?.();
  }
}

/** When one request was where, in milliseconds since the epoch. */
type Way = {
  readonly asked: number;
  readonly answered: number;
  readonly seen: number;
  readonly event: string;
};

type Played = { readonly ways: readonly Way[]; readonly seconds: number };

/** `count` requests by officers who each wait until theirs is seen and its receipt is on the record. */
const play = async (author: Desk, watch: Watch, count: number, random: Seeded): Promise<Played> => {
  const ways: Way[] = [];
  let left = count;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        const asked = Date.now();
        const { item, events } = await ask(author, random);
        const answered = Date.now();
        const seen = await watch.first(item, EVENTS_A_REQUEST);
        ways.push({ asked, answered, seen, event: events[0]!.event });
      }
    }),
  );
  return { ways, seconds: (performance.now() - start) / 1000 };
};

/** The same two events by the same code with nothing between: sealed, verified as the hub does, opened. */
class BareLoop {
  readonly #sealer: Sealer;
  readonly #random = new Seeded('bare loop');

  constructor(private readonly among: Circle) {
    this.#sealer = new Sealer(among.openpgp, systemRandom());
  }

  async request(): Promise<void> {
    await this.#event(['core', 'facts'], 0, 1);
    await this.#event(['core'], 1, 0);
  }

  async #event(names: readonly string[], from: number, to: number): Promise<void> {
    const { openpgp, agencies } = this.among;
    const [author, reader] = [agencies[from]!, agencies[to]!];
    const parts = names.map((name) =>
      compartment(name, [author.recipient, reader.recipient], {
        frame: frame(name === 'core' ? {} : { sought: this.#random.prose(800) }),
      }),
    );
    const sealed = await this.#sealer.finish(
      accepted(await this.#sealer.prepare(draft(author, parts, { id: this.#random.uuid() }))),
      { chain: author.chain, seq: 0, prev: NO_PREVIOUS_HEADER },
      author.signing,
    );
    accepted(await admit(openpgp, sealed.container, registry(author, reader)));
    const own = reader.fingerprint;
    const compartments = sealed.compartments.map(({ descriptorBytes, body, openings }) => ({
      descriptor: descriptorBytes,
      body,
      opening: openings.find(({ agency }) => agency === own)!,
    }));
    const wraps = new Map(
      sealed.compartments.map(({ descriptorDigest, wraps: all }) => [
        descriptorDigest,
        all.get(own)!,
      ]),
    );
    const part = { header: sealed.headerBytes, signature: sealed.signature, compartments };
    accepted(
      await open(openpgp, part, wraps, {
        certificatesOf: () => [author.certificate],
        key: reader.decryption,
        own,
      }),
    );
  }
}

/** Where a request's time goes between the stations that leave a time behind. */
const hops = async (author: Desk, ways: readonly Way[]): Promise<readonly string[]> => {
  const taken = new Map<string, number[]>();
  const note = (hop: string, from: number, to: number): void => {
    taken.set(hop, [...(taken.get(hop) ?? []), to - from]);
  };
  for (const { asked, answered, seen, event } of ways) {
    const answer = await fetch(`${author.url}/submissions/${event}`, { headers: author.headers });
    const row = (await answer.json()) as {
      readonly sealedAt: string;
      readonly sentAt: string;
      readonly recordedAt: string;
    };
    const [sealed, sent, leaf] = [row.sealedAt, row.sentAt, row.recordedAt].map((at) =>
      Date.parse(at),
    ) as [number, number, number];
    note('POST: decided, sealed, committed, answered', asked, answered);
    note('sealed → taken by the bus', sealed, sent);
    note('bus → admitted, judged, a leaf', sent, leaf);
    note('leaf → signed, delivered, opened, in the view', leaf, seen);
    note('POST → in the recipient’s view', asked, seen);
  }
  return [...taken].map(
    ([hop, all]) =>
      `${hop}: p50 ${median(all).toFixed(0)} ms, p99 ${quantile(all, 0.99).toFixed(0)} ms`,
  );
};

/** From an officer's POST to the recipient's view through everything, against the cryptography of it alone. */
export const pipelineRows = async ({ scale, folder, remark }: Bench): Promise<readonly Row[]> => {
  const among = await circle(2);
  const loop = new BareLoop(among);
  const child = await startChild(join(folder, 'standalone'));
  try {
    const [author, reader] = [await signIn(child, AUTHOR), await signIn(child, READER)];
    const watch = await Watch.over(reader);
    const random = new Seeded('pipeline');
    const count = scaled(scale, 120);
    await play(author, watch, AT_ONCE, random);
    const rates = { pipeline: [] as number[], loop: [] as number[] };
    const ways: Way[] = [];
    for (let round = 0; round < Math.min(3, scale.rounds); round += 1) {
      const played = await play(author, watch, count, random);
      rates.pipeline.push((played.ways.length * EVENTS_A_REQUEST) / played.seconds);
      ways.push(...played.ways);
      const { bare } = await race(1, {
        bare: async () => {
          let left = Math.ceil(count / 2);
          const done = left;
          await Promise.all(
            Array.from({ length: AT_ONCE }, async () => {
              while (left-- > 0) await loop.request();
            }),
          );
          return done * EVENTS_A_REQUEST;
        },
      });
      rates.loop.push(1000 / bare);
    }
    // Once more under the profiler, which slows what it watches: this round counts for nothing else.
    await child.profile();
    await play(author, watch, count, random);
    const places = await child.shares();
    const took = ways.map(({ asked, seen }) => seen - asked);
    remark('pipeline, hop by hop', await hops(author, ways));
    remark(
      'pipeline, where the process spends its time',
      Object.entries(places).map(([place, percent]) => `${place}: ${percent} %`),
    );
    await watch.close();
    return [
      {
        area: 'pipeline',
        what: `POST to the recipient's view, ${AT_ONCE} officers, events`,
        product: median(rates.pipeline),
        floor: { what: 'seal, verify, open; no stores', value: median(rates.loop) },
        unit: '/s',
        aim: { atLeast: 0.8 },
      },
      {
        area: 'pipeline',
        what: 'POST to the recipient’s view, p50',
        product: median(took),
        unit: 'ms',
      },
      {
        area: 'pipeline',
        what: 'POST to the recipient’s view, p99',
        product: quantile(took, 0.99),
        unit: 'ms',
      },
    ];
  } finally {
    await child.stop();
  }
};
