import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  EntitiesQuery,
  EntitiesResponse,
  EntityModels,
  EventContentsResponse,
  ExchangeParams,
  ExchangeResponse,
  ExchangesQuery,
  ExchangesResponse,
  PageQuery,
  TimelineResponse,
} from '@tripoint/contracts';
import { type ExchangeId } from '@tripoint/kernel';
import {
  CurrentOfficer,
  CurrentPurpose,
  type Officer,
  Problem,
  type Purpose,
  Roles,
} from '@tripoint/platform';
import { type ExchangeRow, type TimelineContent, type TimelineRow } from '@tripoint/read-model';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AgencyOptions } from '../agency.options.js';
import { pagesOf } from '../queries/pages.js';
import { Released } from '../queries/released.js';
import {
  shownContent,
  shownEntity,
  shownEvent,
  shownExchange,
  shownPage,
  unshown,
} from '../queries/shown.js';
import { MAY_READ_CONTENT, MAY_READ_LISTS } from './duties.js';
import { unlessKnown } from './unless-known.js';

const exchangePage = pagesOf('exchanges');
const timelinePage = pagesOf('timeline');
const contentPage = pagesOf('exchange-content');
const entityPage = pagesOf('entities');

/** Exchanges, as far as this agency takes part in them. */
@ApiTags('exchanges')
@EntityModels()
@Controller('exchanges')
export class ExchangesController {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly released: Released,
  ) {}

  @Get()
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'The exchanges that this agency takes part in' })
  @ApiOkResponse({ type: ExchangesResponse })
  async list(
    @Query() { after, limit, ...filter }: ExchangesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExchangesResponse | undefined> {
    const rows = await exchangePage({ after, limit }, shownExchange, (place) =>
      this.agency.views.exchanges(filter, place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get(':exchange')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'One exchange, without what is said in it' })
  @ApiOkResponse({ type: ExchangeResponse })
  async one(
    @Param() { exchange }: ExchangeParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExchangeResponse | undefined> {
    const row = await this.#held(exchange);
    // How many are open can change by what gives the exchange no version.
    return unlessKnown({ request, reply }, shownExchange(row));
  }

  @Get(':exchange/timeline')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({ summary: 'What happened in an exchange, without what was said' })
  @ApiOkResponse({ type: TimelineResponse })
  async timeline(
    @Param() { exchange }: ExchangeParams,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TimelineResponse | undefined> {
    await this.#held(exchange);
    const page = await timelinePage(query, unshown<TimelineRow>, (place) =>
      this.agency.views.timeline(exchange, place),
    );
    const shown = await shownPage(page, this.agency.witnessed, shownEvent);
    return unlessKnown({ request, reply }, shown);
  }

  @Get(':exchange/content')
  @Roles(...MAY_READ_CONTENT)
  @ApiOperation({ summary: 'What was said in an exchange; the read is recorded' })
  @ApiOkResponse({ type: EventContentsResponse })
  async content(
    @Param() { exchange }: ExchangeParams,
    @Query() query: PageQuery,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<EventContentsResponse> {
    const page = await contentPage(query, unshown<TimelineContent>, (place) =>
      this.released.read(officer, purpose, { exchange, fields: ['timeline'] }, async (content) =>
        (await this.#holds(exchange)) ? content.timeline(exchange, place) : undefined,
      ),
    );
    return shownPage(page, this.agency.witnessed, shownContent);
  }

  @Get(':exchange/entities')
  @Roles(...MAY_READ_CONTENT)
  @ApiOperation({ summary: 'Who and what was named in an exchange; the read is recorded' })
  @ApiOkResponse({ type: EntitiesResponse })
  async entities(
    @Param() { exchange }: ExchangeParams,
    @Query() { after, limit, item, kind }: EntitiesQuery,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<EntitiesResponse> {
    const filter = { exchange, ...(item && { item }), ...(kind && { kind }) };
    const wanted = { exchange, ...(item && { item }), fields: ['entities'] };
    return entityPage({ after, limit }, shownEntity, (place) =>
      this.released.read(officer, purpose, wanted, async (content) =>
        (await this.#holds(exchange)) ? content.entities(filter, place) : undefined,
      ),
    );
  }

  async #holds(exchange: ExchangeId): Promise<boolean> {
    return (await this.agency.views.exchange(exchange)) !== undefined;
  }

  async #held(exchange: ExchangeId): Promise<ExchangeRow> {
    const row = await this.agency.views.exchange(exchange);
    if (row === undefined)
      throw new Problem('not-found', 'no exchange that was recorded has this id');
    return row;
  }
}
