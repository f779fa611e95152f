import { agencyPrincipal, withdrawFromBus } from '@tripoint/adapters/kafka';
import { type Command } from '../command.js';
import { optionsOf } from '../federation/arguments.js';
import { ADMIN_OPTIONS, ADMIN_USAGE, adminOf, agenciesOf } from './administrator.js';

/** Takes agencies off a Kafka cluster: the reverse of `provision`. */
export const withdraw: Command = {
  summary: 'take an agency’s principal and rules away, and its topics if told',
  usage: [
    'tripoint bus withdraw --brokers HOST:PORT[,…] --ca FILE --admin NAME --admin-password-file FILE',
    '                      --agency ID … [--delete-topics]',
    '',
    ...ADMIN_USAGE,
    '  --agency ID        takes away every rule of this agency’s principal, then the principal. Others stay as they are',
    '  --delete-topics    deletes its two topics as well, with what the hub has not taken yet, and the hub’s rules for them',
    '',
    'Without --delete-topics the hub still takes what was submitted and fills the mailbox, until provision lets the agency in',
    'again. May be repeated. The registry is told by federation suspend or revoke, and not by this.',
  ].join('\n'),
  run: async (args, { out }) => {
    const values = optionsOf(args, {
      ...ADMIN_OPTIONS,
      agency: { type: 'string', multiple: true, default: [] as string[] },
      'delete-topics': { type: 'boolean', default: false },
    });
    const agencies = agenciesOf(values.agency);
    const topics = values['delete-topics'];
    await withdrawFromBus(await adminOf(values), { agencies, topics });
    for (const id of agencies) {
      out(`${agencyPrincipal(id)}: comes in no more, and may do nothing`);
      out(`submissions.${id}, mailbox.${id}: ${topics ? 'deleted' : 'as they were'}`);
    }
    return 0;
  },
};
