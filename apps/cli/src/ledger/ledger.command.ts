import { connectionFrom, provisionLedger } from '@tripoint/adapters/eventstoredb';
import { type Command, UsageError } from '../command.js';
import { dispatch } from '../dispatch.js';
import { optionsOf } from '../federation/arguments.js';
import { carryCommand } from './carry.command.js';

const provision: Command = {
  summary: 'say on an EventStoreDB who may append to the ledger and who may read it',
  usage: [
    'tripoint ledger provision --writer NAME … [--reader NAME …]',
    '',
    '  --writer NAME  a user or group of the server that appends and reads: the hub’s',
    '  --reader NAME  one that only reads: oversight’s',
    '',
    'The server, and an administrator of it, are named by TRIPOINT_EVENTSTOREDB or by the file of',
    'TRIPOINT_EVENTSTOREDB_FILE: esdb://user:password@host:2113?tlsCAFile=…',
    'Run it before the hub is started for the first time. Repeated, it changes nothing.',
    'It goes for every stream of the server, which should hold nothing but the ledger.',
    'Users and groups are made with the server’s own tools.',
  ].join('\n'),
  run: async (args, { environment, out, err }) => {
    const { writer, reader } = optionsOf(args, {
      writer: { type: 'string', multiple: true, default: [] as string[] },
      reader: { type: 'string', multiple: true, default: [] as string[] },
    });
    if (writer.length === 0) throw new UsageError('bad-arguments', '--writer is missing');
    const settings = await connectionFrom(environment);
    if (settings === undefined)
      throw new UsageError('bad-arguments', 'TRIPOINT_EVENTSTOREDB names no server');
    const { changed } = await provisionLedger(settings, { writers: writer, readers: reader }).catch(
      (error: unknown) => {
        // What the driver knows of a server that is away: an address, a certificate that nobody vouches for.
        const { cause } = error as { readonly cause?: { readonly message?: unknown } };
        if (typeof cause?.message === 'string') err(`tripoint: the driver says: ${cause.message}`);
        throw error;
      },
    );
    if (changed.length === 0) out('everything was so already');
    for (const stream of changed) out(`changed ${stream}`);
    return 0;
  },
};

export const ledger = dispatch('tripoint ledger', 'the hub’s ledger on a server of its own', {
  carry: carryCommand,
  provision,
});
