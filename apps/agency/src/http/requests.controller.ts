import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AnswerRequestBody,
  AskClarificationBody,
  ClarifyBody,
  EmptyBody,
  EntityModels,
  EventContentsResponse,
  IssueRequestBody,
  ItemParams,
  NotifyDelayBody,
  RefuseRequestBody,
  RequestResponse,
  RequestsQuery,
  RequestsResponse,
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
import { LogTime } from '../queries/log-time.js';
import { pagesOf } from '../queries/pages.js';
import { Released } from '../queries/released.js';
import { shownRequest } from '../queries/shown.js';
import { type Caller, CurrentCaller } from './caller.js';
import { Desk, type Said } from './desk.js';
import { MAY_READ_CONTENT, MAY_READ_LISTS } from './duties.js';
import { Gives } from './gives.js';
import { unlessKnown } from './unless-known.js';

const page = pagesOf('requests');

/** Requests for information, with their legal clocks. */
@ApiTags('requests')
@EntityModels()
@Controller('requests')
export class RequestsController {
  constructor(
    private readonly desk: Desk,
    private readonly agency: AgencyOptions,
    private readonly released: Released,
    private readonly time: LogTime,
  ) {}

  @Post()
  @Gives('IssueRequest', 'Ask one agency for information')
  async issue(
    @Body() { exchange, derivedFrom, ...body }: IssueRequestBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = {
      ...body,
      ...(derivedFrom && { derivedFrom: await this.desk.sources(derivedFrom) }),
    } as Said<'IssueRequest'>;
    return this.desk.issue('IssueRequest', exchange, data, caller);
  }

  @Post(':item/ask-clarification')
  @Gives('AskClarification', 'Ask what is meant; the clock stands still meanwhile')
  askClarification(
    @Param() { item }: ItemParams,
    @Body() body: AskClarificationBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'AskClarification'>;
    return this.desk.move('AskClarification', { item, version }, data, caller);
  }

  @Post(':item/clarify')
  @Gives('ProvideClarification', 'Say what is meant')
  clarify(
    @Param() { item }: ItemParams,
    @Body() body: ClarifyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'ProvideClarification'>;
    return this.desk.move('ProvideClarification', { item, version }, data, caller);
  }

  @Post(':item/accept')
  @Gives('AcceptRequest', 'Take the request on')
  accept(
    @Param() { item }: ItemParams,
    @Body() body: EmptyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'AcceptRequest'>;
    return this.desk.move('AcceptRequest', { item, version }, data, caller);
  }

  @Post(':item/notify-delay')
  @Gives('NotifyDelay', 'Say that the answer will be late, and why')
  notifyDelay(
    @Param() { item }: ItemParams,
    @Body() body: NotifyDelayBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'NotifyDelay'>;
    return this.desk.move('NotifyDelay', { item, version }, data, caller);
  }

  @Post(':item/answer')
  @Gives('ProvideAnswer', 'Answer, in full, in part, or that nothing is held')
  async answer(
    @Param() { item }: ItemParams,
    @Body() { derivedFrom, ...body }: AnswerRequestBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = {
      ...body,
      ...(derivedFrom && { derivedFrom: await this.desk.sources(derivedFrom) }),
    } as Said<'ProvideAnswer'>;
    return this.desk.move('ProvideAnswer', { item, version }, data, caller);
  }

  @Post(':item/refuse')
  @Gives('RefuseRequest', 'Refuse the request or a part of it, on a coded ground')
  refuse(
    @Param() { item }: ItemParams,
    @Body() body: RefuseRequestBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'RefuseRequest'>;
    return this.desk.move('RefuseRequest', { item, version }, data, caller);
  }

  @Post(':item/withdraw')
  @Gives('WithdrawRequest', 'Withdraw the request')
  withdraw(
    @Param() { item }: ItemParams,
    @Body() body: EmptyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'WithdrawRequest'>;
    return this.desk.move('WithdrawRequest', { item, version }, data, caller);
  }

  @Post(':item/close')
  @Gives('CloseRequest', 'Close the request')
  close(
    @Param() { item }: ItemParams,
    @Body() body: EmptyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'CloseRequest'>;
    return this.desk.move('CloseRequest', { item, version }, data, caller);
  }

  @Get()
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'The requests that this agency issued or was sent' })
  @ApiOkResponse({ type: RequestsResponse })
  async list(
    @Query() { after, limit, ...filter }: RequestsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestsResponse | undefined> {
    const now = await this.time.now();
    const rows = await page({ after, limit }, shownRequest, (place) =>
      this.agency.views.requests(filter, now, place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get(':item')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'How one request stands, without what it says' })
  @ApiOkResponse({ type: RequestResponse })
  async one(
    @Param() { item }: ItemParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestResponse | undefined> {
    const row = await this.agency.views.request(item, await this.time.now());
    if (row === undefined)
      throw new Problem('not-found', 'no request that was recorded has this id');
    return unlessKnown({ request, reply }, shownRequest(row), row.version, row.overdue);
  }

  @Get(':item/content')
  @Roles(...MAY_READ_CONTENT)
  @ApiOperation({ summary: 'What a request and everything about it says; the read is recorded' })
  @ApiOkResponse({ type: EventContentsResponse })
  async content(
    @Param() { item }: ItemParams,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<EventContentsResponse> {
    return this.released.item(officer, purpose, item, 'request');
  }
}
