import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MembersStandingResponse, TrustResponse } from '@tripoint/contracts';
import { Roles } from '@tripoint/platform';
import { formatVerifierKey } from '@tripoint/transparency';
import { OversightOptions } from '../oversight.options.js';
import { LogWatch } from '../watch/log-watch.js';
import { VerifiedLog } from '../watch/verified-log.js';
import { AUDITOR } from './auditor.js';
import { checkpointResponse } from './log.controller.js';

/** Who signs the record and who writes in it: what somebody else needs in order to verify all of it once more. */
@ApiTags('standing')
@Roles(AUDITOR)
@Controller()
export class StandingController {
  constructor(
    private readonly oversight: OversightOptions,
    private readonly verified: VerifiedLog,
    private readonly watch: LogWatch,
  ) {}

  @Get('trust')
  @ApiOperation({ summary: 'Whose signatures count, and the newest checkpoint with a quorum' })
  @ApiOkResponse({ type: TrustResponse })
  trust(): TrustResponse {
    const { anchor, trustPolicy } = this.oversight;
    const { witnessed } = this.watch;
    return {
      log: anchor.log.vkey,
      witnesses: (trustPolicy?.witnesses ?? []).map(({ key }) => formatVerifierKey(key)),
      ...(witnessed !== undefined && { cosigned: checkpointResponse(witnessed) }),
    };
  }

  @Get('agencies')
  @ApiOperation({ summary: 'Every member of the federation, and what the record has of it' })
  @ApiOkResponse({ type: MembersStandingResponse })
  agencies(): MembersStandingResponse {
    const { registry } = this.verified.audit.state;
    return {
      rows: registry.agencies().map(({ id, name, kind, state, suspended }) => ({
        agency: id,
        name,
        kind,
        state,
        active: !suspended,
        ...this.verified.standingOf(id),
      })),
    };
  }
}
