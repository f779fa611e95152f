import { FederationFolder, type Founding } from '@tripoint/adapters/keys';
import { type OpenPgp } from '@tripoint/envelope';
import { UsageError } from '../command.js';

/** What `init` is told. */
export type InitArguments = Omit<Founding, 'roots'> & {
  readonly dir: string;
  /** How many roots there are. */
  readonly roots: number;
};

/** Makes root keys, the log's key and the trust anchor. */
export const initFederation = async (
  openpgp: OpenPgp,
  { dir, roots, ...founding }: InitArguments,
): Promise<FederationFolder> => {
  const { threshold, federation, logName } = founding;
  if (roots < 1 || roots > 16) throw new UsageError('bad-arguments', '--roots is 1 to 16');
  if (threshold < 1 || threshold > roots)
    throw new UsageError('bad-arguments', '--threshold is 1 to the number of roots');
  if (!/^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/.test(federation) || federation.length > 64)
    throw new UsageError('bad-arguments', '--name is lower-case words with dots or hyphens');
  if (!/^[\x21-\x2a\x2c-\x7e]+$/.test(logName))
    throw new UsageError('bad-arguments', '--log-name has no spaces and no plus signs');
  return FederationFolder.found(openpgp, dir, {
    ...founding,
    roots: Array.from({ length: roots }, (_, place) => `root-${place + 1}`),
  });
};
