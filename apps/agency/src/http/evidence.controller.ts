import { Body, Controller, Header, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { BuildEvidenceBody } from '@tripoint/contracts';
import { isRefusal } from '@tripoint/kernel';
import {
  CurrentOfficer,
  CurrentPurpose,
  type Officer,
  type Purpose,
  Roles,
} from '@tripoint/platform';
import { CourtBundle } from '../evidence/court-bundle.js';
import { refused } from './answers.js';
import { explained } from './desk.js';
import { MAY_GO_TO_COURT } from './duties.js';

/** What leaves the exchange for a court. */
@ApiTags('evidence')
@Controller('evidence')
export class EvidenceController {
  constructor(private readonly bundles: CourtBundle) {}

  @Post()
  @HttpCode(200)
  @Roles(...MAY_GO_TO_COURT)
  @Header('content-disposition', 'attachment; filename="evidence.zip"')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Take an item to a court: a bundle that verifies without a network; recorded for good',
  })
  @ApiProduces('application/zip')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async build(
    @Body() wished: BuildEvidenceBody,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<StreamableFile> {
    const bundle = await this.bundles.build(officer, purpose, wished).catch((thrown: unknown) => {
      throw explained(thrown);
    });
    if (isRefusal(bundle)) throw refused(bundle);
    return new StreamableFile(bundle, { type: 'application/zip' });
  }
}
