import { type CommandOf } from '../command.js';
import { type Grantable } from '../release/release.events.js';

/** An agency says something that says nothing, so that custodians can be tried on it. */
export type DrillCommand = CommandOf<
  'PrepareDrill',
  {
    /** What is in custody, as the node knows from the registry. */
    readonly compartments: readonly Grantable[];
    /** What it says: nobody's words. */
    readonly noise: string;
  }
>;
