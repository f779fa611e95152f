import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { isRefusal } from '@tripoint/kernel';
import { Public } from '@tripoint/platform';
import { Witness } from '@tripoint/transparency';
import { type FastifyReply } from 'fastify';
import { Tally } from '../tally.js';
import { WitnessOptions } from '../witness.options.js';

const TEXT = 'text/plain; charset=utf-8';

/**
 * What speaks against a log, for everybody: it stands on its own, and hides nothing but a log that lies. Whoever holds two trees of
 * one size brings them here, so that they lie where the log cannot reach them.
 */
@ApiTags('witness')
@Controller('evidence')
export class EvidenceController {
  constructor(
    private readonly witness: Witness,
    private readonly tally: Tally,
    private readonly options: WitnessOptions,
  ) {}

  @Public()
  @Get()
  @ApiOperation({ summary: 'The names of all evidence that is kept, one a line' })
  @ApiProduces('text/plain')
  async names(@Res() reply: FastifyReply): Promise<void> {
    const kept = await this.options.store.evidence();
    const lines = [...kept.keys()].sort().map((name) => `${name}\n`);
    await reply.status(200).type(TEXT).send(lines.join(''));
  }

  @Public()
  @Get(':name')
  @ApiOperation({ summary: 'One of them, as libs/transparency/SPEC.md says' })
  @ApiProduces('text/plain')
  async one(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const bytes = (await this.options.store.evidence()).get(name);
    if (bytes === undefined)
      await reply.status(404).type(TEXT).send('there is none of this name\n');
    else await reply.status(200).type(TEXT).send(Buffer.from(bytes));
  }

  @Public()
  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Keeps two trees of one size that a known log has signed; answers their name',
  })
  @ApiProduces('text/plain')
  async take(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const name = await this.witness.takeEvidence(
      body instanceof Uint8Array ? body : new Uint8Array(),
    );
    this.tally.count(isRefusal(name) ? name.refused : 'evidence');
    if (isRefusal(name)) await reply.status(422).type(TEXT).send(`${name.detail}\n`);
    else await reply.status(201).type(TEXT).send(`${name}\n`);
  }
}
