import { isRefusal } from '@tripoint/kernel';
import { parseTrustPolicy, type TrustPolicy } from '@tripoint/transparency';
import { readWhole } from './files.js';
import { KeysError } from './keys-error.js';

/**
 * The trust policy in a file, as C2SP tlog-policy has it.
 * @throws {KeysError} when there is none, or it cannot be read
 */
export const readTrustPolicy = async (path: string): Promise<TrustPolicy> => {
  const policy = parseTrustPolicy(await readWhole(path, false));
  if (isRefusal(policy)) throw new KeysError('folder-malformed', `${path}: ${policy.detail}`);
  return policy;
};
