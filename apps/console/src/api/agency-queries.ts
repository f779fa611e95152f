// What the screens about the agency itself ask for.
import { queryOptions } from '@tanstack/react-query';
import { type components } from './agency.gen';
import { ask } from './client';
import { type Submission } from './shapes';

type Schemas = components['schemas'];
export type Account = Schemas['OfficerResponse'];
export type OfficerRole = Account['roles'][number];

/** Roles that an agency gives to its own; oversight, witnesses and the hub have theirs elsewhere. */
export const ROLES = [
  'LIAISON_OFFICER',
  'CENTRE_COORDINATOR',
  'SPOC_OPERATOR',
  'ANALYST',
  'INVESTIGATOR',
  'PROSECUTOR',
  'JIT_LEADER',
  'FIU_ANALYST',
  'FIRST_LINE_IDENTIFIER',
  'NGO_CASEWORKER',
  'NGO_SUPERVISOR',
  'INFO_DESK_OPERATOR',
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
  'NRM_COORDINATOR',
  'LOCAL_COMMISSION_SECRETARY',
  'DATA_PROTECTION_OFFICER',
  'OCG_MEMBER',
  'NODE_SECURITY_OFFICER',
] as const satisfies readonly OfficerRole[];

const PAGE = 200;
/** So many pages are read at most: a screen is for looking, whoever wants all of it asks the interface. */
const PAGES = 25;

const pages = async <Row>(
  page: (after: string | undefined) => Promise<{ rows: Row[]; next?: string }>,
): Promise<Row[]> => {
  const rows: Row[] = [];
  let after: string | undefined;
  for (let n = 0; n < PAGES; n += 1) {
    const found = await page(after);
    rows.push(...found.rows);
    after = found.next;
    if (after === undefined) break;
  }
  return rows;
};

const from = (after: string | undefined) => ({
  limit: PAGE,
  ...(after === undefined ? {} : { after }),
});

export const officers = queryOptions({
  queryKey: ['officers'],
  queryFn: async ({ signal }) => (await ask('get', '/officers', { signal })).rows,
});

export const reads = queryOptions({
  queryKey: ['reads'],
  queryFn: ({ signal }) => pages((after) => ask('get', '/reads', { query: from(after), signal })),
});

/** Our own keys and what became of them. */
export const keys = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => ask('get', '/keys', { signal }),
});

export const readsRoot = queryOptions({
  queryKey: ['reads', 'root'],
  queryFn: ({ signal }) => ask('get', '/reads/root', { signal }),
});

/** Our own envelopes, the newest stretch of them. */
export const underway = queryOptions({
  queryKey: ['traffic', 'submissions'],
  queryFn: ({ signal }) =>
    pages((after) => ask('get', '/submissions', { query: from(after), signal })),
});

export const quarantine = queryOptions({
  queryKey: ['traffic', 'findings'],
  queryFn: ({ signal }) =>
    pages((after) => ask('get', '/findings', { query: from(after), signal })),
});

/** How many envelopes stand at each stage. */
export const stageCounts = (
  rows: readonly Submission[],
): Readonly<Record<Submission['stage'], number>> => {
  const counts = { sealed: 0, sent: 0, recorded: 0, delivered: 0, opened: 0 };
  for (const { stage } of rows) counts[stage] += 1;
  return counts;
};
