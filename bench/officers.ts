// What officers do over HTTP, and what they see.
import { randomUUID } from 'node:crypto';
import { type Ready } from './child.js';
import { median, quantile } from './measure.js';
import { requestBody } from './rows/route.js';
import { type Seeded } from './seeded.js';

export const AUTHOR = { agency: 'gr-police', officer: 'n.papadakis' };
export const READER = { agency: 'bg-border-police', officer: 'i.dimitrov' };
/** Officers who ask at the same time. */
export const AT_ONCE = 16;
/** A request and the receipt that answers it by itself. */
export const EVENTS_A_REQUEST = 2;
const PATIENCE = 60_000;

/** An officer who has signed in. */
export type Desk = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

export const signIn = async (
  { agencies, passwords }: Ready,
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
export class Watch {
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
export type Way = {
  readonly asked: number;
  readonly answered: number;
  readonly seen: number;
  readonly event: string;
};

export type Played = { readonly ways: readonly Way[]; readonly seconds: number };

/** `count` requests by officers who each wait until theirs is seen and its receipt is on the record. */
export const play = async (
  author: Desk,
  watch: Watch,
  count: number,
  random: Seeded,
): Promise<Played> => {
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

/** Where a request's time goes between the stations that leave a time behind. */
export const hops = async (author: Desk, ways: readonly Way[]): Promise<readonly string[]> => {
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
