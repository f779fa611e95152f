import { randomInt } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Standalone, startStandalone } from '../standalone.js';

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

describe('an officer’s own password', () => {
  let parent: string;
  let standalone: Standalone | undefined;
  let url: string;
  let officer: string;
  let password: string;

  const call = async (
    method: string,
    path: string,
    token?: unknown,
    body?: unknown,
  ): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(typeof token === 'string' ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  const signIn = (secret: string): Promise<Answer> =>
    call('POST', '/sessions', undefined, { officer, password: secret });

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'tripoint-system-'));
    // The database server may have to run as another user, who has to reach its folder.
    await chmod(parent, 0o755);
    standalone = await startStandalone(
      { data: join(parent, 'data'), port: randomInt(20_000, 30_000), fresh: false },
      (_what, work) => work(),
    );
    const door = standalone.agencies.find(({ id }) => id === 'gr-police');
    const account = Object.entries(standalone.passwords).find(([key]) =>
      key.startsWith('gr-police/'),
    );
    if (door === undefined || account === undefined) throw new Error('the demo has no gr-police');
    url = door.url;
    officer = account[0].slice('gr-police/'.length);
    password = account[1];
  }, 60_000);

  afterAll(async () => {
    await standalone?.stop();
    await rm(parent, { recursive: true, force: true });
  }, 60_000);

  it('is changed only by who knows it, and ends every session but the new one', async () => {
    const next = 'a password that nobody guessed';
    const mine = (await signIn(password)).body['token'];
    const elsewhere = (await signIn(password)).body['token'];
    const path = '/sessions/current/password';

    expect((await call('PUT', path, undefined, { present: password, next })).status).toBe(401);
    expect((await call('PUT', path, mine, { present: 'not it', next })).status).toBe(401);
    expect((await call('PUT', path, mine, { present: password, next: 'short' })).status).toBe(400);
    expect((await call('GET', '/sessions/current', elsewhere)).status).toBe(200);

    const changed = await call('PUT', path, mine, { present: password, next });
    expect(changed.status).toBe(200);
    for (const token of [mine, elsewhere])
      expect((await call('GET', '/sessions/current', token)).status).toBe(401);
    expect(await call('GET', '/sessions/current', changed.body['token'])).toMatchObject({
      status: 200,
      body: { officer },
    });
    expect((await signIn(password)).status).toBe(401);
    expect((await signIn(next)).status).toBe(201);
  }, 60_000);
});
