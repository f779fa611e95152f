// `npm run bench`: what the product costs over the floor that it stands on, both measured in turn on this machine now.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ConnectionSettings, startEmbeddedPostgres } from '@tripoint/adapters/embedded';
import { type AgencyId } from '@tripoint/kernel';
import pg from 'pg';
import { type Bench, type KafkaBench } from './bench.js';
import { Broker } from './broker.js';
import { machine, type Scale } from './measure.js';
import { AUTHOR, READER } from './officers.js';
import { backlogRows } from './rows/backlog.js';
import { envelopeRows } from './rows/envelope.js';
import { kafkaRows } from './rows/kafka.js';
import { ledgerRows } from './rows/ledger.js';
import { merkleRows } from './rows/merkle.js';
import { pipelineRows } from './rows/pipeline.js';
import { projectionRows } from './rows/projection.js';
import { registrarsRows } from './rows/registrars.js';
import { routeRows } from './rows/route.js';
import { searchRows } from './rows/search.js';
import { verificationRows } from './rows/verification.js';
import { Separate } from './separate.js';
import { ratioOf, reached, type Row, table } from './table.js';

type Areas<B> = Readonly<Record<string, (bench: B) => Promise<readonly Row[]>>>;
const EMBEDDED: Areas<Bench> = {
  envelope: ({ scale }) => envelopeRows(scale),
  ledger: ledgerRows,
  projection: projectionRows,
  route: ({ scale }) => routeRows(scale),
  verification: ({ scale }) => verificationRows(scale),
  merkle: ({ scale }) => merkleRows(scale),
  search: searchRows,
  pipeline: pipelineRows,
};
const ON_KAFKA: Areas<KafkaBench> = {
  kafka: kafkaRows,
  registrars: registrarsRows,
  backlog: backlogRows,
};
const AREAS = { embedded: Object.keys(EMBEDDED), kafka: Object.keys(ON_KAFKA) };

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    share: { type: 'string' },
    engines: { type: 'string', default: 'embedded' },
    only: { type: 'string' },
    backlog: { type: 'string', default: '' },
    out: { type: 'string', default: join(import.meta.dirname, 'results') },
  },
});
const scale: Scale = {
  rounds: Number(given.rounds ?? (given.quick ? 3 : 7)),
  share: Number(given.share ?? (given.quick ? 0.1 : 1)),
};
const backlogs = given.backlog.split(',').filter(Boolean).map(Number);
const engine = given.engines === 'kafka' ? 'kafka' : 'embedded';
const wanted = given.only?.split(',') ?? AREAS[engine];
if (
  given.engines !== engine ||
  wanted.some((area) => !AREAS[engine].includes(area)) ||
  !(scale.rounds >= 1) ||
  !(scale.share > 0) ||
  !backlogs.every((count) => count >= 1)
) {
  console.error(
    `areas are ${AREAS.embedded.join(', ')}; with --engines kafka they are ${AREAS.kafka.join(', ')}; ` +
      '--rounds, --share and what --backlog lists are positive',
  );
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

const measure = async <B>(areas: Areas<B>, bench: B): Promise<void> => {
  for (const area of wanted) {
    const start = performance.now();
    rows.push(...(await areas[area]!(bench)));
    console.error(`${area}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
};

/** Founds a federation on a broker, for as long as it is measured. */
const measureOnKafka = async (bench: Bench): Promise<void> => {
  const broker = await Broker.open();
  if (typeof broker === 'string') {
    console.log(`no rows: ${broker}`);
    return;
  }
  console.log(`Kafka ${broker.version}`);
  const { postgres } = bench;
  const ground = { postgres, kafka: broker.settings, folder: join(bench.folder, 'separate') };
  const spoken = [AUTHOR.agency, READER.agency] as readonly string[] as readonly AgencyId[];
  try {
    const federation = await Separate.found(ground, spoken);
    try {
      await measure(ON_KAFKA, { ...bench, broker, federation, backlogs });
    } finally {
      await federation.close();
    }
  } finally {
    await broker.close();
  }
};

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
  const bench: Bench = { scale, postgres: server.superuser, folder, remark };
  await (engine === 'kafka' ? measureOnKafka(bench) : measure(EMBEDDED, bench));
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
        engine,
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
