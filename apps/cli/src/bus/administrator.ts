import { readFile } from 'node:fs/promises';
import { type KafkaSettings } from '@tripoint/adapters/kafka';
import { type AgencyId } from '@tripoint/kernel';
import { UsageError } from '../command.js';
import { agencyId, required } from '../federation/arguments.js';

/** How every command about the brokers is told where they are, and as whom to come. */
export const ADMIN_OPTIONS = {
  brokers: { type: 'string' },
  ca: { type: 'string' },
  admin: { type: 'string' },
  'admin-password-file': { type: 'string' },
} as const;

export const ADMIN_USAGE = [
  '  --ca FILE          certificates of the authorities that vouch for the brokers, in PEM',
  '  --admin NAME       a principal that may make topics, users and rules, by SCRAM-SHA-512',
] as const;

const textIn = async (name: string, path: string): Promise<string> =>
  (
    await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new UsageError('bad-arguments', `--${name}: ${path} cannot be read`, { cause });
    })
  ).trim();

/** The administrator that the command line names. */
export const adminOf = async (
  values: Readonly<Partial<Record<keyof typeof ADMIN_OPTIONS, string | undefined>>>,
): Promise<KafkaSettings> => {
  const brokers = required('brokers', values.brokers).split(',');
  const username = required('admin', values.admin);
  const ca = await textIn('ca', required('ca', values.ca));
  const file = required('admin-password-file', values['admin-password-file']);
  return { brokers, username, ca, password: await textIn('admin-password-file', file) };
};

/** The agencies that are named, each once. */
export const agenciesOf = (named: readonly string[]): readonly AgencyId[] => {
  const ids = [...new Set(named.map((id) => agencyId('agency', id)))];
  if (ids.length === 0) throw new UsageError('bad-arguments', '--agency is missing');
  return ids;
};
