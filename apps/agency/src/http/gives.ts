import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  HttpCode,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { SubmittedResponse } from '@tripoint/contracts';
import { Roles } from '@tripoint/platform';
import { type FastifyReply } from 'fastify';
import { tap } from 'rxjs';
import { MAY_COMMAND, type OfficerCommand } from './duties.js';

/** Nothing is on its way where nothing was left to do. */
class WasSoAlready implements NestInterceptor<SubmittedResponse> {
  intercept(context: ExecutionContext, next: CallHandler<SubmittedResponse>) {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap(({ already }) => {
        if (already !== undefined) void reply.code(200);
      }),
    );
  }
}

/** A route on which officers give one command: answered once it is sealed, before the hub has recorded it. */
export const Gives = (command: OfficerCommand, summary: string): MethodDecorator =>
  applyDecorators(
    HttpCode(202),
    Roles(...MAY_COMMAND[command]),
    UseInterceptors(WasSoAlready),
    ApiOperation({ summary }),
    ApiAcceptedResponse({ type: SubmittedResponse, description: 'It is sealed and on its way.' }),
    ApiOkResponse({
      type: SubmittedResponse,
      description: 'It was so already: nothing was sealed, and `already` says how the item stands.',
    }),
  );
