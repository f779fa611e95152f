import {
  AGENCY_KINDS,
  LAW_ENFORCEMENT_KINDS,
  type AgencyKind,
  type Compartment,
} from '@tripoint/domain';

/** One line of the table: who may hold a compartment at most, before membership, markings and pairs narrow it. */
export type CompartmentRow = {
  readonly compartment: string;
  /** What it holds, for people. */
  readonly holds: string;
  /** Kinds of agency; none: nobody but the originator. */
  readonly kinds: readonly string[];
};

/** One for each custodian, in the order in which the registry names them. Not for people: nobody is admitted to one. */
export const CUSTODY_COMPARTMENTS = [
  'custody-1',
  'custody-2',
  'custody-3',
  'custody-4',
  'custody-5',
  'custody-6',
  'custody-7',
  'custody-8',
] as const;

/** Which custodian, counted from 0, a compartment is for; -1 for every other compartment. */
export const custodianOf = (compartment: string): number =>
  (CUSTODY_COMPARTMENTS as readonly string[]).indexOf(compartment);

/** Overseers and the hub are no audience of any content. */
const everyParticipant = AGENCY_KINDS.filter((kind) => kind !== 'OVERSIGHT' && kind !== 'HUB');

const table: Readonly<Record<Compartment, readonly [holds: string, kinds: readonly AgencyKind[]]>> =
  {
    core: ['what the item is, where it stands and when it is due', everyParticipant],
    facts: ['answers, checks, crossings and seizures', LAW_ENFORCEMENT_KINDS],
    intelligence: ['assessments, links and gradings', LAW_ENFORCEMENT_KINDS],
    source: ['where information came from, and how', []],
    evidence: ['items that are meant for a court', ['POLICE', 'PROSECUTOR']],
    financial: ['accounts, transactions and freezes', ['FIU', 'PROSECUTOR', 'POLICE']],
    identity: [
      'names, documents and photographs of a person who is referred',
      [
        'POLICE',
        'BORDER_POLICE',
        'CUSTOMS',
        'NATIONAL_SECURITY',
        'PROSECUTOR',
        'CHILD_PROTECTION',
        'SOCIAL_ASSISTANCE',
        'HEALTH',
        'NGO',
        'IOM',
        'UNHCR',
        'SAR',
        'LEGAL_AID',
      ],
    ],
    needs: [
      'language, urgency and the services that are asked for',
      ['NGO', 'CHILD_PROTECTION', 'SOCIAL_ASSISTANCE', 'HEALTH', 'IOM', 'UNHCR', 'SAR'],
    ],
    risk: ['threats and the safety plan', ['NGO', 'POLICE', 'IOM', 'CHILD_PROTECTION']],
    welfare: [
      'services given, plans and monitoring',
      ['NGO', 'SOCIAL_ASSISTANCE', 'IOM', 'CHILD_PROTECTION'],
    ],
    health: ['medical need and what it takes to meet it', ['HEALTH', 'NGO']],
    shelter: ['the address of a shelter', ['NGO', 'SOCIAL_ASSISTANCE', 'TRANSPORT']],
    consular: ['identity and travel documents for a return', ['CONSULATE', 'MFA', 'IOM']],
    legal: ['privileged advice', ['LEGAL_AID']],
    statistics: [
      'a random token, stages, durations and coarse attributes',
      ['NATIONAL_COMMISSION', 'COORDINATION_GROUP', 'SELEC'],
    ],
  };

/**
 * The compartments, as one table. The entities that the rules are evaluated against and the explanations that
 * people are shown are made from it.
 */
export const compartmentTable: readonly CompartmentRow[] = [
  ...Object.entries(table).map(([compartment, [holds, kinds]]) => ({
    compartment,
    holds,
    kinds: [...kinds].sort(),
  })),
  ...CUSTODY_COMPARTMENTS.map((compartment) => ({
    compartment,
    holds: 'shares of the keys of the other compartments, for one custodian',
    kinds: [],
  })),
];
