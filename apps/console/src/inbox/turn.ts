// Whose turn it is, read from the steps by which the domain itself decides.
import {
  CONTRIBUTION_STEPS,
  REFERRAL_STEPS,
  RELEASE_STEPS,
  REQUEST_STEPS,
  type Step,
} from '@tripoint/domain';
import { type Item, type Kind } from '../api/shapes';

type Traded = Extract<Kind, 'request' | 'contribution' | 'referral'>;
const STEPS: Readonly<Record<Traded, Readonly<Record<string, Step<string>>>>> = {
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
/** What an officer of the provider does with a release; making the grant and purging it are for the nodes. */
const RELEASE_MOVES = ['ReleaseGranted', 'ReleaseDenied', 'GrantRevoked'] as const;

export type Move =
  | Exclude<
      keyof typeof REQUEST_STEPS | keyof typeof CONTRIBUTION_STEPS | keyof typeof REFERRAL_STEPS,
      'RequestReceived' | 'ContributionReceived' | 'ReferralReceived' | 'ReferralServiceEnded'
    >
  | (typeof RELEASE_MOVES)[number]
  | 'ShareApproved'
  | 'ShareDeclined'
  | 'LegalHoldLifted';

/** Whether this agency keeps a share of what is ordered to be disclosed, and has not said yet whether it lets it go. */
const awaitsShare = ({ to, open, expired, released, declined }: Item, us: string): boolean =>
  open &&
  expired !== true &&
  to !== us &&
  !(released ?? []).includes(us) &&
  !(declined ?? []).includes(us);

/** What this agency could do with an item as it stands. */
export const movesOf = (item: Item, us: string): readonly Move[] => {
  const { kind, status, from, to, provider, expired } = item;
  if (kind === 'recall') return [];
  if (kind === 'disclosure') return awaitsShare(item, us) ? ['ShareApproved', 'ShareDeclined'] : [];
  if (kind === 'hold') return status === 'PLACED' && expired !== true ? ['LegalHoldLifted'] : [];
  if (kind === 'release')
    return provider === us
      ? RELEASE_MOVES.filter((move) =>
          (RELEASE_STEPS[move].when as readonly string[]).includes(status),
        )
      : [];
  return (Object.entries(STEPS[kind]) as [Move, Step<string>][]).flatMap(([move, { by, when }]) => {
    const ours = by === 'either' || (by === 'from' ? from : to) === us;
    const hers = !OWN.includes(move);
    return ours && hers && when.includes(status) && (from === us || to === us) ? [move] : [];
  });
};

export type Turn = 'ours' | 'theirs' | 'done';

/** A release waits for whoever said it; a recall for its holder, and for whoever recalled it once that has defaulted. */
const furtherTurn = ({ kind, status, open, provider, from, defaulted }: Item, us: string): Turn => {
  if (kind === 'recall' && from === us && defaulted === true && status !== 'PURGED') return 'ours';
  if (!open || (kind === 'release' && status === 'USED')) return 'done';
  return kind === 'release' && status === 'REQUESTED' && provider === us ? 'ours' : 'theirs';
};

/** An order waits for custodians, and then for its time to be over. */
const disclosureTurn = (item: Item, us: string): Turn => {
  if (!item.open || item.expired === true) return 'done';
  if (awaitsShare(item, us)) return item.onItsWay > 0 ? 'theirs' : 'ours';
  return item.to === us || item.from === us ? 'theirs' : 'done';
};

/** Whose turn it is. A request that we have asked about waits for the other side, though we might still refuse it. */
export const turnOf = (item: Item, us: string): Turn => {
  if (item.kind === 'hold') return 'done';
  if (item.kind === 'disclosure') return disclosureTurn(item, us);
  if (item.kind === 'release' || item.kind === 'recall') return furtherTurn(item, us);
  // An answer waits for whoever asked, to be read and closed.
  if (item.kind === 'request' && item.from === us && movesOf(item, us).includes('RequestClosed'))
    return item.status === 'WITHDRAWN' ? 'done' : 'ours';
  if (!item.open) return 'done';
  if (item.kind === 'request' && item.status === 'ANSWERED_PARTIAL' && item.to === us)
    return 'theirs';
  const moves: readonly string[] = movesOf(item, us);
  return GETS_ON.some((move) => moves.includes(move)) ? 'ours' : 'theirs';
};
