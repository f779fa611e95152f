// Which doors of the console an officer is shown. What an officer may do is decided by the front door at every request; this
// only spares people buttons that would be refused.
import { type Officer } from '../api/shapes';

type Role = Officer['roles'][number];

const CASEWORK: readonly Role[] = [
  'LIAISON_OFFICER',
  'CENTRE_COORDINATOR',
  'SPOC_OPERATOR',
  'ANALYST',
  'INVESTIGATOR',
  'PROSECUTOR',
  'JIT_LEADER',
  'FIU_ANALYST',
];
const CARE: readonly Role[] = [
  'NGO_CASEWORKER',
  'NGO_SUPERVISOR',
  'HOTLINE_116000',
  'SACP_OFFICER',
  'SAD_SOCIAL_WORKER',
  'GUARDIAN',
  'RHI_COORDINATOR',
  'CONSULAR_OFFICER',
  'SAR_CASEWORKER',
  'IOM_CASEWORKER',
  'UNHCR_PROTECTION',
  'LEGAL_AID_COUNSEL',
];
/** Lets what the agency said go further, and takes it back. */
const RELEASES: readonly Role[] = [
  'LIAISON_OFFICER',
  'CENTRE_COORDINATOR',
  'SPOC_OPERATOR',
  'INVESTIGATOR',
  'PROSECUTOR',
  'JIT_LEADER',
  'NGO_SUPERVISOR',
  'SACP_OFFICER',
  'GUARDIAN',
];
/** Keeps from deletion what proceedings may need. */
const HOLDS: readonly Role[] = ['PROSECUTOR', 'JIT_LEADER'];
/** Orders custodians to disclose something, in an emergency. */
const BREAKS_GLASS: readonly Role[] = [...HOLDS, 'CENTRE_COORDINATOR'];
const AUDITS: readonly Role[] = ['OVERSIGHT_AUDITOR'];
const FIRST_LINE: readonly Role[] = ['FIRST_LINE_IDENTIFIER'];
const READERS: readonly Role[] = ['NRM_COORDINATOR', 'LOCAL_COMMISSION_SECRETARY'];

const one = ({ roles }: Officer, of: readonly Role[]): boolean =>
  roles.some((role) => of.includes(role));

export const may = {
  /** Ask and answer. */
  work: (officer: Officer): boolean => one(officer, CASEWORK),
  /** Take people on. */
  care: (officer: Officer): boolean => one(officer, CARE),
  /** Give information, refer people, read what was said. */
  give: (officer: Officer): boolean => one(officer, [...CASEWORK, ...CARE, ...FIRST_LINE]),
  grade: (officer: Officer): boolean => one(officer, [...CASEWORK, ...CARE]),
  /** Let what we said go further than to whom it was said, and take it back. */
  release: (officer: Officer): boolean => one(officer, RELEASES),
  /** Keep from deletion what proceedings may need, and read what is kept. */
  hold: (officer: Officer): boolean => one(officer, HOLDS),
  /** Have custodians disclose what another agency said. */
  breakGlass: (officer: Officer): boolean => one(officer, BREAKS_GLASS),
  /** Confirm what another officer proposed. */
  confirm: (officer: Officer): boolean => one(officer, [...RELEASES, ...BREAKS_GLASS]),
  /** Answer people who ask what was said of them. */
  answerSubjects: (officer: Officer): boolean => one(officer, ['DATA_PROTECTION_OFFICER']),
  /** Ask for that. */
  askRelease: (officer: Officer): boolean => one(officer, [...CASEWORK, ...CARE]),
  /** Keep accounts, and look at who has read what. */
  keepAccounts: (officer: Officer): boolean => one(officer, ['NODE_SECURITY_OFFICER']),
  /** Look at the record from outside. */
  audit: (officer: Officer): boolean => officer.door === 'OVERSIGHT' && one(officer, AUDITS),
  /** Order what others are to forget or to disclose: at oversight's other door, where no record is shown. */
  order: (officer: Officer): boolean => officer.door === 'AGENCY' && one(officer, AUDITS),
  /** See that something was said. */
  follow: (officer: Officer): boolean =>
    one(officer, [...CASEWORK, ...CARE, ...FIRST_LINE, ...READERS]),
} as const;
