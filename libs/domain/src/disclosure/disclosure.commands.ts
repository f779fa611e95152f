import { type AgencyId, type Instant } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';
import { type Confirmed, type GrantedKeys } from '../release/release.commands.js';
import { type Scope } from '../release/release.events.js';
import { type DisclosureGround } from '../vocabulary/index.js';

export type DisclosureCommand =
  | CommandOf<
      'OrderDisclosure',
      Scope & {
        readonly beneficiary: AgencyId;
        readonly ground: DisclosureGround;
        readonly until: Instant;
        readonly emergency: boolean;
        /** Who keeps shares, as the node knows from the registry. */
        readonly custodians: readonly AgencyId[];
      }
    >
  | CommandOf<'ApproveShare'>
  | CommandOf<'ReleaseShare', GrantedKeys>
  | CommandOf<'DeclineShare'>
  | CommandOf<'ConfirmDisclosurePurge', Confirmed>;
