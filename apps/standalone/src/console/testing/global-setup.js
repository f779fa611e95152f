// The console as it is delivered, and a browser to look at it with. Jest imports this file untransformed.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { prepare } from '../../../../../scripts/prepare.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable'];

const found = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });

export default async () => {
  await prepare({ withConsole: true });
  const chromium = found();
  if (chromium === undefined)
    process.stderr.write('\n*** no Chromium on PATH. WHAT LOOKS AT THE CONSOLE IS SKIPPED ***\n\n');
  process.env.TRIPOINT_TEST_CHROMIUM = chromium ?? '';
};
