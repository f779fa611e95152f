import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { HealthResponse } from '@tripoint/contracts';
import { type FastifyReply } from 'fastify';
import { Public } from '../session/rules.js';
import { Readiness } from './readiness.js';

/** For whatever starts and stops nodes. Says names of checks, never why one fails: that is in the log. */
@ApiTags('node')
@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers at all' })
  @ApiResponse({ status: 200, type: HealthResponse })
  live(): HealthResponse {
    return { status: 'up', checks: [] };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether everything that the node depends on is there' })
  @ApiResponse({ status: 200, type: HealthResponse })
  @ApiResponse({ status: 503, type: HealthResponse, description: 'Some check fails' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthResponse> {
    const checks = await this.readiness.report();
    const up = checks.every(({ ready }) => ready);
    if (!up) void reply.code(503);
    return { status: up ? 'up' : 'down', checks: [...checks] };
  }
}
