import { describe, expect, it } from '@jest/globals';

import {
  connectionFrom,
  MisconfiguredEventStoreDB,
  parseConnectionString,
} from './connection-settings.js';

const faultsOf = async (text: string): Promise<readonly string[]> =>
  parseConnectionString(text).then(
    () => [],
    (error: unknown) => {
      if (!(error instanceof MisconfiguredEventStoreDB)) throw error;
      return error.faults.map(({ code }) => code);
    },
  );

describe('a connection string', () => {
  it('names one node with its credentials', async () => {
    const { credentials, ...rest } = await parseConnectionString(
      'esdb://hub:p%40ss%3Aword@ledger-1.example:2114/?defaultDeadline=5000&connectionName=hub%201',
    );
    expect(rest).toEqual({
      endpoints: [{ address: 'ledger-1.example', port: 2114 }],
      discover: false,
      tls: { authority: undefined },
      timing: { defaultDeadline: 5000 },
      connectionName: 'hub 1',
    });
    expect(credentials()).toEqual({ username: 'hub', password: 'p@ss:word' });
  });

  it('names the seeds of a cluster, with the usual port where none is said', async () => {
    const { endpoints, tls } = await parseConnectionString('esdb://a,10.0.0.2:1,[::1]:3?tls=false');
    expect(endpoints).toEqual([
      { address: 'a', port: 2113 },
      { address: '10.0.0.2', port: 1 },
      { address: '[::1]', port: 3 },
    ]);
    expect(tls).toBeUndefined();
  });

  it('names a cluster by a name in DNS', async () => {
    const { discover } = await parseConnectionString('esdb+discover://hub:word@ledger.example');
    expect(discover).toBe(true);
  });

  it('takes options in any case, as the client does', async () => {
    const text = 'esdb://a?TLS=False&NodePreference=Leader&KEEPALIVEINTERVAL=10000';
    expect(await parseConnectionString(text)).toMatchObject({
      timing: { keepAliveInterval: 10_000 },
    });
  });

  it.each<[string, string, readonly string[]]>([
    ['is of another kind', 'https://a', ['bad-form']],
    ['names no host', 'esdb://?tls=false', ['bad-form']],
    ['has an impossible port', 'esdb://a:70000,b:0?tls=false', ['bad-host', 'bad-host']],
    ['has an empty host', 'esdb://a,,b?tls=false', ['bad-host']],
    ['has credentials and no TLS', 'esdb://u:p@a?tls=false', ['credentials-in-clear']],
    ['has TLS and no credentials', 'esdb://a', ['credentials-missing']],
    ['has a name without a password', 'esdb://u@a', ['bad-credentials']],
    ['has an empty password', 'esdb://u:@a', ['bad-credentials']],
    ['has an empty name', 'esdb://:p@a', ['bad-credentials']],
    ['has a name that is wrongly encoded', 'esdb://%zz:p@a', ['bad-credentials']],
    ['does not verify the server', 'esdb://u:p@a?tlsVerifyCert=false', ['server-unverified']],
    ['would read from a follower', 'esdb://u:p@a?nodePreference=follower', ['bad-option']],
    ['would be told wrong revisions', 'esdb://u:p@a?throwOnAppendFailure=false', ['bad-option']],
    ['has an option that nobody knows', 'esdb://u:p@a?tsl=false', ['unknown-option']],
    ['says an option twice', 'esdb://u:p@a?tls=true&tls=true', ['repeated-option']],
    ['has an option without a value', 'esdb://u:p@a?tls', ['bad-option']],
    ['has a value that is no number', 'esdb://u:p@a?defaultDeadline=1e3', ['bad-option']],
    ['has a value out of bounds', 'esdb://u:p@a?keepAliveInterval=5000', ['bad-option']],
    ['gives several names to discover', 'esdb+discover://u:p@a,b', ['several-names']],
    ['names an authority and no TLS', 'esdb://a?tls=false&tlsCAFile=/x', ['bad-option']],
  ])('is refused when it %s', async (_what, text, codes) => {
    expect(await faultsOf(text)).toEqual(codes);
  });

  it('is told everything that is wrong with it at once', async () => {
    expect(
      await faultsOf('esdb://u:p@a:0,b?tls=false&tlsVerifyCert=false&x=1&gossipTimeout=-1'),
    ).toEqual([
      'bad-host',
      'unknown-option',
      'server-unverified',
      'bad-option',
      'credentials-in-clear',
    ]);
  });

  it('shows its password to nobody who prints it, nor in a refusal', async () => {
    const settings = await parseConnectionString('esdb://hub:s3cret@a');
    expect(JSON.stringify(settings)).not.toContain('s3cret');
    const refused = await parseConnectionString('esdb://hub:s3cret@a?tls=false&x=s3cret').catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(MisconfiguredEventStoreDB);
    expect(String(refused)).not.toContain('s3cret');
  });

  it('comes from the environment, from one place', async () => {
    expect(await connectionFrom({})).toBeUndefined();
    expect(await connectionFrom({ TRIPOINT_EVENTSTOREDB: 'esdb://a?tls=false' })).toMatchObject({
      endpoints: [{ address: 'a', port: 2113 }],
    });
    await expect(
      connectionFrom({ TRIPOINT_EVENTSTOREDB: 'esdb://a', TRIPOINT_EVENTSTOREDB_FILE: '/x' }),
    ).rejects.toThrow('exclude each other');
  });
});
