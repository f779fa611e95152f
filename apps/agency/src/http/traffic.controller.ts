import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AgenciesResponse,
  EventParams,
  FindingsResponse,
  GRANTABLE,
  PageQuery,
  SubmissionResponse,
  SubmissionsQuery,
  SubmissionsResponse,
} from '@tripoint/contracts';
import { Problem, Roles, SignedIn } from '@tripoint/platform';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AgencyOptions } from '../agency.options.js';
import { type SubmissionRow } from '@tripoint/read-model';
import { RegisteredFederation } from '../federation/registered-federation.js';
import { pagesOf } from '../queries/pages.js';
import { shownFinding, shownPage, shownSubmission, unshown } from '../queries/shown.js';
import { explained } from './desk.js';
import { MAY_WATCH_TRAFFIC } from './duties.js';
import { unlessKnown } from './unless-known.js';

const submissionPage = pagesOf('submissions');
const findingPage = pagesOf('findings');

/** How envelopes travel, what could not be opened, and who there is to write to. No content. */
@ApiTags('traffic')
@Controller()
export class TrafficController {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly federation: RegisteredFederation,
  ) {}

  @Get('submissions')
  @Roles(...MAY_WATCH_TRAFFIC)
  @ApiOperation({ summary: 'How far this agency’s envelopes have come' })
  @ApiOkResponse({ type: SubmissionsResponse })
  async submissions(
    @Query() { after, limit, ...filter }: SubmissionsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionsResponse | undefined> {
    const page = await submissionPage({ after, limit }, unshown<SubmissionRow>, (place) =>
      this.agency.views.submissions(filter, place),
    );
    const shown = await shownPage(page, this.agency.witnessed, shownSubmission);
    return unlessKnown({ request, reply }, shown);
  }

  @Get('submissions/:event')
  @Roles(...MAY_WATCH_TRAFFIC)
  @ApiOperation({
    summary: 'How far one envelope has come: sealed, sent, recorded, delivered, opened',
  })
  @ApiOkResponse({ type: SubmissionResponse })
  async submission(
    @Param() { event }: EventParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionResponse | undefined> {
    const row = await this.agency.outbox.submission(event);
    if (row === undefined) throw new Problem('not-found', 'no envelope of this agency has this id');
    return unlessKnown(
      { request, reply },
      shownSubmission(row, await this.agency.witnessed.size()),
    );
  }

  @Get('findings')
  @Roles(...MAY_WATCH_TRAFFIC)
  @ApiOperation({ summary: 'What could not be opened or did not fit' })
  @ApiOkResponse({ type: FindingsResponse })
  async findings(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingsResponse | undefined> {
    const rows = await findingPage(query, shownFinding, (place) =>
      this.agency.views.findings(place),
    );
    return unlessKnown({ request, reply }, rows);
  }

  @Get('agencies')
  @SignedIn()
  @ApiOperation({ summary: 'The members of the federation, as the registry has them' })
  @ApiOkResponse({ type: AgenciesResponse })
  async agencies(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgenciesResponse | undefined> {
    const { registry } = await this.federation.now().catch((thrown: unknown) => {
      throw explained(thrown);
    });
    const rows = registry.agencies().map(({ id, name, kind, state, suspended }) => ({
      agency: id,
      name,
      kind,
      state,
      active: !suspended,
    }));
    const { custody } = registry;
    return unlessKnown(
      { request, reply },
      {
        rows,
        ...(custody !== undefined && {
          custody: {
            custodians: [...custody.custodians],
            threshold: custody.threshold,
            compartments: GRANTABLE.filter((one) => custody.compartments.includes(one)),
          },
        }),
      },
    );
  }
}
