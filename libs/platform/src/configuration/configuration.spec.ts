import { describe, expect, it } from '@jest/globals';
import { HubError } from '@tripoint/kernel';
import {
  configuration,
  type ConfigurationError,
  optional,
  type ReadFile,
  type Setting,
  withDefault,
} from './configuration.js';
import { engine } from './engine.js';
import { flag, integer, oneOf, path, port, remote, secret, text, url } from './settings.js';

const HIDDEN = 'hunter2-of-nobody-else';
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const files: Readonly<Record<string, string | Uint8Array>> = {
  '/run/secret': `${HIDDEN}\n`,
  '/run/crlf': `${HIDDEN}\r\n`,
  '/run/empty': '\n',
  '/run/two-lines': 'one\ntwo\n',
  '/run/latin': Uint8Array.of(0xff, 0xfe, 0x41),
  '/run/ca.pem': PEM,
  '/run/not.pem': HIDDEN,
};
const readFile: ReadFile = (at, isSecret) => {
  if (at === '/run/exposed' && isSecret)
    return Promise.reject(new HubError('key-exposed', `${at} is open`, false));
  const content = files[at];
  if (content === undefined)
    return Promise.reject(new HubError('key-missing', `${at} is not there`, false));
  return Promise.resolve(typeof content === 'string' ? Buffer.from(content) : content);
};

type Variables = Readonly<Record<string, string>>;

const reading = async <Value>(one: Setting<Value>, variables: Variables): Promise<Value> =>
  (await configuration('T', { it: one }, variables, readFile)).it;

const faultsOf = async (one: Setting<unknown>, variables: Variables): Promise<readonly string[]> =>
  reading(one, variables).then(
    () => [],
    (thrown: unknown) => (thrown as ConfigurationError).faults,
  );

describe('a configuration', () => {
  const shape = {
    port: port(),
    logLevel: withDefault(oneOf(['info', 'debug']), 'info'),
    token: secret({ least: 10 }),
    standby: optional(flag()),
  };

  it('is read from variables of one prefix', async () => {
    const variables = { T_PORT: '4100', T_TOKEN_FILE: '/run/secret', OTHER: 'x', PATH: '/bin' };
    expect(await configuration('T', shape, variables, readFile)).toEqual({
      port: 4100,
      logLevel: 'info',
      token: HIDDEN,
      standby: undefined,
    });
  });

  it('names all that is wrong at once, and shows no value', async () => {
    const variables = {
      T_PORT: HIDDEN,
      T_LOG_LEVEL: HIDDEN,
      T_TOKEN_FILE: HIDDEN,
      T_STANDBY: HIDDEN,
      T_TOKEN: HIDDEN,
    };
    const thrown = await configuration('T', shape, variables, readFile).then(
      () => undefined,
      (error: unknown) => error as ConfigurationError,
    );
    expect(thrown).toMatchObject({
      code: 'configuration-invalid',
      faults: [
        '`T_PORT` is not a whole number from 0 to 65535',
        '`T_LOG_LEVEL` is not one of info, debug',
        '`T_TOKEN_FILE` is not an absolute path',
        '`T_STANDBY` is neither true nor false',
        '`T_TOKEN` is not a setting',
      ],
    });
    expect(thrown?.message).not.toContain(HIDDEN);
  });

  it('misses what is not there or empty', async () => {
    expect(await faultsOf(port(), {})).toEqual(['`T_IT` is missing']);
    expect(await faultsOf(port(), { T_IT: '' })).toEqual(['`T_IT` is missing']);
    expect(await faultsOf(secret(), {})).toEqual(['`T_IT_FILE` is missing']);
  });

  it.each<[string, Setting<unknown>, string]>([
    ['a number in another notation', integer({ least: 0, most: 9 }), '1e0'],
    ['a number out of bounds', integer({ least: 0, most: 9 }), '10'],
    ['a line break', text(), 'a\nb'],
    ['too much text', text({ longest: 3 }), 'abcd'],
    ['a path from here', path(), 'etc/passwd'],
    ['a URL of another scheme', url(['https:']), 'http://a'],
    ['a URL with a password', url(['https:']), 'https://a:b@c'],
    ['no flag', flag(), 'yes'],
  ])('refuses %s', async (_what, one, given) => {
    expect(await faultsOf(one, { T_IT: given })).toHaveLength(1);
  });
});

