import { type Instant } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';
import { type Scope } from '../release/release.events.js';
import { type HoldGround } from '../vocabulary/index.js';

export type HoldCommand =
  | CommandOf<
      'PlaceHold',
      Scope & {
        readonly ground: HoldGround;
        /** Under which the proceedings are found again. */
        readonly reference?: string;
        readonly until: Instant;
      }
    >
  | CommandOf<'LiftHold'>;
