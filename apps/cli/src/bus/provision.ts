import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agencyPrincipal, HUB_PRINCIPAL, provisionBus } from '@tripoint/adapters/kafka';
import { type Command } from '../command.js';
import { optionsOf, required } from '../federation/arguments.js';
import { ADMIN_OPTIONS, ADMIN_USAGE, adminOf, agenciesOf } from './administrator.js';

const isMissing = (error: unknown): boolean =>
  (error as { readonly code?: unknown }).code === 'ENOENT';

/** The principal's password: the one in the folder, or a new one, kept there before the brokers hear of it. */
const passwordOf = async (folder: string, principal: string): Promise<string> => {
  const path = join(folder, `${principal}.password`);
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (!isMissing(error)) throw error;
    const password = randomBytes(32).toString('base64url');
    await writeFile(path, `${password}\n`, { mode: 0o600, flag: 'wx' });
    return password;
  }
};

/** Topics, principals and rules of a federation, on a Kafka cluster. */
export const provision: Command = {
  summary: 'make topics, principals and what each may do',
  usage: [
    'tripoint bus provision --brokers HOST:PORT[,…] --ca FILE --admin NAME --admin-password-file FILE',
    '                       --agency ID … --out FOLDER',
    '',
    ...ADMIN_USAGE,
    '  --agency ID        makes or puts right this agency’s two topics and its principal; others stay as they are',
    '  --out FOLDER       takes <principal>.password for the hub and each agency; one that is there is used.',
    '                     To change a password delete its file and run this again',
    '',
    'An agency’s principal can write its own submissions and read its own mailbox, and nothing else; the hub’s the',
    'reverse. Each password belongs on the machine of whoever uses it, and nowhere else.',
  ].join('\n'),
  run: async (args, { out }) => {
    const values = optionsOf(args, {
      ...ADMIN_OPTIONS,
      agency: { type: 'string', multiple: true, default: [] as string[] },
      out: { type: 'string' },
    });
    const folder = required('out', values.out);
    const ids = agenciesOf(values.agency);
    const admin = await adminOf(values);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const agencies = [];
    for (const id of ids)
      agencies.push({ id, password: await passwordOf(folder, agencyPrincipal(id)) });
    const hub = { password: await passwordOf(folder, HUB_PRINCIPAL) };
    await provisionBus(admin, { hub, agencies });
    for (const { id } of agencies)
      out(`${agencyPrincipal(id)}: writes submissions.${id}, reads mailbox.${id}`);
    out(`${HUB_PRINCIPAL}: reads and writes the other way round`);
    out(`passwords: ${folder}`);
    return 0;
  },
};
