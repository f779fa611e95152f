import { type AgencyId, type Digest, type Instant } from '@tripoint/kernel';
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

/** The session key of what was said for a drill, as shares have given it: of noise, it is nobody's secret. In hexadecimal digits. */
export type ProvenKey = { readonly descriptor: Digest; readonly key: string };

export type DisclosureCommand =
  /** By an agency for itself, in an emergency. */
  | CommandOf<'OrderDisclosure', Order & { readonly emergency: boolean }>
  /** By oversight, for an agency that is to read it. */
  | CommandOf<'ImposeDisclosure', Order>
  | CommandOf<'ApproveShare'>
  | CommandOf<'ReleaseShare', GrantedKeys>
  | CommandOf<'DeclineShare'>
  | CommandOf<'ProveDrill', { readonly proves: readonly ProvenKey[] }>
  | CommandOf<'ConfirmDisclosurePurge', Confirmed>;
