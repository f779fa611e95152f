import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { HubError } from '@tripoint/kernel';

import { connectionFrom, parseConnectionString } from './connection-settings.js';
import { EventStoreDBLedger } from './eventstoredb-ledger.js';
import { provisionLedger } from './provision.js';
import { EventStoreDBDouble, selfSigned } from './testing/index.js';

let double: EventStoreDBDouble;
let folder: string;
const opened: EventStoreDBLedger[] = [];
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tripoint-'));
  const [tls, stranger] = [selfSigned(), selfSigned()];
  await writeFile(file('ca.pem'), tls.cert);
  await writeFile(file('stranger.pem'), stranger.cert);
  await writeFile(file('no-certificate'), 'words');
  double = await EventStoreDBDouble.start({ nodes: 2, tls, user: 'hub:a password' });
});
afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
});
afterAll(async () => {
  double.stop();
  await rm(folder, { recursive: true });
});

const address = (password: string, authority: string): string =>
  `esdb://hub:${encodeURIComponent(password)}@${double.hosts}?tlsCAFile=${encodeURIComponent(file(authority))}`;

const appended = async (text: string): Promise<unknown> => {
  const ledger = new EventStoreDBLedger(await parseConnectionString(text), { patience: 0 });
  opened.push(ledger);
  return ledger.append('log', -1n, [new Uint8Array(1)]).catch((error: unknown) => error);
};

describe('a server with TLS', () => {
  it('is given the credentials of the connection string', async () => {
    expect(await appended(address('a password', 'ca.pem'))).toBe(0n);
  });

  it('refuses other credentials, for good', async () => {
    expect(await appended(address('another', 'ca.pem'))).toMatchObject({
      code: 'ledger-denied',
      retriable: false,
    });
  });

  it('is told nothing when another authority vouches for it', async () => {
    expect(await appended(address('a password', 'stranger.pem'))).toMatchObject({
      code: 'ledger-away',
    });
  });

  it.each([
    ['is not there', 'missing.pem'],
    ['holds none', 'no-certificate'],
  ])('is not asked when the file of its authority %s', async (_how, name) => {
    await expect(parseConnectionString(address('a password', name))).rejects.toThrow(
      'authority-unreadable',
    );
  });

  it('is found through a file that holds the connection string', async () => {
    await writeFile(file('connection'), `${address('a password', 'ca.pem')}\n`, { mode: 0o600 });
    const settings = await connectionFrom({ TRIPOINT_EVENTSTOREDB_FILE: file('connection') });
    expect(settings?.endpoints).toHaveLength(2);
    await expect(connectionFrom({ TRIPOINT_EVENTSTOREDB_FILE: file('missing') })).rejects.toThrow(
      'cannot be read',
    );
  });
});

describe('a server', () => {
  const roles = { writers: ['hub'], readers: ['oversight', 'auditors'] };
  const newest = (stream: string): unknown => {
    const events = double.store.stream(stream);
    const { metadata, data } = events.at(-1)!;
    return [metadata.get('type'), JSON.parse(Buffer.from(data).toString())];
  };

  it('is told once who may append and who may read', async () => {
    const settings = await parseConnectionString(address('a password', 'ca.pem'));
    expect(await provisionLedger(settings, roles)).toEqual({ changed: ['$settings', '$$$all'] });
    expect(await provisionLedger(settings, roles)).toEqual({ changed: [] });
    const everybody = ['$admins', 'auditors', 'hub', 'oversight'];
    expect(newest('$settings')).toEqual([
      'update-default-acl',
      {
        $userStreamAcl: {
          $r: everybody,
          $w: ['hub'],
          $d: ['$admins'],
          $mr: everybody,
          $mw: ['$admins'],
        },
      },
    ]);
    expect(newest('$$$all')).toMatchObject(['$metadata', { $acl: { $r: everybody } }]);
  });

  it('keeps what else it was told', async () => {
    const settings = await parseConnectionString(address('a password', 'ca.pem'));
    const data = Buffer.from(
      JSON.stringify({ $systemStreamAcl: { $r: 'ops' }, $userStreamAcl: {} }),
    );
    const at = BigInt(double.store.stream('$settings').length) - 1n;
    const metadata = new Map([
      ['type', 'update-default-acl'],
      ['content-type', 'application/json'],
    ]);
    double.store.append('$settings', at, [{ id: 'x', metadata, data, custom: new Uint8Array() }]);
    expect(await provisionLedger(settings, roles)).toEqual({ changed: ['$settings'] });
    expect(newest('$settings')).toMatchObject([
      'update-default-acl',
      { $systemStreamAcl: { $r: 'ops' }, $userStreamAcl: { $w: ['hub'] } },
    ]);
  });

  it.each([
    ['nobody would write', { writers: [], readers: ['oversight'] }],
    ['`a b` is no user or group', { writers: ['hub', 'a b'], readers: [] }],
    ['`$all` is no user or group', { writers: ['hub'], readers: ['$all'] }],
  ])('is not told that %s', async (detail, unfit) => {
    const settings = await parseConnectionString(address('a password', 'ca.pem'));
    const refused = await provisionLedger(settings, unfit).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HubError);
    expect(refused).toMatchObject({ code: 'ledger-roles-unfit', message: detail });
  });
});
