import { type Digest } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';

/** What the agency itself says of its read log, without an officer. */
export type ReadingCommand = CommandOf<
  'PublishReadRoot',
  {
    readonly size: number;
    readonly root: Digest;
    /** The size that it published before; 0 for the first. */
    readonly since: number;
    /** That the tree of `since` rows is the beginning of this one (RFC 6962 section 2.1.2). */
    readonly proof: readonly Digest[];
  }
>;
