import { type ItemId } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';
import { type ReviewOutcome } from '../vocabulary/index.js';

/** Oversight has looked at an emergency that somebody invoked, and says what it thinks of it. */
export type ReviewCommand = CommandOf<
  'ReviewDisclosure',
  { readonly disclosure: ItemId; readonly outcome: ReviewOutcome }
>;
