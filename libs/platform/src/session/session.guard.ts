import { type CanActivate, type ExecutionContext } from '@nestjs/common';
import { type Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { type JsonLog } from '../log/json-log.js';
import { Problem } from '../problem/problem.js';
import { ROUTE_RULE, type RouteRule } from './rules.js';
import { type Officer, type Sessions } from './sessions.js';

// Kept outside the request object, where a plugin or a body could plant a member of the same name.
const officers = new WeakMap<object, Officer>();

/** The officer that the guard found for this request. */
export const officerOf = (request: FastifyRequest): Officer | undefined =>
  officers.get(request.raw);

const TOKEN = /^Bearer ([\x21-\x7e]{16,512})$/i;

const notSignedIn = (): Problem =>
  new Problem('not-signed-in', 'the request carries no token of a live session');

/** Lets a request through when the rule of its route allows it, and never otherwise. */
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions | undefined,
    private readonly log: JsonLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<RouteRule | undefined>(ROUTE_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (rule === undefined) {
      this.log.error('a route has no rule', {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        requestId: request.id,
      });
      throw new Problem('forbidden', 'nobody may call this route');
    }
    if (rule.kind === 'public') return true;

    const officer = await this.#officer(request);
    if (rule.kind === 'roles' && !rule.roles.some((role) => officer.roles.includes(role)))
      throw new Problem('forbidden', 'the officer who is signed in has no role that allows this');
    officers.set(request.raw, officer);
    return true;
  }

  async #officer(request: FastifyRequest): Promise<Officer> {
    const token = TOKEN.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || this.sessions === undefined) throw notSignedIn();
    const officer = await this.sessions.officerOf(token);
    if (officer === undefined) throw notSignedIn();
    return officer;
  }
}
