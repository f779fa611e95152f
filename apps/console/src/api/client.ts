// One way to the agency's front door, typed by its own document. The session lies in a cookie that no script reads; the header says
// that the console, and no other page, sends the request.
import { type paths } from './agency.gen';

type Method = 'get' | 'post' | 'put' | 'delete';
type Operation<All, P extends keyof All, M extends Method> = NonNullable<
  All[P] extends Partial<Record<M, infer O>> ? O : never
>;
/** The paths of an interface that answer a method. */
type PathsIn<All, M extends Method> = {
  [P in keyof All]: All[P] extends Partial<Record<M, infer O>>
    ? [O] extends [undefined]
      ? never
      : P
    : never;
}[keyof All];

type Parameters<O, In extends string> = O extends { parameters: Partial<Record<In, infer T>> }
  ? T & object
  : never;
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;
type Success<R> = {
  [Status in keyof R]: Status extends 200 | 201 | 202
    ? R[Status] extends { content: { 'application/json': infer B } }
      ? B
      : undefined
    : never;
}[keyof R];
type Answer<O> = O extends { responses: infer R } ? Success<R> : never;

/** The paths of the front door that answer a method. */
export type PathsOf<M extends Method> = PathsIn<paths, M>;
/** The body of an operation. */
export type BodyOf<P extends keyof paths, M extends Method> = Body<Operation<paths, P, M>>;

type Asked<O> = {
  readonly path?: Parameters<O, 'path'>;
  readonly query?: Parameters<O, 'query'>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body<O>;
  readonly signal?: AbortSignal;
};

/** Something that the front door refused, or that never reached it. */
export class Trouble extends Error {
  constructor(
    /** A code of the interface, or `offline`. */
    readonly code: string,
    readonly status: number,
    readonly pointers: readonly string[] = [],
    /** Where the log of the node has more about it. */
    readonly request?: string,
  ) {
    super(code);
  }
}

type ProblemBody = { code?: unknown; errors?: { pointer?: unknown }[] };

const troubleOf = async (answer: Response): Promise<Trouble> => {
  const body = (await answer.json().catch(() => ({}))) as ProblemBody;
  const code = typeof body.code === 'string' ? body.code : 'internal-error';
  const pointers = (body.errors ?? []).flatMap(({ pointer }) =>
    typeof pointer === 'string' ? [pointer] : [],
  );
  return new Trouble(
    code,
    answer.status,
    pointers,
    answer.headers.get('x-request-id') ?? undefined,
  );
};

let signedOut: () => void = () => undefined;
/** Says what is to be done once the front door no longer knows the session. */
export const whenSignedOut = (then: () => void): void => {
  signedOut = then;
};

/** The one request that has the session go on under another cookie. */
const RENEWS = '/sessions/console/password';
let renewals = 0;
let renewing: Promise<unknown> = Promise.resolve();

/** Asks for another cookie. What went out under the one before is answered as if nobody were signed in, and is no end of the session. */
export const renewed = async <T>(asked: Promise<T>): Promise<T> => {
  renewing = asked.then(
    () => {
      renewals += 1;
    },
    () => undefined,
  );
  await renewing;
  return asked;
};

const CONSOLE = { 'tripoint-console': '1' };

/** @throws {Trouble} */
export const reach = async (url: string, init: RequestInit = {}): Promise<Response> => {
  const under = renewals;
  const headers = { ...CONSOLE, ...(init.headers as Record<string, string> | undefined) };
  const answer = await fetch(url, {
    ...init,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
  }).catch((thrown: unknown) => {
    if (init.signal?.aborted === true) throw thrown;
    throw new Trouble('offline', 0);
  });
  if (answer.ok) return answer;
  const trouble = await troubleOf(answer);
  if (trouble.code === 'not-signed-in') {
    if (url !== RENEWS) await renewing;
    if (renewals !== under) return reach(url, init);
    signedOut();
  }
  throw trouble;
};

const urlOf = (template: string, path: object = {}, query: object = {}): string => {
  const url = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((path as Record<string, unknown>)[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? url : `${url}?${search.toString()}`;
};

type Untyped = {
  readonly path?: object;
  readonly query?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
};

const send = async (method: Method, path: string, asked: Untyped): Promise<unknown> => {
  const { body, headers = {}, signal } = asked;
  const answer = await reach(urlOf(path, asked.path, asked.query), {
    method: method.toUpperCase(),
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
};

/** One way to an interface that is described by the document whose types these are. */
export const asking =
  <All>() =>
  async <M extends Method, P extends PathsIn<All, M>>(
    method: M,
    path: P,
    asked: Asked<Operation<All, P, M>> = {},
  ): Promise<Answer<Operation<All, P, M>>> =>
    (await send(method, path as string, asked)) as Answer<Operation<All, P, M>>;

/** Asks the front door. @throws {Trouble} */
export const ask = asking<paths>();

/** What somebody was handed as JSON, in a file or by hand. @throws {Trouble} `malformed` when it is none */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Trouble('malformed', 400);
  }
};
