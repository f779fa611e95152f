import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { KafkaBus, type KafkaSettings, provisionBus } from '@tripoint/adapters/kafka';
import { describeWithKafka, testKafka } from '@tripoint/adapters/kafka/testing';
import { type Message } from '@tripoint/bus';
import { type AgencyId, HubError, type Instant } from '@tripoint/kernel';
import {
  type AclEntry,
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  type Admin,
  ConfigResourceTypes,
  Kafka,
  logLevel,
  ResourcePatternTypes,
} from 'kafkajs';
import { dispatch, runCommand } from '../dispatch.js';
import { bus as command } from './bus.command.js';

const CANARY = 'a word that only the receiver may read';
const message: Message = { value: new TextEncoder().encode(CANARY) };

/** A certificate that is sound in itself and vouches for no broker of ours. Nobody has kept its key. */
const STRANGER = `-----BEGIN CERTIFICATE-----
MIIBkTCCATegAwIBAgIUGO9tjj0bw0AbFNnmCNIBY4+6HdgwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSbm9ib2R5J3MgYXV0aG9yaXR5MCAXDTI2MTEyNTIyNDMwNFoY
DzIxMjYxMTAxMjI0MzA0WjAdMRswGQYDVQQDDBJub2JvZHkncyBhdXRob3JpdHkw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARtE7Be2bGSOQ4niCTv2XWmvCd/dwsv
ELOVmLT3lZfy11BAmU05+Zd0+W9EbBMI992CIJztj6xr77Ze8z6W5ZKzo1MwUTAd
BgNVHQ4EFgQULQf2llo10dkUkRJ+tqAAYBdfpQowHwYDVR0jBBgwFoAULQf2llo1
0dkUkRJ+tqAAYBdfpQowDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBF
AiEA6BZHUY9AkKkECmN+MfTJJuSMCS1hazrrmp1MBNvQnsECIAy0CFHd2AH1GUAK
TGiliWKetcZtOh/3ewmwFHbegmjz
-----END CERTIFICATE-----`;

/** Kafka itself, for what no agency of ours would ask of it. */
const raw = ({ brokers, ca, username, password }: KafkaSettings): Admin =>
  new Kafka({
    brokers: [...brokers],
    ssl: { ca },
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  }).admin();

const mayRead = (principal: string, topic: string): AclEntry => ({
  resourceType: AclResourceTypes.TOPIC,
  resourceName: topic,
  resourcePatternType: ResourcePatternTypes.LITERAL,
  principal: `User:${principal}`,
  host: '*',
  operation: AclOperationTypes.READ,
  permissionType: AclPermissionTypes.ALLOW,
});

