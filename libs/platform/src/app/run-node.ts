import {
  type Configured,
  configuration,
  ConfigurationError,
  type ReadFile,
  optional,
  type Shape,
  withDefault,
} from '../configuration/configuration.js';
import { HubError } from '@tripoint/kernel';
import { oneOf, port, remote, text } from '../configuration/settings.js';
import { JsonLog, LOG_LEVELS } from '../log/json-log.js';
import { Metrics } from '../metrics/metrics.js';
import { serveMetrics } from '../metrics/serve-metrics.js';
import { openTraces } from '../traces/open-traces.js';
import { type Traces } from '../traces/traces.js';
import { type App } from './create-app.js';
import { onStopSignal } from './stop-signals.js';

/** With what a node ends that could not start, after sysexits(3): its settings, something away, anything else. */
const EXIT = { configuration: 78, away: 75, refused: 1, bug: 70 } as const;

/** What every node can be told. */
export const NODE_SETTINGS = {
  /** On which address it answers; the loopback interface unless told otherwise. */
  host: withDefault(text({ longest: 255 }), '127.0.0.1'),
  port: port(),
  /** Where it answers `/metrics`, on an address and port apart; nowhere unless told. */
  metricsPort: optional(port()),
  metricsHost: withDefault(text({ longest: 255 }), '127.0.0.1'),
  /** A collector of OpenTelemetry traces, over OTLP/HTTP; nothing is traced unless told. */
  tracesUrl: optional(remote()),
  logLevel: withDefault(oneOf(LOG_LEVELS), 'info'),
};

/** What a node is given when it starts. */
export type Starting<S extends Shape> = {
  readonly settings: Configured<S> & Configured<typeof NODE_SETTINGS>;
  readonly log: JsonLog;
  /** What the node measures of itself is added here. */
  readonly metrics: Metrics;
  /** Where the node tells how its work went. */
  readonly traces: Traces;
  /** What has to be closed after the application; the newest first. */
  readonly closing: (close: () => Promise<void>) => void;
};

/** One application in a process of its own. */
export type Node<S extends Shape> = {
  /** Its name in the log and in its settings: `hub` reads `TRIPOINT_HUB_…`. */
  readonly name: string;
  readonly settings: S;
  /** Where files that settings name are read. */
  readonly readFile: ReadFile;
  /** Puts it together; it listens when this has resolved. */
  readonly start: (starting: Starting<S>) => Promise<App>;
};

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/**
 * Runs a node until it is told to stop: reads its settings, starts it, listens, and at the first signal lets requests
 * and loops finish before what they use is closed. What goes wrong before that is said in plain lines on standard error
 * and by the exit code; everything else is one JSON log on standard output.
 */
export const runNode = async <const S extends Shape>(node: Node<S>): Promise<void> => {
  const { name } = node;
  // Whoever collects the log may go away; the node has still to finish what it does.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const settings = await settingsOf(node);
  if (settings === undefined) return;
  const log = new JsonLog(name, settings.logLevel);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (thrown: unknown) => {
      // As the log writes it: the message of an error that is not ours may quote what it was about.
      log.failure('the node ends: something was thrown that nobody caught', thrown);
      process.exit(EXIT.bug);
    });

  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let last = closers.pop(); last !== undefined; last = closers.pop()) await last();
  };
  const starting = (async () => {
    const metrics = new Metrics();
    const closing = (closer: () => Promise<void>): void => {
      closers.push(closer);
    };
    const traces = await openTraces(settings.tracesUrl, name);
    closing(() => traces.close());
    const app = await node.start({ settings, log, metrics, traces, closing });
    closers.push(() => app.close());
    const { metricsPort, metricsHost } = settings;
    if (metricsPort !== undefined)
      closing(await serveMetrics(metrics, { host: metricsHost, port: metricsPort, log }));
    await app.listen();
  })();
  // A signal that comes while things are still starting waits for them, then stops them.
  onStopSignal(async () => {
    log.info('stopping');
    await starting.catch(() => undefined);
    await close();
    log.info('stopped');
  });
  try {
    await starting;
  } catch (thrown) {
    log.failure('the node could not start', thrown);
    if (thrown instanceof HubError) say(`tripoint-${name}: ${thrown.code}: ${thrown.message}`);
    await close().catch(() => undefined);
    process.exit(exitCodeOf(thrown));
  }
};

const settingsOf = async <S extends Shape>({
  name,
  settings,
  readFile,
}: Node<S>): Promise<Starting<S>['settings'] | undefined> => {
  const prefix = `TRIPOINT_${name.toUpperCase()}`;
  try {
    const shape = { ...NODE_SETTINGS, ...settings };
    return await configuration(prefix, shape, process.env, readFile);
  } catch (thrown) {
    if (!(thrown instanceof ConfigurationError)) throw thrown;
    say(`tripoint-${name}: ${thrown.code}: the configuration is not usable`);
    for (const fault of thrown.faults) say(`  ${fault}`);
    process.exitCode = EXIT.configuration;
    return undefined;
  }
};

const exitCodeOf = (thrown: unknown): number => {
  if (!(thrown instanceof HubError)) return EXIT.bug;
  return thrown.retriable ? EXIT.away : EXIT.refused;
};
