import { Injectable } from '@nestjs/common';
import { isRefusal } from '@tripoint/kernel';
import { Problem } from '@tripoint/platform';
import { type LeafToRead, LogSource, readHanded } from '@tripoint/replay';
import { Findings } from './findings.js';
import { VerifiedLog } from './verified-log.js';

/** Leaves that were verified, read from the hub again and held against what was verified. */
@Injectable()
export class VerifiedLeaves {
  constructor(
    private readonly source: LogSource,
    private readonly verified: VerifiedLog,
    private readonly findings: Findings,
  ) {}

  /** @throws {Problem} `not-found` for a leaf that was not verified, `log-changed` when the hub now shows another */
  async at(index: number): Promise<LeafToRead> {
    if (!Number.isSafeInteger(index) || index >= this.verified.size)
      throw new Problem('not-found', 'no such leaf has been verified');
    const handed = await this.source.entries(index, 1);
    const [one] = handed === undefined || isRefusal(handed) ? [] : handed.entries;
    const leaf = one && readHanded(one);
    if (
      leaf === undefined ||
      Buffer.from(leaf.leafHash).toString('hex') !== this.verified.hashOf(index)
    ) {
      await this.findings.shownNow(
        'log-changed',
        index,
        'the hub hands over something else than what was verified',
      );
      throw new Problem('log-changed', 'the hub hands over something else than what was verified');
    }
    return leaf;
  }
}
