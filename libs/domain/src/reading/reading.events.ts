import { type Digest, isDigest } from '@tripoint/kernel';
import { guarded, integer, shape } from '../check.js';
import { type Bare, type ContentChecks } from '../content.js';

/** Event type → content, for the record of who read what. */
export type ReadingContent = {
  /** So many reads were recorded here, and this is the root over them. Who read what stays where it is. */
  ReadRootPublished: {
    core: { readonly size: number; readonly root: Digest };
    parts: Bare;
  };
};

export const readingChecks: {
  readonly [T in keyof ReadingContent]: ContentChecks<ReadingContent[T]>;
} = {
  ReadRootPublished: {
    core: shape<ReadingContent['ReadRootPublished']['core']>({
      size: integer(0, Number.MAX_SAFE_INTEGER),
      root: guarded(isDigest, 'a SHA-256 digest'),
    }),
    parts: {},
  },
};
