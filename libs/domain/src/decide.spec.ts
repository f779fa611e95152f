import { describe, it } from '@jest/globals';
import { COMMAND_TYPES, type Command } from './decide.js';
import { context, exchangeId, given, itemId, NOON, oversight } from './testing/index.js';

describe('oversight', () => {
  const orders = ['ImposeErasure', 'ImposeDisclosure', 'ReviewDisclosure', 'PublishReadRoot'];
  it.each(COMMAND_TYPES.filter((type) => !orders.includes(type)))('does not %s', (type) => {
    const by = { agency: oversight };
    const command = { type, item: itemId(1), exchange: exchangeId(1), by, at: NOON, data: {} };
    given()
      .when(command as unknown as Command, context())
      .refused('oversight-gives-orders-alone');
  });
});
