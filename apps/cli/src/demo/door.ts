import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DemoError } from './demo-error.js';

/** An answer as it came: its status, and its JSON or undefined. */
export type Answer = { readonly status: number; readonly body: unknown };

/** A problem's code (RFC 9457), or undefined when the answer is none. */
export const codeOf = ({ status, body }: Answer): string | undefined => {
  const code = status >= 400 ? (body as { readonly code?: unknown } | undefined)?.code : undefined;
  return typeof code === 'string' ? code : undefined;
};

/** Content is read for a purpose or not at all. */
export type Purpose = {
  readonly code: string;
  readonly text: string;
  readonly legalBasis: string;
};

const INVESTIGATING: Purpose = {
  code: 'INVESTIGATION',
  text: 'looking at what is held',
  legalBasis: 'Directive (EU) 2023/977, Article 5',
};

const PATIENCE = 30_000;
const ONE_ANSWER = 15_000;

type Send = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses besides 2xx that are answers and no failure. */
  readonly also?: readonly number[];
};

/** An agency's HTTP door with an officer signed in. Everything that the demo does, it does through such doors. */
export class Door {
  #token: string | undefined;

  private constructor(
    readonly id: string,
    private readonly url: string,
    private readonly fetch: typeof globalThis.fetch,
    private readonly reading: Purpose,
  ) {}

  /** Signs an officer in. */
  static async open(
    at: { readonly id: string; readonly url: string },
    officer: { readonly id: string; readonly password: string },
    fetch: typeof globalThis.fetch,
    reading: Purpose = INVESTIGATING,
  ): Promise<Door> {
    const door = new Door(at.id, at.url, fetch, reading);
    const { body } = await door.#send('POST', 'sessions', {
      body: { officer: officer.id, password: officer.password },
    });
    door.#token = textOf(body, 'token');
    return door;
  }

  /** The header by which the session is known. */
  get authorization(): string {
    return `Bearer ${this.#token ?? ''}`;
  }

  /** Ends the session. */
  async close(): Promise<void> {
    if (this.#token === undefined) return;
    // The session ends by itself, too: a node that has gone meanwhile is no failure of the demo.
    await this.#send('DELETE', 'sessions/current', { also: [401, 404, 405] }).catch(
      () => undefined,
    );
    this.#token = undefined;
  }

  /** What a path answers; a 404 is an answer. */
  get(path: string): Promise<Answer> {
    return this.#send('GET', path, { also: [404] });
  }

  /** Content, asked for with a purpose, which the node records before it answers. */
  read(path: string, purpose: Purpose = this.reading): Promise<Answer> {
    return this.#send('GET', path, { headers: purposeHeaders(purpose), also: [403, 404] });
  }

  /** A search, for which the same holds. */
  search(body: unknown, purpose: Purpose = this.reading): Promise<Answer> {
    return this.#send('POST', 'search', { body, headers: purposeHeaders(purpose) });
  }

  /** A command under an Idempotency-Key of its own: sent again after a fault, it still happens once. Refusals are answers. */
  command(path: string, body: unknown, ifMatch?: string): Promise<Answer> {
    return this.#send('POST', path, {
      body,
      headers: {
        'idempotency-key': randomUUID(),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      also: [400, 403, 404, 409, 412],
    });
  }

  /** What is retriable is tried again until patience ends: a node that has just started confirms its chain first. */
  async #send(method: string, path: string, { body, headers, also = [] }: Send): Promise<Answer> {
    const deadline = performance.now() + PATIENCE;
    for (let wait = 100; ; wait = Math.min(2 * wait, 1000)) {
      const answer = await this.#once(method, path, body, headers);
      if ((answer.status >= 200 && answer.status < 300) || also.includes(answer.status))
        return answer;
      if (answer.status !== 503 || performance.now() > deadline)
        throw new DemoError(
          'unexpected-answer',
          `${this.id} answered ${method} /${path.split('?')[0] ?? ''} with ${answer.status} ${codeOf(answer) ?? ''} ${faults(answer.body)}`.trimEnd(),
        );
      await pause(wait);
    }
  }

  async #once(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    let response: Response;
    try {
      response = await this.fetch(new URL(path, `${this.url}/`), {
        method,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ONE_ANSWER),
      });
    } catch (cause) {
      throw new DemoError('not-running', `${this.id} does not answer at ${this.url}`, { cause });
    }
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : parsed(text) };
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The members that a node found wrong, for whoever writes a scenario. They say where, and never what was sent. */
const faults = (body: unknown): string => {
  const errors = (body as { readonly errors?: unknown } | undefined)?.errors;
  return Array.isArray(errors)
    ? (errors as readonly { readonly pointer?: string; readonly detail?: string }[])
        .map(({ pointer, detail }) => `(${pointer ?? '?'} ${detail ?? ''})`)
        .join(' ')
    : '';
};

const purposeHeaders = ({ code, text, legalBasis }: Purpose): Readonly<Record<string, string>> => ({
  'tripoint-purpose': code,
  'tripoint-purpose-text': encodeURIComponent(text),
  'tripoint-legal-basis': legalBasis,
});

/** A member of an answer that has to be text. */
export const textOf = (body: unknown, name: string): string => {
  const value = (body as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (typeof value !== 'string')
    throw new DemoError('unexpected-answer', `an answer has no \`${name}\``);
  return value;
};
