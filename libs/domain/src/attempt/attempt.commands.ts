import { type AgencyId, type Digest } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';

export type AttemptCommand = CommandOf<
  'RecordDisclosureAttempt',
  {
    /** Code of the rule or refusal that stopped it. */
    readonly refused: string;
    /** To whom it was to go. */
    readonly tried: readonly AgencyId[];
    readonly derivedFrom?: readonly Digest[];
  }
>;
