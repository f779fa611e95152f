import { randomBytes } from 'node:crypto';

/** A bearer token that nobody guesses: 32 random bytes. */
export const makeSecret = (): string => randomBytes(32).toString('base64url');
