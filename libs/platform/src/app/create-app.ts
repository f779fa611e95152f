import { type DynamicModule, type Type } from '@nestjs/common';
import { ModuleRef, NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { type Socket } from 'node:net';
import { Readiness, type ReadinessCheck } from '../health/readiness.js';
import { JsonLog } from '../log/json-log.js';
import { type InterfaceDescription, serveDocument } from '../openapi/openapi.js';
import { Problem } from '../problem/problem.js';
import { PROBLEM_JSON, type ProblemDocument, ProblemFilter } from '../problem/problem.filter.js';
import { edgeProblems, Problems, type ProblemTable } from '../problem/problem-table.js';
import { SessionGuard } from '../session/session.guard.js';
import { Sessions } from '../session/sessions.js';
import { type SpanAttributes, Traces } from '../traces/traces.js';
import { nestsDeeperThan } from '../validation/depth.js';
import { writesAMemberTwice } from '../validation/repeated.js';
import { DEEPEST, ValidationPipe } from '../validation/validation.pipe.js';
import { Methods } from './methods.js';
import { listenFault } from './listen-fault.js';
import { PlatformModule } from './platform.module.js';
import { securityHeaders } from './security-headers.js';
import { type ConsoleFiles, serveConsole } from './serve-console.js';

/** The largest body that is read. */
export const BODY_LIMIT = 256 * 1024;

/** How an application stands on the network and in the log. */
export type AppOptions = {
  /** Its name in the log. */
  readonly name: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The loopback interface unless told otherwise. */
  readonly host?: string;
  /** The problems of this application, beside those of the edge. */
  readonly problems?: ProblemTable;
  readonly openapi: InterfaceDescription;
  readonly checks?: Readonly<Record<string, ReadinessCheck>>;
  /** Served under `/console/`, from the same origin as the interface. */
  readonly console?: ConsoleFiles | undefined;
  readonly log?: JsonLog;
  readonly traces?: Traces;
};

/** An application that is wired and initialised. It listens once `listen` is called, and not before. */
export type App = {
  /** For `get`, for `inject` in tests, and for whoever adds routes of his own. */
  readonly nest: NestFastifyApplication;
  readonly log: JsonLog;
  readonly readiness: Readiness;
  /**
   * Resolves with the address that it answers on.
   * @throws {HubError} `port-busy`, `port-forbidden` or `address-unknown`
   */
  listen(): Promise<string>;
  /** Lets requests that have begun finish, ends live streams, then runs the shutdown hooks. Repeating it changes nothing. */
  close(): Promise<void>;
};

const answerBrokenRequest = (error: Error & { code?: string }, socket: Socket): void => {
  // What came is not HTTP, so there is no request to answer: a status line and a body, by hand.
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'malformed-request';
  const { status, title } = edgeProblems[code];
  const document: ProblemDocument = {
    type: `/problems/${code}`,
    title,
    status,
    detail: title.toLowerCase(),
    instance: `urn:uuid:${randomUUID()}`,
    code,
  };
  const body = JSON.stringify(document);
  socket.end(
    `HTTP/1.1 ${status} ${code}\r\nContent-Type: ${PROBLEM_JSON}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
};

/** Commands, never reads; by the template of their route. What a caller says of traces is not looked at. */
const traceCommands = (fastify: FastifyInstance, traces: Traces): void => {
  const ends = new WeakMap<FastifyRequest, (attributes: SpanAttributes) => void>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method)) {
      done();
      return;
    }
    const end = traces.enter('http command', done);
    if (end !== undefined) ends.set(request, end);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    ends.get(request)?.({ method, route: routeOptions.url ?? '/none', status: reply.statusCode });
    done();
  });
};

/** Puts an application together: its module, the edge around it, and nothing else in the process. */
export const createApp = async (
  module: Type | DynamicModule,
  options: AppOptions,
): Promise<App> => {
  const { name, port, host = '127.0.0.1', openapi, checks = {} } = options;
  const log = options.log ?? new JsonLog(name);
  const problems = new Problems(options.problems);
  const methods = new Methods();
  const filter = new ProblemFilter(problems, log, (url) => methods.at(url));
  const readiness = new Readiness();
  for (const [check, run] of Object.entries(checks)) readiness.add(check, run);
  let closing = false;

  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    keepAliveTimeout: 10_000,
    http: { maxHeaderSize: 16 * 1024 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 128 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      filter.answer(error, request, reply);
    },
    clientErrorHandler: answerBrokenRequest,
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', ({ method, url }) => {
    methods.add(method, url);
  });
  fastify.removeContentTypeParser('text/plain');
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      const encoding = request.headers['content-encoding'] ?? 'identity';
      if (encoding.toLowerCase() !== 'identity') {
        done(new Problem('content-encoding-unsupported', 'the body is compressed or coded'));
        return;
      }
      // Never decoded by halves: what is not UTF-8 would be recorded as something that nobody wrote.
      if (!isUtf8(body)) {
        done(new Problem('malformed-request', 'the body is not UTF-8'));
        return;
      }
      // A command without words may come with the header and no body.
      if (body.length === 0) {
        done(null, undefined);
        return;
      }
      const text = body.toString('utf8');
      void parseJson(request, text, (error, value) => {
        // Here, because whatever looks at the body afterwards may recurse, before the pipe as well as after it.
        if (error === null && nestsDeeperThan(value, DEEPEST))
          done(new Problem('body-too-deep', `the body nests deeper than ${DEEPEST} levels`));
        else if (error === null && writesAMemberTwice(text, value))
          done(new Problem('member-repeated', 'an object of the body has two members of one name'));
        else done(error, value);
      });
    },
  );
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers({ ...securityHeaders(request.url), 'x-request-id': request.id });
    if (!closing) {
      done();
      return;
    }
    void reply.header('connection', 'close');
    filter.answer(new Problem('unavailable', 'the node is stopping'), request, reply);
  });
  if (options.traces !== undefined && options.traces !== Traces.off)
    traceCommands(fastify, options.traces);
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const fields = {
      method: request.method,
      route,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      requestId: request.id,
    };
    if (route.startsWith('/health')) log.debug('request', fields);
    else log.info('request', fields);
    done();
  });

  if (options.console !== undefined) serveConsole(fastify, options.console);

  const nest = await NestFactory.create<NestFastifyApplication>(
    PlatformModule.around(module, { log, problems, readiness }),
    adapter,
    { logger: log, bodyParser: false, abortOnError: false },
  );
  const sessions = ((): Sessions | undefined => {
    try {
      // Not of the application itself, which would log as an error what is none.
      return nest.get(ModuleRef).get(Sessions, { strict: false });
    } catch {
      return undefined; // An application without accounts serves public routes only.
    }
  })();
  nest.useGlobalFilters(filter);
  nest.useGlobalGuards(new SessionGuard(nest.get(Reflector), sessions, log));
  nest.useGlobalPipes(new ValidationPipe());
  serveDocument(nest, openapi);
  await nest.init();
  await fastify.ready();

  let closed: Promise<void> | undefined;
  return {
    nest,
    log,
    readiness,
    listen: async () => {
      try {
        await nest.listen({ port, host });
      } catch (thrown) {
        throw listenFault(thrown, host, port);
      }
      const address = await nest.getUrl();
      log.info('listening', { port: Number(new URL(address).port) });
      return address;
    },
    close: () => {
      closing = true;
      closed ??= nest.close();
      return closed;
    },
  };
};