describeWithKafka('tripoint bus provision', () => {
  const unique = randomBytes(4).toString('hex');
  // One name begins as the other does: a rule by prefix would open the longer one's topics to the shorter.
  const [border, customs] = [`t${unique}`, `t${unique}-customs`];
  let folder: string;
  const opened: KafkaBus[] = [];
  const passwords = new Map<string, string>();

  const provisioning = (...more: readonly string[]) =>
    running('provision', '--out', join(folder, 'out'), ...more);
  const withdrawing = (...more: readonly string[]) => running('withdraw', ...more);
  const running = async (word: string, ...more: readonly string[]) => {
    const said: string[] = [];
    const say = (line: string): void => {
      said.push(line);
    };
    const admin = testKafka();
    await writeFile(join(folder, 'ca.pem'), admin.ca);
    await writeFile(join(folder, 'admin-password'), `${admin.password}\n`, { mode: 0o600 });
    const exit = await runCommand(
      dispatch('tripoint', 'for a test', { bus: command }),
      [
        ...['bus', word, '--brokers', admin.brokers.join(','), '--admin', admin.username],
        ...['--ca', join(folder, 'ca.pem')],
        ...['--admin-password-file', join(folder, 'admin-password')],
        ...more,
      ],
      {
        out: say,
        err: say,
        environment: {},
        now: () => '2026-11-25T12:00:00.000Z' as Instant,
        fetch,
      },
    );
    return { exit, said: said.join('\n') };
  };
  const settingsOf = (principal: string): KafkaSettings => ({
    ...testKafka(),
    username: principal,
    password: passwords.get(principal)!,
  });
  const as = (principal: string, change: Partial<KafkaSettings> = {}): KafkaBus => {
    const bus = new KafkaBus({ ...settingsOf(principal), ...change });
    opened.push(bus);
    return bus;
  };
  /** What a consumer gets first; it rejects as the consumer does. */
  const first = async (by: KafkaBus, topic: string): Promise<string> => {
    const stop = new AbortController();
    let words = '';
    await by.consume(
      topic,
      'test',
      ([one]) => {
        words = new TextDecoder().decode(one!.value);
        stop.abort();
        return Promise.resolve();
      },
      stop.signal,
    );
    return words;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tripoint-bus-'));
    const { exit, said } = await provisioning('--agency', border, '--agency', customs);
    expect({ exit, said }).toMatchObject({ exit: 0 });
    for (const file of await readdir(join(folder, 'out')))
      passwords.set(
        file.replace(/\.password$/, ''),
        (await readFile(join(folder, 'out', file), 'utf8')).trim(),
      );
  });
  afterAll(async () => {
    for (const bus of opened) await bus.close();
    await rm(folder, { recursive: true });
  });

  it('lets an agency speak to the hub and the hub to the agency', async () => {
    await as(`agency.${border}`).publish(`submissions.${border}`, [message]);
    expect(await first(as('hub'), `submissions.${border}`)).toBe(CANARY);
    await as('hub').publish(`mailbox.${border}`, [message]);
    expect(await first(as(`agency.${border}`), `mailbox.${border}`)).toBe(CANARY);
  });

  it.each([
    ['another’s submissions', () => `agency.${border}`, () => `submissions.${customs}`],
    ['another’s mailbox', () => `agency.${border}`, () => `mailbox.${customs}`],
    ['its own mailbox, as if it were the hub', () => `agency.${border}`, () => `mailbox.${border}`],
    ['a topic of the brokers’ own', () => `agency.${border}`, () => '__consumer_offsets'],
    ['an agency’s submissions, as if it were that one', () => 'hub', () => `submissions.${border}`],
  ])('does not let a principal write %s', async (_topic, principal, topic) => {
    const refused = as(principal()).publish(topic(), [message]);
    await expect(refused).rejects.toMatchObject({ code: 'bus-denied', retriable: false });
  });

  it.each([
    ['another’s mailbox', () => `agency.${border}`, () => `mailbox.${customs}`],
    ['another’s submissions', () => `agency.${border}`, () => `submissions.${customs}`],
    ['its own submissions', () => `agency.${border}`, () => `submissions.${border}`],
    ['an agency’s mailbox', () => 'hub', () => `mailbox.${border}`],
    ['the positions of every group', () => 'hub', () => '__consumer_offsets'],
  ])('does not let a principal read %s', async (_topic, principal, topic) => {
    await expect(first(as(principal()), topic())).rejects.toMatchObject({
      code: expect.stringMatching(/^bus-(denied|group-unserved)$/),
    });
  });

  it('does not let an agency move another’s position, or even see it', async () => {
    const admin = raw(settingsOf(`agency.${border}`));
    await admin.connect();
    try {
      await expect(admin.listTopics()).resolves.toHaveLength(2);
      const own = { groupId: `mailbox.${border}.projector`, topics: [`mailbox.${border}`] };
      await expect(admin.fetchOffsets(own)).resolves.toHaveLength(1);
      // The driver keeps to itself that it is for want of a right; the group above shows that it is for nothing else.
      const others = { groupId: `mailbox.${customs}.projector`, topics: [`mailbox.${customs}`] };
      await expect(admin.fetchOffsets(others)).rejects.toThrow('Failed to find group coordinator');
      await expect(
        admin.setOffsets({
          groupId: others.groupId,
          topic: `mailbox.${customs}`,
          partitions: [{ partition: 0, offset: '0' }],
        }),
      ).rejects.toThrow(/Failed to find group coordinator|authorized/i);
    } finally {
      await admin.disconnect();
    }
  });

  it.each([() => `agency.${border}`, () => 'hub'])(
    'does not let a principal give itself more',
    async (principal) => {
      const agencies = [{ id: customs as AgencyId, password: 'a-password-of-my-own' }];
      const hub = { password: 'a-password-of-my-own' };
      await expect(provisionBus(settingsOf(principal()), { hub, agencies })).rejects.toMatchObject({
        code: 'bus-denied',
      });
    },
  );

  it('lets in nobody with a wrong password, and says no password', async () => {
    const { password } = settingsOf(`agency.${customs}`);
    const guess = as(`agency.${border}`, { password });
    const refused = await guess
      .publish(`submissions.${border}`, [message])
      .catch((e: unknown) => e);
    expect(refused).toMatchObject({ code: 'bus-denied', retriable: false });
    expect(refused).toBeInstanceOf(HubError);
    const shown = inspect(refused, { depth: 20, showHidden: true });
    expect(shown).not.toContain(password);
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toMatch(/kafkajs(?!\/src)/i);
  });

  it('speaks to no broker for which its own authorities do not vouch', async () => {
    const refused = as(`agency.${border}`, { ca: STRANGER }).publish(`submissions.${border}`, [
      message,
    ]);
    await expect(refused).rejects.toMatchObject({ code: 'bus-untrusted', retriable: false });
  });

  it('keeps messages for 22 hours by the broker’s clock, in segments of one', async () => {
    const admin = raw(testKafka());
    await admin.connect();
    const names = [`submissions.${border}`, `mailbox.${customs}`];
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
    });
    const { topics } = await admin.fetchTopicMetadata({ topics: names });
    await admin.disconnect();
    for (const { configEntries } of resources)
      expect(
        Object.fromEntries(
          configEntries.map(({ configName, configValue }) => [configName, configValue]),
        ),
      ).toMatchObject({
        'cleanup.policy': 'delete',
        'retention.ms': String(22 * 3600 * 1000),
        'segment.ms': String(3600 * 1000),
        'message.timestamp.type': 'LogAppendTime',
        'unclean.leader.election.enable': 'false',
      });
    expect(topics.map(({ partitions }) => partitions.length)).toEqual([1, 1]);
  });

  it('may be repeated, keeps passwords for itself, and shows none', async () => {
    const { exit, said } = await provisioning('--agency', border);
    expect(exit).toBe(0);
    for (const password of passwords.values()) expect(said).not.toContain(password);
    for (const [principal, password] of passwords) {
      const path = join(folder, 'out', `${principal}.password`);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect((await readFile(path, 'utf8')).trim()).toBe(password);
    }
    // The agency that was not named is served as before.
    await as(`agency.${customs}`).publish(`submissions.${customs}`, [message]);
    expect(await first(as('hub'), `submissions.${customs}`)).toBe(CANARY);
  });

  it('takes from a principal what it should not have', async () => {
    const admin = raw(testKafka());
    await admin.connect();
    const acl = mayRead(`agency.${border}`, `mailbox.${customs}`);
    await admin.createAcls({ acl: [acl] });
    expect((await provisioning('--agency', border)).exit).toBe(0);
    const { resources } = await admin.describeAcls(acl);
    await admin.disconnect();
    expect(resources).toEqual([]);
  });

  it('refuses where somebody else’s rule opens a topic', async () => {
    const admin = raw(testKafka());
    await admin.connect();
    const acl = mayRead('curious', `mailbox.${customs}`);
    await admin.createAcls({ acl: [acl] });
    try {
      expect(await provisioning('--agency', customs)).toEqual({
        exit: 1,
        said: `tripoint: bus-unguarded: a rule of \`User:curious\` opens \`mailbox.${customs}\`: take it away first`,
      });
    } finally {
      await admin.deleteAcls({ filters: [acl] });
      await admin.disconnect();
    }
  });

  it('takes from an agency what it was given, and from nobody else', async () => {
    const connected = as(`agency.${border}`);
    await connected.publish(`submissions.${border}`, [message]);
    for (const time of ['once', 'once more'])
      expect({ time, ...(await withdrawing('--agency', border)) }).toMatchObject({ time, exit: 0 });
    // Whoever was in is still in, and whoever knows the password does not come in again.
    await expect(
      eventuallyRefused(() => connected.publish(`submissions.${border}`, [message])),
    ).resolves.toMatchObject({ code: 'bus-denied', retriable: false });
    for (const refused of [
      as(`agency.${border}`).publish(`submissions.${border}`, [message]),
      as(`agency.${border}`).check(),
    ])
      await expect(refused).rejects.toMatchObject({ code: 'bus-denied', retriable: false });
    const admin = raw(testKafka());
    await admin.connect();
    const left = await admin.describeAcls({
      principal: `User:agency.${border}`,
      resourceType: AclResourceTypes.ANY,
      resourcePatternType: ResourcePatternTypes.ANY,
      operation: AclOperationTypes.ANY,
      permissionType: AclPermissionTypes.ANY,
    });
    await admin.disconnect();
    expect(left.resources).toEqual([]);
    // The hub still takes what was submitted, and the other one, whose name begins alike, does what it did.
    expect(await first(as('hub'), `submissions.${border}`)).toBe(CANARY);
    await as('hub').publish(`mailbox.${border}`, [message]);
    await as(`agency.${customs}`).publish(`submissions.${customs}`, [message]);
  });

  it('lets in again whom it has withdrawn', async () => {
    expect((await provisioning('--agency', border)).exit).toBe(0);
    await as(`agency.${border}`).publish(`submissions.${border}`, [message]);
  });

  it('deletes topics where that is said, and what the hub could do there', async () => {
    for (const time of ['once', 'once more'])
      expect({
        time,
        ...(await withdrawing('--agency', border, '--delete-topics')),
      }).toMatchObject({ time, exit: 0 });
    const admin = raw(testKafka());
    await admin.connect();
    const names = await admin.listTopics();
    const { resources } = await admin.describeAcls({
      resourceType: AclResourceTypes.TOPIC,
      resourceName: `mailbox.${border}`,
      resourcePatternType: ResourcePatternTypes.ANY,
      operation: AclOperationTypes.ANY,
      permissionType: AclPermissionTypes.ANY,
    });
    await admin.disconnect();
    expect(names.filter((name) => name.endsWith(`.${border}`))).toEqual([]);
    expect(names).toContain(`mailbox.${customs}`);
    expect(resources).toEqual([]);
  });
});

/** What it is refused with, as soon as it is. */
const eventuallyRefused = async (work: () => Promise<void>): Promise<unknown> => {
  for (;;)
    try {
      await work();
    } catch (refused) {
      return refused;
    }
};
