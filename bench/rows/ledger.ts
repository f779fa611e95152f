import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDatabase, PostgresLedger } from '@tripoint/adapters/embedded';
import pg from 'pg';
import { type Bench } from '../bench.js';
import { race, scaled } from '../measure.js';
import { Seeded } from '../seeded.js';
import { type Row } from '../table.js';

const WRITERS = 32;
/** Bytes of an entry: a header with two compartments of small content. */
const ENTRY = 2500;

const everyWriter = async (
  each: number,
  write: (writer: number, at: number) => Promise<void>,
): Promise<number> => {
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let at = 0; at < each; at += 1) await write(writer, at);
    }),
  );
  return WRITERS * each;
};

/** Appends to a file and forces it to the disk, for all who wait at once: what no database can be faster than. */
class SyncedFile {
  #waiting: (() => void)[] = [];
  #bytes: Uint8Array[] = [];
  #writing = false;

  constructor(private readonly file: Awaited<ReturnType<typeof open>>) {}

  append(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#bytes.push(bytes);
      this.#waiting.push(resolve);
      if (!this.#writing) this.#write().catch(reject);
    });
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const [bytes, waiting] = [this.#bytes, this.#waiting];
      this.#bytes = [];
      this.#waiting = [];
      await this.file.write(Buffer.concat(bytes));
      await this.file.datasync();
      for (const resolve of waiting) resolve();
    }
    this.#writing = false;
  }
}

/** Appends by 32 writers, each to a chain of its own, every one durable before it is answered. */
export const ledgerRows = async ({ scale, postgres, folder }: Bench): Promise<readonly Row[]> => {
  const settings = await ensureDatabase(postgres, 'bench-ledger');
  const ledger = new PostgresLedger(settings);
  await ledger.install();
  const clients = await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const client = new pg.Client(settings);
      await client.connect();
      return client;
    }),
  );
  await clients[0]!.query(
    `create table one_by_one (
       position bigint generated always as identity primary key, stream text collate "C" not null,
       revision bigint not null, bytes bytea storage external not null, unique (stream, revision)
     ) with (toast_tuple_target = 8160)`,
  );
  const file = await open(join(folder, 'synced'), 'a');
  const synced = new SyncedFile(file);
  const entry = new Seeded('ledger').bytes(ENTRY);
  const heads = new Map<string, bigint>();
  const next = (stream: string): bigint => {
    const head = (heads.get(stream) ?? -1n) + 1n;
    heads.set(stream, head);
    return head;
  };
  const each = scaled(scale, 120);
  try {
    const took = await race(scale.rounds, {
      group: () =>
        everyWriter(each, async (writer) => {
          const stream = `chain-agency-${writer}`;
          await ledger.append(stream, next(stream) - 1n, [entry]);
        }),
      single: () =>
        everyWriter(each, async (writer) => {
          const stream = `single-${writer}`;
          await clients[writer]!.query({
            name: 'insert',
            text: 'insert into one_by_one (stream, revision, bytes) values ($1, $2, $3)',
            values: [stream, next(stream).toString(), Buffer.from(entry)],
          });
        }),
      file: () => everyWriter(each, () => synced.append(entry)),
    });
    const product = 1000 / took.group;
    return [
      {
        area: 'ledger',
        what: `append, ${WRITERS} writers`,
        product,
        floor: { what: 'one insert a transaction', value: 1000 / took.single },
        unit: '/s',
        aim: { atLeast: 3 },
      },
      {
        area: 'ledger',
        what: `append, ${WRITERS} writers`,
        product,
        floor: { what: 'file and fdatasync', value: 1000 / took.file },
        unit: '/s',
      },
    ];
  } finally {
    await file.close();
    await Promise.all(clients.map((client) => client.end()));
    await ledger.close();
  }
};
