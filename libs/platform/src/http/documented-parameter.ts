import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';

type HeaderDescription = {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly schema: Readonly<Record<string, unknown>>;
};

/**
 * A parameter decorator that reads headers and writes them into the OpenAPI document: a header that
 * code demands and the document hides would break every generated client.
 */
export const headerParameter = (
  read: (request: FastifyRequest) => unknown,
  headers: readonly HeaderDescription[],
): (() => ParameterDecorator) =>
  createParamDecorator(
    (_: unknown, context: ExecutionContext) =>
      read(context.switchToHttp().getRequest<FastifyRequest>()),
    [
      (target, key) => {
        if (key === undefined) return;
        const descriptor = Object.getOwnPropertyDescriptor(target, key);
        if (descriptor === undefined) return;
        for (const { schema, ...header } of headers)
          ApiHeader({ ...header, schema: schema })(target, key, descriptor);
      },
    ],
  );

/** A header that must not be repeated: several copies are refused as if it were malformed. */
export const oneHeader = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : value?.join(', ');
};
