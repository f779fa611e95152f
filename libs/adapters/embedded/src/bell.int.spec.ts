import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Bell } from './bell.js';
import { freshDatabase, type FreshDatabase } from './testing/index.js';

describe('a bell', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase('bell');
  });

  afterAll(() => database.drop());

  it('can be closed while it is still connecting', async () => {
    const bell = new Bell(database.config, 'spec');
    bell.ring(new Set(['a']));
    await expect(bell.close()).resolves.toBeUndefined();
  });
});
