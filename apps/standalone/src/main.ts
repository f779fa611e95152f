import { HubError } from '@tripoint/kernel';
import { onStopSignal } from '@tripoint/platform';
import { DEMO_FEDERATION, SECURITY } from './demo/federation.js';
import { passwordKey } from './demo/accounts.js';
import { startStandalone, type Standalone, type Step } from './standalone.js';
import { notGoneOnWith, startFault } from './start-fault.js';
import { type StartOptions, startOptions, USAGE } from './start-options.js';

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const step: Step = async (what, work) => {
  const began = performance.now();
  process.stdout.write(`  ${what} … `);
  const result = await work();
  process.stdout.write(`${seconds(began)}\n`);
  return result;
};

/** Where to look, and who can sign in with what. */
const welcome = (
  { hub, oversight, orders, agencies, passwords }: Standalone,
  { data }: Pick<StartOptions, 'data'>,
): string => {
  const lines = [
    '',
    `  hub        ${hub.url}  (checkpoint, tiles, /docs)`,
    `  oversight  ${oversight.url}  (/docs; orders are given at ${orders.url}/docs)`,
    '  Each agency’s address opens its console in a browser; its OpenAPI is at /docs there.',
    '',
  ];
  for (const { id, officers } of DEMO_FEDERATION.agencies) {
    const door = [...agencies, oversight].find((one) => one.id === id);
    if (door === undefined) continue;
    const password = (officer: string): string => passwords[passwordKey(id, officer)] ?? '';
    // One line for the agency and whoever keeps its accounts, then one for each of those who work on cases.
    const security = officers.filter(({ role }) => role === SECURITY);
    lines.push(
      `  ${id.padEnd(18)} ${door === oversight ? `${door.url}/docs` : door.url}${security.map((one) => `  accounts: ${one.id} ${password(one.id)}`).join('')}`,
    );
    for (const officer of officers.filter((one) => !security.includes(one)))
      lines.push(
        `    ${officer.id.padEnd(14)} ${password(officer.id).padEnd(20)} ${officer.role.toLowerCase().replaceAll('_', ' ')}, ${officer.name}`,
      );
  }
  lines.push(
    '',
    '  npm run demo   plays the urgent plate check against this hub',
    '  npm run tripoint -- verify \\',
    `    --log ${hub.url} --token-file ${data}/auditor-token --anchor ${data}/federation/anchor.json \\`,
    `    --policy ${data}/federation/trust-policy`,
    '                 recomputes its record from outside',
    '  Ctrl-C stops it; everything is kept',
    '',
  );
  return lines.join('\n');
};

const run = async (): Promise<void> => {
  const options = startOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const began = performance.now();
  console.log(`Tripoint, data in ${options.data}`);
  const started = startStandalone(options, step);
  const stopping = new AbortController();
  // A signal that comes while things are still starting waits for them, then stops them.
  onStopSignal(async () => {
    stopping.abort();
    process.stdout.write('\n  stopping … ');
    const since = performance.now();
    const running = await started.catch(() => undefined);
    await running?.stop();
    console.log(seconds(since));
  });
  const running = await started;
  console.log(welcome(running, options));
  console.log(
    running.missing.length === 0
      ? `  ready after ${seconds(began)}`
      : `  started after ${seconds(began)}; it goes on, and does not work yet: ${running.missing.join(', ')}`,
  );
  const stuck = await Promise.race([running.storeless, running.stuck]);
  if (stopping.signal.aborted) return;
  if (stuck !== undefined) {
    await running.stop();
    throw notGoneOnWith(stuck, options.data);
  }
  throw new HubError(
    'store-gone',
    `the database server has ended and stays away; what it said is in \`${options.data}/postgres/server.log\`. Nothing that was acknowledged is lost: start again`,
    false,
  );
};

run().catch((thrown: unknown) => {
  const fault = startFault(thrown);
  if (!(fault instanceof HubError)) throw fault;
  console.error(`\ntripoint: ${fault.code}: ${fault.message}`);
  process.exit(1);
});
