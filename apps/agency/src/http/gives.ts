import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  HttpCode,
  Injectable,
  mixin,
  type NestInterceptor,
  type Type,
  UseInterceptors,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { SubmittedResponse } from '@tripoint/contracts';
import { Roles } from '@tripoint/platform';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { of, tap } from 'rxjs';
import { AgencyOptions } from '../agency.options.js';
import { answeredBefore } from './answers.js';
import { callerOf } from './caller.js';
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

/** The first answer comes again, whatever has become of what the command was about. */
const repeats = (command: OfficerCommand): Type<NestInterceptor> => {
  @Injectable()
  class AnsweredBefore implements NestInterceptor {
    constructor(private readonly agency: AgencyOptions) {}

    async intercept(context: ExecutionContext, next: CallHandler) {
      const asked = context.switchToHttp().getRequest<FastifyRequest>();
      const answer = await answeredBefore(this.agency, command, callerOf(asked));
      return answer === undefined ? next.handle() : of(answer);
    }
  }
  return mixin(AnsweredBefore);
};

/** A route on which officers give one command: answered once it is sealed, before the hub has recorded it. */
export const Gives = (command: OfficerCommand, summary: string): MethodDecorator =>
  applyDecorators(
    HttpCode(202),
    Roles(...MAY_COMMAND[command]),
    UseInterceptors(WasSoAlready, repeats(command)),
    ApiOperation({ summary }),
    ApiAcceptedResponse({ type: SubmittedResponse, description: 'It is sealed and on its way.' }),
    ApiOkResponse({
      type: SubmittedResponse,
      description: 'It was so already: nothing was sealed, and `already` says how the item stands.',
    }),
  );
