import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OversightFindingsResponse, VerificationResponse } from '@tripoint/contracts';
import { Roles } from '@tripoint/platform';
import { Findings } from '../watch/findings.js';
import { LogWatch } from '../watch/log-watch.js';
import { VerifiedLog } from '../watch/verified-log.js';
import { AUDITOR } from './auditor.js';
import { checkpointResponse } from './log.controller.js';

/** How far the record has been recomputed, and what was wrong with it. */
@ApiTags('verification')
@Roles(AUDITOR)
@Controller()
export class VerificationController {
  constructor(
    private readonly verified: VerifiedLog,
    private readonly watch: LogWatch,
    private readonly findings: Findings,
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

  @Get('findings')
  @ApiOperation({ summary: 'What is wrong with the record or with its keeper' })
  @ApiOkResponse({ type: OversightFindingsResponse })
  async found(): Promise<OversightFindingsResponse> {
    const all = await this.findings.all();
    return {
      replayed: `${this.verified.size}`,
      found: all.length,
      rows: all.map(({ code, detail, leaf, at }) => ({
        code,
        detail,
        at,
        ...(leaf !== null && { leaf: `${leaf}` }),
      })),
    };
  }
}
