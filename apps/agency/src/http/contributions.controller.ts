import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ContributionResponse,
  ContributionsResponse,
  EmptyBody,
  EntityModels,
  EvaluateContributionBody,
  EventContentsResponse,
  ItemParams,
  ContributionsQuery,
  ShareContributionBody,
  type SubmittedResponse,
} from '@tripoint/contracts';
import {
  CurrentOfficer,
  CurrentPurpose,
  IfMatch,
  type Officer,
  Problem,
  type Purpose,
  Roles,
} from '@tripoint/platform';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AgencyOptions } from '../agency.options.js';
import { pagesOf } from '../queries/pages.js';
import { Released } from '../queries/released.js';
import { shownContribution } from '../queries/shown.js';
import { type Caller, CurrentCaller } from './caller.js';
import { Desk, type Said } from './desk.js';
import { MAY_READ_CONTENT, MAY_READ_LISTS } from './duties.js';
import { Gives } from './gives.js';
import { unlessKnown } from './unless-known.js';

const page = pagesOf('contributions');

/** Information that agencies give on their own initiative. */
@ApiTags('contributions')
@EntityModels()
@Controller('contributions')
export class ContributionsController {
  constructor(
    private readonly desk: Desk,
    private readonly agency: AgencyOptions,
    private readonly released: Released,
  ) {}

  @Post()
  @Gives('ShareContribution', 'Give information to one agency')
  async share(
    @Body() { exchange, derivedFrom, ...body }: ShareContributionBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = {
      ...body,
      ...(derivedFrom && { derivedFrom: await this.desk.sources(derivedFrom) }),
    } as Said<'ShareContribution'>;
    return this.desk.issue('ShareContribution', exchange, data, caller);
  }

  @Post(':item/acknowledge')
  @Gives(
    'AcknowledgeContribution',
    'Say that an officer has taken note of it; that it arrived, the node says by itself',
  )
  acknowledge(
    @Param() { item }: ItemParams,
    @Body() body: EmptyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'AcknowledgeContribution'>;
    return this.desk.move('AcknowledgeContribution', { item, version }, data, caller);
  }

  @Post(':item/evaluate')
  @Gives('EvaluateContribution', 'Grade it')
  evaluate(
    @Param() { item }: ItemParams,
    @Body() body: EvaluateContributionBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'EvaluateContribution'>;
    return this.desk.move('EvaluateContribution', { item, version }, data, caller);
  }

  @Post(':item/revise')
  @Gives('ReviseEvaluation', 'Grade it anew')
  revise(
    @Param() { item }: ItemParams,
    @Body() body: EvaluateContributionBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'ReviseEvaluation'>;
    return this.desk.move('ReviseEvaluation', { item, version }, data, caller);
  }

  @Get()
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'The contributions that this agency gave or was given' })
  @ApiOkResponse({ type: ContributionsResponse })
  async list(
    @Query() { after, limit, ...filter }: ContributionsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContributionsResponse | undefined> {
    const rows = await page({ after, limit }, shownContribution, (place) =>
      this.agency.views.contributions(filter, place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get(':item')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'How one contribution stands, without what it says' })
  @ApiOkResponse({ type: ContributionResponse })
  async one(
    @Param() { item }: ItemParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContributionResponse | undefined> {
    const row = await this.agency.views.contribution(item);
    if (row === undefined)
      throw new Problem('not-found', 'no contribution that was recorded has this id');
    return unlessKnown({ request, reply }, shownContribution(row), row.version);
  }

  @Get(':item/content')
  @Roles(...MAY_READ_CONTENT)
  @ApiOperation({
    summary: 'What a contribution and everything about it says; the read is recorded',
  })
  @ApiOkResponse({ type: EventContentsResponse })
  content(
    @Param() { item }: ItemParams,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<EventContentsResponse> {
    return this.released.item(officer, purpose, item, 'contribution');
  }
}
