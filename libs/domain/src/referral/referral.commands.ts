import { type AgencyId } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';
import { type Marking } from '../content.js';
import { type Person } from '../entities/index.js';
import { type ReferralOutcome, type RevocationReason } from '../vocabulary/index.js';
import {
  type Consent,
  type Needs,
  type Rejection,
  type Risk,
  type Welfare,
} from './referral.events.js';

type Declined = { readonly marking: Marking; readonly needs: Rejection };

export type ReferralCommand =
  | CommandOf<
      'IssueReferral',
      {
        readonly to: AgencyId;
        readonly marking: Marking;
        /** The person referred; the pseudonym comes from the consent. */
        readonly persons: readonly Person[];
        readonly needs: Needs;
        readonly risk?: Risk;
        /** Without it nothing is sent. */
        readonly consent?: Consent;
      }
    >
  | CommandOf<'ReceiveReferral'>
  | CommandOf<'AcceptReferral'>
  | CommandOf<'RejectReferral', Declined>
  | CommandOf<'DeclareReferralNotPossible', Declined>
  | CommandOf<
      'GiveReferralFeedback',
      {
        readonly outcome: ReferralOutcome;
        readonly marking: Marking;
        readonly welfare?: Welfare;
      }
    >
  | CommandOf<'CompleteReferral'>
  | CommandOf<'RevokeReferral', { readonly reason: RevocationReason }>;
