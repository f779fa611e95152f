import { type CanActivate, type ExecutionContext } from '@nestjs/common';
import { type Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { type JsonLog } from '../log/json-log.js';
import { Problem } from '../problem/problem.js';
import { cookieToken, sentByConsole } from './cookie-session.js';
import { ROUTE_RULE, type RouteRule } from './rules.js';
import { type Officer, type Sessions } from './sessions.js';

/** Why a request was let through, for as long as that holds. */
type Admission = {
  readonly officer: Officer;
  readonly token: string;
  /** Resolves when the session is over or no longer enough for the route, and on abort. Never rejects. */
  readonly over: (signal: AbortSignal) => Promise<void>;
};

// Kept outside the request object, where a plugin or a body could plant a member of the same name.
const admissions = new WeakMap<object, Admission>();

/** What the guard found for this request; nothing on a public route. */
export const admissionOf = (request: FastifyRequest): Admission | undefined =>
  admissions.get(request.raw);

/** The officer that the guard found for this request. */
export const officerOf = (request: FastifyRequest): Officer | undefined =>
  admissionOf(request)?.officer;

/** The token that the guard found good, for whoever ends its session. */
export const tokenOf = (request: FastifyRequest): string | undefined => admissionOf(request)?.token;

const permits = (rule: RouteRule, officer: Officer): boolean =>
  rule.kind !== 'roles' || rule.roles.some((role) => officer.roles.includes(role));

const TOKEN = /^Bearer ([\x21-\x7e]{16,512})$/i;

const notSignedIn = (): Problem =>
  new Problem('not-signed-in', 'the request carries no token of a live session');

/** A program names its token; the console's comes by itself, and counts only when the console sent the request. */
const presentedToken = (request: FastifyRequest, realm: string | undefined): string | undefined => {
  const { authorization } = request.headers;
  if (authorization !== undefined) return TOKEN.exec(authorization)?.[1];
  if (realm === undefined) return undefined;
  const token = cookieToken(realm, request);
  if (token !== undefined && !sentByConsole(request))
    throw new Problem('not-from-console', 'a cookie came with a request that is not the console’s');
  return token;
};

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

    const { sessions } = this;
    if (sessions === undefined) throw notSignedIn();
    const token = presentedToken(request, sessions.realm);
    if (token === undefined) throw notSignedIn();
    const officer = await sessions.officerOf(token);
    if (officer === undefined) throw notSignedIn();
    if (!permits(rule, officer))
      throw new Problem('forbidden', 'the officer who is signed in has no role that allows this');
    admissions.set(request.raw, {
      officer,
      token,
      over: (signal) => this.#over(sessions, token, rule, signal),
    });
    return true;
  }

  async #over(
    sessions: Sessions,
    token: string,
    rule: RouteRule,
    signal: AbortSignal,
  ): Promise<void> {
    while (!signal.aborted) {
      // Listening before looking: what ends between the two wakes us.
      const told = sessions.mayHaveEnded(signal);
      // A session of which nobody can say that it lives is over: its holder asks again.
      const officer = await sessions.officerOf(token).catch(() => undefined);
      if (officer === undefined || !permits(rule, officer)) return;
      await told;
    }
  }
}
