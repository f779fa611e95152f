import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DoubtsResponse, type LeafRun } from '@tripoint/contracts';
import { Roles } from '@tripoint/platform';
import { runsOf } from '@tripoint/replay';
import { VerifiedLog } from '../watch/verified-log.js';
import { AUDITOR } from './auditor.js';

/** What stands in the log under keys that may have been in other hands. */
@ApiTags('keys')
@Roles(AUDITOR)
@Controller('doubts')
export class DoubtsController {
  constructor(private readonly verified: VerifiedLog) {}

  @Get()
  @ApiOperation({
    summary: 'Which leaves of whom a lost key puts in doubt, and which were attested since',
  })
  @ApiOkResponse({ type: DoubtsResponse })
  list(): DoubtsResponse {
    const rows = this.verified.audit.state.doubts().map(({ leaves, attested, ...one }) => {
      const settled = new Set(attested);
      const left = leaves.filter((leaf) => !settled.has(leaf));
      return {
        agency: one.agency,
        certificate: one.fingerprint,
        reason: one.reason,
        since: `${one.since}`,
        until: `${one.until}`,
        inDoubt: `${left.length}`,
        leaves: shownRuns(left),
        attested: shownRuns(attested),
      };
    });
    return { replayed: `${this.verified.size}`, rows };
  }
}

const shownRuns = (leaves: readonly number[]): LeafRun[] =>
  runsOf(leaves).map(([first, last]) => ({ first: `${first}`, last: `${last}` }));
