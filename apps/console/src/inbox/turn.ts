// Whose turn it is, read from the steps by which the domain itself decides.
import { CONTRIBUTION_STEPS, REFERRAL_STEPS, REQUEST_STEPS, type Step } from '@tripoint/domain';
import { type Item, type Kind } from '../api/shapes';

const STEPS: Readonly<Record<Kind, Readonly<Record<string, Step<string>>>>> = {
  request: REQUEST_STEPS,
  contribution: CONTRIBUTION_STEPS,
  referral: REFERRAL_STEPS,
};

/** Moves by which an officer gets on with an item; others take something back, or are the agency's own. */
const GETS_ON = [
  'ClarificationProvided',
  'RequestAccepted',
  'AnswerProvided',
  'RequestClosed',
  'ContributionAcknowledged',
  'ContributionEvaluated',
  'ReferralAccepted',
  'ReferralFeedbackGiven',
  'ReferralCompleted',
] as const;
const OWN: readonly string[] = [
  'RequestReceived',
  'ContributionReceived',
  'ReferralReceived',
  'ReferralServiceEnded',
];

export type Move = Exclude<
  keyof typeof REQUEST_STEPS | keyof typeof CONTRIBUTION_STEPS | keyof typeof REFERRAL_STEPS,
  'RequestReceived' | 'ContributionReceived' | 'ReferralReceived' | 'ReferralServiceEnded'
>;

/** What this agency could do with an item as it stands. */
export const movesOf = ({ kind, status, from, to }: Item, us: string): readonly Move[] =>
  (Object.entries(STEPS[kind]) as [Move, Step<string>][]).flatMap(([move, { by, when }]) => {
    const ours = by === 'either' || (by === 'from' ? from : to) === us;
    const hers = !OWN.includes(move);
    return ours && hers && when.includes(status) && (from === us || to === us) ? [move] : [];
  });

export type Turn = 'ours' | 'theirs' | 'done';

/** Whose turn it is. A request that we have asked about waits for the other side, though we might still refuse it. */
export const turnOf = (item: Item, us: string): Turn => {
  // An answer waits for whoever asked, to be read and closed.
  if (item.kind === 'request' && item.from === us && movesOf(item, us).includes('RequestClosed'))
    return item.status === 'WITHDRAWN' ? 'done' : 'ours';
  if (!item.open) return 'done';
  if (item.kind === 'request' && item.status === 'ANSWERED_PARTIAL' && item.to === us)
    return 'theirs';
  const moves: readonly string[] = movesOf(item, us);
  return GETS_ON.some((move) => moves.includes(move)) ? 'ours' : 'theirs';
};
