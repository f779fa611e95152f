import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';
import { officerOf } from './session.guard.js';
import { type Officer } from './sessions.js';

/** @throws {Problem} `not-signed-in`: a public route has no officer, whatever token came with the request. */
export const currentOfficerOf = (request: FastifyRequest): Officer => {
  const officer = officerOf(request);
  if (officer === undefined)
    throw new Problem('not-signed-in', 'the request carries no token of a live session');
  return officer;
};

/** The officer who is signed in: `@CurrentOfficer() officer: Officer`. */
export const CurrentOfficer = createParamDecorator((_: unknown, context: ExecutionContext) =>
  currentOfficerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
