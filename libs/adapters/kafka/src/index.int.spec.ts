import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '..', '..', '..', '..');

it('is loaded by Node itself, which finds fewer names in the driver than a test runner does', async () => {
  const loader = pathToFileURL(join(root, 'scripts', 'typescript.mjs')).href;
  const program =
    "console.log(Object.keys(await import('@tripoint/adapters/kafka')).sort().join())";
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--import', loader, '--input-type=module', '--eval', program],
  ]);
  expect(stdout.trim()).toBe('HUB_PRINCIPAL,KafkaBus,agencyPrincipal,provisionBus,withdrawFromBus');
});
