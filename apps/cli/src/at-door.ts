import { HubError } from '@tripoint/kernel';
import { required } from './federation/arguments.js';
import { type Surroundings, UsageError } from './command.js';

const PATIENCE = 60_000;

/** What every command takes that an officer gives at a door. */
export const DOOR_OPTIONS = { door: { type: 'string' }, officer: { type: 'string' } } as const;
type DoorValues = { readonly [Name in keyof typeof DOOR_OPTIONS]?: string | undefined };

/** A session of one officer at one door. */
export type AtDoor = {
  readonly get: (path: string) => Promise<Buffer>;
  readonly post: (
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Buffer>;
};

/**
 * Signs an officer in at a door, does something there, and signs out. What the door says no with is thrown as it says it.
 * @throws {HubError} `door-away` (retriable), `answer-too-large`, or with the door's own code
 */
export const atDoor = async <T>(
  values: DoorValues,
  surroundings: Surroundings,
  largest: number,
  does: (door: AtDoor) => Promise<T>,
): Promise<T> => {
  const url = required('door', values.door);
  if (!URL.canParse(url)) throw new UsageError('bad-arguments', '--door is a URL');
  const officer = required('officer', values.officer);
  const base = url.endsWith('/') ? url : `${url}/`;
  const send = async (path: string, init: RequestInit): Promise<Response> =>
    surroundings
      .fetch(new URL(path, base), {
        ...init,
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      })
      .catch((cause: unknown) => {
        throw new HubError('door-away', `${base} does not answer`, true, { cause });
      });
  const answered = async (path: string, init: RequestInit): Promise<Buffer> => {
    const response = await send(path, init);
    if (!response.ok) throw await refusalIn(response);
    if (Number(response.headers.get('content-length') ?? 0) > largest)
      throw new HubError('answer-too-large', 'the door sends more than was asked for', false);
    return Buffer.from(await response.arrayBuffer());
  };
  const posted = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    answered(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  const opened = await posted('sessions', {
    officer,
    password: await passwordOf(officer, surroundings),
  });
  const { token } = JSON.parse(opened.toString()) as { readonly token?: unknown };
  const session = { authorization: `Bearer ${String(token)}` };
  try {
    return await does({
      get: (path) => answered(path, { headers: session }),
      post: (path, body, headers) => posted(path, body, { ...session, ...headers }),
    });
  } finally {
    // It ends by itself, too.
    await send('sessions/current', { method: 'DELETE', headers: session }).catch(() => undefined);
  }
};

const passwordOf = async (officer: string, { ask, environment }: Surroundings): Promise<string> => {
  const password =
    environment['TRIPOINT_OFFICER_PASSWORD'] ?? (await ask?.(`password of ${officer}: `));
  if (password === undefined || password === '')
    throw new UsageError('bad-arguments', 'nobody is there to be asked for the password');
  return password;
};

/** What the door says no with, as it says it. */
const refusalIn = async (response: Response): Promise<HubError> => {
  const problem = (await response.json().catch(() => ({}))) as {
    readonly code?: unknown;
    readonly detail?: unknown;
  };
  const word = typeof problem.code === 'string' ? problem.code : 'door-not-understood';
  const detail =
    typeof problem.detail === 'string' ? problem.detail : `the door answers ${response.status}`;
  return new HubError(word, detail, response.status === 503);
};
