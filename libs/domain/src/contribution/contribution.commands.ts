import { type AgencyId, type Digest } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';
import { type Marking, type Source, type Statement } from '../content.js';
import { type Grading } from './contribution.events.js';

type Graded = { readonly marking: Marking; readonly intelligence: Grading };

export type ContributionCommand =
  | CommandOf<
      'ShareContribution',
      {
        readonly to: AgencyId;
        readonly marking: Marking;
        /** At least one of facts and intelligence. */
        readonly facts?: Statement;
        readonly intelligence?: Statement;
        /** Stays with the contributing agency. */
        readonly source?: Source;
        /** Descriptors of the content that this one passes on. */
        readonly derivedFrom?: readonly Digest[];
      }
    >
  | CommandOf<'ReceiveContribution'>
  | CommandOf<'AcknowledgeContribution'>
  | CommandOf<'EvaluateContribution', Graded>
  | CommandOf<'ReviseEvaluation', Graded>;
