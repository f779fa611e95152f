import { describe, expect, it } from '@jest/globals';
import { LittleFederation, LittleLog } from './testing/index.js';

describe('a mailbox', () => {
  it('is everybody’s but the hub’s; oversight has one, because it gives orders', async () => {
    const federation = await LittleFederation.found();
    const log = await LittleLog.begin(federation);
    await log.play();
    expect(log.state.mailboxes.heads().map(({ agency }) => agency)).toEqual([
      'bg-gdbop',
      'gr-police',
      'oversight',
      'tr-customs',
    ]);
  });
});
