import { type AgencyId, type Digest, type Instant } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';
import { type Marking, type Statement } from '../content.js';
import { type Confirmed } from '../release/release.commands.js';
import { type Scope } from '../release/release.events.js';

export type RecallCommand =
  | CommandOf<
      'IssueRecall',
      Scope & {
        /** The holder. */
        readonly to: AgencyId;
        readonly until: Instant;
        /** Of these compartments, as this agency holds them. */
        readonly descriptors: readonly Digest[];
        /** Who said it, as the node holds it: nobody else takes it back. */
        readonly saidBy: AgencyId;
        readonly marking: Marking;
        /** What is said instead. */
        readonly facts?: Statement;
        readonly intelligence?: Statement;
      }
    >
  | CommandOf<'ConfirmRecall', Confirmed>;
