import { type Digest } from '@tripoint/kernel';

/** An agency as the rules see it: without its name. */
export type Party = {
  readonly kind: string;
  readonly state: string;
  readonly clearance: string;
  readonly active: boolean;
};

/**
 * May this recipient hold this compartment of this event? Labels and attributes only, never the name of an
 * event, an exchange or an agency: so that equal questions recur, and their answer can be remembered.
 */
export type Question = {
  /** The rules that are asked. */
  readonly bundle: Digest;
  readonly recipient: Party;
  readonly issuer: Party;
  /** The recipient is the issuer. */
  readonly sameAgency: boolean;
  readonly family: string;
  readonly compartment: string;
  readonly classification: string;
  /** Sorted. */
  readonly handling: readonly string[];
  /** How the two stand to the exchange, this event's own facts included. */
  readonly relation: {
    /** The recipient opened the exchange or is admitted to it. */
    readonly participant: boolean;
    /** The recipient is admitted to this compartment; the owner is to every one. */
    readonly admitted: boolean;
    /** The recipient opened the exchange. */
    readonly owner: boolean;
    /** The issuer opened the exchange or is admitted to it. */
    readonly issuerParticipant: boolean;
  };
  /** What the issuer and the recipient have agreed; nothing is permitted between strangers. */
  readonly pair: {
    readonly permitted: boolean;
    readonly ceiling: string;
  };
  /** What is declared to be derived from other agencies' information, as far as the recipient does not hold that already. */
  readonly derivation: {
    /** A source that is not known, or too many of them. */
    readonly unknown: boolean;
    /** A source under H1 that the recipient was not given. */
    readonly h1: boolean;
    /** A source under H2 that the recipient was not given. */
    readonly h2: boolean;
    /** The strictest that a source's originator and the issuer agreed on: `ALLOWED`, `WITH_AUTHORISATION`, `FORBIDDEN`. */
    readonly onward: string;
    /** The compartment is marked below one of the sources. */
    readonly weakened: boolean;
  };
};
