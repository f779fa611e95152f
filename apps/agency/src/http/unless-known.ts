import { createHash } from 'node:crypto';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { entityTag } from '@tripoint/platform';

/** What a reader has to say and to be told so that nothing is sent twice. */
export type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

const known = (request: FastifyRequest, tag: string): boolean =>
  (request.headers['if-none-match'] ?? '')
    .split(',')
    .some((one) => one.trim().replace(/^W\//, '') === tag);

/**
 * Answers with `answer` and the tag of its version, or with 304 when the reader has it. `changesByItself` is for what is
 * read off the clock: it changes without a new version, so it is sent anew.
 */
export const unlessKnown = <Answer>(
  { request, reply }: Exchange,
  answer: Answer,
  version: string = createHash('sha256').update(JSON.stringify(answer)).digest('base64url'),
  changesByItself = false,
): Answer | undefined => {
  const tag = entityTag(version);
  void reply.header('etag', tag);
  if (changesByItself || !known(request, tag)) return answer;
  void reply.code(304);
  return undefined;
};
