import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  EmptyBody,
  EntityModels,
  EventContentsResponse,
  HoldResponse,
  HoldsQuery,
  HoldsResponse,
  ItemParams,
  PlaceHoldBody,
  type SubmittedResponse,
} from '@tripoint/contracts';
import { type ItemId } from '@tripoint/kernel';
import {
  CurrentOfficer,
  CurrentPurpose,
  IfMatch,
  type Officer,
  Problem,
  type Purpose,
  Roles,
} from '@tripoint/platform';
import { type HoldRow } from '@tripoint/read-model';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AgencyOptions } from '../agency.options.js';
import { LogTime } from '../queries/log-time.js';
import { pagesOf } from '../queries/pages.js';
import { Released } from '../queries/released.js';
import { shownHold } from '../queries/shown.js';
import { type Caller, CurrentCaller } from './caller.js';
import { Desk, type Said } from './desk.js';
import { MAY_READ_CONTENT, MAY_READ_HELD, MAY_READ_LISTS } from './duties.js';
import { Gives } from './gives.js';
import { unlessKnown } from './unless-known.js';

const page = pagesOf('holds');

/** What this agency must not delete yet, whoever recalls or erases it. */
@ApiTags('holds')
@EntityModels()
@Controller('holds')
export class HoldsController {
  constructor(
    private readonly desk: Desk,
    private readonly agency: AgencyOptions,
    private readonly time: LogTime,
    private readonly released: Released,
  ) {}

  @Post()
  @Gives('PlaceHold', 'Keep from deletion what proceedings may need, for a time')
  async place(
    @Body() { event, compartments, ...body }: PlaceHoldBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const { exchange } = await this.desk.held(event, compartments);
    const data = { ...body, event, compartments } as Said<'PlaceHold'>;
    return this.desk.issue('PlaceHold', exchange, data, caller);
  }

  @Post(':item/lift')
  @Gives('LiftHold', 'Keep it no longer; what was to go meanwhile goes')
  lift(
    @Param() { item }: ItemParams,
    @Body() body: EmptyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'LiftHold'>;
    return this.desk.move('LiftHold', { item, version }, data, caller);
  }

  @Get()
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({
    summary: 'What this agency must not delete yet, and what it need not keep any more',
  })
  @ApiOkResponse({ type: HoldsResponse })
  async list(
    @Query() { after, limit, ...filter }: HoldsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldsResponse | undefined> {
    const now = await this.time.now();
    const rows = await page({ after, limit }, shownHold, (place) =>
      this.agency.views.holds(filter, now, place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get(':item')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'How one legal hold stands' })
  @ApiOkResponse({ type: HoldResponse })
  async one(
    @Param() { item }: ItemParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldResponse | undefined> {
    const row = await this.#row(item);
    return unlessKnown({ request, reply }, shownHold(row), row.version, row.expired);
  }

  @Get(':item/content')
  @Roles(...MAY_READ_CONTENT)
  @ApiOperation({
    summary: 'On what ground it is held, and under which reference; the read is recorded',
  })
  @ApiOkResponse({ type: EventContentsResponse })
  content(
    @Param() { item }: ItemParams,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<EventContentsResponse> {
    return this.released.item(officer, purpose, item, 'hold');
  }

  @Get(':item/kept')
  @Roles(...MAY_READ_HELD)
  @ApiOperation({
    summary:
      'What the hold has kept although it was to go: nobody else is shown it; the read is recorded',
  })
  @ApiOkResponse({ type: EventContentsResponse })
  async kept(
    @Param() { item }: ItemParams,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<EventContentsResponse> {
    const { event, exchange, compartments } = await this.#row(item);
    return this.released.kept(officer, purpose, { item, exchange, event, compartments });
  }

  async #row(item: ItemId): Promise<HoldRow> {
    const row = await this.agency.views.hold(item, await this.time.now());
    if (row === undefined)
      throw new Problem('not-found', 'no legal hold that was recorded has this id');
    return row;
  }
}
