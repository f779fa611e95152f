import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Digest } from '@tripoint/kernel';
import { type FastifyRequest } from 'fastify';

/** JSON with its members in one order, whatever order they came in. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return members.map(([name, member]) => [name, ordered(member)]);
};

/** What two requests must share to be the same command: method, route, path and body, the order of members aside. */
export const digestOfRequest = ({
  method,
  route,
  params,
  body,
}: {
  readonly method: string;
  readonly route: string;
  readonly params: unknown;
  readonly body: unknown;
}): Digest =>
  createHash('sha256')
    .update(
      JSON.stringify(['tripoint/command/v1', method, route, ordered(params), ordered(body ?? {})]),
    )
    .digest('hex') as Digest;

/** The digest of a request that is being answered. */
export const requestDigestOf = ({ method, routeOptions, params, body }: FastifyRequest): Digest =>
  digestOfRequest({ method, route: routeOptions.url ?? '', params, body });

/** The digest of the present request: `@RequestDigest() request: Digest`. */
export const RequestDigest = createParamDecorator((_: unknown, context: ExecutionContext) =>
  requestDigestOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
