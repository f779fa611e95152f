import { Injectable } from '@nestjs/common';
import { type Instant } from '@tripoint/kernel';
import {
  type DisclosingFault,
  type ForgettingFault,
  type KeyLoss,
  type ReadsFault,
} from '@tripoint/replay';
import { type Found } from '@tripoint/vault';
import { OversightOptions } from '../oversight.options.js';

const MOST_REMEMBERED = 10_000;

/** Where what is found goes. It outlives a restart: a split view may never be shown twice. */
@Injectable()
export class Findings {
  /** What is looked at every second and found every time is told once. */
  readonly #told = new Set<string>();

  constructor(private readonly oversight: OversightOptions) {}

  /** What the hub shows now and should not: the same again on another day is another time. */
  shownNow(code: string, leaf: number | null, detail: string): Promise<void> {
    const day = this.#now().slice(0, 'yyyy-mm-dd'.length);
    return this.raise({
      code,
      subject: leaf === null ? 'log' : `leaf ${leaf}`,
      occasion: day,
      leaf,
      detail,
    });
  }

  /** What has lasted since a leaf: another leaf is another time of the same. */
  since(code: string, leaf: number | null, detail: string): Promise<void> {
    const occasion = `since ${leaf ?? 'the beginning'}`;
    return this.raise({ code, subject: 'log', occasion, leaf, detail });
  }

  /**
   * What an agency's read roots say against it, what befell its keys, what it has not forgotten, or ordered in vain: of each kind one
   * for an agency, at another leaf another time.
   */
  ofAgency({
    code,
    agency,
    leaf,
    detail,
  }: ReadsFault | KeyLoss | ForgettingFault | DisclosingFault): Promise<void> {
    return this.raise({ code, subject: agency, occasion: `leaf ${leaf}`, agency, leaf, detail });
  }

  async raise(found: Found): Promise<void> {
    const { code, subject, occasion, leaf, agency } = found;
    const key = JSON.stringify([code, subject, occasion]);
    if (this.#told.has(key)) return;
    const outcome = await this.oversight.findings.raise(found, this.#now());
    if (this.#told.size >= MOST_REMEMBERED) this.#told.clear();
    this.#told.add(key);
    if (outcome === 'known') return;
    this.oversight.log.warn('a finding', {
      code,
      ...(leaf === null ? {} : { leaf }),
      ...(agency === undefined ? {} : { agency }),
    });
  }

  #now(): Instant {
    return new Date(this.oversight.now()).toISOString() as Instant;
  }
}
