import { randomBytes } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  DisclosureResponse,
  DisclosuresQuery,
  DisclosuresResponse,
  EmptyBody,
  ItemParams,
  OrderDisclosureBody,
  PageQuery,
  ReviewDisclosureBody,
  type SubmittedResponse,
  ToldDisclosuresResponse,
} from '@tripoint/contracts';
import { type ExchangeId, type ItemId } from '@tripoint/kernel';
import { IfMatch, Problem, Roles } from '@tripoint/platform';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AgencyOptions } from '../agency.options.js';
import { RegisteredFederation } from '../federation/registered-federation.js';
import { LogTime } from '../queries/log-time.js';
import { pagesOf } from '../queries/pages.js';
import { custodiansOf } from './custodians.js';
import { shownDisclosure, shownToldDisclosure } from '../queries/shown.js';
import { refused } from './answers.js';
import { type Caller, CurrentCaller } from './caller.js';
import { Desk, type Said } from './desk.js';
import { MAY_COMMAND, MAY_READ_LISTS } from './duties.js';
import { Gives } from './gives.js';
import { orderedInVain } from './ordered-in-vain.js';
import { unlessKnown } from './unless-known.js';

const page = pagesOf('disclosures');
const toldPage = pagesOf('told-disclosures');

/** What those who keep shares of keys are ordered to disclose of one event, each for itself. */
@ApiTags('disclosures')
@Controller('disclosures')
export class DisclosuresController {
  constructor(
    private readonly desk: Desk,
    private readonly agency: AgencyOptions,
    private readonly time: LogTime,
    private readonly federation: RegisteredFederation,
  ) {}

  @Post()
  @Gives(
    'OrderDisclosure',
    'Order custodians to disclose one event to this agency, in an emergency',
  )
  async order(
    @Body() { event, ...body }: OrderDisclosureBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const { agency, journal } = this.agency;
    const vain = orderedInVain(agency, await journal.entry(event), body);
    if (vain !== undefined) throw refused(vain);
    const { registry } = await this.federation.now();
    const custodians = custodiansOf(registry);
    const data: Said<'OrderDisclosure'> = { ...body, event, custodians };
    return this.desk.issue('OrderDisclosure', undefined, data, caller);
  }

  @Post(':item/release')
  @Gives('ApproveShare', 'Let this agency’s share go to whom the order names; it follows by itself')
  release(
    @Param() { item }: ItemParams,
    @Body() body: EmptyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'ApproveShare'>;
    return this.desk.move('ApproveShare', { item, version }, data, caller);
  }

  @Post(':item/decline')
  @Gives('DeclineShare', 'Do not hand over this agency’s share')
  decline(
    @Param() { item }: ItemParams,
    @Body() body: EmptyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'DeclineShare'>;
    return this.desk.move('DeclineShare', { item, version }, data, caller);
  }

  @Post('drills')
  @Gives('PrepareDrill', 'Say noise to nobody, on which custodians can be tried')
  async drill(
    @Body() body: EmptyBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const { registry } = await this.federation.now();
    const compartments = registry.custody?.compartments ?? [];
    const noise = randomBytes(32).toString('hex');
    const data = Object.assign(body, { compartments, noise }) as Said<'PrepareDrill'>;
    return this.desk.issue('PrepareDrill', undefined, data, caller);
  }

  @Post(':item/review')
  @Gives('ReviewDisclosure', 'Say, for oversight, what it thinks of an emergency')
  async review(
    @Param() { item: disclosure }: ItemParams,
    @Body() { outcome }: ReviewDisclosureBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data: Said<'ReviewDisclosure'> = { disclosure, outcome };
    // In the order's own exchange, where two auditors cannot both be the first.
    const exchange = await this.#toReview(disclosure);
    return this.desk.impose('ReviewDisclosure', exchange, data, caller);
  }

  /** Only the first review counts, so that nobody is to believe that a second one was any. */
  async #toReview(disclosure: ItemId): Promise<ExchangeId | undefined> {
    const { registry } = await this.federation.now();
    // Whom nobody tells of emergencies learns that it may not review them.
    if (registry.agency(this.agency.agency)?.kind !== 'OVERSIGHT') return undefined;
    const told = await this.agency.views.toldDisclosure(disclosure);
    if (told === undefined)
      throw new Problem('item-unknown', 'no emergency that was recorded has this id');
    if (told.reviewedHere || told.review !== undefined)
      throw new Problem('already-reviewed', 'only the first review of an emergency counts');
    return told.exchange;
  }

  @Get('told')
  @Roles(...MAY_READ_LISTS, ...MAY_COMMAND.ReviewDisclosure)
  @ApiOperation({
    summary:
      'What was ordered to be disclosed of what this agency said; at oversight, emergencies that it is to review',
  })
  @ApiOkResponse({ type: ToldDisclosuresResponse })
  async told(
    @Query() { after, limit }: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ToldDisclosuresResponse | undefined> {
    const rows = await toldPage({ after, limit }, shownToldDisclosure, (place) =>
      this.agency.views.toldDisclosures(place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get()
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'What this agency ordered, was ordered to disclose, or was disclosed' })
  @ApiOkResponse({ type: DisclosuresResponse })
  async list(
    @Query() { after, limit, ...filter }: DisclosuresQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DisclosuresResponse | undefined> {
    const now = await this.time.now();
    const rows = await page({ after, limit }, shownDisclosure, (place) =>
      this.agency.views.disclosures(filter, now, place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get(':item')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'How one disclosure stands, as far as this agency knows' })
  @ApiOkResponse({ type: DisclosureResponse })
  async one(
    @Param() { item }: ItemParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DisclosureResponse | undefined> {
    const row = await this.agency.views.disclosure(item, await this.time.now());
    if (row === undefined)
      throw new Problem('not-found', 'no disclosure that was recorded has this id');
    // A review is none of the order's own steps.
    const changes = row.expired || row.review !== undefined;
    return unlessKnown({ request, reply }, shownDisclosure(row), row.version, changes);
  }
}
