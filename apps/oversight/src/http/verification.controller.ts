import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MailboxesResponse, VerificationResponse } from '@tripoint/contracts';
import { Roles } from '@tripoint/platform';
import { LogWatch } from '../watch/log-watch.js';
import { VerifiedLog } from '../watch/verified-log.js';
import { AUDITOR } from './auditor.js';
import { checkpointResponse } from './log.controller.js';

/** How far the record has been recomputed. */
@ApiTags('verification')
@Roles(AUDITOR)
@Controller()
export class VerificationController {
  constructor(
    private readonly verified: VerifiedLog,
    private readonly watch: LogWatch,
  ) {}

  @Get('verification')
  @ApiOperation({ summary: 'How far the continuous verification is' })
  @ApiOkResponse({ type: VerificationResponse })
  state(): VerificationResponse {
    const { verified, sound, hubAnswers, witnessed } = this.watch;
    const newest = this.verified.rows.at(-1);
    return {
      sound,
      verified: `${this.verified.size}`,
      hubAnswers,
      ...(witnessed !== undefined && {
        witnessed: `${witnessed.size}`,
        witnessedAt: new Date(witnessed.at).toISOString(),
      }),
      ...(newest !== undefined && { newestLeafAt: newest.at }),
      ...(verified !== undefined && { checkpoint: checkpointResponse(verified) }),
    };
  }

  @Get('mailboxes')
  @ApiOperation({ summary: 'Who has signed that it was handed what its mailbox has to hold' })
  @ApiOkResponse({ type: MailboxesResponse })
  mailboxes(): MailboxesResponse {
    const { state } = this.verified.audit;
    return {
      replayed: `${this.verified.size}`,
      rows: state.countersigns
        .standings(state.time)
        .map(({ agency, countersigned, outstanding, overdue }) => ({
          agency,
          ...(countersigned !== undefined && {
            heads: `${countersigned.heads}`,
            leaf: `${countersigned.leaf}`,
            countersignedAt: countersigned.at,
          }),
          contradicts: countersigned?.contradicts === true,
          ...(outstanding !== undefined && {
            waitingFor: `${outstanding.heads}`,
            waitingSince: outstanding.at,
          }),
          overdue,
        })),
    };
  }
}
