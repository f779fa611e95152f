import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanStatusCode, trace, TraceFlags, type Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { HubError } from '@tripoint/kernel';
import {
  type Beginning,
  type RunningSpan,
  type SpanAttributes,
  type SpanName,
  SPANS,
  type TraceContext,
  Traces,
} from './traces.js';

/** Spans that wait for a collector; what comes when there are so many is dropped. */
const WAITING = 2_048;
const REMEMBERED = 4_096;
const LINKED = 64;
const CLOSE_WITHIN = 2_000;

const WORD = /^[a-z][a-z0-9-]{0,63}$/;
const FORMS: Readonly<Record<keyof SpanAttributes, (value: unknown) => boolean>> = {
  method: (value) => typeof value === 'string' && /^[A-Z]{3,7}$/.test(value),
  // A template of a controller: what stands in its places is never part of it.
  route: (value) =>
    typeof value === 'string' && /^(?:\/(?:[a-z][a-z-]*|:[A-Za-z]+)){1,12}$/.test(value),
  status: (value) => Number.isInteger(value),
  count: (value) => Number.isInteger(value),
  outcome: (value) => typeof value === 'string' && WORD.test(value),
  code: (value) => typeof value === 'string' && WORD.test(value),
};

const contextOf = (span: Span): TraceContext => {
  const { traceId, spanId } = span.spanContext();
  return { traceId, spanId };
};
const spanContext = ({ traceId, spanId }: TraceContext) => ({
  traceId,
  spanId,
  traceFlags: TraceFlags.SAMPLED,
});

/** Traces over OTLP/HTTP. Whether anything is sampled is for these settings to say, never for who sends us something. */
export class OtlpTraces extends Traces {
  readonly #provider: TracerProvider;
  readonly #tracer;
  readonly #current = new AsyncLocalStorage<TraceContext>();
  readonly #notes = new Map<string, TraceContext>();

  /** `url` is where the collector takes traces: `http://127.0.0.1:4318/v1/traces`. */
  constructor(url: string, app: string) {
    super();
    this.#provider = new TracerProvider({
      sampler: new AlwaysOnSampler(),
      resource: resourceFromAttributes({ 'service.name': `tripoint-${app}` }),
      spanProcessors: [
        new BatchSpanProcessor({
          exporter: new OTLPTraceExporter({ url, timeoutMillis: 5_000 }),
          maxQueueSize: WAITING,
          scheduledDelayMillis: 1_000,
        }),
      ],
    });
    this.#tracer = this.#provider.getTracer('tripoint');
  }

  override async span<T>(
    name: SpanName,
    beginning: Beginning,
    work: (span: RunningSpan) => Promise<T>,
  ): Promise<T> {
    const span = this.#begun(name, beginning);
    const context = contextOf(span);
    const say = (attributes: SpanAttributes): void => {
      span.setAttributes(allowed(attributes));
    };
    try {
      return await this.#current.run(context, () => work({ context, say }));
    } catch (thrown) {
      failed(span, thrown);
      throw thrown;
    } finally {
      span.end();
    }
  }

  override async each<T>(
    name: SpanName,
    beginnings: readonly Beginning[],
    work: (contexts: readonly TraceContext[]) => Promise<T>,
  ): Promise<T> {
    const spans = beginnings.map((beginning) => this.#begun(name, beginning));
    try {
      return await work(spans.map(contextOf));
    } catch (thrown) {
      for (const span of spans) failed(span, thrown);
      throw thrown;
    } finally {
      for (const span of spans) span.end();
    }
  }

  override enter(name: SpanName, next: () => void): (attributes: SpanAttributes) => void {
    const span = this.#begun(name, { anew: true });
    this.#current.run(contextOf(span), next);
    return (attributes) => {
      span.setAttributes(allowed(attributes));
      span.end();
    };
  }

  override note(what: string, context: TraceContext | undefined): void {
    if (context === undefined) return;
    this.#notes.set(what, context);
    if (this.#notes.size > REMEMBERED)
      for (const oldest of this.#notes.keys()) {
        this.#notes.delete(oldest);
        break;
      }
  }

  override noted(what: string): TraceContext | undefined {
    return this.#notes.get(what);
  }

  override async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_WITHIN);
    });
    // A collector that is away must not keep the node from ending.
    await Promise.race([this.#provider.shutdown().catch(() => undefined), late]);
    clearTimeout(timer);
  }

  #begun(name: SpanName, { under, anew = false, because = [] }: Beginning): Span {
    if (!SPANS.includes(name)) throw new Error('a span has no name of ours');
    const parent = under ?? (anew ? undefined : this.#current.getStore());
    const links = because
      .filter((context) => context !== undefined)
      .slice(0, LINKED)
      .map((context) => ({ context: spanContext(context) }));
    const above =
      parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContext(parent));
    return this.#tracer.startSpan(name, { links }, above);
  }
}

const allowed = (attributes: SpanAttributes): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name, value]) => FORMS[name as keyof SpanAttributes](value))
      .map(([name, value]) => [`tripoint.${name}`, value]),
  );

/** Of what was thrown, only its code: a message may quote what it was about. */
const failed = (span: Span, thrown: unknown): void => {
  const code = thrown instanceof HubError ? thrown.code : 'unforeseen';
  span.setAttributes(allowed({ code }));
  span.setStatus({ code: SpanStatusCode.ERROR });
};
