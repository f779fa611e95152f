import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DoubtsResponse, type LeafRun } from '@tripoint/contracts';
import { type Instant } from '@tripoint/kernel';
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
    summary:
      'Which leaves of whom a lost key puts in doubt, which were attested since, and whose weekly attestation is overdue',
  })
  @ApiOkResponse({ type: DoubtsResponse })
  list(): DoubtsResponse {
    const { state } = this.verified.audit;
    const rows = state.doubts().map(({ leaves, attested, ...one }) => {
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
        resting: state.resting(one.agency, leaves).map(({ leaf, item, concerns, ...rest }) => ({
          ...rest,
          leaf: `${leaf}`,
          ...(item === undefined ? {} : { item }),
          ...(concerns === undefined ? {} : { concerns }),
          attested: settled.has(leaf),
        })),
      };
    });
    const overdue = state.attestations.overdue(state.time).flatMap(({ agency, owed, attested }) =>
      owed === undefined
        ? []
        : [
            {
              agency,
              leaf: `${owed.leaf}`,
              since: instant(owed.time),
              ...(attested === undefined
                ? {}
                : {
                    attestedThrough: `${attested.through}`,
                    attestedAt: instant(attested.time),
                  }),
            },
          ],
    );
    return { replayed: `${this.verified.size}`, rows, overdue };
  }
}

const instant = (time: number): Instant => new Date(time).toISOString() as Instant;

const shownRuns = (leaves: readonly number[]): LeafRun[] =>
  runsOf(leaves).map(([first, last]) => ({ first: `${first}`, last: `${last}` }));
