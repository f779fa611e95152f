import { type AgencyId, type Digest, type ItemId, type Refusal } from '@tripoint/kernel';

/** An agency let into an exchange, and the compartments it may be given there (sorted). */
export type Admission = { readonly agency: AgencyId; readonly compartments: readonly string[] };

export type ClockFact = 'issued' | 'received' | 'suspended' | 'resumed' | 'stopped';

/**
 * What the hub must know of an event in order to decide and to keep clocks. Never personal data: codes, agencies,
 * digests and random ids only. Every member is optional; which may stand depends on the family.
 */
export type Facts = {
  /** This event creates the exchange, and its issuer owns it. */
  readonly opens?: true;
  /** The request, contribution or referral that this event is about. */
  readonly item?: ItemId;
  /** Sorted by agency. */
  readonly admits?: readonly Admission[];
  /** Sorted. */
  readonly removes?: readonly AgencyId[];
  readonly clock?: ClockFact;
  readonly urgency?: 'URGENT' | 'ROUTINE';
  readonly access?: 'DIRECT' | 'INDIRECT';
  readonly dueInSeconds?: number;
  /** Digests of the descriptors that the content was taken from, sorted. */
  readonly derivedFrom?: readonly Digest[];
  /** Agencies to which a refused disclosure was to go, sorted. */
  readonly tried?: readonly AgencyId[];
};

export type FactsRefusal = Refusal<'facts-not-in-schema'>;

/** Reads facts of unknown origin against the closed schema of their family. */
export declare const parseFacts: (family: string, facts: unknown) => Facts | FactsRefusal;

/** Whether `facts` are what {@link parseFacts} accepts: the check that the registrar makes. */
export declare const factsInSchema: (family: string, facts: unknown) => boolean;
