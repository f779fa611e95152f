// `npm run bench`: what the product costs over the floor that it stands on, both measured in turn on this machine now.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ConnectionSettings, startEmbeddedPostgres } from '@tripoint/adapters/embedded';
import pg from 'pg';
import { type Bench } from './bench.js';
import { machine, type Scale } from './measure.js';
import { envelopeRows } from './rows/envelope.js';
import { ledgerRows } from './rows/ledger.js';
import { merkleRows } from './rows/merkle.js';
import { pipelineRows } from './rows/pipeline.js';
import { projectionRows } from './rows/projection.js';
import { routeRows } from './rows/route.js';
import { searchRows } from './rows/search.js';
import { verificationRows } from './rows/verification.js';
import { ratioOf, reached, type Row, table } from './table.js';

const AREAS: Readonly<Record<string, (bench: Bench) => Promise<readonly Row[]>>> = {
  envelope: ({ scale }) => envelopeRows(scale),
  ledger: ledgerRows,
  projection: projectionRows,
  route: ({ scale }) => routeRows(scale),
  verification: ({ scale }) => verificationRows(scale),
  merkle: ({ scale }) => merkleRows(scale),
  search: searchRows,
  pipeline: pipelineRows,
};

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    share: { type: 'string' },
    only: { type: 'string', default: Object.keys(AREAS).join(',') },
    out: { type: 'string', default: join(import.meta.dirname, 'results') },
  },
});
const scale: Scale = {
  rounds: Number(given.rounds ?? (given.quick ? 3 : 7)),
  share: Number(given.share ?? (given.quick ? 0.1 : 1)),
};
const wanted = given.only.split(',');
const unknown = wanted.filter((area) => !Object.hasOwn(AREAS, area));
if (unknown.length > 0 || !(scale.rounds >= 1) || !(scale.share > 0)) {
  console.error(`areas are ${Object.keys(AREAS).join(', ')}; --rounds and --share are positive`);
  process.exit(64);
}

const version = async (settings: ConnectionSettings): Promise<string> => {
  const client = new pg.Client(settings);
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  await client.end();
  return rows[0]?.server_version ?? 'unknown';
};

const folder = await mkdtemp(join(tmpdir(), 'tripoint-bench-'));
const server = await startEmbeddedPostgres(join(folder, 'postgres'));
const rows: Row[] = [];
const remarks: Record<string, readonly string[]> = {};
try {
  const on = machine(await version(server.superuser));
  console.log(
    `${on.cores} cores (${on.model}), node ${on.node}, PostgreSQL ${on.postgres}, load ${on.load}; ` +
      `${scale.rounds} rounds, counts × ${scale.share}`,
  );
  const remark: Bench['remark'] = (about, lines) => {
    remarks[about] = lines;
  };
  for (const area of wanted) {
    const start = performance.now();
    rows.push(...(await AREAS[area]!({ scale, postgres: server.superuser, folder, remark })));
    console.error(`${area}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  console.log(`\n${table(rows)}`);
  for (const [about, lines] of Object.entries(remarks))
    console.log(`\n${about}\n${lines.map((line) => `  ${line}`).join('\n')}`);

  const at = new Date().toISOString();
  const result = join(given.out, `${at.slice(0, 19).replaceAll(':', '')}Z.json`);
  await mkdir(given.out, { recursive: true });
  await writeFile(
    result,
    `${JSON.stringify(
      {
        at,
        machine: on,
        scale,
        rows: rows.map((row) => ({ ...row, ratio: ratioOf(row), reached: reached(row) ?? null })),
        remarks,
      },
      undefined,
      2,
    )}\n`,
  );
  console.log(`\nwritten to ${result}`);
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
