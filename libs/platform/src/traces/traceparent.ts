import { type TraceContext } from './traces.js';

const HEADER = 'traceparent';
/** Version 00 of W3C Trace Context, whole; another version may say something else with the same letters. */
const FORM = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;
const LENGTH = 55;
const NOTHING = /^0+$/;

type Headers = Readonly<Record<string, string>>;

/**
 * Where a hop came from, as its headers say. Whoever sent it controls them: what is not exactly of the one form that we write is
 * as good as absent, and its flags, by which it would have us sample or not, are not looked at.
 */
export const contextIn = (headers: Headers | undefined): TraceContext | undefined => {
  const text =
    headers !== undefined && Object.hasOwn(headers, HEADER) ? headers[HEADER] : undefined;
  if (text?.length !== LENGTH) return undefined;
  const [, traceId, spanId] = FORM.exec(text) ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return NOTHING.test(traceId) || NOTHING.test(spanId) ? undefined : { traceId, spanId };
};

/** What goes with a message, to be spread into it: nothing where nothing is traced. */
export const headersFor = (
  context: TraceContext | undefined,
): { readonly headers?: Readonly<Record<string, string>> } =>
  context === undefined
    ? {}
    : { headers: { [HEADER]: `00-${context.traceId}-${context.spanId}-01` } };
