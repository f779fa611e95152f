// What may be traced is that work was done, how long it took, and how it ended. Names of spans and their attributes are closed
// lists, in the types and again when they are written: nothing of a case, no officer, no agency, no item, no message of an error.

/** Where a span stands, as it is handed to the next hop. It says nothing but itself. */
export type TraceContext = { readonly traceId: string; readonly spanId: string };

export const SPANS = [
  'http command',
  'seal',
  'outbox commit',
  'relay produce',
  'registrar admit',
  'ledger append',
  'sequence',
  'judge',
  'dispatch',
  'publish',
  'projector open',
  'project',
] as const;
export type SpanName = (typeof SPANS)[number];

/** What a span can say. `outcome` and `code` are words of ours; `route` is a template. */
export type SpanAttributes = {
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly count?: number;
  readonly outcome?: string;
  readonly code?: string;
};

/** Where a span begins: under another one, in a trace of its own, or, when nothing is said, in whatever is being done. */
export type Beginning = {
  readonly under?: TraceContext | undefined;
  readonly anew?: boolean;
  /** What led to it without being above it. Kept with this span and handed to nobody. */
  readonly because?: readonly (TraceContext | undefined)[];
};

/** A span that has begun. */
export type RunningSpan = {
  /** Undefined where nothing is traced. */
  readonly context: TraceContext | undefined;
  readonly say: (attributes: SpanAttributes) => void;
};

const UNTRACED: RunningSpan = { context: undefined, say: () => undefined };

/**
 * Tells an operator's own collector how work went through this program. A trace ends where the program hands work to the next: that
 * one goes on from what came in the headers of the bus, or begins anew.
 */
export abstract class Traces {
  /** Does the work and nothing else. */
  static get off(): Traces {
    return OFF;
  }

  /** Does `work` in a span, which ends with it; what it throws is told by its code. */
  abstract span<T>(
    name: SpanName,
    beginning: Beginning,
    work: (span: RunningSpan) => Promise<T>,
  ): Promise<T>;

  /** Does work that is part of several things, in a span for each of them. */
  abstract each<T>(
    name: SpanName,
    beginnings: readonly Beginning[],
    work: (contexts: readonly (TraceContext | undefined)[]) => Promise<T>,
  ): Promise<T>;

  /** Begins a span in a trace of its own, and has everything that `next` begins stand under it. Answers what ends it; undefined where nothing is traced. */
  abstract enter(
    name: SpanName,
    next: () => void,
  ): ((attributes: SpanAttributes) => void) | undefined;

  /** Remembers for a while, in this process, where something was done that is gone on with elsewhere in it. */
  abstract note(what: string, context: TraceContext | undefined): void;
  abstract noted(what: string): TraceContext | undefined;

  /** Hands over what has ended, as far as somebody takes it in time. */
  abstract close(): Promise<void>;
}

class Off extends Traces {
  override span<T>(
    _name: SpanName,
    _beginning: Beginning,
    work: (span: RunningSpan) => Promise<T>,
  ): Promise<T> {
    return work(UNTRACED);
  }

  override each<T>(
    _name: SpanName,
    _beginnings: readonly Beginning[],
    work: (contexts: readonly undefined[]) => Promise<T>,
  ): Promise<T> {
    return work([]);
  }

  override enter(_name: SpanName, next: () => void): undefined {
    next();
  }

  override note(): void {
    // Nobody will ask.
  }

  override noted(): undefined {
    return undefined;
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

const OFF = new Off();
