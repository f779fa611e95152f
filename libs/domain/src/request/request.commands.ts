import { type AgencyId, type Digest } from '@tripoint/kernel';
import { type CommandOf } from '../command.js';
import { type Marking, type Remark, type Source, type Statement } from '../content.js';
import {
  type Access,
  type AnswerOutcome,
  type RefusalGround,
  type RefusalScope,
  type Urgency,
} from '../vocabulary/index.js';
import { type Question } from './request.events.js';

/** Remarks and their marking go together; a command without a remark has no content to mark. */
type Remarked = { readonly marking: Marking; readonly facts: Remark };

export type RequestCommand =
  | CommandOf<
      'IssueRequest',
      {
        readonly to: AgencyId;
        readonly urgency: Urgency;
        readonly access: Access;
        readonly marking: Marking;
        readonly facts: Question;
        /** Descriptors of the content that this one passes on. */
        readonly derivedFrom?: readonly Digest[];
      }
    >
  | CommandOf<'ReceiveRequest'>
  | CommandOf<'AskClarification', Remarked>
  | CommandOf<'ProvideClarification', Remarked>
  | CommandOf<'AcceptRequest'>
  | CommandOf<
      'NotifyDelay',
      Remarked & { readonly seconds: number; readonly judicialAuthorisation: boolean }
    >
  | CommandOf<
      'ProvideAnswer',
      {
        readonly outcome: AnswerOutcome;
        readonly marking: Marking;
        /** Required unless nothing is held. */
        readonly facts?: Statement;
        /** Stays with the answering agency. */
        readonly source?: Source;
        readonly derivedFrom?: readonly Digest[];
      }
    >
  | CommandOf<
      'RefuseRequest',
      {
        readonly ground: RefusalGround;
        readonly scope: RefusalScope;
        readonly marking: Marking;
        readonly facts?: Remark;
      }
    >
  | CommandOf<'WithdrawRequest'>
  | CommandOf<'CloseRequest'>;
