import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AgencyParams,
  CheckedReadsResponse,
  ReadRootsResponse,
  type ShownRead,
  ShownReads,
} from '@tripoint/contracts';
import { type Digest } from '@tripoint/kernel';
import { CurrentOfficer, type Officer, Problem, Roles } from '@tripoint/platform';
import { readUnder } from '@tripoint/replay';
import { Findings } from '../watch/findings.js';
import { VerifiedLog } from '../watch/verified-log.js';
import { AUDITOR } from './auditor.js';

const MOST_ROOTS = 1000;
const HASH = 64;

/** What agencies have published over their records of reads, and rows of those records held against it. */
@ApiTags('reads')
@Roles(AUDITOR)
@Controller('agencies/:agency')
export class ReadsController {
  constructor(
    private readonly verified: VerifiedLog,
    private readonly findings: Findings,
  ) {}

  @Get('read-roots')
  @ApiOperation({ summary: 'The roots that an agency has published over its record of reads' })
  @ApiOkResponse({ type: ReadRootsResponse })
  roots(@Param() { agency }: AgencyParams): ReadRootsResponse {
    // One that has published nothing yet is told apart from one that there is not.
    if (this.verified.audit.state.registry.agency(agency) === undefined)
      throw new Problem('not-found', 'there is no such agency in the verified log');
    const roots = this.verified.reads.of(agency);
    return {
      rows: roots
        .slice(-MOST_ROOTS)
        .reverse()
        .map(({ leaf, at, size, root }) => ({ leaf: `${leaf}`, at, size: `${size}`, root })),
      found: `${roots.length}`,
    };
  }

  @Post('reads')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Hold rows that an agency has shown against the root in the log; what differs is found',
  })
  @ApiOkResponse({ type: CheckedReadsResponse })
  async check(
    @Param() { agency }: AgencyParams,
    @Body() { agency: named, size, rows }: ShownReads,
    @CurrentOfficer() { id: officer }: Officer,
  ): Promise<CheckedReadsResponse> {
    const root = this.verified.reads.of(agency).findLast((one) => `${one.size}` === size);
    if (named !== agency || root === undefined)
      throw new Problem('not-found', 'the agency has published no root over so many reads');
    const wrong = rows.find((row) => readUnder(root, shownRead(row)) === undefined);
    // Rows bear no signature. One that stands under the root is the agency's, whoever brings it; that it has shown another one is the
    // word of whoever brings that.
    if (wrong !== undefined)
      await this.findings.raise({
        code: 'reads-shown-differ',
        subject: agency,
        occasion: `leaf ${root.leaf} by ${officer}`,
        agency,
        leaf: root.leaf,
        detail: `by the word of ${officer}, who brought it, the agency has shown a read that does not stand under the root that it published`,
      });
    return {
      sound: wrong === undefined,
      leaf: `${root.leaf}`,
      checked: `${rows.length}`,
      ...(wrong === undefined ? {} : { wrong: wrong.number }),
    };
  }
}

const shownRead = ({ number, text, path }: ShownRead): Parameters<typeof readUnder>[1] => ({
  number: Number(number),
  text,
  path: Array.from(
    { length: path.length / HASH },
    (_, n) => path.slice(n * HASH, (n + 1) * HASH) as Digest,
  ),
});
