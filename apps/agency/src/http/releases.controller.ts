import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  DenyReleaseBody,
  EmptyBody,
  EntityModels,
  EventContentsResponse,
  GrantReleaseBody,
  ItemParams,
  OfferReleaseBody,
  ReleaseResponse,
  ReleasesQuery,
  ReleasesResponse,
  RequestReleaseBody,
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
import { type ReleaseRow } from '@tripoint/read-model';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AgencyOptions } from '../agency.options.js';
import { LogTime } from '../queries/log-time.js';
import { pagesOf } from '../queries/pages.js';
import { Released } from '../queries/released.js';
import { shownRelease } from '../queries/shown.js';
import { type Caller, CurrentCaller } from './caller.js';
import { Desk, type Said } from './desk.js';
import { MAY_READ_CONTENT, MAY_READ_LISTS } from './duties.js';
import { Gives } from './gives.js';
import { unlessKnown } from './unless-known.js';

const page = pagesOf('releases');

/** What goes further than to whom it was said: asked of whoever said it, granted for a time, taken back. */
@ApiTags('releases')
@EntityModels()
@Controller('releases')
export class ReleasesController {
  constructor(
    private readonly desk: Desk,
    private readonly agency: AgencyOptions,
    private readonly time: LogTime,
    private readonly released: Released,
  ) {}

  @Post()
  @Gives('RequestRelease', 'Ask whoever said something to let it go to one more agency')
  async request(
    @Body() { event, compartments, ...body }: RequestReleaseBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const { exchange, issuer: to } = await this.desk.held(event, compartments);
    const data = { ...body, event, compartments, to } as Said<'RequestRelease'>;
    return this.desk.issue('RequestRelease', exchange, data, caller);
  }

  @Post('offer')
  @Gives(
    'OfferRelease',
    'Hand what this agency said to one more, for a time, although nobody asked',
  )
  async offer(
    @Body() { event, compartments, ...body }: OfferReleaseBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const { exchange, issuer: saidBy, descriptors } = await this.desk.held(event, compartments);
    const data: Said<'OfferRelease'> = { ...body, event, compartments, saidBy, descriptors };
    return this.desk.issue('OfferRelease', exchange, data, caller);
  }

  @Post(':item/grant')
  @Gives('GrantRelease', 'Let it go to the agency named, for a time; the keys follow by themselves')
  async grant(
    @Param() { item }: ItemParams,
    @Body() { compartments, until }: GrantReleaseBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const { event, compartments: asked } = await this.#held(item);
    // As the domain decides it. Of what was not asked for there may be nothing here that could be named.
    if (compartments.some((name) => !asked.includes(name)))
      throw new Problem('release-beyond-request', 'no more is granted than was asked for');
    const { descriptors } = await this.desk.held(event, compartments);
    const data: Said<'GrantRelease'> = { compartments, until, descriptors };
    return this.desk.move('GrantRelease', { item, version }, data, caller);
  }

  @Post(':item/deny')
  @Gives('DenyRelease', 'Do not let it go')
  deny(
    @Param() { item }: ItemParams,
    @Body() body: DenyReleaseBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'DenyRelease'>;
    return this.desk.move('DenyRelease', { item, version }, data, caller);
  }

  @Post(':item/revoke')
  @Gives('RevokeGrant', 'Take it back before its time is over; the copy is purged')
  revoke(
    @Param() { item }: ItemParams,
    @Body() body: EmptyBody,
    @IfMatch() version: string,
    @CurrentCaller() caller: Caller,
  ): Promise<SubmittedResponse> {
    const data = body as Said<'RevokeGrant'>;
    return this.desk.move('RevokeGrant', { item, version }, data, caller);
  }

  @Get()
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'What this agency was asked to let go, asked for or was granted' })
  @ApiOkResponse({ type: ReleasesResponse })
  async list(
    @Query() { after, limit, ...filter }: ReleasesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReleasesResponse | undefined> {
    const rows = await page({ after, limit }, shownRelease(await this.time.now()), (place) =>
      this.agency.views.releases(filter, place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get(':item')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'How one release stands, without its words' })
  @ApiOkResponse({ type: ReleaseResponse })
  async one(
    @Param() { item }: ItemParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReleaseResponse | undefined> {
    const row = await this.#held(item);
    const shown = shownRelease(await this.time.now())(row);
    // What becomes of the copy elsewhere gives the item no version.
    const { expired, status, purgedAt, kept } = shown;
    const over = expired || status === 'EXPIRED' || (purgedAt ?? kept) !== undefined;
    return unlessKnown({ request, reply }, shown, row.version, over);
  }

  @Get(':item/content')
  @Roles(...MAY_READ_CONTENT)
  @ApiOperation({ summary: 'What was asked and answered about a release; the read is recorded' })
  @ApiOkResponse({ type: EventContentsResponse })
  content(
    @Param() { item }: ItemParams,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<EventContentsResponse> {
    return this.released.item(officer, purpose, item, 'release');
  }

  async #held(item: ItemId): Promise<ReleaseRow> {
    const row = await this.agency.views.release(item);
    if (row === undefined)
      throw new Problem('not-found', 'no release that was recorded has this id');
    return row;
  }
}
