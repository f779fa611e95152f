import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  type ChangeResponse,
  DeliveryProofResponse,
  EntityModels,
  EventContentResponse,
  EventParams,
  EventProofResponse,
  SearchBody,
  SearchResponse,
} from '@tripoint/contracts';
import { type EventId, type ItemId } from '@tripoint/kernel';
import {
  CurrentOfficer,
  CurrentPurpose,
  EventStreams,
  type Officer,
  Problem,
  type Purpose,
  Roles,
  type ServerEvent,
} from '@tripoint/platform';
import { type Change, type Changes } from '@tripoint/read-model';
import { formatVerifierKey } from '@tripoint/transparency';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AgencyOptions } from '../agency.options.js';
import { pagesOf } from '../queries/pages.js';
import { Released } from '../queries/released.js';
import { lineOf, provedOf } from '../queries/proved.js';
import { shownContent, shownHit } from '../queries/shown.js';
import { MAY_READ_CONTENT, MAY_READ_LISTS, MAY_SEARCH, MAY_WATCH_TRAFFIC } from './duties.js';
import { forItsPurpose } from './for-its-purpose.js';

const hitPage = pagesOf('search');
const CHANGE_ID = /^(0|[1-9]\d{0,17})$/;

const told = ({ id, kind, exchange, item, version }: Change): ServerEvent => ({
  id: String(id),
  event: kind,
  data: {
    kind,
    ...(exchange === undefined ? {} : { exchange }),
    ...(item === undefined
      ? {}
      : kind === 'submission'
        ? { event: item as EventId }
        : { item: item as ItemId }),
    version: String(version),
  } satisfies ChangeResponse,
});

async function* following(
  changes: Changes,
  after: bigint,
  signal: AbortSignal,
): AsyncIterable<ServerEvent> {
  for await (const batch of changes.follow(after, signal)) yield* batch.map(told);
}

/** Live updates, single events, and the search over everything that was named. */
@ApiTags('events')
@EntityModels()
@Controller()
export class EventsController {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly released: Released,
    private readonly streams: EventStreams,
  ) {}

  @Get('events')
  @Roles(...MAY_WATCH_TRAFFIC)
  @ApiOperation({ summary: 'What changes, as it changes: ids and versions, no content' })
  @ApiHeader({
    name: 'Last-Event-ID',
    description: 'The `id` of the last event that was seen; from now on when it is left out.',
    required: false,
    schema: { type: 'string', pattern: '^(0|[1-9]\\d{0,17})$', example: '42' },
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    description: 'Server-sent events, named by the kind of what changed.',
    schema: { type: 'string' },
  })
  async follow(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const last = request.headers['last-event-id'];
    if (last !== undefined && (typeof last !== 'string' || !CHANGE_ID.test(last)))
      throw new Problem('invalid-request', 'the Last-Event-ID header is not one of this stream');
    const { changes } = this.agency;
    const after = last === undefined ? await changes.newest() : BigInt(last);
    await this.streams.serve(request, reply, (_, signal) => following(changes, after, signal));
  }

  @Get('events/:event/content')
  @Roles(...MAY_READ_CONTENT)
  @ApiOperation({ summary: 'What one event says; the read is recorded' })
  @ApiOkResponse({ type: EventContentResponse })
  async content(
    @Param() { event }: EventParams,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<EventContentResponse> {
    const entry = await this.agency.journal.entry(event);
    const wanted = {
      ...(entry && { exchange: entry.exchange, item: entry.recorded.event.item }),
      fields: ['event'],
    };
    const found = await this.released.read(officer, purpose, wanted, (content) =>
      content.event(event),
    );
    return shownContent(found, await this.agency.witnessed.size());
  }

  @Get('events/:event/proof')
  @Roles(...MAY_READ_LISTS)
  @ApiOperation({
    summary: 'What shows that an event is in the log, to be recomputed by whoever asks; no content',
  })
  @ApiOkResponse({ type: EventProofResponse })
  async proof(@Param() { event }: EventParams): Promise<EventProofResponse> {
    const { anchor, trustPolicy, views } = this.agency;
    const handed = await views.handedOver(event);
    const proved = handed && provedOf(handed);
    if (proved === undefined)
      throw new Problem('not-found', 'nothing is kept that shows an event with this id');
    return {
      ...proved,
      log: anchor.log.vkey,
      witnesses: (trustPolicy?.witnesses ?? []).map(({ key }) => formatVerifierKey(key)),
    };
  }

  @Get('events/:event/deliveries')
  @Roles(...MAY_WATCH_TRAFFIC)
  @ApiOperation({
    summary: 'What shows somebody else to whom an event of ours was delivered; no content',
  })
  @ApiOkResponse({ type: DeliveryProofResponse })
  async deliveries(@Param() { event }: EventParams): Promise<DeliveryProofResponse> {
    const proof = await this.agency.views.deliveryProof(event);
    if (proof === undefined)
      throw new Problem(
        'not-found',
        'nothing is kept that shows a delivery of an event with this id',
      );
    const { said, statements, proofs } = proof;
    return {
      said: lineOf(said),
      statements: statements.map(lineOf),
      proofs: proofs.map(lineOf),
    };
  }

  @Post('search')
  @HttpCode(200)
  @Roles(...MAY_SEARCH)
  @ApiOperation({
    summary: 'Find names and numbers across scripts and spellings; the read is recorded',
  })
  @ApiOkResponse({ type: SearchResponse })
  async search(
    @Body() { after, limit, ...query }: SearchBody,
    @CurrentOfficer() officer: Officer,
    @CurrentPurpose() purpose: Purpose,
  ): Promise<SearchResponse> {
    forItsPurpose(officer, purpose);
    const { exchange } = query;
    const wanted = { ...(exchange && { exchange }), fields: ['search'] };
    return hitPage({ after, limit }, shownHit, (place) =>
      this.released.read(officer, purpose, wanted, (content) => content.search(query, place)),
    );
  }
}
