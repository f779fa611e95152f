import { type FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';
import { headerParameter, oneHeader } from './documented-parameter.js';

const VISIBLE = /^[\x21-\x7e]{8,128}$/;

/**
 * The caller's name for the present command.
 * @throws {Problem} `idempotency-key-required` or `idempotency-key-invalid`
 */
export const idempotencyKeyOf = (request: FastifyRequest): string => {
  const key = oneHeader(request, 'idempotency-key');
  if (key === undefined)
    throw new Problem('idempotency-key-required', 'the command carries no idempotency key');
  if (!VISIBLE.test(key))
    throw new Problem(
      'idempotency-key-invalid',
      'the idempotency key is not 8 to 128 visible ASCII characters',
    );
  return key;
};

/** A parameter that is read of a request which has to name its command. */
export const keyedParameter = (
  read: (request: FastifyRequest) => unknown,
): (() => ParameterDecorator) =>
  headerParameter(read, [
    {
      name: 'Idempotency-Key',
      description: 'Names this command; the same key again gets the first answer again.',
      required: true,
      schema: {
        type: 'string',
        minLength: 8,
        maxLength: 128,
        pattern: '^[\\x21-\\x7e]{8,128}$',
        example: '5f0c7a52-6f0e-4a53-9d7e-4a1f7f0d6a11',
      },
    },
  ]);

/** The caller's name for one command, by which a repetition is known: `@IdempotencyKey() key: string`. */
export const IdempotencyKey = keyedParameter(idempotencyKeyOf);
