import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { HubError } from '@tripoint/kernel';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type JsonLog } from '../log/json-log.js';
import { type Fault, Problem } from './problem.js';
import { edgeProblems, type Problems } from './problem-table.js';

/** The media type of RFC 9457. */
export const PROBLEM_JSON = 'application/problem+json';

/** The members of a problem document, in the order in which they are sent. */
export type ProblemDocument = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors?: readonly Fault[];
};

const RETRY_AFTER_SECONDS = 5;
const NO_DETAIL = 'the request could not be completed';

/** What Nest and Fastify throw by themselves says a status; their messages may quote the request. */
const codeOfStatus: Readonly<Record<number, keyof typeof edgeProblems>> = {
  400: 'malformed-request',
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  409: 'conflict',
  412: 'version-moved',
  413: 'body-too-large',
  414: 'uri-too-long',
  415: 'media-type-unsupported',
  428: 'version-required',
  429: 'too-many-requests',
  431: 'headers-too-large',
  503: 'unavailable',
};

const statusOf = (thrown: unknown): number | undefined => {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number')
    return thrown.statusCode;
  return undefined;
};

/** A thing that was thrown, seen as a problem. Only a `Problem` may speak for itself. */
const asProblem = (thrown: unknown): Problem => {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof HubError) {
    // Whoever is told only that it is not available would wait for what a person has to see to.
    if (thrown.code === 'disk-full') return new Problem('disk-full', NO_DETAIL);
    return new Problem(thrown.retriable ? 'unavailable' : 'internal-error', NO_DETAIL);
  }
  const code = codeOfStatus[statusOf(thrown) ?? 500];
  if (code === undefined) return new Problem('internal-error', NO_DETAIL);
  return new Problem(code, edgeProblems[code].title.toLowerCase());
};

/** The methods that some path answers; none where it is no path of any route. */
export type MethodsAt = (url: string) => readonly string[];

/** The one place where anything thrown becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly problems: Problems,
    private readonly log: JsonLog,
    private readonly methodsAt: MethodsAt = () => [],
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const found = this.#orOtherMethod(asProblem(thrown), request, reply);
    const declared = this.problems.kind(found.code);
    // A code that nobody gave a status is a bug of this node, whatever the caller sent.
    if (declared === undefined)
      this.log.error('a problem has no kind', { code: found.code, requestId: request.id });
    const code = declared === undefined ? 'internal-error' : found.code;
    const kind = declared ?? edgeProblems['internal-error'];

    if (kind.status >= 500)
      this.log.failure('a request failed', thrown, { code, requestId: request.id });

    // The answer to a stream that has begun is its end.
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (kind.status === 503) void reply.header('retry-after', String(RETRY_AFTER_SECONDS));
    if (kind.status === 401) void reply.header('www-authenticate', 'Bearer');

    const document: ProblemDocument = {
      type: `/problems/${code}`,
      title: kind.title,
      status: kind.status,
      detail: kind.status >= 500 ? NO_DETAIL : found.detail,
      instance: `urn:uuid:${request.id}`,
      code,
      ...(found.errors.length > 0 && kind.status < 500 && { errors: found.errors }),
    };
    // Bytes, because Fastify would add a charset to text, and this media type has none.
    void reply
      .code(kind.status)
      .header('content-type', PROBLEM_JSON)
      .send(Buffer.from(JSON.stringify(document)));
  }

  /** Where no route was found, it may have been for the method alone. */
  #orOtherMethod(
    found: Problem,
    { is404, method, url }: FastifyRequest,
    reply: FastifyReply,
  ): Problem {
    if (!is404 || found.code !== 'not-found') return found;
    const methods = this.methodsAt(url);
    // A route that stands for many paths has been asked, and has nothing at this one.
    if (methods.length === 0 || methods.includes(method)) return found;
    const allowed = methods.join(', ');
    void reply.header('allow', allowed);
    return new Problem('method-not-allowed', `the resource answers ${allowed}`);
  }
}
