import { type AgencyId } from '@tripoint/kernel';

/**
 * What the rules may know of an agency. Codes are plain strings, as the registry hands them over: a code that
 * the bundle does not know is refused when a question is asked, never guessed at.
 */
export type AgencyAttributes = {
  readonly id: AgencyId;
  /** Code of a kind of agency. */
  readonly kind: string;
  /** ISO 3166 alpha-2, lower or upper case as the registry has it. */
  readonly state: string;
  /** Highest classification that the agency may hold. */
  readonly clearance: string;
  /** Neither suspended nor withdrawn. */
  readonly active: boolean;
};

/** What two agencies have agreed. */
export type PairPolicy = {
  readonly transfer: {
    /** Whether anything may pass between them at all. */
    readonly permitted: boolean;
    /** Highest classification that may. */
    readonly ceiling: string;
    /** `ALLOWED`, `WITH_AUTHORISATION` or `FORBIDDEN`: whether what one gave may be passed on by the other. */
    readonly onward: string;
  };
  /** Seconds. */
  readonly clocks: {
    readonly urgentDirect: number;
    readonly urgentIndirect: number;
    readonly routine: number;
    /** How long a receipt may take before the clock starts without one. */
    readonly grace: number;
  };
};
