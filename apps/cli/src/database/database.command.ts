import { resolve } from 'node:path';
import { type Command, type ExitCode, type Surroundings, UsageError } from '../command.js';
import { dispatch } from '../dispatch.js';
import { agencyId, code, optionsOf, required } from '../federation/arguments.js';
import { carryCommand } from './carry.command.js';
import { KINDS, prepare } from './prepare.js';
import { scrubCommand } from './scrub.command.js';
import { postgresIn } from './server.js';

const run = async (
  [kind, ...rest]: readonly string[],
  { environment, out }: Surroundings,
): Promise<ExitCode> => {
  const values = optionsOf(rest, {
    agency: { type: 'string', multiple: true, default: [] as string[] },
    secrets: { type: 'string' },
    prefix: { type: 'string', default: '' },
  });
  const wanted = code('kind', required('kind', kind), KINDS);
  const agencies = values.agency.map((agency) => agencyId('agency', agency));
  if (wanted === 'agency' && agencies.length === 0)
    throw new UsageError('bad-arguments', '--agency is missing');
  if (!/^([a-z][a-z0-9-]{0,14}-)?$/.test(values.prefix))
    throw new UsageError(
      'bad-arguments',
      '--prefix is at most 16 lower-case letters, digits and hyphens, the last of them a hyphen',
    );
  const prepared = await prepare({
    admin: await postgresIn(environment, 'TRIPOINT', 'server'),
    prefix: values.prefix,
    secrets: resolve(required('secrets', values.secrets)),
    kind: wanted,
    agencies,
  });
  for (const { database, roles } of prepared) {
    out(`database ${database}`);
    for (const { role, passwordFile } of roles)
      out(`  role ${role}, its password in ${passwordFile}`);
  }
  return 0;
};

const prepareCommand: Command = {
  summary: 'make databases, roles, schemas and rights, or bring them up to date',
  usage: [
    `tripoint database prepare ${KINDS.join('|')} --secrets FOLDER [--agency ID …] [--prefix TEXT-]`,
    '',
    '  hub        wraps, quarantine and places of the hub; role hub',
    '  ledger     the ledger, where PostgreSQL keeps it; role hub may read and append',
    '  bus        the bus, where PostgreSQL is it; roles hub, and two for each --agency',
    '  oversight  places, findings and accounts of oversight; role oversight',
    '  agency     the database of each --agency; roles agency-ID and projector-ID',
    '',
    'For hub, bus and agency the role scrub as well, for `database scrub`; it reads nothing.',
    '',
    '  --secrets FOLDER  a file for each role with its password, made where it is missing, readable by you alone',
    '  --agency ID       an agency; may be repeated',
    '  --prefix TEXT-    begins every name, where federations share a server',
    '',
    'TRIPOINT_SERVER names the server (postgres://host:5432/postgres), TRIPOINT_SERVER_USER and',
    'TRIPOINT_SERVER_PASSWORD_FILE somebody who may create databases and roles there, TRIPOINT_SERVER_CA_FILE',
    'the certificates that its own is checked against. Nobody can sign in as an owner of a database.',
    'Run it again after every update, before the new programs start.',
  ].join('\n'),
  run,
};

/** Databases for whoever deploys each process by itself. */
export const database: Command = dispatch(
  'tripoint database',
  'databases and roles for processes that are deployed one by one',
  { carry: carryCommand, prepare: prepareCommand, scrub: scrubCommand },
);
