import { type Delivery, type NewFinding } from '@tripoint/read-model';

/** The same, with one thing more that did not verify; nothing more when there is none. */
export const withFinding = <D extends Delivery>(base: D, finding: NewFinding | undefined): D =>
  finding === undefined ? base : { ...base, findings: [...(base.findings ?? []), finding] };