describe('a secret', () => {
  it.each(['/run/secret', '/run/crlf'])('is the line in %s', async (at) => {
    expect(await reading(secret(), { T_IT_FILE: at })).toBe(HIDDEN);
  });

  it.each([
    ['/run/nowhere', 'names a file that is not there'],
    ['/run/exposed', 'names a file that others may read; it has to be its owner’s alone'],
    ['/run/empty', 'names a file that does not hold one line of text'],
    ['/run/two-lines', 'names a file that does not hold one line of text'],
    ['/run/latin', 'names a file that does not hold one line of text'],
    ['secret', 'is not an absolute path'],
  ])('is not taken from %s', async (at, words) => {
    expect(await faultsOf(secret(), { T_IT_FILE: at })).toEqual([`\`T_IT_FILE\` ${words}`]);
  });

  it('may have to be long', async () => {
    expect(await faultsOf(secret({ least: 40 }), { T_IT_FILE: '/run/secret' })).toEqual([
      '`T_IT_FILE` names a file that holds fewer than 40 characters',
    ]);
  });
});

describe('another node', () => {
  it.each<[string, Variables, string]>([
    ['by https', { T_IT: 'https://hub.example/' }, 'https://hub.example'],
    ['in the open on this machine', { T_IT: 'http://[::1]:4100' }, 'http://[::1]:4100'],
    [
      'in the open where that is said',
      { T_IT: 'http://hub', T_IT_PLAINTEXT: 'true' },
      'http://hub',
    ],
  ])('is reached %s', async (_how, variables, origin) => {
    expect(await reading(remote(), variables)).toBe(origin);
  });

  it.each<[string, Variables]>([
    ['in the open', { T_IT: 'http://hub.example' }],
    ['at a name that only looks like this machine', { T_IT: 'http://localhost.example' }],
    ['by another way', { T_IT: 'ftp://hub.example' }],
    ['with a password', { T_IT: 'https://a:b@hub.example' }],
    ['at a path', { T_IT: 'https://hub.example/x' }],
    ['with half a word', { T_IT: 'http://hub.example', T_IT_PLAINTEXT: 'yes' }],
  ])('is not reached %s', async (_how, variables) => {
    expect(await faultsOf(remote(), variables)).toHaveLength(1);
  });
});

