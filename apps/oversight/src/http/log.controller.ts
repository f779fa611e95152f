import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ConsistencyQuery,
  ConsistencyResponse,
  InclusionQuery,
  LeafParams,
  LogQuery,
  LogRowsResponse,
  ProvenLeafResponse,
  type CheckpointResponse,
  type LeafResponse,
  WholeLeafResponse,
} from '@tripoint/contracts';
import { Problem, Roles } from '@tripoint/platform';
import { type AuditedLeaf } from '@tripoint/replay';
import { LogWatch } from '../watch/log-watch.js';
import { VerifiedLeaves } from '../watch/verified-leaves.js';
import { type LeafRow, VerifiedLog } from '../watch/verified-log.js';
import { AUDITOR } from './auditor.js';
import { describedSource } from './described-source.js';

const DEFAULT_ROWS = 100;
const hexes = (hashes: readonly Uint8Array[]): string[] =>
  hashes.map((hash) => Buffer.from(hash).toString('hex'));

/** The record: leaves, what stands behind them, and proofs that they are where they are. */
@ApiTags('log')
@Roles(AUDITOR)
@Controller('log')
export class LogController {
  constructor(
    private readonly verified: VerifiedLog,
    private readonly leaves: VerifiedLeaves,
    private readonly watch: LogWatch,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Leaves, as far as they were recomputed' })
  @ApiOkResponse({ type: LogRowsResponse })
  list(@Query() { from = '0', limit = DEFAULT_ROWS }: LogQuery): LogRowsResponse {
    const { rows, size } = this.verified;
    const first = Number(from);
    const next = first + limit;
    return {
      rows: rows.slice(first, next).map((row) => this.#row(row)),
      size: `${size}`,
      ...(next < size && { next: `${next}` }),
    };
  }

  @Get('consistency')
  @ApiOperation({ summary: 'Shows that the log only ever grew' })
  @ApiOkResponse({ type: ConsistencyResponse })
  consistency(@Query() { from, to }: ConsistencyQuery): ConsistencyResponse {
    const { tree } = this.verified.audit;
    const [smaller, larger] = [Number(from), to === undefined ? tree.size : Number(to)];
    if (smaller > larger || larger > tree.size)
      throw new Problem('not-found', 'the tree has no such size');
    const [fromRoot, toRoot] = hexes([tree.root(smaller), tree.root(larger)]) as [string, string];
    return {
      from: `${smaller}`,
      to: `${larger}`,
      fromRoot,
      toRoot,
      path: hexes(tree.consistencyProof(smaller, larger)),
    };
  }

  @Get(':index')
  @ApiOperation({ summary: 'One leaf with its records, its source and what was decided' })
  @ApiOkResponse({ type: WholeLeafResponse })
  async leaf(@Param() { index }: LeafParams): Promise<WholeLeafResponse> {
    const audited = await this.leaves.at(Number(index));
    const source = describedSource(audited);
    return { leaf: leafResponse(audited), ...(source === undefined ? {} : { source }) };
  }

  @Get(':index/inclusion')
  @ApiOperation({ summary: 'Shows that the leaf is in the tree' })
  @ApiOkResponse({ type: ProvenLeafResponse })
  async inclusion(
    @Param() { index }: LeafParams,
    @Query() { size }: InclusionQuery,
  ): Promise<ProvenLeafResponse> {
    const at = Number(index);
    const audited = await this.leaves.at(at);
    const newest = this.watch.verified;
    const { tree } = this.verified.audit;
    const of = size === undefined ? (newest?.checkpoint.size ?? 0) : Number(size);
    if (newest === undefined || at >= of || of > tree.size)
      throw new Problem('not-found', 'the tree has no such leaf');
    return {
      leaf: leafResponse(audited),
      proof: {
        index,
        size: `${of}`,
        root: tree.root(of).toString('hex'),
        path: hexes(tree.inclusionProof(at, of)),
      },
      checkpoint: checkpointResponse(newest),
    };
  }

  #row({ index, kind, at, family, issuer, code, late, allowed, denied }: LeafRow) {
    return {
      index: `${index}`,
      kind,
      at,
      hash: this.verified.hashOf(index),
      late,
      allowed,
      denied,
      ...(family !== undefined && { family }),
      ...(issuer !== undefined && { issuer }),
      ...(code !== null && { code }),
    };
  }
}

type Signed = NonNullable<LogWatch['verified']>;

export const checkpointResponse = ({ note, checkpoint }: Signed): CheckpointResponse => ({
  size: `${checkpoint.size}`,
  root: Buffer.from(checkpoint.root).toString('hex'),
  note: Buffer.from(note).toString(),
});

const leafResponse = ({
  leaf,
  leafBytes,
  leafHash,
  records,
}: Pick<AuditedLeaf, 'leaf' | 'leafBytes' | 'leafHash' | 'records'>): LeafResponse => ({
  index: `${leaf.index}`,
  kind: leaf.kind,
  at: leaf.time,
  hash: Buffer.from(leafHash).toString('hex'),
  leaf: Buffer.from(leafBytes).toString(),
  records,
});
