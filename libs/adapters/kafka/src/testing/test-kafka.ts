import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe } from '@jest/globals';

import {
  KAFKA_VERSIONS,
  type StackKafka,
  startKafka,
} from '../../../../../scripts/stack/kafka.mjs';
import { stackFolder } from '../../../../../scripts/stack/open-kafka.mjs';
import { type KafkaSettings } from '../kafka-settings.js';

type TestKafka = {
  /** The broker of this test run, or why there is none. */
  readonly shared:
    { readonly connection: KafkaSettings; readonly version: string } | { readonly missing: string };
  /** Why a spec cannot start one of its own, or null when it can. */
  readonly whyNoOwn: string | null;
};

const known = (): TestKafka => {
  const told = process.env['TRIPOINT_TEST_KAFKA'];
  if (told === undefined) throw new Error('no test broker: only *.kafka.spec.ts have one');
  return JSON.parse(told) as TestKafka;
};

/** The administrator of the broker that serves this test run. */
export const testKafka = (): KafkaSettings => {
  const { shared } = known();
  if ('missing' in shared) throw new Error(shared.missing);
  return shared.connection;
};

/** Describes what needs a broker. Where none can be had its tests are counted as skipped, with the reason in their name. */
export const describeWithKafka = (name: string, tests: () => void): void => {
  const { shared } = known();
  if ('missing' in shared) describe.skip(`${name} (${shared.missing})`, tests);
  else describe(`${name}, Kafka ${shared.version}`, tests);
};

/** A broker that a spec may do with as it likes. */
export type OwnKafka = StackKafka & { readonly forget: () => Promise<void> };

/**
 * Describes what needs a broker of its own, one version older than the one that the others share. Where none can be started its
 * tests are counted as skipped, with the reason in their name.
 */
export const describeWithOwnKafka = (name: string, tests: () => void): void => {
  const { whyNoOwn } = known();
  if (whyNoOwn !== null) describe.skip(`${name} (${whyNoOwn})`, tests);
  else describe(`${name}, Kafka ${KAFKA_VERSIONS.previous}`, tests);
};

/**
 * Starts one over a folder of its own. `detour` is a port under which its second door is to be known; `dataIn` is told, before
 * anything is there, where it will keep what it is given.
 */
export const ownKafka = async ({
  detour,
  dataIn = () => Promise.resolve(),
}: {
  readonly detour?: number;
  readonly dataIn?: (folder: string) => Promise<void>;
} = {}): Promise<OwnKafka> => {
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-kafka-'));
  await dataIn(join(folder, 'data'));
  const kafka = await startKafka({
    folder,
    cache: stackFolder,
    version: KAFKA_VERSIONS.previous,
    ...(detour === undefined ? {} : { detour }),
  });
  return {
    ...kafka,
    forget: async () => {
      await kafka.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
