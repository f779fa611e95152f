import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  DEFAULT_LIMIT,
  PageQuery,
  ReadsResponse,
  ReadsRootResponse,
  ShownReads,
  ShownReadsQuery,
} from '@tripoint/contracts';
import { type Digest } from '@tripoint/kernel';
import { readRowText } from '@tripoint/read-model';
import { cursorsOf, Problem, Roles } from '@tripoint/platform';
import { MerkleTree } from '@tripoint/transparency';
import { AgencyOptions } from '../agency.options.js';
import { shownRead } from '../queries/shown.js';
import { MAY_KEEP_ACCOUNTS, MAY_SHOW_READS } from './duties.js';

const MOST_SHOWN = 50;
const cursors = cursorsOf('reads', ['integer']);

/** The record of who read content, and why. */
@ApiTags('reads')
@Controller('reads')
@Roles(...MAY_KEEP_ACCOUNTS)
export class ReadsController {
  constructor(private readonly agency: AgencyOptions) {}

  @Get()
  @ApiOperation({ summary: 'Who read what, and what for; never what it said' })
  @ApiOkResponse({ type: ReadsResponse })
  async list(@Query() { after, limit = DEFAULT_LIMIT }: PageQuery): Promise<ReadsResponse> {
    const [last = -1] = after === undefined ? [] : cursors.read(after);
    const found = await this.agency.reads.rows(BigInt(last) + 1n, limit + 1);
    const rows = found.slice(0, limit);
    const end = rows.at(-1);
    return {
      rows: rows.map(shownRead),
      ...(found.length > limit && end !== undefined
        ? { next: cursors.after([Number(end.number)]) }
        : {}),
    };
  }

  @Get('root')
  @ApiOperation({
    summary: 'The Merkle root over every read, for whoever checks that none was lost',
  })
  @ApiOkResponse({ type: ReadsRootResponse })
  async root(): Promise<ReadsRootResponse> {
    const { size, hash } = await this.agency.reads.head();
    const tree = new MerkleTree();
    for (const row of await this.agency.reads.hashes(size)) tree.append(Buffer.from(row, 'hex'));
    return { size: String(size), root: tree.root().toString('hex') as Digest, head: hash };
  }

  @Get('shown')
  @Roles(...MAY_SHOW_READS)
  @ApiOperation({
    summary: 'Rows with the proof that they stand under a root that was published; for oversight',
  })
  @ApiOkResponse({ type: ShownReads })
  async shown(
    @Query() { size: asked, from = '0', limit = MOST_SHOWN }: ShownReadsQuery,
  ): Promise<ShownReads> {
    const { agency, reads } = this.agency;
    const [size, first] = [Number(asked), Number(from)];
    const tree = new MerkleTree();
    for (const row of await reads.hashes(BigInt(asked))) tree.append(Buffer.from(row, 'hex'));
    if (tree.size !== size || first > size)
      throw new Problem('not-found', 'there are no such reads');
    const rows = await reads.rows(BigInt(first), Math.min(limit, size - first));
    const next = first + rows.length;
    return {
      agency,
      size: asked,
      rows: rows.map((row) => ({
        number: String(row.number),
        text: readRowText(row),
        path: tree
          .inclusionProof(Number(row.number))
          .map((hash) => hash.toString('hex'))
          .join(''),
      })),
      ...(next < size && rows.length > 0 ? { next: `${next}` } : {}),
    };
  }
}
