import { ensureDatabase } from '@tripoint/adapters/embedded';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { type Instant, isRefusal, type OfficerId } from '@tripoint/kernel';
import { latinName } from '@tripoint/read-model';
import pg from 'pg';
import { type Bench } from '../bench.js';
import { median, scaled } from '../measure.js';
import { Seeded } from '../seeded.js';
import { type Row } from '../table.js';
import { batches, Mailbox } from './deliveries.js';

const PERSONS_IN_A_REQUEST = 50;
const PAGE = 20;

/** The name with one letter of its last word dropped, changed, added, or swapped with the next. */
const misspelt = (name: string, random: Seeded): string => {
  const words = name.split(' ');
  const letters = Array.from(words.pop() ?? '');
  const at = 1 + random.below(letters.length - 1);
  const other = random.one(Array.from('aeioukmnrst'));
  const wrong = [
    letters.toSpliced(at, 1),
    letters.toSpliced(at, 1, other),
    letters.toSpliced(at, 0, other),
    letters.toSpliced(at - 1, 2, letters[at]!, letters[at - 1]!),
  ];
  return [...words, random.one(wrong).join('')].join(' ');
};

/** Names one letter wrong among as many persons as a large agency knows, by the product's index and by pg_trgm. */
export const searchRows = async ({ scale, postgres, remark }: Bench): Promise<readonly Row[]> => {
  const settings = await ensureDatabase(postgres, 'bench-search');
  const database = new AgencyDatabase(settings);
  await database.migrate();
  const superuser = new pg.Client({ ...postgres, database: settings.database });
  await superuser.connect();
  const client = new pg.Client(settings);
  await client.connect();
  try {
    await superuser.query('create extension if not exists pg_trgm');
    const count = scaled(scale, 100_000);
    const names = await filled(database, count);
    await client.query('create table trigrams (name text not null, latin text not null)');
    for (const batch of batches(names, 5000))
      await client.query('insert into trigrams select * from unnest($1::text[], $2::text[])', [
        batch,
        batch.map(latinName),
      ]);
    await client.query('create index on trigrams using gin (latin gin_trgm_ops)');
    await client.query('vacuum analyze trigrams');
    await client.query('vacuum analyze entities');

    const random = new Seeded('queries');
    const queries = Array.from({ length: scaled(scale, 300) }, () => {
      const wanted = random.one(names);
      return { wanted, text: misspelt(latinName(wanted), random) };
    });
    const product = { took: [] as number[], found: 0 };
    const trigrams = { took: [] as number[], found: 0 };
    const access = {
      officer: 'e.georgiou' as OfficerId,
      purpose: 'PREVENTION',
      fields: ['names'],
      at: new Date().toISOString() as Instant,
    };
    // One release for all: what is compared is looking for a name, not the durable note that somebody looked.
    await database.reads.release(access, async (content) => {
      for (const [at, { wanted, text }] of queries.entries()) {
        const byProduct = async (): Promise<void> => {
          const start = performance.now();
          const { rows } = await content.search({ text, as: 'name' }, { limit: PAGE });
          product.took.push(performance.now() - start);
          if (rows.some(({ matched }) => matched === wanted)) product.found += 1;
        };
        const byTrigrams = async (): Promise<void> => {
          const start = performance.now();
          const { rows } = await client.query<{ name: string }>({
            name: 'trigrams',
            text: 'select name from trigrams where latin % $1 order by similarity(latin, $1) desc limit $2',
            values: [text, PAGE],
          });
          trigrams.took.push(performance.now() - start);
          if (rows.some(({ name }) => name === wanted)) trigrams.found += 1;
        };
        for (const look of at % 2 === 0 ? [byProduct, byTrigrams] : [byTrigrams, byProduct])
          await look();
      }
    });
    const recall = product.found / queries.length;
    remark('search', [
      `${count} persons, ${queries.length} names one letter wrong; the wanted one was on the first page of ${PAGE} in ` +
        `${(recall * 100).toFixed(1)} % of the searches, with trigrams in ${((trigrams.found / queries.length) * 100).toFixed(1)} %`,
    ]);
    return [
      {
        area: 'search',
        what: `a name one letter wrong in ${count}, searches`,
        product: 1000 / median(product.took),
        floor: { what: 'pg_trgm', value: 1000 / median(trigrams.took) },
        unit: '/s',
        aim: { atLeast: 20 },
      },
      { area: 'search', what: 'recall', product: recall, unit: '', aim: { atLeast: 0.99 } },
    ];
  } finally {
    await client.end();
    await superuser.end();
    await database.close();
  }
};

/** Puts persons into the views the way they come: by deliveries. Answers their names. */
const filled = async ({ journal }: AgencyDatabase, count: number): Promise<readonly string[]> => {
  const mailbox = new Mailbox('search');
  const requests = Array.from({ length: Math.ceil(count / PERSONS_IN_A_REQUEST) });
  const names: string[] = [];
  for (const batch of batches(requests, 40)) {
    const made = batch.map(() => mailbox.naming(PERSONS_IN_A_REQUEST));
    const deliveries = made.map(({ delivery }) => delivery);
    const outcome = await journal.append(deliveries);
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    names.push(...made.flatMap((each) => each.names));
  }
  return names;
};
