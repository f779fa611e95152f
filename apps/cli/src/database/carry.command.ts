import { resolve } from 'node:path';
import { carryRows } from '@tripoint/adapters/postgres';
import { type Command, UsageError } from '../command.js';
import { agencyId, code, optionsOf, required } from '../federation/arguments.js';
import { openData } from './data-folder.js';
import { postgresIn } from './server.js';

const KINDS = ['hub', 'oversight', 'agency'] as const;

/** `tripoint database carry`. */
export const carryCommand: Command = {
  summary: 'carry a database of a stopped npm start over to a server of its own',
  usage: [
    `tripoint database carry ${KINDS.join('|')} --from FOLDER [--agency ID …] [--prefix TEXT-]`,
    '',
    '  hub        wraps, quarantine and places of the hub',
    '  oversight  places, findings and accounts of oversight',
    '  agency     all that each --agency keeps: accounts, chain, outbox, journal, views, reads',
    '',
    '  --from FOLDER   the data folder of the npm start',
    '  --prefix TEXT-  as it was prepared with',
    '',
    'TRIPOINT_SERVER names the server, as for `database prepare`, which has to have made the databases there; they hold',
    'nothing yet. Each is carried whole or not at all, and compared row by row at the end; nothing is replaced. Who was',
    'signed in signs in again. The ledger is carried by `tripoint ledger carry`, and the bus by nobody: what is on it is sent again.',
  ].join('\n'),
  run: async ([kind, ...rest], { environment, out }) => {
    const values = optionsOf(rest, {
      from: { type: 'string' },
      agency: { type: 'string', multiple: true, default: [] as string[] },
      prefix: { type: 'string', default: '' },
    });
    const wanted = code('kind', required('kind', kind), KINDS);
    const agencies = values.agency.map((agency) => agencyId('agency', agency));
    if (wanted === 'agency' && agencies.length === 0)
      throw new UsageError('bad-arguments', '--agency is missing');
    const names = {
      hub: ['hub'],
      oversight: ['oversight', 'oversight-accounts'],
      agency: agencies.map((agency) => `agency-${agency}`),
    }[wanted];
    const admin = await postgresIn(environment, 'TRIPOINT', 'server');
    const data = await openData(resolve(required('from', values.from)));
    try {
      for (const name of names) {
        const database = `${values.prefix}${name}`;
        const { rows, tables, added } = await carryRows(
          { ...data.superuser, database: name },
          { ...admin, database, options: `-c role=${database}-owner` },
        );
        out(`${database}: the same ${rows} rows in ${tables} tables; ${added} were not there yet`);
      }
      return 0;
    } finally {
      await data.close();
    }
  },
};
