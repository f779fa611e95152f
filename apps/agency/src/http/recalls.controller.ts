import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  EntityModels,
  EventContentsResponse,
  IssueRecallBody,
  ItemParams,
  RecallResponse,
  RecallsQuery,
  RecallsResponse,
  type SubmittedResponse,
} from '@tripoint/contracts';
import {
  CurrentOfficer,
  CurrentPurpose,
  type Officer,
  Problem,
  type Purpose,
  Roles,
} from '@tripoint/platform';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AgencyOptions } from '../agency.options.js';
import { LogTime } from '../queries/log-time.js';
import { pagesOf } from '../queries/pages.js';
import { Released } from '../queries/released.js';
import { shownRecall } from '../queries/shown.js';
import { type Caller, CurrentCaller } from './caller.js';
import { Desk, type Said } from './desk.js';
import { MAY_READ_CONTENT, MAY_READ_LISTS } from './duties.js';
import { Gives } from './gives.js';
import { unlessKnown } from './unless-known.js';

const page = pagesOf('recalls');

/** What was said and is taken back: one recall for each holder, who does not learn of the others. */
@ApiTags('recalls')
@EntityModels()
@Controller('recalls')
export class RecallsController {
  constructor(
    private readonly desk: Desk,
    private readonly agency: AgencyOptions,
    private readonly time: LogTime,
    private readonly released: Released,
  ) {}

  @Post()
  @Gives('IssueRecall', 'Take back from one holder what this agency said, and say it rightly')
  async issue(
    @Body() { event, compartments, ...body }: IssueRecallBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const { exchange, issuer: saidBy, descriptors } = await this.desk.held(event, compartments);
    const data = { ...body, event, compartments, saidBy, descriptors } as Said<'IssueRecall'>;
    return this.desk.issue('IssueRecall', exchange, data, caller);
  }

  @Get()
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'What this agency took back, or was told to forget' })
  @ApiOkResponse({ type: RecallsResponse })
  async list(
    @Query() { after, limit, ...filter }: RecallsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecallsResponse | undefined> {
    const now = await this.time.now();
    const rows = await page({ after, limit }, shownRecall, (place) =>
      this.agency.views.recalls(filter, now, place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get(':item')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'How one recall stands, and whether its holder has defaulted' })
  @ApiOkResponse({ type: RecallResponse })
  async one(
    @Param() { item }: ItemParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecallResponse | undefined> {
    const row = await this.agency.views.recall(item, await this.time.now());
    if (row === undefined)
      throw new Problem('not-found', 'no recall that was recorded has this id');
    return unlessKnown({ request, reply }, shownRecall(row), row.version, row.defaulted);
  }

  @Get(':item/content')
  @Roles(...MAY_READ_CONTENT)
  @ApiOperation({ summary: 'What is said instead; the read is recorded' })
  @ApiOkResponse({ type: EventContentsResponse })
  content(
    @Param() { item }: ItemParams,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<EventContentsResponse> {
    return this.released.item(officer, purpose, item, 'recall');
  }
}
