// What may be measured is counts, ages and places: a label is one of a closed list of words, written down here in the code that
// measures. Nothing of a case, no officer, no agency and no item is ever a label or a value.
import { HubError } from '@tripoint/kernel';

/** One value of a metric, and which of its kinds it is of. */
export type Sample = { readonly value: number; readonly labels?: Readonly<Record<string, string>> };

/** What is read when somebody asks. One value, or one for each label; undefined where there is none yet. */
export type Reading = () =>
  number | readonly Sample[] | undefined | Promise<number | readonly Sample[] | undefined>;

type Metric = {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly read: Reading;
};

const NAME = /^tripoint_[a-z]+(_[a-z]+)*$/;
const WORD = /^[a-z][a-z0-9_-]{0,39}$/;

/** What a node measures of itself, in the text format of Prometheus (0.0.4). */
export class Metrics {
  readonly #metrics: Metric[] = [];

  /** A value that goes up and down. */
  gauge(name: string, help: string, read: Reading): void {
    this.#add({ name, type: 'gauge', help, read });
  }

  /** A count that only goes up; its name ends with `_total`. */
  counter(name: string, help: string, read: Reading): void {
    this.#add({ name, type: 'counter', help, read });
  }

  #add(metric: Metric): void {
    const named =
      NAME.test(metric.name) && metric.name.endsWith('_total') === (metric.type === 'counter');
    if (!named || this.#metrics.some(({ name }) => name === metric.name))
      throw new Error(`\`${metric.name}\` is not the name of a new ${metric.type}`);
    this.#metrics.push(metric);
  }

  /** Everything as it is now. What cannot be read now, because a store is away, is left out and not guessed. */
  async text(): Promise<string> {
    const parts = await Promise.all(this.#metrics.map((metric) => textOf(metric)));
    return parts.join('');
  }
}

const textOf = async ({ name, type, help, read }: Metric): Promise<string> => {
  const samples = await samplesOf(read);
  const lines = samples
    .filter(({ value }) => Number.isFinite(value))
    .map(({ value, labels = {} }) => `${name}${labelled(labels)} ${value}`);
  return lines.length === 0
    ? ''
    : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`;
};

const samplesOf = async (read: Reading): Promise<readonly Sample[]> => {
  try {
    const found = await read();
    if (found === undefined) return [];
    return typeof found === 'number' ? [{ value: found }] : found;
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.retriable) return [];
    throw thrown;
  }
};

const labelled = (labels: Readonly<Record<string, string>>): string => {
  const words = Object.entries(labels);
  if (words.some(([name, word]) => !WORD.test(name) || !WORD.test(word)))
    throw new Error('a label is not a word of ours');
  return words.length === 0
    ? ''
    : `{${words.map(([name, word]) => `${name}="${word}"`).join(',')}}`;
};

/** Seconds from a moment until now, never negative; undefined without a moment. */
export const secondsSince = (
  moment: number | string | undefined,
  now: number,
): number | undefined => {
  const at = typeof moment === 'string' ? Date.parse(moment) : moment;
  return at === undefined ? undefined : Math.max(0, (now - at) / 1000);
};
