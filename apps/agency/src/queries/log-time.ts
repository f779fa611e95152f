import { Injectable } from '@nestjs/common';
import { type Instant } from '@tripoint/kernel';
import { AgencyOptions } from '../agency.options.js';

/** The time that clocks are read at. */
@Injectable()
export class LogTime {
  constructor(private readonly agency: AgencyOptions) {}

  /** The newest leaf that has arrived, or this machine's clock where that is later: a silent log must not hide what is overdue. */
  async now(): Promise<Instant> {
    const own = new Date(this.agency.now()).toISOString() as Instant;
    const leaf = (await this.agency.journal.position()).leaf?.time;
    return leaf !== undefined && leaf > own ? leaf : own;
  }
}
