import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { isRefusal } from '@tripoint/kernel';
import { Public } from '@tripoint/platform';
import { TREE_SIZE_TYPE, Witness, type WitnessRefusal } from '@tripoint/transparency';
import { type FastifyReply } from 'fastify';
import { Tally } from '../tally.js';
import { WitnessOptions } from '../witness.options.js';

const STATUS = {
  'malformed-request': 400,
  'old-beyond-checkpoint': 400,
  'not-signed-by-log': 403,
  'unknown-log': 404,
  'split-view': 409,
  inconsistent: 422,
} as const satisfies Record<WitnessRefusal['refused'], number>;

const TEXT = 'text/plain; charset=utf-8';

/** The one door of a witness. Who may come in is decided by the log's signature, and by nothing else. */
@ApiTags('witness')
@Controller()
export class CheckpointController {
  constructor(
    private readonly witness: Witness,
    private readonly tally: Tally,
    private readonly options: WitnessOptions,
  ) {}

  @Public()
  @Post('add-checkpoint')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cosigns a checkpoint that continues the last one (C2SP tlog-witness)' })
  @ApiProduces('text/plain')
  async addCheckpoint(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const bytes = body instanceof Uint8Array ? body : new Uint8Array();
    const answer = await this.witness.addCheckpoint(bytes);
    if (isRefusal(answer)) {
      this.tally.count(answer.refused);
      await reply.status(STATUS[answer.refused]).type(TEXT).send(`${answer.detail}\n`);
    } else if ('size' in answer) {
      this.tally.count('other-size');
      await reply.status(409).header('content-type', TREE_SIZE_TYPE).send(`${answer.size}\n`);
    } else {
      this.tally.count('cosigned');
      this.tally.size = answer.checkpoint.size;
      this.tally.cosignedAt = this.options.now();
      await reply.status(200).type(TEXT).send(answer.line);
    }
  }
}
