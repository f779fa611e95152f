import { type AgencyId, type Instant } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';
import { type Confirmed, type GrantedKeys } from '../release/release.commands.js';
import { type Scope } from '../release/release.events.js';
import { type DisclosureGround } from '../vocabulary/index.js';

type Order = Scope & {
  readonly beneficiary: AgencyId;
  readonly ground: DisclosureGround;
  readonly until: Instant;
  /** Who keeps shares, as the node knows from the registry. */
  readonly custodians: readonly AgencyId[];
};

export type DisclosureCommand =
  /** By an agency for itself, in an emergency. */
  | CommandOf<'OrderDisclosure', Order & { readonly emergency: boolean }>
  /** By oversight, for an agency that is to read it. */
  | CommandOf<'ImposeDisclosure', Order>
  | CommandOf<'ApproveShare'>
  | CommandOf<'ReleaseShare', GrantedKeys>
  | CommandOf<'DeclineShare'>
  | CommandOf<'ConfirmDisclosurePurge', Confirmed>;
