import { randomBytes } from 'node:crypto';
import { argon2id, hash, verify } from 'argon2';

/** OWASP's first choice for argon2id where 19 MiB can be spared: two passes, one lane. */
const COST = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** An argon2id string for `password`, salted afresh. */
export const hashPassword = (password: string): Promise<string> =>
  hash(password.normalize('NFC'), COST);

// Stands in for accounts that do not exist, so that asking for one takes as long as for any other.
let stranger: Promise<string> | undefined;

/** Whether `password` is the one behind `kept`; without `kept` it is not, and finding that out takes as long. */
export const passwordMatches = async (
  kept: string | undefined,
  password: string,
): Promise<boolean> => {
  stranger ??= hashPassword(randomBytes(32).toString('base64url'));
  const matches = await verify(kept ?? (await stranger), password.normalize('NFC'));
  return matches && kept !== undefined;
};
