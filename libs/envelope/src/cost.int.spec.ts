import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { OpenPgpJs, utf8 } from './index.js';
import { cheaply } from './testing/cheaply.js';
import { bomb, deepCbor, deepJson, LARGE, manyWraps } from './testing/bombs.js';
import { type Offer, type Refused } from './testing/refusal-probe.js';

const MEBIBYTES = 64;
const loader = pathToFileURL(join(import.meta.dirname, '../../../scripts/typescript.mjs')).href;
const probe = join(import.meta.dirname, 'testing/refusal-probe.ts');

/** What the refusal of `input` takes in a process that does nothing else. */
const refusedBy = async (offer: Offer, input: Uint8Array): Promise<Refused> => {
  const child = spawn(process.execPath, ['--import', loader, probe, offer], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = once(child, 'exit');
  child.stdin.end(input);
  const said = await text(child.stdout);
  await ended;
  return JSON.parse(said) as Refused;
};

describe('refusing takes less than 64 MiB', () => {
  it.each<[string, string, Offer, () => Uint8Array | Promise<Uint8Array>]>([
    ['JSON nested 100 000 deep', 'json-too-large', 'parse', deepJson],
    ['the same where a large statement is allowed', 'json-too-deep', 'parse-large', deepJson],
    ['CBOR nested 100 000 deep', 'container-malformed', 'admit', deepCbor],
    ['10 000 wraps', 'container-malformed', 'admit', manyWraps],
    ['a submission of 200 MiB', 'too-large', 'admit-zeros', () => utf8(String(LARGE))],
    [
      '200 MiB packed into a body that decrypts',
      'cannot-decrypt',
      'decrypt',
      () => bomb(new Uint8Array(32).fill(7)),
    ],
  ])('for %s', async (_what, refused, offer, input) => {
    const outcome = await refusedBy(offer, await input());
    expect(outcome.refused).toBe(refused);
    expect(outcome.mebibytes).toBeLessThan(MEBIBYTES);
  });
});

describe('refusing is quick', () => {
  it('for 200 MiB packed into a body that decrypts', async () => {
    const openpgp = new OpenPgpJs();
    const sessionKey = new Uint8Array(32).fill(7);
    const body = await bomb(sessionKey);
    expect(await cheaply(() => openpgp.decrypt(sessionKey, body))).toMatchObject({
      refused: 'cannot-decrypt',
    });
  });
});
