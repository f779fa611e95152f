import { type KafkaBench } from '../bench.js';
import { type Shares } from '../child.js';
import { AUTHORS, Drain } from '../drain.js';
import { type NodeAsked, type Usage } from '../node.js';
import { scaled } from '../measure.js';
import { Sealers } from '../sealers.js';
import { type Row } from '../table.js';

const AREA = 'backlog';
/** Of the whole: until then caches fill and compilers work. */
const WARM = 0.2;
/** Of the whole: how often the hub is asked what it uses. */
const ASKED_EVERY = 0.04;
/** Milliseconds for an event, at worst. */
const PATIENCE = 60;

type Sample = Usage & { readonly share: number };

/** The straight line through what was seen, by least squares: where it stands when warm, and at the end. */
const line = (
  samples: readonly Sample[],
  of: (sample: Sample) => number,
): { readonly warm: number; readonly end: number } => {
  const mean = (values: readonly number[]): number =>
    values.reduce((a, b) => a + b, 0) / values.length;
  const [x, y] = [mean(samples.map(({ share }) => share)), mean(samples.map(of))];
  const spread = mean(samples.map(({ share }) => (share - x) ** 2));
  const slope = mean(samples.map((sample) => (sample.share - x) * (of(sample) - y))) / spread;
  return { warm: y + slope * (WARM - x), end: y + slope * (1 - x) };
};

const MIB = 1024 * 1024;
const megabytes = (bytes: number): string => (bytes / MIB).toFixed(0);

/** What agencies have submitted while no hub was there, until all of it is judged and handed over. */
export const backlogRows = async ({
  scale,
  backlogs,
  remark,
  broker,
  federation,
}: KafkaBench): Promise<readonly Row[]> => {
  const drain = new Drain(federation, broker);
  const sealers = await Sealers.over(federation, drain);
  const rows: Row[] = [];
  await federation.startHub();
  await drain.settled();
  for (const count of backlogs.length === 0 ? [scaled(scale, 2000)] : backlogs) {
    await federation.stop('hub-1');
    const each = Math.ceil(count / AUTHORS.length);
    const before = await drain.now();
    await sealers.lay(each);

    const samples: Sample[] = [];
    const ask = async (share: number): Promise<void> => {
      if (share < (samples.at(-1)?.share ?? -1) + ASKED_EVERY && share < 1) return;
      const usage = await federation.process('hub-1').ask<Usage>('usage' satisfies NodeAsked);
      samples.push({ ...usage, share });
    };
    const [drained] = await Promise.all([
      drain.watch(before, each, ask, 60_000 + count * PATIENCE),
      federation.startHub(),
    ]);
    rows.push(...rowsOf(drained, samples, AUTHORS.length));
    const rss = line(warmed(samples), (sample) => sample.rss);
    remark(`a backlog of ${drained.events}, as it went`, [
      `${drained.draining.toFixed(1)} s from the first that was admitted to the last that was handed over`,
      `needed: ${samples.map(({ heap }) => megabytes(heap)).join(' ')} MiB`,
      `process: ${samples.map(({ rss }) => megabytes(rss)).join(' ')} MiB`,
      `the process, by a line through it: ${megabytes(rss.warm)} MiB when warm, ${megabytes(rss.end)} MiB at the end`,
    ]);
  }
  // Once more under the profiler, which slows what it watches: this one counts for nothing else.
  await federation.stop('hub-1');
  const each = Math.ceil(scaled(scale, 1000) / AUTHORS.length);
  const before = await drain.now();
  await sealers.lay(each);
  let begun = false;
  await Promise.all([
    drain.watch(
      before,
      each,
      async () => {
        if (!begun) await federation.process('hub-1').ask('profile' satisfies NodeAsked);
        begun = true;
      },
      60_000 + PATIENCE * each * AUTHORS.length,
    ),
    federation.startHub(),
  ]);
  const { shares } = await federation.process('hub-1').ask<Shares>('shares' satisfies NodeAsked);
  remark(
    'a backlog, where the hub spends its time',
    Object.entries(shares).map(([place, percent]) => `${place}: ${percent} %`),
  );
  await sealers.end();
  await drain.close();
  await federation.stopAll();
  return rows;
};

const warmed = (samples: readonly Sample[]): readonly Sample[] =>
  samples.filter(({ share }) => share >= WARM);

const rowsOf = (
  { events, published, draining, unheard }: Awaited<ReturnType<Drain['watch']>>,
  samples: readonly Sample[],
  chains: number,
): readonly Row[] => {
  const what = `${events} of ${chains} chains`;
  const { warm, end } = line(warmed(samples), ({ heap }) => heap);
  const cpu = samples.at(-1)!.cpu - samples[0]!.cpu;
  const counted = (samples.at(-1)!.share - samples[0]!.share) * events;
  return [
    { area: AREA, what: `${what}, drained, events`, product: published / draining, unit: '/s' },
    {
      area: AREA,
      what: `${what}, events a second of the hub’s processor time`,
      product: counted / cpu,
      unit: '/s',
      aim: { atLeast: 500 },
    },
    {
      area: AREA,
      what: `${what}, memory needed at the end`,
      product: end / MIB,
      floor: { what: 'when a fifth was done', value: warm / MIB },
      unit: 'MiB',
      aim: { atMost: 1.1 },
    },
    {
      area: AREA,
      what: `${what}, memory that an event leaves behind`,
      product: (end - warm) / (events * (1 - WARM)),
      unit: 'B',
    },
    {
      area: AREA,
      what: `${what}, longest that a chain was not heard`,
      product: unheard,
      unit: 'ms',
      aim: { atMost: 5000 },
    },
  ];
};
