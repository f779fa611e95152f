import { escapeIdentifier } from 'pg';
import { type Scrubbable, scrubbedTables } from './scrub.js';
import { type Database, type Queries } from './database.js';

/** A right to all of a table, or to these columns of it. */
type Right = true | readonly string[];

/** What a role may do with one table. */
export type Rights = {
  readonly select?: Right;
  readonly insert?: Right;
  readonly update?: Right;
  readonly delete?: true;
  /** It may be written anew, which reads and changes nothing of it. */
  readonly maintain?: true;
};

/** What a role may do, by table; a table that is not named is closed to it. */
export type RoleGrants = {
  readonly role: string;
  readonly tables: Readonly<Record<string, Rights>>;
};

/** Which rows of a table a role may see, add, change or delete: conditions in SQL. Commands that are not named touch no row. */
export type RowRules = {
  readonly table: string;
  readonly role: string;
  readonly select?: string;
  readonly insert?: string;
  /** Of the row as it was, and of the row as it becomes. */
  readonly update?: readonly [before: string, after: string];
  readonly delete?: string;
};

/** Everything that roles other than the owner may do in one database. */
export type Grants = { readonly roles: readonly RoleGrants[]; readonly rows: readonly RowRules[] };

const quote = escapeIdentifier;

const privilege = (right: string, of: Right | undefined): readonly string[] => {
  if (of === undefined) return [];
  return [of === true ? right : `${right} (${of.map(quote).join(', ')})`];
};

const statementsFor = ({ role, tables }: RoleGrants): readonly string[] => [
  // Column privileges go with those of their table.
  `revoke all on all tables in schema public from ${quote(role)}`,
  `grant usage on schema public to ${quote(role)}`,
  ...Object.entries(tables).map(([table, { select, insert, update, delete: remove, maintain }]) => {
    const rights = [
      ...privilege('select', select),
      ...privilege('insert', insert),
      ...privilege('update', update),
      ...privilege('delete', remove),
      ...privilege('maintain', maintain),
    ];
    return `grant ${rights.join(', ')} on ${quote(table)} to ${quote(role)}`;
  }),
];

const policiesFor = ({ table, role, ...rules }: RowRules): readonly string[] => {
  const policy = (command: string, condition: string): readonly string[] => {
    const name = quote(`${command} by ${role}`);
    return [
      `drop policy if exists ${name} on ${quote(table)}`,
      `create policy ${name} on ${quote(table)} for ${command} to ${quote(role)} ${condition}`,
    ];
  };
  return [
    `alter table ${quote(table)} enable row level security`,
    ...policy('select', `using (${rules.select ?? 'false'})`),
    ...policy('insert', `with check (${rules.insert ?? 'false'})`),
    ...policy(
      'update',
      `using (${rules.update?.[0] ?? 'false'}) with check (${rules.update?.[1] ?? 'false'})`,
    ),
    ...policy('delete', `using (${rules.delete ?? 'false'})`),
  ];
};

/** The rights of a role that scrubs a database besides what else it does there. */
export const withScrubbing = (
  kind: Scrubbable,
  tables: Readonly<Record<string, Rights>>,
): Readonly<Record<string, Rights>> => ({
  ...tables,
  forgetting: { select: true, update: ['scrubbed', 'scrubbed_at'] },
  ...Object.fromEntries(
    scrubbedTables(kind).map((table) => [table, { ...tables[table], maintain: true as const }]),
  ),
});

/** A role that scrubs a database and reads nothing of it. */
export const scrubGrants = (kind: Scrubbable, role: string | undefined): readonly RoleGrants[] =>
  role === undefined ? [] : [{ role, tables: withScrubbing(kind, {}) }];

/** Makes the rights of roles what `grants` says, all or nothing. Repeating it changes nothing. As the owner of the tables. */
export const grant = async (database: Database, { roles, rows }: Grants): Promise<void> => {
  const statements = [
    'revoke all on schema public from public',
    ...roles.flatMap(statementsFor),
    ...rows.flatMap(policiesFor),
  ];
  await database.transaction(async (queries: Queries) => {
    for (const statement of statements) await queries.run(statement);
  });
};
