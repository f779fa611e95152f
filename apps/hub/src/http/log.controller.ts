import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { LOG_STREAM } from '@tripoint/ledger';
import { Problem, Public, Roles } from '@tripoint/platform';
import { formatLogExport, LARGEST_EXPORT } from '@tripoint/replay';
import { HubError, isRefusal } from '@tripoint/kernel';
import { parseTilePath } from '@tripoint/transparency';
import { HubOptions } from '../hub.options.js';
import { readLeaves } from '../log/log-follower.js';
import { RecordedLog } from '../log/recorded-log.js';
import { Cosigned } from '../witnesses/cosigned.js';
import { AUDITOR } from './auditor-sessions.js';

const COUNT = /^(0|[1-9]\d{0,14})$/;

/** A count from a query, or a problem that names it. */
const count = (name: string, text: string | undefined): number => {
  if (text === undefined || !COUNT.test(text))
    throw new Problem('malformed-request', `\`${name}\` is not a decimal count`);
  return Number(text);
};

/** The transparency log over HTTP: hashes for everybody, leaves and ciphertext for oversight. */
@ApiTags('log')
@Controller()
export class LogController {
  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
    private readonly cosigned: Cosigned,
  ) {}

  @Public()
  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary:
      'The newest checkpoint that a quorum of witnesses has cosigned (C2SP tlog-checkpoint); where the hub has no trust policy, the newest',
  })
  async checkpoint(): Promise<string> {
    if (this.hub.trustPolicy === undefined) return this.newest();
    const cosigned = await this.cosigned.newest();
    if (cosigned === undefined)
      throw new Problem('not-found', 'witnesses have cosigned nothing yet');
    return cosigned.note;
  }

  @Public()
  @Get('log/checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The newest checkpoint that the log has signed, cosigned or not' })
  async newest(): Promise<string> {
    await this.log.upToDate();
    const { note } = this.log.checkpoint;
    if (note === '') throw new HubError('hub-starting', 'the log is being read', true);
    return note;
  }

  @Public()
  @Get('tile/*')
  @ApiOperation({ summary: 'Hashes of the tree (C2SP tlog-tiles)' })
  @ApiProduces('application/octet-stream')
  async tile(@Param('*') rest: string): Promise<StreamableFile> {
    const path = parseTilePath(`tile/${rest}`);
    const here = (): Uint8Array | undefined => {
      const bytes = isRefusal(path)
        ? undefined
        : this.log.tree.tile(path.level, path.index, path.width);
      return isRefusal(bytes) ? undefined : bytes;
    };
    let bytes = here();
    if (bytes === undefined) {
      await this.log.upToDate();
      bytes = here();
    }
    if (bytes === undefined) throw new Problem('not-found', 'the tree has no such tile');
    return new StreamableFile(bytes);
  }

  @Public()
  @Get('log/proofs/inclusion')
  @ApiOperation({ summary: 'Shows that a leaf is in the tree of a size' })
  async inclusion(
    @Query('index') index?: string,
    @Query('size') size?: string,
  ): Promise<{
    readonly index: number;
    readonly size: number;
    readonly hashes: readonly string[];
  }> {
    const [at, of] = [count('index', index), count('size', size)];
    await this.#reaching(of);
    if (at >= of || of > this.log.checkpoint.size)
      throw new Problem('not-found', 'the tree has no such leaf');
    return { index: at, size: of, hashes: base64(this.log.tree.inclusionProof(at, of)) };
  }

  @Public()
  @Get('log/proofs/consistency')
  @ApiOperation({ summary: 'Shows that one tree is the beginning of another' })
  async consistency(
    @Query('from') from?: string,
    @Query('to') to?: string,
  ): Promise<{ readonly from: number; readonly to: number; readonly hashes: readonly string[] }> {
    const [smaller, larger] = [count('from', from), count('to', to)];
    await this.#reaching(larger);
    if (smaller > larger || larger > this.log.checkpoint.size)
      throw new Problem('not-found', 'the tree has no such size');
    return {
      from: smaller,
      to: larger,
      hashes: base64(this.log.tree.consistencyProof(smaller, larger)),
    };
  }

  @Roles(AUDITOR)
  @Get('log/entries')
  @ApiOperation({ summary: 'Leaves with what stands behind them, for oversight' })
  @ApiProduces('application/cbor')
  async entries(
    @Query('from') from?: string,
    @Query('count') wanted?: string,
  ): Promise<StreamableFile> {
    const first = count('from', from);
    const limit = Math.min(count('count', wanted ?? `${LARGEST_EXPORT}`), LARGEST_EXPORT);
    await this.#reaching(first + limit);
    const rows = await this.hub.ledger.read(LOG_STREAM, BigInt(first), limit);
    // Nothing leaves the hub that no checkpoint covers.
    const covered = rows
      .map(({ bytes }) => bytes)
      .slice(0, Math.max(0, this.log.checkpoint.size - first));
    const leaves = await readLeaves(this.hub.ledger, first, covered);
    return new StreamableFile(
      formatLogExport({
        first,
        entries: leaves.map(({ sourceBytes }, at) => ({
          entry: covered[at] ?? new Uint8Array(),
          source: sourceBytes ?? null,
        })),
      }),
      { type: 'application/cbor' },
    );
  }

  /** What is asked for may lie under a checkpoint that another hub has shown already. */
  async #reaching(size: number): Promise<void> {
    if (size > this.log.checkpoint.size) await this.log.upToDate();
  }
}

const base64 = (hashes: readonly Uint8Array[]): readonly string[] =>
  hashes.map((hash) => Buffer.from(hash).toString('base64'));
