import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TranscriptBody, TranscriptResponse } from '@tripoint/contracts';
import {
  CurrentOfficer,
  CurrentPurpose,
  type Officer,
  type Purpose,
  Roles,
} from '@tripoint/platform';
import { Transcripts } from '../queries/transcript.js';
import { MAY_ANSWER_SUBJECTS } from './duties.js';
import { forSubjectsAlone } from './for-its-purpose.js';

/** What somebody who asks about themselves is answered: who heard, and who read it here. */
@ApiTags('transcripts')
@Controller('transcripts')
export class TranscriptsController {
  constructor(private readonly transcripts: Transcripts) {}

  @Post()
  @HttpCode(200)
  @Roles(...MAY_ANSWER_SUBJECTS)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary:
      'Who was told where somebody is named, and who read it here and why; never what it says. Making it is recorded as a read',
  })
  @ApiOkResponse({ type: TranscriptResponse })
  of(
    @Body() { about }: TranscriptBody,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<TranscriptResponse> {
    forSubjectsAlone(purpose);
    return this.transcripts.of(officer, purpose, about);
  }
}
