import { createHash } from 'node:crypto';
import { type Digest } from '@tripoint/kernel';
import {
  currentOfficerOf,
  idempotencyKeyOf,
  keyedParameter,
  type Officer,
} from '@tripoint/platform';
import { type FastifyRequest } from 'fastify';

/** JSON with its members in one order, whatever order they came in. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return members.map(([name, member]) => [name, ordered(member)]);
};

/** What two requests must share to be the same command: method, route, path and body, the order of members aside. */
const digestOfRequest = ({
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

/** Who asks, and by which name this request is known again. */
export type Caller = {
  readonly officer: Officer;
  readonly key: string;
  readonly request: Digest;
};

/**
 * Who asks by a request that gives a command.
 * @throws {Problem} `not-signed-in`, `idempotency-key-required` or `idempotency-key-invalid`
 */
export const callerOf = (asked: FastifyRequest): Caller => {
  const { method, routeOptions, params, body } = asked;
  return {
    officer: currentOfficerOf(asked),
    key: idempotencyKeyOf(asked),
    request: digestOfRequest({ method, route: routeOptions.url ?? '', params, body }),
  };
};

/** Who gives the present command: `@CurrentCaller() caller: Caller`. */
export const CurrentCaller = keyedParameter(callerOf);
