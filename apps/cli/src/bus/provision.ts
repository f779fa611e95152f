import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agencyPrincipal, HUB_PRINCIPAL, provisionBus } from '@tripoint/adapters/kafka';
import { type Command, UsageError } from '../command.js';
import { agencyId, optionsOf, required } from '../federation/arguments.js';

const textIn = async (name: string, path: string): Promise<string> =>
  (
    await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new UsageError('bad-arguments', `--${name}: ${path} cannot be read`, { cause });
    })
  ).trim();

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
    '  --ca FILE          certificates of the authorities that vouch for the brokers, in PEM',
    '  --admin NAME       a principal that may make topics, users and rules, by SCRAM-SHA-512',
    '  --agency ID        makes or puts right this agency’s two topics and its principal; others stay as they are',
    '  --out FOLDER       takes <principal>.password for the hub and each agency; one that is there is used.',
    '                     To change a password delete its file and run this again',
    '',
    'An agency’s principal can write its own submissions and read its own mailbox, and nothing else; the hub’s the',
    'reverse. Each password belongs on the machine of whoever uses it, and nowhere else.',
  ].join('\n'),
  run: async (args, { out }) => {
    const values = optionsOf(args, {
      brokers: { type: 'string' },
      ca: { type: 'string' },
      admin: { type: 'string' },
      'admin-password-file': { type: 'string' },
      agency: { type: 'string', multiple: true, default: [] as string[] },
      out: { type: 'string' },
    });
    const brokers = required('brokers', values.brokers).split(',');
    const username = required('admin', values.admin);
    const folder = required('out', values.out);
    const ids = [...new Set(values.agency.map((id) => agencyId('agency', id)))];
    if (ids.length === 0) throw new UsageError('bad-arguments', '--agency is missing');
    const ca = await textIn('ca', required('ca', values.ca));
    const password = await textIn(
      'admin-password-file',
      required('admin-password-file', values['admin-password-file']),
    );
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const agencies = [];
    for (const id of ids)
      agencies.push({ id, password: await passwordOf(folder, agencyPrincipal(id)) });
    const hub = { password: await passwordOf(folder, HUB_PRINCIPAL) };
    await provisionBus({ brokers, ca, username, password }, { hub, agencies });
    for (const { id } of agencies)
      out(`${agencyPrincipal(id)}: writes submissions.${id}, reads mailbox.${id}`);
    out(`${HUB_PRINCIPAL}: reads and writes the other way round`);
    out(`passwords: ${folder}`);
    return 0;
  },
};
