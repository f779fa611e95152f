import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ProblemKindResponse } from '@tripoint/contracts';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Public } from '../session/rules.js';
import { Problem } from './problem.js';
import { type ProblemKind, Problems } from './problem-table.js';

const described = (code: string, { status, title, about }: ProblemKind): ProblemKindResponse => ({
  type: `/problems/${code}`,
  code,
  status,
  title,
  about,
});

const escaped = (text: string): string =>
  text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);

const marked = (text: string): string =>
  escaped(text).replace(/&#96;(.*?)&#96;/g, '<code>$1</code>');

const page = ({ code, status, title, about }: ProblemKindResponse): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>` +
  `<h1>${escaped(title)}</h1><p>${marked(about)}</p><p>HTTP ${status}, code <code>${escaped(code)}</code></p></html>\n`;

/** The pages that the `type` of a problem points at. */
@ApiTags('node')
@Controller('problems')
@Public()
export class ProblemsController {
  constructor(private readonly problems: Problems) {}

  @Get()
  @Header('cache-control', 'max-age=3600')
  @ApiOperation({ summary: 'Every code that this node can answer with' })
  @ApiResponse({ status: 200, type: ProblemKindResponse, isArray: true })
  list(): ProblemKindResponse[] {
    return this.problems.all().map(([code, kind]) => described(code, kind));
  }

  @Get(':code')
  @Header('cache-control', 'max-age=3600')
  @ApiOperation({ summary: 'What one code means' })
  @ApiResponse({ status: 200, type: ProblemKindResponse })
  one(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): ProblemKindResponse | string {
    const kind = this.problems.kind(code);
    if (kind === undefined) throw new Problem('not-found', 'no problem has this code');
    const description = described(code, kind);
    if (request.headers.accept?.includes('text/html') !== true) return description;
    void reply.type('text/html; charset=utf-8');
    return page(description);
  }
}
