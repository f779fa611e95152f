import { Injectable } from '@nestjs/common';
import { type Instant } from '@tripoint/kernel';
import { OversightOptions } from '../oversight.options.js';

/** Something wrong with the record, or with whoever keeps it. Never case content. */
export type Finding = {
  readonly code: string;
  readonly detail: string;
  readonly leaf: number | null;
  readonly at: Instant;
};

const PLACE = 'findings';
const MOST = 500;

/** What oversight has found. It outlives a restart: a split view may never be shown twice. */
@Injectable()
export class Findings {
  #findings: readonly Finding[] | undefined;

  constructor(private readonly oversight: OversightOptions) {}

  /** The newest first. */
  async all(): Promise<readonly Finding[]> {
    this.#findings ??= JSON.parse(
      (await this.oversight.positions.at(PLACE)) ?? '[]',
    ) as readonly Finding[];
    return this.#findings;
  }

  /** Keeps a finding; the same one again changes nothing. */
  async add(code: string, leaf: number | null, detail: string): Promise<void> {
    const known = await this.all();
    if (known.some((one) => one.code === code && one.leaf === leaf && one.detail === detail))
      return;
    const at = new Date(this.oversight.now()).toISOString() as Instant;
    const next = [{ code, detail, leaf, at }, ...known].slice(0, MOST);
    await this.oversight.positions.move(PLACE, JSON.stringify(next));
    this.#findings = next;
    this.oversight.log.warn('a finding', { code, ...(leaf === null ? {} : { leaf }) });
  }
}
