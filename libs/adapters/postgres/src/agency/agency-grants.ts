import { type Grants, type Rights, scrubGrants, withScrubbing } from '../grants.js';

/** As whom the two processes of an agency come. */
export type AgencyRoles = {
  /** The one that officers talk to. It signs, and opens nothing. */
  readonly frontDoor: string;
  /** The one that opens what is delivered. It signs nothing, and knows no officer. */
  readonly projector: string;
  /** The one that writes tables anew, and reads none. */
  readonly scrubber?: string;
};

const LOOKED_AT: Rights = { select: true };
const KEPT: Rights = { select: true, insert: true, update: true };

/** Where it is tried whether there is room. */
const TRIED: Readonly<Record<string, Rights>> = { room: { insert: true } };

/** The accounts: who may sign in, and who has. */
const ACCOUNTS: Readonly<Record<string, Rights>> = {
  ...TRIED,
  officers: KEPT,
  sessions: { select: true, insert: true, delete: true },
};

/** Folded from the journal, by the projector alone. */
const FOLDED = ['exchanges', 'items', 'timeline', 'entities'] as const;

const folded = (rights: Rights): Readonly<Record<string, Rights>> =>
  Object.fromEntries(FOLDED.map((table) => [table, rights]));

const FRONT_DOOR: Readonly<Record<string, Rights>> = {
  ...ACCOUNTS,
  ...folded(LOOKED_AT),
  migrations: LOOKED_AT,
  chains: KEPT,
  exchange_versions: KEPT,
  // What the log says of an envelope is for the projector to write.
  outbox: {
    select: true,
    insert: true,
    update: ['header', 'container', 'sent_at', 'refusals', 'version'],
  },
  held_keys: { select: true, insert: true, delete: true },
  commands: { select: true, insert: true },
  journal: {
    select: true,
    insert: ['event', 'exchange', 'item', 'revision', 'entry'],
    delete: true,
  },
  mailbox: LOOKED_AT,
  to_sign: { select: true, update: ['done'] },
  // Which event a key came with; never the key.
  kept_wraps: { select: ['descriptor', 'event'] },
  // Signs for wraps by their digest, and sees none.
  remade: { select: true, update: ['signature'] },
  registry: LOOKED_AT,
  findings: { select: true, insert: ['code', 'detail', 'event', 'leaf', 'mailbox', 'at'] },
  change_head: { select: true, update: ['newest'] },
  changes: { select: true, insert: true, delete: true },
  reads: { select: true, insert: true },
  read_head: { select: true, update: ['size', 'hash'] },
  read_texts: { select: true, insert: true, delete: true },
  witnessed: LOOKED_AT,
  untied: LOOKED_AT,
  handed_over: LOOKED_AT,
  complete_registry: LOOKED_AT,
  ties: LOOKED_AT,
  proven_deliveries: LOOKED_AT,
  // Asks for a key and takes it out; what was disclosed stays on record.
  erasures: LOOKED_AT,
  told_disclosures: LOOKED_AT,
  disclosure_reviews: LOOKED_AT,
  over_by_doubt: LOOKED_AT,
  court_files: { select: true, insert: true },
  court_keys: {
    select: true,
    insert: ['file', 'descriptor', 'event'],
    update: ['session_key', 'disclosed_at', 'abandoned_at'],
  },
  // Who proposed and decided what stays on record; only the decision is added.
  proposals: { select: true, insert: true, update: ['outcome', 'decided_by', 'decided_at'] },
  // For those who keep a legal hold; what is in it goes when the log says so.
  retained: LOOKED_AT,
};

