// What may be logged is an allow-list, in the types and again when the line is written: content
// reaches a log by accident, through an error's message or an object passed whole.
// - A message is a constant sentence of ours.
// - A field that is not in the list is dropped.
// - Of an error, only its name, its code and the places in its stack are written. The message of a
//   HubError is ours and free of content by rule; any other may quote what it was parsing.
import { type LoggerService } from '@nestjs/common';
import { HubError } from '@tripoint/kernel';

const FIELDS = [
  'agency',
  'attempt',
  'bytes',
  'chain',
  'check',
  'code',
  'count',
  'durationMs',
  'event',
  'index',
  'method',
  'number',
  'officer',
  'port',
  'position',
  'requestId',
  'revision',
  'role',
  'route',
  'seconds',
  'seq',
  'size',
  'state',
  'status',
  'stream',
  'topic',
] as const;

/** The fields that a log line may have. */
export type LogFields = Readonly<
  Partial<Record<(typeof FIELDS)[number], string | number | bigint | boolean>>
>;
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const LONGEST_VALUE = 200;

type Line = Record<string, unknown>;

/** Only the places of a stack: its first lines repeat the message. */
const placesIn = (stack: string | undefined): string[] =>
  (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim().slice(0, LONGEST_VALUE));

const described = (thrown: unknown, depth = 0): Line => {
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  return {
    name: thrown.name,
    ...('code' in thrown && (typeof thrown.code === 'string' || typeof thrown.code === 'number')
      ? { code: String(thrown.code).slice(0, 64) }
      : {}),
    ...(thrown instanceof HubError && { message: thrown.message }),
    at: placesIn(thrown.stack),
    ...(thrown.cause !== undefined && depth < 4 && { cause: described(thrown.cause, depth + 1) }),
  };
};

/** One line of JSON per fact, on a stream that the operator collects. */
export class JsonLog implements LoggerService {
  constructor(
    /** Which application of the process speaks. */
    private readonly app: string,
    private readonly lowest: LogLevel = 'info',
    private readonly write: (line: string) => void = (line) => process.stdout.write(line),
    private readonly now: () => Date = () => new Date(),
  ) {}

  info(message: string, fields: LogFields = {}): void {
    this.#line('info', message, fields);
  }

  /** Nest's own messages name routes and modules and nothing of a case. */
  log(message: unknown): void {
    this.#line('debug', String(message), {});
  }

  debug(message: unknown, fields?: unknown): void {
    this.#line('debug', String(message), fields);
  }

  verbose(message: unknown): void {
    this.#line('debug', String(message), {});
  }

  warn(message: unknown, fields?: unknown): void {
    this.#line('warn', String(message), fields);
  }

  /** Nest calls this with whatever was thrown as the message; then only its description is written. */
  error(message: unknown, fields?: unknown): void {
    if (message instanceof Error) this.failure('an error was reported', message);
    else this.#line('error', String(message), fields);
  }

  /** Something was thrown that nobody expected. */
  failure(message: string, thrown: unknown, fields: LogFields = {}): void {
    this.#line('error', message, fields, { error: described(thrown) });
  }

  #line(level: LogLevel, message: string, fields: unknown, more: Line = {}): void {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(this.lowest)) return;
    const line: Line = { at: this.now().toISOString(), level, app: this.app, message };
    if (typeof fields === 'object' && fields !== null)
      for (const field of FIELDS) {
        const value: unknown = (fields as Line)[field];
        if (typeof value === 'string') line[field] = value.slice(0, LONGEST_VALUE);
        else if (typeof value === 'bigint') line[field] = String(value);
        else if (typeof value === 'number' || typeof value === 'boolean') line[field] = value;
      }
    this.write(`${JSON.stringify({ ...line, ...more })}\n`);
  }
}