describe('an engine', () => {
  const any = engine(['postgres', 'kafka', 'esdb']);
  const as = { T_IT_USER: 'hub', T_IT_PASSWORD_FILE: '/run/secret' };

  it('is a place, and somebody to come as', async () => {
    expect(await reading(any, { T_IT: 'postgres://127.0.0.1/tripoint-hub', ...as })).toEqual({
      kind: 'postgres',
      hosts: [{ host: '127.0.0.1', port: 5432 }],
      database: 'tripoint-hub',
      credentials: { user: 'hub', password: HIDDEN },
      tls: undefined,
    });
    const kafka = { T_IT: 'kafka://a:9093,[2001:db8::1]', ...as, T_IT_CA_FILE: '/run/ca.pem' };
    expect(await reading(any, kafka)).toMatchObject({
      kind: 'kafka',
      hosts: [
        { host: 'a', port: 9093 },
        { host: '2001:db8::1', port: 9092 },
      ],
      tls: { ca: PEM },
    });
    expect(await reading(any, { T_IT: 'esdb://a,b:2114' })).toMatchObject({
      hosts: [
        { host: 'a', port: 2113 },
        { host: 'b', port: 2114 },
      ],
      credentials: undefined,
      tls: { ca: undefined },
    });
  });

  it.each<[string, Variables, unknown]>([
    ['it is elsewhere', {}, { ca: undefined }],
    ['certificates are given', { T_IT_CA_FILE: '/run/ca.pem' }, { ca: PEM }],
    ['it is elsewhere and said not to be plain', { T_IT_PLAINTEXT: 'false' }, { ca: undefined }],
  ])('is reached by TLS when %s', async (_when, more, tls) => {
    const found = await reading(any, { T_IT: 'postgres://db.example/x', ...as, ...more });
    expect(found.tls).toEqual(tls);
  });

  it('is reached in the open only on this machine, or when that is said', async () => {
    const tls = async (host: string, more: Variables = {}) =>
      (await reading(any, { T_IT: `postgres://${host}/x`, ...as, ...more })).tls;
    for (const here of ['127.0.0.1:1', '[::1]:2', 'localhost:3'])
      expect(await tls(here)).toBeUndefined();
    for (const elsewhere of ['db:1', '127.0.0.1.example', '128.0.0.1', '[::2]'])
      expect(await tls(elsewhere)).toBeDefined();
    expect(await tls('localhost.').catch(() => 'refused')).toBe('refused');
    expect(await tls('127.0.0.1', { T_IT_CA_FILE: '/run/ca.pem' })).toBeDefined();
    expect(await tls('db', { T_IT_PLAINTEXT: 'true' })).toBeUndefined();
    // A broker and a ledger elsewhere are not known to be here by their address: somebody may have forwarded it.
    expect((await reading(any, { T_IT: 'esdb://localhost' })).tls).toBeDefined();
    const said = { T_IT: 'esdb://localhost', T_IT_PLAINTEXT: 'true' };
    expect((await reading(any, said)).tls).toBeUndefined();
  });

  it.each<[string, Variables, readonly string[]]>([
    [
      'another engine',
      { T_IT: 'redis://a' },
      ['`T_IT` is not a URL of postgres: or kafka: or esdb:'],
    ],
    [
      'a password in its URL',
      { T_IT: `esdb://hub:${HIDDEN}@a` },
      ['`T_IT` carries a user name or a password, which belong in settings of their own'],
    ],
    [
      'no database',
      { T_IT: 'postgres://a', ...as },
      ['`T_IT` does not end with the name of a database'],
    ],
    [
      'an option in its URL',
      { T_IT: 'postgres://a/x?sslmode=disable', ...as },
      ['`T_IT` is not a URL of postgres: or kafka: or esdb:'],
    ],
    [
      'two servers of one',
      { T_IT: 'postgres://a,b/x', ...as },
      ['`T_IT` does not name one host as a:1'],
    ],
    ['a port too high', { T_IT: 'esdb://a:70000' }, ['`T_IT` does not name hosts as a:1,b:2']],
    ['a host that is none', { T_IT: 'esdb://a..%2f' }, ['`T_IT` does not name hosts as a:1,b:2']],
    [
      'nobody to come as',
      { T_IT: 'postgres://a/x' },
      ['`T_IT_USER` is missing', '`T_IT_PASSWORD_FILE` is missing'],
    ],
    [
      'a password of nobody',
      { T_IT: 'esdb://a', T_IT_PASSWORD_FILE: '/run/secret' },
      ['`T_IT_USER` is missing'],
    ],
    [
      'a name without a password',
      { T_IT: 'esdb://a', T_IT_USER: 'hub' },
      ['`T_IT_PASSWORD_FILE` is missing'],
    ],
    [
      'everything wrong',
      {
        T_IT: HIDDEN,
        T_IT_USER: `${HIDDEN} x`,
        T_IT_PASSWORD_FILE: '/run/nowhere',
        T_IT_CA_FILE: '/run/not.pem',
      },
      [
        '`T_IT` is not a URL of postgres: or kafka: or esdb:',
        '`T_IT_USER` is not the name of a user',
        '`T_IT_PASSWORD_FILE` names a file that is not there',
        '`T_IT_CA_FILE` names a file that does not hold certificates',
      ],
    ],
    [
      'TLS and no TLS',
      { T_IT: 'esdb://a', T_IT_PLAINTEXT: 'true', T_IT_CA_FILE: '/run/ca.pem' },
      ['`T_IT_PLAINTEXT` says true, and certificates are given as well'],
    ],
    [
      'no plain answer',
      { T_IT: 'esdb://a', T_IT_PLAINTEXT: 'yes' },
      ['`T_IT_PLAINTEXT` is neither true nor false'],
    ],
    [
      'no certificates where there has to be TLS',
      { T_IT: 'kafka://127.0.0.1', ...as },
      ['`T_IT_CA_FILE` is missing'],
    ],
    [
      'no TLS where there has to be',
      { T_IT: 'kafka://127.0.0.1', ...as, T_IT_PLAINTEXT: 'true' },
      ['`T_IT_PLAINTEXT` says true, and this engine is reached by TLS alone'],
    ],
    [
      'a password in the open',
      { T_IT: 'esdb://127.0.0.1', ...as, T_IT_PLAINTEXT: 'true' },
      ['`T_IT_PLAINTEXT` says true, and a password would travel in the open'],
    ],
  ])('is refused with %s', async (_what, variables, faults) => {
    const found = await faultsOf(any, variables);
    expect(found).toEqual(faults);
    expect(found.join()).not.toContain(HIDDEN);
  });
});
