import { Problem } from '../problem/problem.js';
import { headerParameter, oneHeader } from './documented-parameter.js';

const STRONG = /^"v([0-9A-Za-z_-]{1,64})"$/;

/** The strong entity tag of a version, for the `ETag` header. */
export const entityTag = (version: string | number | bigint): string => `"v${version}"`;

/**
 * The version that an edit is based on: `@IfMatch() version: string`. A missing header is refused,
 * and so is `*`, which would mean "whatever is there".
 */
export const IfMatch = headerParameter(
  (request): string => {
    const tag = oneHeader(request, 'if-match');
    if (tag === undefined) throw new Problem('version-required', 'the edit names no version');
    const version = STRONG.exec(tag)?.[1];
    if (version === undefined)
      throw new Problem(
        'version-invalid',
        'the header is not one strong entity tag of this interface',
      );
    return version;
  },
  [
    {
      name: 'If-Match',
      description: 'The entity tag that the last read returned.',
      required: true,
      schema: { type: 'string', example: '"v7"' },
    },
  ],
);
