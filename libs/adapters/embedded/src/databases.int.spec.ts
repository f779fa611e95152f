import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { type ConnectionSettings } from './connection-settings.js';
import { ensureDatabase } from './databases.js';
import { freshDatabase, testSuperuser, type FreshDatabase } from './testing/index.js';

const asking = async (settings: ConnectionSettings, statement: string): Promise<unknown> => {
  const client = new Client({ ...settings });
  try {
    await client.connect();
    return (await client.query<{ answer: unknown }>(statement)).rows[0]?.answer;
  } finally {
    await client.end();
  }
};

describe('a database of its own', () => {
  let own: FreshDatabase;
  let other: FreshDatabase;

  beforeAll(async () => {
    own = await freshDatabase('own');
    other = await freshDatabase('other');
  });
  afterAll(async () => {
    await own.drop();
    await other.drop();
  });

  it('lets its role in', async () => {
    await expect(asking(own.config, 'SELECT current_user AS answer')).resolves.toBe(
      own.config.user,
    );
  });

  it.each([
    ['the database of another role', (): string => other.config.database],
    ['the maintenance database', (): string => 'postgres'],
    ['the template', (): string => 'template1'],
  ])('keeps its role out of %s', async (_what, database) => {
    const elsewhere = { ...own.config, database: database() };
    await expect(asking(elsewhere, 'SELECT 1 AS answer')).rejects.toMatchObject({ code: '42501' });
  });

  it.each(['CREATE ROLE intruder', 'CREATE DATABASE intruder', 'SET ROLE postgres'])(
    'does not let its role %s',
    async (statement) => {
      await expect(asking(own.config, statement)).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('keeps what is there when it is ensured again, and takes the new password', async () => {
    await asking(own.config, 'CREATE TABLE kept AS SELECT 1 AS answer');
    const again = await ensureDatabase(testSuperuser(), own.config.database);
    await expect(asking(again, 'SELECT answer FROM kept')).resolves.toBe(1);
    await expect(asking(own.config, 'SELECT 1 AS answer')).rejects.toMatchObject({ code: '28P01' });
  });

  it('is made once by many at once', async () => {
    const name = `${own.config.database}-many`;
    const made = await Promise.all(
      Array.from({ length: 8 }, () => ensureDatabase(testSuperuser(), name, 'the same')),
    );
    await expect(asking(made[0]!, 'SELECT 1 AS answer')).resolves.toBe(1);
    await asking(testSuperuser(), `DROP DATABASE "${name}"`);
    await asking(testSuperuser(), `DROP ROLE "${name}"`);
  });
});
