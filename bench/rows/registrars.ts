import { submissionsTopic } from '@tripoint/ledger';
import { type KafkaBench } from '../bench.js';
import { AUTHORS, Drain } from '../drain.js';
import { type NodeAsked, type Usage } from '../node.js';
import { median, scaled } from '../measure.js';
import { Sealers } from '../sealers.js';
import { until } from '../separate.js';
import { type Row } from '../table.js';

const PATIENCE = 120_000;

/**
 * How fast submissions are admitted by one hub and by two over the same ledger, of which one is in office. Both stand still while a
 * round's submissions are put on the bus.
 */
export const registrarsRows = async ({
  scale,
  remark,
  broker,
  federation,
}: KafkaBench): Promise<readonly Row[]> => {
  const drain = new Drain(federation, broker);
  const sealers = await Sealers.over(federation, drain);
  await federation.startHub('hub-1');
  await drain.settled();
  const each = Math.ceil(scaled(scale, 1600) / AUTHORS.length);
  const groups = AUTHORS.map((author) => `${submissionsTopic(author)}.registrar`);
  const admitting = { one: [] as number[], two: [] as number[] };
  const spent: string[] = [];

  const round = async (hubs: readonly string[]): Promise<number> => {
    await until(`${hubs.length} in every group`, async () =>
      (await broker.members(groups)).every((members) => members === hubs.length),
    );
    await sealers.seal(each);
    const before = await drain.now();
    const usage = (): Promise<readonly Usage[]> =>
      Promise.all(
        hubs.map((name) => federation.process(name).ask<Usage>('usage' satisfies NodeAsked)),
      );
    const used = await usage();
    for (const name of hubs) federation.process(name).signal('SIGSTOP');
    await sealers.publish();
    for (const name of hubs) federation.process(name).signal('SIGCONT');
    const drained = await drain.watch(before, each, () => Promise.resolve(), PATIENCE);
    const took = (await usage()).map(({ cpu }, at) => (cpu - used[at]!.cpu).toFixed(1));
    spent.push(`${hubs.length}: ${took.join(' s and ')} s of processor time`);
    return drained.events / drained.admitting;
  };

  await round(['hub-1']);
  spent.length = 0;
  for (let at = 0; at < Math.min(3, scale.rounds); at += 1) {
    admitting.one.push(await round(['hub-1']));
    await federation.startHub('hub-2');
    admitting.two.push(await round(['hub-1', 'hub-2']));
    await federation.stop('hub-2');
  }
  await sealers.end();
  await drain.close();
  await federation.stopAll();
  remark(`${each * AUTHORS.length} submissions, by how many hubs`, spent);
  return [
    {
      area: 'registrars',
      what: `${each * AUTHORS.length} of ${AUTHORS.length} chains, admitted by two hubs, events`,
      product: median(admitting.two),
      floor: { what: 'by one hub', value: median(admitting.one) },
      unit: '/s',
    },
  ];
};
