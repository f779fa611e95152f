import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';
import { officerOf } from './session.guard.js';
import { type Officer } from './sessions.js';

/** The officer who is signed in: `@CurrentOfficer() officer: Officer`. */
export const CurrentOfficer = createParamDecorator(
  (_: unknown, context: ExecutionContext): Officer => {
    const officer = officerOf(context.switchToHttp().getRequest<FastifyRequest>());
    // A public route has no officer, whatever token came with the request.
    if (officer === undefined)
      throw new Problem('not-signed-in', 'the request carries no token of a live session');
    return officer;
  },
);
