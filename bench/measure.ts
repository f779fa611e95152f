import { availableParallelism, cpus, loadavg } from 'node:os';

/** How much is measured. Every count of the bench is one of these, so that a run can be made longer or shorter as a whole. */
export type Scale = {
  /** Rounds in which floor and product take turns; the median of them counts. */
  readonly rounds: number;
  /** Of the counts written in the rows, which are those of a full run. */
  readonly share: number;
};

export const scaled = ({ share }: Scale, count: number): number =>
  Math.max(1, Math.round(count * share));

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const quantile = (values: readonly number[], at: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? NaN;
};

/** Does its work once and answers how many operations that were. */
export type Contestant = () => number | Promise<number>;

/**
 * Milliseconds an operation for each contestant, the median over the rounds. In each round everybody has one turn, begun by
 * another one each time: what the machine does beside this meets them all alike.
 */
export const race = async <Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, Contestant>>,
): Promise<Readonly<Record<Name, number>>> => {
  const all = Object.entries<Contestant>(contestants);
  const times = new Map(all.map(([name]) => [name, [] as number[]]));
  // A first turn that nobody counts, for compilers and caches.
  for (const [, run] of all) await run();
  for (let round = 0; round < rounds; round += 1)
    for (let turn = 0; turn < all.length; turn += 1) {
      const [name, run] = all[(round + turn) % all.length]!;
      globalThis.gc?.();
      const start = performance.now();
      const operations = await run();
      times.get(name)?.push((performance.now() - start) / operations);
    }
  return Object.fromEntries([...times].map(([name, taken]) => [name, median(taken)])) as Readonly<
    Record<Name, number>
  >;
};

/** `count` times, one after another. */
export const times =
  (count: number, work: (at: number) => unknown): Contestant =>
  async () => {
    for (let at = 0; at < count; at += 1) await work(at);
    return count;
  };

/** `count` times without a turn of the event loop between them. */
export const timesAtOnce =
  (count: number, work: (at: number) => unknown): Contestant =>
  () => {
    for (let at = 0; at < count; at += 1) work(at);
    return count;
  };

/** What the figures were taken on. */
export type Machine = {
  readonly cores: number;
  readonly model: string;
  readonly node: string;
  readonly postgres: string;
  readonly load: number;
};

export const machine = (postgres: string): Machine => ({
  cores: availableParallelism(),
  model: cpus()[0]?.model.trim() ?? 'unknown',
  node: process.version,
  postgres,
  load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
});
