import { type Instant } from '@tripoint/kernel';
import { type Command } from '../command.js';
import { dispatch, runCommand } from '../dispatch.js';

/** What a command asked a door for. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly key: string | null;
};

export const NOW = '2026-11-26T12:00:00.000Z' as Instant;

/** Runs commands at a door that lets everybody in and answers as `answering` says. */
export const atADoor = (
  commands: Readonly<Record<string, Command>>,
  answering: (asked: Asked) => { readonly status?: number; readonly body: unknown },
) => {
  const asked: Asked[] = [];
  const door: typeof fetch = (input, init) => {
    const { pathname } = new URL(input as URL);
    const method = init?.method ?? 'GET';
    if (pathname === '/sessions')
      return Promise.resolve(new Response(JSON.stringify({ token: 'a-session' }), { status: 201 }));
    if (method === 'DELETE') return Promise.resolve(new Response(null, { status: 204 }));
    const headers = new Headers(init?.headers);
    if (headers.get('authorization') !== 'Bearer a-session')
      return Promise.resolve(new Response('{}', { status: 401 }));
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    const one = { method, path: pathname, body, key: headers.get('idempotency-key') };
    asked.push(one);
    const { status = 200, body: answer } = answering(one);
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  };
  const run = async (...args: readonly string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const exit = await runCommand(
      dispatch('tripoint', 'for a test', commands),
      [...args, '--door', 'http://door.test', '--officer', 'an.officer'],
      {
        out: (line) => out.push(line),
        err: (line) => err.push(line),
        environment: { TRIPOINT_OFFICER_PASSWORD: 'correct horse battery staple' },
        now: () => NOW,
        fetch: door,
      },
    );
    return { exit, out, err };
  };
  return { run, asked };
};
