import { type Digest } from '@tripoint/kernel';
import { conforms, type Shape } from './shape.js';

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
  /** What the event is declared to be taken from, as far as others provided it and the recipient was not given it. */
  readonly derivation: {
    /** A source that nobody knows, or more of them than are followed. */
    readonly unknown: boolean;
    /** One of them is under H1. */
    readonly h1: boolean;
    /** One of them is under H2. */
    readonly h2: boolean;
    /** The strictest that any provider and who had it from there agreed on: `ALLOWED`, `WITH_AUTHORISATION` or `FORBIDDEN`. */
    readonly onward: string;
    /** The compartment is marked below something that another agency provided, whoever was given that. */
    readonly weakened: boolean;
  };
  /**
   * It was said before, and is handed to one more agency for a time. Absent for what an event says itself; so are the two
   * below. Questions from before there were grants are thereby put, and answered, as they always were.
   */
  readonly grant?: {
    /** The issuer is who said it, in this exchange. */
    readonly byProvider: boolean;
    /** Its time is not over. */
    readonly inTime: boolean;
    /** It is nothing else than what was decided on before. */
    readonly asDecided: boolean;
    /** The recipient was given it before, and for longer than a grant that has ended. */
    readonly held: boolean;
  };
  /** The event grants the recipient something, and the rules allow that. */
  readonly grantee?: true;
  /** The issuer was granted something in this exchange by the recipient. */
  readonly scoped?: true;
  /** The compartment holds the share of the custodian that the recipient is. */
  readonly custodian?: true;
  /** It was said before and is in custody, and is ordered to be disclosed to one agency, for a time. */
  readonly order?: {
    /** Oversight orders it; else it is an emergency of the agency that invokes it. */
    readonly byOversight: boolean;
    readonly emergency: boolean;
    /** Its time is not over, and is no longer than a day. */
    readonly inTime: boolean;
    /** Shares of its key were entrusted to custodians, as many as it takes. */
    readonly inCustody: boolean;
    /** The recipient was given it before. */
    readonly held: boolean;
  };
  /** It is a share, which its custodian hands to whom an order names. */
  readonly share?: {
    /** The issuer is the custodian to whom it was entrusted. */
    readonly byCustodian: boolean;
    /** It is what an order before it names, to nobody else, for no longer, and once. */
    readonly asOrdered: boolean;
    readonly inTime: boolean;
  };
};

const party: Shape = { kind: 'code', state: 'code', clearance: 'code', active: 'boolean' };

export const questionShape: Shape = {
  bundle: 'code',
  recipient: party,
  issuer: party,
  sameAgency: 'boolean',
  family: 'code',
  compartment: 'code',
  classification: 'code',
  handling: 'codes',
  relation: {
    participant: 'boolean',
    admitted: 'boolean',
    owner: 'boolean',
    issuerParticipant: 'boolean',
  },
  pair: { permitted: 'boolean', ceiling: 'code' },
  derivation: {
    unknown: 'boolean',
    h1: 'boolean',
    h2: 'boolean',
    onward: 'code',
    weakened: 'boolean',
  },
  'grant?': { byProvider: 'boolean', inTime: 'boolean', asDecided: 'boolean', held: 'boolean' },
  'grantee?': 'boolean',
  'scoped?': 'boolean',
  'custodian?': 'boolean',
  'order?': {
    byOversight: 'boolean',
    emergency: 'boolean',
    inTime: 'boolean',
    inCustody: 'boolean',
    held: 'boolean',
  },
  'share?': { byCustodian: 'boolean', asOrdered: 'boolean', inTime: 'boolean' },
};

/** Whether every attribute is there, of its type and of a sane length, and nothing else. */
export const isQuestion = (value: unknown): value is Question => conforms(questionShape, value);
