import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  DeclineReferralBody,
  EmptyBody,
  EntityModels,
  EventContentsResponse,
  IssueReferralBody,
  ItemParams,
  ReferralsQuery,
  ReferralFeedbackBody,
  ReferralResponse,
  ReferralsResponse,
  RevokeReferralBody,
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
import { shownReferral } from '../queries/shown.js';
import { type Caller, CurrentCaller } from './caller.js';
import { Desk, type Said } from './desk.js';
import { MAY_READ_CONTENT, MAY_READ_LISTS } from './duties.js';
import { Gives } from './gives.js';
import { unlessKnown } from './unless-known.js';

const page = pagesOf('referrals');

/** Persons referred to services, with their consent. */
@ApiTags('referrals')
@EntityModels()
@Controller('referrals')
export class ReferralsController {
  constructor(
    private readonly desk: Desk,
    private readonly agency: AgencyOptions,
    private readonly released: Released,
  ) {}

  @Post()
  @Gives('IssueReferral', 'Refer a person to a service')
  issue(
    @Body() { exchange, ...body }: IssueReferralBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'IssueReferral'>;
    return this.desk.issue('IssueReferral', exchange, data, caller);
  }

  @Post(':item/accept')
  @Gives('AcceptReferral', 'Take the person on')
  accept(
    @Param() { item }: ItemParams,
    @Body() body: EmptyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'AcceptReferral'>;
    return this.desk.move('AcceptReferral', { item, version }, data, caller);
  }

  @Post(':item/reject')
  @Gives('RejectReferral', 'Decline, for reasons that stay among services')
  reject(
    @Param() { item }: ItemParams,
    @Body() body: DeclineReferralBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'RejectReferral'>;
    return this.desk.move('RejectReferral', { item, version }, data, caller);
  }

  @Post(':item/not-possible')
  @Gives(
    'DeclareReferralNotPossible',
    'Say that it is not possible, for reasons that stay among services',
  )
  notPossible(
    @Param() { item }: ItemParams,
    @Body() body: DeclineReferralBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'DeclareReferralNotPossible'>;
    return this.desk.move('DeclareReferralNotPossible', { item, version }, data, caller);
  }

  @Post(':item/feedback')
  @Gives('GiveReferralFeedback', 'Say how it goes')
  feedback(
    @Param() { item }: ItemParams,
    @Body() body: ReferralFeedbackBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'GiveReferralFeedback'>;
    return this.desk.move('GiveReferralFeedback', { item, version }, data, caller);
  }

  @Post(':item/complete')
  @Gives('CompleteReferral', 'Say that it is done')
  complete(
    @Param() { item }: ItemParams,
    @Body() body: EmptyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'CompleteReferral'>;
    return this.desk.move('CompleteReferral', { item, version }, data, caller);
  }

  @Post(':item/revoke')
  @Gives('RevokeReferral', 'Take the referral back')
  revoke(
    @Param() { item }: ItemParams,
    @Body() body: RevokeReferralBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    return this.desk.move('RevokeReferral', { item, version }, body, caller);
  }

  @Get()
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'The referrals that this agency issued or was sent' })
  @ApiOkResponse({ type: ReferralsResponse })
  async list(
    @Query() { after, limit, ...filter }: ReferralsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReferralsResponse | undefined> {
    const rows = await page({ after, limit }, shownReferral, (place) =>
      this.agency.views.referrals(filter, place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get(':item')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'How one referral stands, without what it says' })
  @ApiOkResponse({ type: ReferralResponse })
  async one(
    @Param() { item }: ItemParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReferralResponse | undefined> {
    const row = await this.agency.views.referral(item);
    if (row === undefined)
      throw new Problem('not-found', 'no referral that was recorded has this id');
    return unlessKnown({ request, reply }, shownReferral(row), row.version);
  }

  @Get(':item/content')
  @Roles(...MAY_READ_CONTENT)
  @ApiOperation({ summary: 'What a referral and everything about it says; the read is recorded' })
  @ApiOkResponse({ type: EventContentsResponse })
  content(
    @Param() { item }: ItemParams,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<EventContentsResponse> {
    return this.released.item(officer, purpose, item, 'referral');
  }
}
