import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '@tripoint/envelope';
import { DemoError } from './demo-error.js';

/** Where one door is, and who may come in. */
export type DemoDoor = {
  readonly id: string;
  readonly url: string;
  readonly officers: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly password: string;
  }[];
};

/** What a running standalone hub leaves in its data folder for the demo, readable by its owner alone. */
export type DemoFile = {
  readonly hub: string;
  readonly oversight: DemoDoor;
  /** Where oversight gives its orders; the same officers. */
  readonly orders: DemoDoor;
  readonly auditorToken: string;
  readonly agencies: readonly DemoDoor[];
  /** The superuser of the embedded server, with which every database is searched at the end. */
  readonly postgres: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
};

/**
 * Reads what the standalone hub over `data` says of itself.
 * @throws {DemoError} `not-running` when there is no such file, `demo-file-unusable` when it is not of its form
 */
export const readDemoFile = async (data: string): Promise<DemoFile> => {
  const path = join(data, 'demo.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new DemoError(
      'not-running',
      `\`${path}\` cannot be read; start the hub with \`npm start\` first, or name its folder with --data`,
      { cause },
    );
  }
  try {
    return demoFile(JSON.parse(text) as Json);
  } catch (cause) {
    if (cause instanceof DemoError) throw cause;
    throw unusable('it is not JSON', cause);
  }
};

const unusable = (why: string, cause?: unknown): DemoError =>
  new DemoError('demo-file-unusable', `demo.json: ${why}`, cause === undefined ? {} : { cause });

const object = (value: unknown, name: string): JsonObject => {
  if (!isJsonObject(value as Json)) throw unusable(`\`${name}\` is no object`);
  return value as JsonObject;
};

const text = (from: JsonObject, name: string): string => {
  const value = from[name];
  if (typeof value !== 'string') throw unusable(`\`${name}\` is no text`);
  return value;
};

const list = (from: JsonObject, name: string): readonly unknown[] => {
  const value = from[name];
  if (!Array.isArray(value)) throw unusable(`\`${name}\` is no list`);
  return value;
};

const door = (value: unknown): DemoDoor => {
  const from = object(value, 'agency');
  return {
    id: text(from, 'id'),
    url: text(from, 'url'),
    officers: list(from, 'officers').map((one) => {
      const officer = object(one, 'officer');
      return {
        id: text(officer, 'id'),
        name: text(officer, 'name'),
        role: text(officer, 'role'),
        password: text(officer, 'password'),
      };
    }),
  };
};

/** Checks the value of a demo file. */
export const demoFile = (value: Json): DemoFile => {
  const from = object(value, 'demo.json');
  const postgres = object(from['postgres'], 'postgres');
  const port = postgres['port'];
  if (typeof port !== 'number') throw unusable('`postgres.port` is no number');
  const agencies = list(from, 'agencies').map(door);
  const oversight = agencies.find(({ id }) => id === 'oversight');
  if (oversight === undefined) throw unusable('`agencies` has no `oversight`');
  return {
    hub: text(from, 'hub'),
    oversight: { ...oversight, url: text(from, 'oversight') },
    orders: { ...oversight, url: text(from, 'orders') },
    auditorToken: text(from, 'auditorToken'),
    agencies: agencies.filter(({ id }) => id !== 'oversight'),
    postgres: {
      host: text(postgres, 'host'),
      port,
      user: text(postgres, 'user'),
      password: text(postgres, 'password'),
      database: text(postgres, 'database'),
    },
  };
};
