import { type FindingState } from '@tripoint/domain';
import { type AgencyId, type Instant, type OfficerId, type Refusal } from '@tripoint/kernel';

/** Something wrong with the record, or with whoever keeps it. Never case content. */
export type Found = {
  readonly code: string;
  /** Tells one finding of a code from another, and is the same whenever that one is found again. */
  readonly subject: string;
  /** Which of the times it was found: the same time again is no other. */
  readonly occasion: string;
  readonly agency?: AgencyId;
  readonly leaf: number | null;
  readonly detail: string;
};

/** A finding as it stands; leaf and detail are those of the last time. */
export type Finding = Omit<Found, 'occasion'> & {
  /** Counts from 1. */
  readonly number: number;
  readonly state: FindingState;
  readonly at: Instant;
  /** When it was found last, and how often it has been. */
  readonly lastAt: Instant;
  readonly times: number;
};

/** One step of a finding's life. `by` is absent for what no person did: being found. */
export type FindingStep = {
  readonly step: number;
  readonly state: FindingState;
  readonly by?: OfficerId;
  readonly reason: string;
  readonly at: Instant;
};

/** One time that it was found. */
export type FindingOccasion = Pick<Found, 'occasion' | 'leaf' | 'detail'> & {
  readonly at: Instant;
};

export type FindingHistory = {
  readonly finding: Finding;
  /** In order, the first being that it was found. */
  readonly steps: readonly FindingStep[];
  /** The newest first. */
  readonly occasions: readonly FindingOccasion[];
};

export type FindingsAsked = {
  readonly states?: readonly FindingState[];
  readonly oldestFirst: boolean;
  /** The number after which to go on, in that order. */
  readonly after?: number;
  readonly limit: number;
};

/**
 * What oversight has found, and what became of it. Nothing in it is ever changed or taken away: a step is a row more.
 * @throws {HubError} `store-away` (retriable), `disk-full` (retriable), from every method
 */
export abstract class FindingBook {
  /**
   * Keeps that something was found; the same occasion again changes nothing. What somebody said was over is open again.
   * Durable when it resolves; several at once are one after the other.
   */
  abstract raise(found: Found, at: Instant): Promise<'new' | 'again' | 'reopened' | 'known'>;
  /** Takes a finding a step on, by a person and with a reason. Durable when it resolves. */
  abstract step(
    number: number,
    to: FindingState,
    why: { readonly by: OfficerId; readonly reason: string; readonly at: Instant },
  ): Promise<Finding | Refusal<'finding-unknown' | 'finding-step-refused'>>;
  /** By age: in the order of their numbers, or against it. */
  abstract list(asked: FindingsAsked): Promise<readonly Finding[]>;
  /** How many there are, state by state; a state without any is missing. */
  abstract counts(): Promise<Readonly<Partial<Record<FindingState, number>>>>;
  abstract history(number: number): Promise<FindingHistory | undefined>;
}
