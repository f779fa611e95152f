import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { formatChainEntry, parseChainEntry, sameBytes } from '@tripoint/envelope';
import { applyStatement, parseStatement } from '@tripoint/federation';
import { HubError, isRefusal } from '@tripoint/kernel';
import { chainStream, LedgerConflict, REGISTRY_CHAIN } from '@tripoint/ledger';
import { Problem, Public } from '@tripoint/platform';
import { loadBundle } from '@tripoint/policy';
import { type FastifyReply } from 'fastify';
import { HubOptions } from '../hub.options.js';
import { RecordedLog } from '../log/recorded-log.js';

/** The registry's door. Who comes through it is decided by the root holders' signatures, not by a session. */
@ApiTags('registry')
@Controller('registry')
export class RegistryController {
  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
  ) {}

  @Public()
  @Get('next')
  @ApiOperation({ summary: 'Where the next registry statement stands in its chain' })
  next(): { readonly seq: number; readonly prev: string } {
    return this.log.state.registry.next;
  }

  @Public()
  @Post('statements')
  @HttpCode(202)
  @ApiConsumes('application/cbor')
  @ApiOperation({
    summary: 'A statement signed by a threshold of root holders; 200 when it is here already',
  })
  async submit(
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly seq: number }> {
    if (!(body instanceof Uint8Array))
      throw new Problem('media-type-unsupported', 'a statement comes as application/cbor');
    const bytes = new Uint8Array(body);
    const entry = parseChainEntry(bytes);
    if (isRefusal(entry) || entry.kind !== 'statement')
      throw new Problem('malformed-request', 'the body is not a signed statement');
    const { registry, size } = this.log.state;
    const statement = parseStatement(entry.body);
    if (isRefusal(statement))
      throw new Problem('statement-refused', `${statement.refused}: ${statement.detail}`);
    const { seq } = statement;
    if (await this.#holds(seq, formatChainEntry(entry))) {
      reply.status(200);
      return { seq };
    }
    // What came before it may have been taken a moment ago, and not have been folded yet.
    if (seq > registry.next.seq && (await this.#newest()) === BigInt(seq) - 1n)
      throw new HubError('registry-moved', 'the statement before is still being recorded', true);
    const applied = await applyStatement(this.hub.openpgp, registry, entry, BigInt(size));
    if (isRefusal(applied))
      throw new Problem('statement-refused', `${applied.refused}: ${applied.detail}`);
    // By the time of the newest leaf, and not by a clock: the leaf that it will have is no earlier.
    const early = this.log.state.tooEarly(entry, this.log.state.time);
    if (early !== undefined)
      throw new Problem('statement-refused', `${early.refused}: ${early.detail}`);
    // Only the log knows; a copy of the registry that never heard of a fork has to accept the statement once it is recorded.
    if (statement.kind === 'chain-unfrozen' && !registry.frozen(statement.chain))
      throw new Problem('statement-refused', `chain-not-frozen: ${statement.chain} is not frozen`);
    const bundle = applied.policyBundle();
    if (bundle !== undefined && bundle.digest !== registry.policyBundle()?.digest) {
      // A bundle that cannot be read would use up a number of the registry's chain and change nothing.
      const loaded = loadBundle(bundle.bytes);
      if (isRefusal(loaded))
        throw new Problem('statement-refused', `${loaded.refused}: ${loaded.detail}`);
    }
    try {
      await this.hub.ledger.append(chainStream(REGISTRY_CHAIN), BigInt(seq) - 1n, [
        formatChainEntry(entry),
      ]);
    } catch (thrown) {
      if (thrown instanceof LedgerConflict)
        throw new HubError('registry-moved', 'another statement came first', true, {
          cause: thrown,
        });
      throw thrown;
    }
    return { seq };
  }

  async #holds(seq: number, bytes: Uint8Array): Promise<boolean> {
    const [held] = await this.hub.ledger.read(chainStream(REGISTRY_CHAIN), BigInt(seq), 1);
    return held !== undefined && sameBytes(held.bytes, bytes);
  }

  async #newest(): Promise<bigint | undefined> {
    return (await this.hub.ledger.last(chainStream(REGISTRY_CHAIN)))?.revision;
  }
}
