import { pbkdf2, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

import { HubError } from '@tripoint/kernel';

import { type KafkaSettings } from '../kafka-settings.js';

/*
 * kafkajs 2.2.4 cannot make or remove SCRAM users (KIP-554). It can everything around it: connect, sign in, frame a request. So this
 * one request is written here, and carried by the driver's own inside. The version is pinned, and the driver has
 * come to rest; the suite makes users on a real broker, so that a change of either shows.
 */
const API_KEY = 51;
const SCRAM_SHA_512 = 2;
const ITERATIONS = 8192;
const ANSWER_WITHIN = 10_000;
/** What the broker may say to one alteration. */
const DONE = 0;
const CLUSTER_AUTHORIZATION_FAILED = 31;
const RESOURCE_NOT_FOUND = 91;

type Written = {
  writeInt8(value: number): Written;
  writeInt32(value: number): Written;
  writeUVarIntString(value: string): Written;
  writeUVarIntBytes(value?: Buffer): Written;
  writeUVarIntArray(values: readonly Written[]): Written;
};
type Reading = {
  readInt16(): number;
  readInt32(): number;
  readUVarIntString(): string | null;
  readUVarIntArray<T>(read: (reading: Reading) => T): readonly T[] | null;
  readTaggedFields(): unknown;
};
type Request = {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly encode: () => Promise<Written>;
  };
  readonly response: {
    readonly decode: (bytes: Buffer) => Promise<readonly Outcome[]>;
    readonly parse: (outcomes: readonly Outcome[]) => Promise<readonly Outcome[]>;
  };
};
type Cluster = {
  connect(): Promise<void>;
  refreshMetadata(): Promise<void>;
  findControllerBroker(): Promise<{
    readonly connectionPool: { send(request: Request): Promise<readonly Outcome[]> };
  }>;
  disconnect(): Promise<void>;
};
type Inside = {
  readonly Cluster: new (options: Readonly<Record<string, unknown>>) => Cluster;
  readonly Encoder: new () => Written;
  readonly Decoder: new (bytes: Buffer) => Reading;
  readonly socketFactory: () => unknown;
};
type Outcome = { readonly user: string | null; readonly code: number };

const inside = (): Inside => {
  const load = createRequire(import.meta.url);
  return {
    Cluster: load('kafkajs/src/cluster') as Inside['Cluster'],
    Encoder: load('kafkajs/src/protocol/encoder') as Inside['Encoder'],
    Decoder: load('kafkajs/src/protocol/decoder') as Inside['Decoder'],
    socketFactory: load('kafkajs/src/network/socketFactory') as Inside['socketFactory'],
  };
};

type Silent = Readonly<Record<'info' | 'error' | 'warn' | 'debug', () => void>> & {
  readonly namespace: () => Silent;
};
const nothing = (): void => undefined;
const silent: Silent = {
  info: nothing,
  error: nothing,
  warn: nothing,
  debug: nothing,
  namespace: () => silent,
};

/** A user, and the password that it is to have from now on. */
export type ScramUser = { readonly username: string; readonly password: string };

const salted = async ({ username, password }: ScramUser) => {
  const salt = randomBytes(32);
  // The broker is given what it keeps anyway, and never the password.
  return {
    username,
    salt,
    password: await promisify(pbkdf2)(password, salt, ITERATIONS, 64, 'sha512'),
  };
};

/** Makes users where they are missing, and gives those that are there the password named. */
export const ensureScramUsers = async (
  settings: KafkaSettings,
  users: readonly ScramUser[],
): Promise<void> => {
  const upsertions = await Promise.all(users.map(salted));
  const outcomes = await altered(settings, { upsertions, deletions: [] });
  refuseUnless(outcomes, users.length, [DONE]);
};

/** Removes users. Nobody who is not there is a fault; whoever is signed in stays so, until the connection ends. */
export const removeScramUsers = async (
  settings: KafkaSettings,
  usernames: readonly string[],
): Promise<void> => {
  const outcomes = await altered(settings, { upsertions: [], deletions: usernames });
  refuseUnless(outcomes, usernames.length, [DONE, RESOURCE_NOT_FOUND]);
};

const refuseUnless = (
  outcomes: readonly Outcome[],
  count: number,
  accepted: readonly number[],
): void => {
  const refused = outcomes.find(({ code }) => !accepted.includes(code));
  if (refused !== undefined || outcomes.length !== count)
    throw new HubError(
      refused?.code === CLUSTER_AUTHORIZATION_FAILED ? 'bus-denied' : 'bus-user-refused',
      `the broker did not take the user \`${refused?.user ?? ''}\` (${refused?.code ?? 'no answer'})`,
      false,
    );
};

/** What the broker says to each of these alterations. */
const altered = async (
  { brokers, ca, username, password }: KafkaSettings,
  {
    upsertions,
    deletions,
  }: {
    readonly upsertions: readonly Awaited<ReturnType<typeof salted>>[];
    readonly deletions: readonly string[];
  },
): Promise<readonly Outcome[]> => {
  if (upsertions.length + deletions.length === 0) return [];
  const { Cluster, Encoder, Decoder, socketFactory } = inside();
  const request: Request = {
    request: {
      apiKey: API_KEY,
      apiVersion: 0,
      apiName: 'AlterUserScramCredentials',
      encode: () =>
        Promise.resolve(
          new Encoder()
            .writeUVarIntBytes() // tagged fields of the header: none, here and wherever nothing is given below
            .writeUVarIntArray(
              deletions.map((user) =>
                new Encoder().writeUVarIntString(user).writeInt8(SCRAM_SHA_512).writeUVarIntBytes(),
              ),
            )
            .writeUVarIntArray(
              upsertions.map((user) =>
                new Encoder()
                  .writeUVarIntString(user.username)
                  .writeInt8(SCRAM_SHA_512)
                  .writeInt32(ITERATIONS)
                  .writeUVarIntBytes(user.salt)
                  .writeUVarIntBytes(user.password)
                  .writeUVarIntBytes(),
              ),
            )
            .writeUVarIntBytes(),
        ),
    },
    response: {
      decode: (bytes) => {
        const reading = new Decoder(bytes);
        reading.readTaggedFields();
        reading.readInt32();
        const outcomes = reading.readUVarIntArray((each) => {
          const outcome = { user: each.readUVarIntString(), code: each.readInt16() };
          each.readUVarIntString();
          each.readTaggedFields();
          return outcome;
        });
        return Promise.resolve(outcomes ?? []);
      },
      parse: (outcomes) => Promise.resolve(outcomes),
    },
  };
  const cluster = new Cluster({
    logger: silent,
    socketFactory: socketFactory(),
    brokers: [...brokers],
    ssl: { ca, minVersion: 'TLSv1.2' },
    sasl: { mechanism: 'scram-sha-512', username, password },
    clientId: 'tripoint',
    connectionTimeout: ANSWER_WITHIN,
    authenticationTimeout: ANSWER_WITHIN,
    requestTimeout: ANSWER_WITHIN,
    enforceRequestTimeout: true,
    metadataMaxAge: 300_000,
    allowAutoTopicCreation: false,
    retry: { retries: 3 },
  });
  try {
    await cluster.connect();
    await cluster.refreshMetadata();
    const controller = await cluster.findControllerBroker();
    return await controller.connectionPool.send(request);
  } finally {
    await cluster.disconnect();
  }
};
