import { AGENCY_KINDS, FAMILIES, HANDLING_CODES } from '@tripoint/domain';

/** Whether what one agency gave may be passed on by another, mildest first. */
export const ONWARD = ['ALLOWED', 'WITH_AUTHORISATION', 'FORBIDDEN'] as const;

const codes = (list: readonly string[]): string =>
  list.map((code) => JSON.stringify(code)).join(', ');

/**
 * The Cedar schema. Codes are enumerated, so that a rule that misspells one does not pass validation, and a
 * question that names an unknown one gets no answer.
 */
export const cedarSchema = (): string => `entity Kind enum [${codes(AGENCY_KINDS)}];
entity Family enum [${codes(FAMILIES)}];
entity Handling enum [${codes(HANDLING_CODES)}];
entity Onward enum [${codes(ONWARD)}];
entity Classification = { rank: Long, accredited: Bool };
entity Compartment = { kinds: Set<Kind> };
entity Agency = { kind: Kind, state: String, clearance: Classification, active: Bool };
action receive appliesTo {
  principal: [Agency],
  resource: [Compartment],
  context: {
    issuer: Agency,
    sameAgency: Bool,
    family: Family,
    classification: Classification,
    handling: Set<Handling>,
    relation: { participant: Bool, admitted: Bool, owner: Bool, issuerParticipant: Bool },
    pair: { permitted: Bool, ceiling: Classification },
    derivation: { unknown: Bool, h1: Bool, h2: Bool, onward: Onward, weakened: Bool },
    grant?: { byProvider: Bool, inTime: Bool, asDecided: Bool, held: Bool },
    grantee?: Bool,
    scoped?: Bool,
    custodian?: Bool,
    order?: { byOversight: Bool, emergency: Bool, inTime: Bool, inCustody: Bool, held: Bool },
    share?: { byCustodian: Bool, asOrdered: Bool, inTime: Bool },
  },
};
`;
