import { randomBytes } from 'node:crypto';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { OFFICER_ROLES } from '@tripoint/contracts';
import { HubError, isRefusal, type OfficerId } from '@tripoint/kernel';
import { hashPassword } from '@tripoint/platform';
import { type Command, type ExitCode, type Surroundings, UsageError } from '../command.js';
import { postgresIn } from '../database/server.js';
import { dispatch } from '../dispatch.js';
import { code, optionsOf, required } from '../federation/arguments.js';

/** Whose accounts, and the variables that name their database: those of the process itself. */
const OF = {
  agency: ['TRIPOINT_AGENCY', 'database'],
  oversight: ['TRIPOINT_OVERSIGHT', 'accounts'],
} as const;
/** As the interface takes it from whoever adds the others. */
const OFFICER_ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 256;

const run = async (args: readonly string[], surroundings: Surroundings): Promise<ExitCode> => {
  const values = optionsOf(args, {
    of: { type: 'string', default: 'agency' },
    id: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string', multiple: true, default: [] as string[] },
    ask: { type: 'boolean', default: false },
  });
  const id = required('id', values.id);
  if (!OFFICER_ID.test(id))
    throw new UsageError(
      'bad-arguments',
      '--id is lower-case letters and digits with dots, hyphens or underscores',
    );
  const name = required('name', values.name);
  const roles = values.role.map((role) => code('role', role, OFFICER_ROLES));
  if (roles.length === 0) throw new UsageError('bad-arguments', '--role is missing');
  const [prefix, member] = OF[code('of', values.of, Object.keys(OF) as (keyof typeof OF)[])];
  const settings = await postgresIn(surroundings.environment, prefix, member);
  const password = values.ask ? await asked(surroundings) : randomBytes(18).toString('base64url');
  const accounts = new AgencyDatabase(settings);
  try {
    await accounts.check();
    const added = await accounts.officers.add({
      id: id as OfficerId,
      name,
      roles,
      passwordHash: await hashPassword(password),
    });
    if (isRefusal(added)) throw new HubError(added.refused, added.detail, false);
  } finally {
    await accounts.close();
  }
  surroundings.out(
    values.ask
      ? `${id} can sign in`
      : `${id} can sign in with ${password}; this is not shown again`,
  );
  return 0;
};

const asked = async ({ ask }: Surroundings): Promise<string> => {
  if (ask === undefined) throw new UsageError('bad-arguments', '--ask needs a terminal');
  const password = await ask('password: ');
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD)
    throw new UsageError(
      'bad-arguments',
      `a password has at least ${SHORTEST_PASSWORD} characters`,
    );
  if ((await ask('once more: ')) !== password)
    throw new UsageError('bad-arguments', 'the two passwords differ');
  return password;
};

const add: Command = {
  summary: 'let somebody sign in, the first one of a new agency above all',
  usage: [
    'tripoint officer add --id ID --name NAME --role ROLE [--role ROLE …] [--ask] [--of agency|oversight]',
    '',
    '  --ask   asks for the password; without it, one is made and shown once',
    '  --of    whose accounts (default: agency)',
    '',
    'Finds the database by the variables of the process itself: TRIPOINT_AGENCY_DATABASE, or TRIPOINT_OVERSIGHT_ACCOUNTS,',
    'with _USER, _PASSWORD_FILE and _CA_FILE. The first officer is usually a NODE_SECURITY_OFFICER, who adds the others.',
  ].join('\n'),
  run,
};

/** Accounts, for the moment in which nobody can sign in yet. */
export const officer: Command = dispatch('tripoint officer', 'accounts of a new agency', { add });
