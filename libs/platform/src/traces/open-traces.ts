import { Traces } from './traces.js';

/** Traces to this collector; where none is named nothing is traced, and nothing of it is loaded either. */
export const openTraces = async (collector: string | undefined, app: string): Promise<Traces> => {
  if (collector === undefined) return Traces.off;
  const { OtlpTraces } = await import('./otlp-traces.js');
  return new OtlpTraces(`${collector}/v1/traces`, app);
};
