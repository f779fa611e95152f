import { type AgencyId, type Digest, type Fingerprint, type Instant } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';
import { type Marking, type Remark } from '../content.js';
import { type KeptBecause, type Purpose } from '../vocabulary/index.js';
import { type Grantable, type Scope } from './release.events.js';

/** Where what is granted stands in the log, and the keys to it: what the node found, never an officer. */
export type GrantedKeys = {
  readonly certificate: Fingerprint;
  readonly header: Digest;
  readonly verdict: number;
  readonly wraps: readonly { readonly descriptor: Digest; readonly wrap: Digest }[];
};

/** What a node says that was told to forget: gone, or why a copy is still there. */
export type Confirmed = { readonly kept?: readonly KeptBecause[] };

export type ReleaseCommand =
  | CommandOf<
      'RequestRelease',
      Scope & {
        /** Who said it. */
        readonly to: AgencyId;
        readonly grantee: AgencyId;
        readonly purpose: Purpose;
        readonly marking: Marking;
        /** Why, in words. */
        readonly facts?: Remark;
      }
    >
  | CommandOf<
      'OfferRelease',
      Scope & {
        readonly grantee: AgencyId;
        readonly until: Instant;
        /** Of these compartments, as this agency holds them. */
        readonly descriptors: readonly Digest[];
        /** Who said it, as the node holds it. */
        readonly saidBy: AgencyId;
      }
    >
  | CommandOf<
      'GrantRelease',
      {
        readonly compartments: readonly Grantable[];
        readonly until: Instant;
        /** Of these compartments, as this agency holds them. */
        readonly descriptors: readonly Digest[];
      }
    >
  | CommandOf<'DenyRelease', { readonly marking: Marking; readonly facts?: Remark }>
  | CommandOf<'MakeGrant', GrantedKeys>
  | CommandOf<'RevokeGrant'>
  | CommandOf<'ConfirmPurge', Confirmed>;
