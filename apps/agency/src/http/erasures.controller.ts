import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ErasureResponse,
  ErasuresQuery,
  ErasuresResponse,
  ItemParams,
  OrderErasureBody,
  type SubmittedResponse,
} from '@tripoint/contracts';
import { Problem, Roles } from '@tripoint/platform';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AgencyOptions } from '../agency.options.js';
import { pagesOf } from '../queries/pages.js';
import { shownErasure } from '../queries/shown.js';
import { type Caller, CurrentCaller } from './caller.js';
import { Desk, type Said } from './desk.js';
import { MAY_READ_LISTS } from './duties.js';
import { Gives } from './gives.js';
import { unlessKnown } from './unless-known.js';

const page = pagesOf('erasures');

/** What everybody is to forget: what this agency has said, and what it was told of others'. */
@ApiTags('erasures')
@Controller('erasures')
export class ErasuresController {
  constructor(
    private readonly desk: Desk,
    private readonly agency: AgencyOptions,
  ) {}

  @Post()
  @Gives('OrderErasure', 'Have forgotten, by everybody who holds it, what this agency said')
  async order(
    @Body() { event, compartments, ...body }: OrderErasureBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const { exchange, issuer: saidBy, descriptors } = await this.desk.held(event, compartments);
    const data: Said<'OrderErasure'> = { ...body, event, compartments, saidBy, descriptors };
    return this.desk.issue('OrderErasure', exchange, data, caller);
  }

  @Get()
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'What this agency had forgotten, or was told to forget' })
  @ApiOkResponse({ type: ErasuresResponse })
  async list(
    @Query() { after, limit, ...filter }: ErasuresQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasuresResponse | undefined> {
    const rows = await page({ after, limit }, shownErasure(this.agency.agency), (place) =>
      this.agency.views.erasures(filter, place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get(':item')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({
    summary: 'How one erasure stands: who has said that it is gone, and who was late',
  })
  @ApiOkResponse({ type: ErasureResponse })
  async one(
    @Param() { item }: ItemParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasureResponse | undefined> {
    const row = await this.agency.views.erasure(item);
    if (row === undefined)
      throw new Problem('not-found', 'no erasure that was recorded has this id');
    return unlessKnown({ request, reply }, shownErasure(this.agency.agency)(row));
  }
}
