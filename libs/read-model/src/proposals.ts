import {
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
  type Refusal,
} from '@tripoint/kernel';

/** What one officer proposes, and another has to confirm before it is done. */
export type Proposal = {
  readonly id: string;
  /** Type of the command. */
  readonly command: string;
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  /** What the command says. JSON-compatible. */
  readonly data: unknown;
  /** The version of the item that the proposing officer saw, where it is one that was there. */
  readonly seen?: string;
  readonly proposedBy: OfficerId;
  readonly proposedAt: Instant;
  /** From then on nobody confirms it. */
  readonly until: Instant;
  readonly decision?: ProposalDecision;
};

export type ProposalDecision = {
  readonly outcome: 'CONFIRMED' | 'REJECTED';
  readonly by: OfficerId;
  readonly at: Instant;
};

export type ProposalRefusal = Refusal<
  /** Nobody has proposed it. */
  | 'proposal-unknown'
  /** Whoever proposed it does not confirm it. */
  | 'proposal-own'
  /** Whoever proposed it has no account any more that could, or not the duty. */
  | 'proposer-without-duty'
  /** Its time is over. */
  | 'proposal-expired'
  /** Somebody has decided on it already. */
  | 'proposal-decided'
>;

/**
 * What waits for a second officer, and who proposed and decided what: nothing is ever taken out.
 * @throws {HubError} `store-away` (retriable), `disk-full` (retriable), from every method
 */
export abstract class Proposals {
  /** Keeps a proposal. One with an id that is there already changes nothing. */
  abstract add(proposal: Omit<Proposal, 'decision'>): Promise<void>;
  abstract one(id: string): Promise<Proposal | undefined>;
  /** The newest first. */
  abstract newest(limit: number): Promise<readonly Proposal[]>;
  /**
   * Decides once: of several officers one comes first. Repeated by the officer who decided, with the same outcome, it is answered as it was.
   * A proposal is confirmed by another than who proposed it, and withdrawn by whomever. It is confirmed only as long as who proposed it
   * is active and has one of the roles of its duty: two officers stand behind it at the moment that it is decided. Where all else allows
   * it, `before` is asked last, and nothing is decided if it throws.
   */
  abstract decide(
    id: string,
    decision: ProposalDecision,
    duty: readonly string[],
    before?: (proposal: Proposal) => Promise<void>,
  ): Promise<Proposal | ProposalRefusal>;
}
