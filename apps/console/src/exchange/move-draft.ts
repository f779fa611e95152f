import {
  type REFUSAL_GROUNDS,
  type REJECTION_REASONS,
  type REVOCATION_REASONS,
} from '@tripoint/domain';
import { type Grantable, type Item } from '../api/shapes';
import { FIRST_MARKING } from '../compose/marking-fields';
import { type SaidDraft, saidOf } from '../compose/said-fields';
import { EMPTY_STATEMENT, type StatementDraft } from '../compose/statement-fields';
import { type Move } from '../inbox/turn';
import { type Command, type Said } from './moves';

/** What every move that needs words is written in; each uses what it needs. */
export type MoveDraft = SaidDraft & {
  readonly text: string;
  readonly language: StatementDraft['language'];
  readonly source: string;
  readonly outcome: 'FULL' | 'PARTIAL' | 'NOTHING_HELD';
  readonly ground: (typeof REFUSAL_GROUNDS)[number] | '';
  readonly scope: 'WHOLE' | 'PART';
  readonly hours: string;
  readonly judicial: 'yes' | 'no';
  readonly grading: Pick<StatementDraft, 'source' | 'info'>;
  readonly rejection: (typeof REJECTION_REASONS)[number] | '';
  readonly revocation: (typeof REVOCATION_REASONS)[number] | '';
  readonly feedback: 'ACCEPTED' | 'NOT_POSSIBLE';
  /** Of what is asked to be let go: nothing chosen means all that was asked for. */
  readonly parts: readonly Grantable[];
  /** A local date and time, as its field writes it. */
  readonly until: string;
};

export const EMPTY_MOVE: MoveDraft = {
  marking: FIRST_MARKING,
  text: '',
  language: 'en',
  statement: EMPTY_STATEMENT,
  source: '',
  entities: [],
  outcome: 'FULL',
  ground: '',
  scope: 'WHOLE',
  hours: '24',
  judicial: 'no',
  grading: { source: '', info: '' },
  rejection: '',
  revocation: '',
  feedback: 'ACCEPTED',
  parts: [],
  until: '',
};

/** What a field for date and time holds, as the interface takes it. */
export const momentOf = (local: string): string => new Date(local).toISOString();

const remark = ({ text, language }: MoveDraft) => ({ text: text.trim(), language });
const maybeText = ({ text }: MoveDraft) => (text.trim() === '' ? {} : { text: text.trim() });

export const answerOf = (draft: MoveDraft): Said<'AnswerProvided'> => {
  const { outcome, marking, source } = draft;
  return {
    outcome,
    marking,
    ...(outcome !== 'NOTHING_HELD' && {
      facts: saidOf(draft),
      ...(source.trim() !== '' && { source: { text: source.trim() } }),
    }),
  };
};

/** What a draft says about this item once it is a move. */
export const commandOf = (
  move: Move,
  draft: MoveDraft,
  { compartments = [] }: Pick<Item, 'compartments'>,
): Command => {
  const { marking, ground, grading, rejection, revocation } = draft;
  switch (move) {
    case 'ClarificationAsked':
    case 'ClarificationProvided':
      return { move, said: { marking, facts: remark(draft) } };
    case 'DelayNotified':
      return {
        move,
        said: {
          seconds: Math.round(Number(draft.hours) * 3600),
          judicialAuthorisation: draft.judicial === 'yes',
          marking,
          facts: remark(draft),
        },
      };
    case 'AnswerProvided':
      return { move, said: answerOf(draft) };
    case 'RequestRefused':
      return {
        move,
        said: {
          ground: ground === '' ? 'a' : ground,
          scope: draft.scope,
          marking,
          ...(draft.text.trim() !== '' && { facts: remark(draft) }),
        },
      };
    case 'ContributionEvaluated':
    case 'EvaluationRevised':
      return {
        move,
        said: {
          marking,
          intelligence: {
            evaluation: { source: grading.source || 'X', info: grading.info || '4' },
            ...maybeText(draft),
          },
        },
      };
    case 'ReferralRejected':
    case 'ReferralNotPossible':
      return {
        move,
        said: {
          marking,
          needs: { reason: rejection === '' ? 'OTHER' : rejection, ...maybeText(draft) },
        },
      };
    case 'ReferralFeedbackGiven':
      return {
        move,
        said: {
          outcome: draft.feedback,
          marking,
          ...(draft.text.trim() !== '' && { welfare: { text: draft.text.trim() } }),
        },
      };
    case 'ReferralRevoked':
      return { move, said: { reason: revocation === '' ? 'ISSUED_IN_ERROR' : revocation } };
    case 'ReleaseGranted':
      return {
        move,
        said: {
          compartments: draft.parts.length === 0 ? [...compartments] : [...draft.parts],
          until: momentOf(draft.until),
        },
      };
    case 'ReleaseDenied':
      return {
        move,
        said: { marking, ...(draft.text.trim() !== '' && { facts: remark(draft) }) },
      };
    case 'GrantRevoked':
    case 'ShareApproved':
    case 'ShareDeclined':
    case 'LegalHoldLifted':
    case 'RequestAccepted':
    case 'RequestWithdrawn':
    case 'RequestClosed':
    case 'ContributionAcknowledged':
    case 'ReferralAccepted':
    case 'ReferralCompleted':
      return { move, said: {} };
  }
};
