import { type AgencyId, type Digest, type ExchangeId } from '@tripoint/kernel';
import { type AgencyAttributes, type PairPolicy } from './attributes.js';
import { type Facts } from './facts.js';
import { type Membership } from './membership.js';
import { type NeedToKnow } from './need-to-know.js';
import { type Verdict } from './verdict.js';

/** One compartment of an event: its labels and facts, and the agencies it is meant for. */
export type Part = {
  readonly compartment: string;
  readonly classification: string;
  readonly handling: readonly string[];
  readonly facts: Facts;
  readonly recipients: readonly AgencyId[];
};

/** A descriptor that others are derived from, as far as the one who judges knows it. */
export type Source = {
  readonly issuer: AgencyId;
  readonly classification: string;
  readonly handling: readonly string[];
  /** Who was allowed it, releases included. */
  readonly holders: readonly AgencyId[];
  readonly derivedFrom: readonly Digest[];
};

/** An event before it is judged, and where to look up what it refers to, as of one index of the log. */
export type Case = {
  readonly stream: ExchangeId;
  readonly family: string;
  readonly issuer: AgencyId;
  readonly parts: readonly Part[];
  /** As it stood before this event. */
  readonly membership: Membership;
  readonly agency: (id: AgencyId) => AgencyAttributes | undefined;
  readonly pair: (a: AgencyId, b: AgencyId) => PairPolicy | undefined;
  readonly source: (descriptor: Digest) => Source | undefined;
};

/** The verdict on one compartment for one recipient. */
export type Judged = {
  /** Index into the case's parts. */
  readonly part: number;
  readonly compartment: string;
  readonly recipient: AgencyId;
  readonly verdict: Verdict;
};

/**
 * Judges every compartment for every recipient it is meant for, in the order given. The author computes its audience
 * with it, the sequencer judges with it, and oversight judges again with it.
 */
export declare const judge: (rules: NeedToKnow, event: Case) => readonly Judged[];
