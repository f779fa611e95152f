import { scrub } from '@tripoint/adapters/postgres';
import { type Command, UsageError } from '../command.js';
import { agencyId, code, count, optionsOf, required } from '../federation/arguments.js';
import { postgresIn } from './server.js';

const KINDS = ['hub', 'bus', 'agency'] as const;

/** `tripoint database scrub`. */
export const scrubCommand: Command = {
  summary: 'write anew what held deleted keys and content, and drop the write-ahead log',
  usage: [
    `tripoint database scrub ${KINDS.join('|')} [--agency ID …] [--prefix TEXT-] [--longest SECONDS] [--always]`,
    '',
    '  hub     wraps and quarantine',
    '  bus     what was on the bus, where PostgreSQL is it',
    '  agency  content, wraps and session keys of each --agency',
    '',
    '  --prefix TEXT-     as it was prepared with',
    '  --longest SECONDS  a table that takes longer stays as it was, since nobody writes to it meanwhile; 10 unless given',
    '  --always           though nothing was deleted since the last time',
    '',
    'TRIPOINT_SERVER names the server, as for `database prepare`, and TRIPOINT_SERVER_USER the role `scrub`, which that has made and',
    'which can do nothing else. It may run beside all processes and be ended at any moment. Hubs and projectors do the same by themselves.',
    'Ends with 1 where something stayed as it was, and names it.',
  ].join('\n'),
  run: async ([kind, ...rest], { environment, out, err }) => {
    const values = optionsOf(rest, {
      agency: { type: 'string', multiple: true, default: [] as string[] },
      prefix: { type: 'string', default: '' },
      longest: { type: 'string', default: '10' },
      always: { type: 'boolean', default: false },
    });
    const wanted = code('kind', required('kind', kind), KINDS);
    const agencies = values.agency.map((agency) => agencyId('agency', agency));
    if (wanted === 'agency' && agencies.length === 0)
      throw new UsageError('bad-arguments', '--agency is missing');
    const longest = count('longest', values.longest) * 1000;
    const names = wanted === 'agency' ? agencies.map((agency) => `agency-${agency}`) : [wanted];
    const server = await postgresIn(environment, 'TRIPOINT', 'server');
    let whole = true;
    for (const name of names) {
      const database = `${values.prefix}${name}`;
      const done = await scrub({ ...server, database }, wanted, { longest, always: values.always });
      if (done.idle) {
        out(`${database}: nothing to do`);
        continue;
      }
      out(`${database}: ${done.rewritten} tables written anew`);
      for (const { table, code: why } of done.left) err(`${database}: ${table} stays: ${why}`);
      if (!done.log) err(`${database}: the write-ahead log stays: not-permitted`);
      whole &&= done.left.length === 0 && done.log;
    }
    return whole ? 0 : 1;
  },
};