const PROJECTOR: Readonly<Record<string, Rights>> = {
  ...TRIED,
  ...folded({ select: true, insert: true, update: true, delete: true }),
  migrations: LOOKED_AT,
  exchange_versions: KEPT,
  // Where an envelope of ours stands; neither what is in it nor who signed it off.
  outbox: {
    select: [
      'event',
      'chain',
      'seq',
      'exchange',
      'header',
      'leaf',
      'leaf_at',
      'delivered_to',
      'named',
      'opened_by',
      'refusals',
      'version',
    ],
    update: ['leaf', 'leaf_at', 'delivered_to', 'named', 'opened_by', 'refusals', 'version'],
  },
  // Which key is whose; never the key.
  held_keys: { select: ['event', 'compartment'], delete: true },
  journal: { select: true, insert: true, update: true, delete: true },
  mailbox: { select: true, update: ['next', 'digest', 'leaf', 'leaf_at', 'heads', 'heads_at'] },
  folded: { select: true, update: ['version'] },
  to_sign: {
    // Its own wishes: what the log would not have is asked for again.
    select: ['id', 'key', 'kind', 'exchange', 'item', 'body', 'since', 'done'],
    insert: ['key', 'kind', 'exchange', 'item', 'body', 'since'],
    // The keys of a grant of what is forgotten.
    delete: true,
  },
  kept_wraps: { select: true, insert: true, update: ['wrap', 'owed'], delete: true },
  remade: { select: true, insert: true, update: ['signature'], delete: true },
  entrusted: { select: true, insert: true, delete: true },
  registry: { select: true, insert: true },
  unopened: { select: true, insert: true, delete: true },
  findings: {
    select: ['code', 'event', 'mailbox', 'resolved_at'],
    insert: ['code', 'detail', 'event', 'leaf', 'mailbox', 'at'],
    update: ['resolved_at'],
  },
  change_head: { select: true, update: ['newest'] },
  changes: { insert: true },
  witnessed: KEPT,
  untied: { select: true, insert: true, update: ['first_leaf'], delete: true },
  handed_over: { select: true, insert: true, update: ['event', 'size', 'root', 'bytes'] },
  complete_registry: { select: true, insert: true, delete: true },
  ties: { select: true, insert: true },
  log_evidence: { select: true, insert: true },
  erasures: { select: true, insert: true, update: ['overdue', 'completed_at'] },
  proven_deliveries: { select: true, insert: true },
  told_disclosures: { select: true, insert: true },
  disclosure_reviews: { select: true, insert: true },
  over_by_doubt: { select: true, insert: true },
  // Which file asks for which key; not who asked, and what for.
  court_files: { select: ['id', 'at'] },
  court_keys: { select: true, update: ['session_key', 'abandoned_at'] },
  // What was proposed goes with what is forgotten; that it was does not.
  proposals: { select: ['item', 'exchange', 'outcome', 'until'], update: ['data', 'seen'] },
  retained: { select: true, insert: true, delete: true },
  owed_answers: { select: true, insert: true, update: ['said'], delete: true },
  sealed_off: {
    select: true,
    insert: true,
    update: ['given_back', 'not_before', 'leaf', 'since'],
    delete: true,
  },
  sealed_pieces: { select: true, insert: true, delete: true },
};

const PENDING = 'leaf is null';
const RECORDED = 'leaf is not null';

/** What the processes of one agency may do in its database. */
export const agencyGrants = ({ frontDoor, projector, scrubber }: AgencyRoles): Grants => ({
  roles: [
    { role: frontDoor, tables: FRONT_DOOR },
    { role: projector, tables: withScrubbing('agency', PROJECTOR) },
    ...scrubGrants('agency', scrubber),
  ],
  rows: [
    // What an officer has just decided is not on record yet; only what came back from the log is.
    { table: 'journal', role: frontDoor, select: 'true', insert: PENDING, delete: PENDING },
    {
      table: 'journal',
      role: projector,
      select: 'true',
      insert: RECORDED,
      update: ['true', RECORDED],
      delete: PENDING,
    },
  ],
});

/** What a process needs of a database in which it keeps nothing but accounts. */
export const accountsGrants = (role: string): Grants => ({
  roles: [{ role, tables: { ...ACCOUNTS, migrations: LOOKED_AT } }],
  rows: [],
});
