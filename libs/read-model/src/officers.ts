import { type Digest, type Instant, type OfficerId, type Refusal } from '@tripoint/kernel';

/** An account of one agency. */
export type Officer = {
  readonly id: OfficerId;
  readonly name: string;
  /** An argon2id string, made by the caller; the store never sees a password. */
  readonly passwordHash: string;
  readonly roles: readonly string[];
  readonly active: boolean;
  /** In a row since the last success or lock. */
  readonly failedAttempts: number;
  readonly lockedUntil?: Instant;
};

export type NewOfficer = Pick<Officer, 'id' | 'name' | 'passwordHash' | 'roles'>;

/** Somebody who is signed in. */
export type Session = {
  readonly officer: OfficerId;
  readonly name: string;
  readonly roles: readonly string[];
  readonly expiresAt: Instant;
};

/** When an account is locked, and for how long. */
export type LockOut = { readonly after: number; readonly seconds: number };

/**
 * Accounts, sessions and lock-out, all durable when their call resolves. Time is always the caller's.
 * @throws {HubError} `store-away` (retriable), `disk-full` (retriable), from every method
 */
export abstract class Officers {
  abstract add(officer: NewOfficer): Promise<Refusal<'officer-exists'> | undefined>;
  abstract byId(id: OfficerId): Promise<Officer | undefined>;
  /** Every account, ordered by id. */
  abstract all(): Promise<readonly Officer[]>;
  /**
   * Replaces what is given. A new password, new roles or deactivation end the officer's sessions. Nobody loses the role `kept` who
   * is the last one active to have it, however many are changed at once.
   */
  abstract change(
    id: OfficerId,
    change: Partial<Pick<Officer, 'name' | 'passwordHash' | 'roles' | 'active'>>,
    kept?: string,
  ): Promise<Refusal<'officer-unknown' | 'last-of-role'> | undefined>;

  /** Counts one wrong password, atomically, and locks the account when the limit is reached. Unknown ids change nothing. */
  abstract attemptFailed(id: OfficerId, at: Instant, lockOut: LockOut): Promise<void>;
  /** Ends a lock-out and forgets the wrong attempts. Unknown ids change nothing. */
  abstract unlock(id: OfficerId): Promise<void>;
  /**
   * Forgets the wrong attempts and opens a session, in one transaction; refused when the account is not active, is locked or has
   * another password by then, however it was before. `token` is the digest of what the officer holds, `passwordHash` what the
   * password was verified against.
   */
  abstract signedIn(
    id: OfficerId,
    session: {
      readonly token: Digest;
      readonly passwordHash: string;
      readonly at: Instant;
      readonly expiresAt: Instant;
    },
  ): Promise<Refusal<'officer-unknown'> | undefined>;
  /** Who holds this token at `now`: undefined when it is unknown, expired, closed, or its officer is no longer active. */
  abstract session(token: Digest, now: Instant): Promise<Session | undefined>;
  abstract signOut(token: Digest): Promise<void>;
  /**
   * Resolves when this or another process has ended sessions, on abort, and otherwise after a few seconds at most, because
   * one may have expired: callers look again. What ends after the call is never missed. Never rejects.
   */
  abstract sessionsMayHaveEnded(signal: AbortSignal): Promise<void>;
  /** Deletes sessions that expired before `now`. Answers how many. */
  abstract sweep(now: Instant): Promise<number>;
}
