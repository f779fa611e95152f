// `node scripts/again.mjs <outcome>`: runs what failed of a whole run once more, alone on the machine. Thousands of tests of processes,
// servers and clocks on two busy cores fail by chance where one in ten thousand does; such a test is named in the last lines, to be
// mended, and keeps nobody's work out. What fails twice fails. No unit test and no more than two suites are run again: there it is no chance.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { environment, foreground, leaveWith, node, root, Stop } from './prepare.mjs';
import { totalsLine } from './totals-reporter.mjs';

const AT_MOST = 2;

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

await leaveWith(async () => {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Stop('which outcome?', 64);
  const first = read(file);
  const { suites } = first;
  const byChance =
    suites.length > 0 &&
    suites.length <= AT_MOST &&
    suites.every(({ project, failed }) => project !== 'unit' && failed.length > 0);
  if (!byChance) return 1;
  const status = await foreground(
    node(),
    [
      join(root, 'scripts', 'run.mjs'),
      'jest',
      '--maxWorkers=1',
      '--runTestsByPath',
      ...suites.map(({ path }) => path),
    ],
    { env: environment({ TRIPOINT_OUTCOME: file }) },
  );
  const second = read(file);
  const sum = (of) => of.reduce((all, one) => all + one, 0);
  for (const { path, failed } of suites)
    for (const name of failed)
      process.stderr.write(`failed, and was run again: ${relative(root, path)}: ${name}\n`);
  process.stdout.write(
    `${totalsLine({
      passed: first.passed + second.passed - sum(suites.map(({ passed }) => passed)),
      failed: second.failed,
      skipped: first.skipped,
    })}\n`,
  );
  return status;
});
