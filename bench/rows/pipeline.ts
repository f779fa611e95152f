import { join } from 'node:path';
import { BareLoop } from '../bare-loop.js';
import { type Bench } from '../bench.js';
import { startChild } from '../child.js';
import { median, quantile, scaled } from '../measure.js';
import {
  AT_ONCE,
  AUTHOR,
  EVENTS_A_REQUEST,
  hops,
  play,
  READER,
  signIn,
  Watch,
  type Way,
} from '../officers.js';
import { Seeded } from '../seeded.js';
import { type Row } from '../table.js';
import { circle } from './envelope.js';

/** From an officer's POST to the recipient's view through everything, against the cryptography of it alone. */
export const pipelineRows = async ({ scale, folder, remark }: Bench): Promise<readonly Row[]> => {
  const among = await circle(2);
  const loop = new BareLoop(among);
  const child = await startChild(join(folder, 'standalone'));
  try {
    const [author, reader] = [await signIn(child, AUTHOR), await signIn(child, READER)];
    const watch = await Watch.over(reader);
    const random = new Seeded('pipeline');
    const count = scaled(scale, 120);
    await play(author, watch, AT_ONCE, random);
    const rates = { pipeline: [] as number[], loop: [] as number[] };
    const ways: Way[] = [];
    for (let round = 0; round < Math.min(3, scale.rounds); round += 1) {
      const played = await play(author, watch, count, random);
      rates.pipeline.push((played.ways.length * EVENTS_A_REQUEST) / played.seconds);
      ways.push(...played.ways);
      rates.loop.push(await loop.rate(Math.ceil(count / 2), AT_ONCE));
    }
    // Once more under the profiler, which slows what it watches: this round counts for nothing else.
    await child.profile();
    await play(author, watch, count, random);
    const places = await child.shares();
    const took = ways.map(({ asked, seen }) => seen - asked);
    remark('pipeline, hop by hop', await hops(author, ways));
    remark(
      'pipeline, where the process spends its time',
      Object.entries(places).map(([place, percent]) => `${place}: ${percent} %`),
    );
    await watch.close();
    return [
      {
        area: 'pipeline',
        what: `POST to the recipient's view, ${AT_ONCE} officers, events`,
        product: median(rates.pipeline),
        floor: { what: 'seal, verify, open; no stores', value: median(rates.loop) },
        unit: '/s',
        aim: { atLeast: 0.8 },
      },
      {
        area: 'pipeline',
        what: 'POST to the recipient’s view, p50',
        product: median(took),
        unit: 'ms',
      },
      {
        area: 'pipeline',
        what: 'POST to the recipient’s view, p99',
        product: quantile(took, 0.99),
        unit: 'ms',
      },
    ];
  } finally {
    await child.stop();
  }
};
