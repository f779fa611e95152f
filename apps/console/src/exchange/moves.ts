// The moves of an item: where each is handed in, and which need words.
import { ask, type BodyOf, type PathsOf } from '../api/client';
import { type AudiencePart, type Item, type Officer, type Submitted } from '../api/shapes';
import { type Move, movesOf } from '../inbox/turn';
import { may } from '../session/may';

const PATHS = {
  ClarificationAsked: '/requests/{item}/ask-clarification',
  ClarificationProvided: '/requests/{item}/clarify',
  RequestAccepted: '/requests/{item}/accept',
  DelayNotified: '/requests/{item}/notify-delay',
  AnswerProvided: '/requests/{item}/answer',
  RequestRefused: '/requests/{item}/refuse',
  RequestWithdrawn: '/requests/{item}/withdraw',
  RequestClosed: '/requests/{item}/close',
  ContributionAcknowledged: '/contributions/{item}/acknowledge',
  ContributionEvaluated: '/contributions/{item}/evaluate',
  EvaluationRevised: '/contributions/{item}/revise',
  ReferralAccepted: '/referrals/{item}/accept',
  ReferralRejected: '/referrals/{item}/reject',
  ReferralNotPossible: '/referrals/{item}/not-possible',
  ReferralFeedbackGiven: '/referrals/{item}/feedback',
  ReferralCompleted: '/referrals/{item}/complete',
  ReferralRevoked: '/referrals/{item}/revoke',
  ReleaseGranted: '/releases/{item}/grant',
  ReleaseDenied: '/releases/{item}/deny',
  GrantRevoked: '/releases/{item}/revoke',
  ShareApproved: '/disclosures/{item}/release',
  ShareDeclined: '/disclosures/{item}/decline',
  LegalHoldLifted: '/holds/{item}/lift',
} as const satisfies Record<Move, string>;

/** Moves that tell somebody something, and where it is asked who would know it before it is sealed. */
const PREVIEWS = {
  AnswerProvided: '/audience/requests/{item}/answer',
  ReferralRejected: '/audience/referrals/{item}/reject',
  ReferralNotPossible: '/audience/referrals/{item}/not-possible',
  ReferralFeedbackGiven: '/audience/referrals/{item}/feedback',
} as const satisfies Partial<Record<Move, PathsOf<'post'>>>;
type Previewed = keyof typeof PREVIEWS;

/** What one move says. */
export type Said<M extends Move> = BodyOf<(typeof PATHS)[M], 'post'>;
export type Command = { [M in Move]: { readonly move: M; readonly said: Said<M> } }[Move];

/** A move, based on the version of the item that its officer saw; `key` names it, however often it is sent. @throws {Trouble} */
export const give = async (
  { move, said }: Command,
  { item, version }: Item,
  key: string,
): Promise<Submitted> =>
  ask('post', PATHS[move], {
    path: { item } as never,
    headers: { 'if-match': `"v${version}"`, 'idempotency-key': key },
    body: said as never,
  });

export const isPreviewed = (move: Move): move is Previewed => Object.hasOwn(PREVIEWS, move);

/** Who would know what a move says, by the same rules by which the hub judges. @throws {Trouble} */
export const previewed = async (
  { move, said }: Command,
  { item }: Item,
): Promise<readonly AudiencePart[]> =>
  isPreviewed(move)
    ? (await ask('post', PREVIEWS[move], { path: { item } as never, body: said as never })).parts
    : [];

/** Moves in the order in which they are offered: what gets on first, what ends the matter last. */
const ORDER: readonly Move[] = [
  'ClarificationProvided',
  'AnswerProvided',
  'RequestAccepted',
  'ClarificationAsked',
  'DelayNotified',
  'RequestRefused',
  'RequestClosed',
  'RequestWithdrawn',
  'ContributionAcknowledged',
  'ContributionEvaluated',
  'EvaluationRevised',
  'ReferralAccepted',
  'ReferralFeedbackGiven',
  'ReferralCompleted',
  'ReferralNotPossible',
  'ReferralRejected',
  'ReferralRevoked',
  'ReleaseGranted',
  'ReleaseDenied',
  'GrantRevoked',
  'ShareApproved',
  'ShareDeclined',
  'LegalHoldLifted',
];

const CARE: readonly Move[] = [
  'ReferralAccepted',
  'ReferralRejected',
  'ReferralNotPossible',
  'ReferralFeedbackGiven',
];

/** What this officer could do with the item as it stands. */
export const offered = (item: Item, officer: Officer): readonly Move[] => {
  const moves = movesOf(item, officer.agency);
  const allowed = (move: Move): boolean => {
    switch (item.kind) {
      case 'request':
        return may.work(officer);
      case 'contribution':
        return may.grade(officer);
      case 'referral':
        return CARE.includes(move) ? may.care(officer) : may.give(officer);
      case 'release':
      case 'recall':
      case 'disclosure':
        return may.release(officer);
      case 'hold':
        return may.hold(officer);
    }
  };
  return ORDER.filter((move) => moves.includes(move) && allowed(move));
};
