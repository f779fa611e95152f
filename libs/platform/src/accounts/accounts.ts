import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type FrontDoor } from '@tripoint/contracts';
import { type AgencyId, type Digest, type Instant, type OfficerId } from '@tripoint/kernel';
import { type Officers } from '@tripoint/read-model';
import { Problem } from '../problem/problem.js';
import { type Officer, Sessions } from '../session/sessions.js';
import { passwordMatches } from './passwords.js';

const SESSION_HOURS = 12;
const LOCK_OUT = { after: 5, seconds: 15 * 60 };

/** What an application's accounts are kept in. */
export abstract class AccountsOptions {
  abstract readonly agency: AgencyId;
  /** What the console shows behind it. */
  abstract readonly door: FrontDoor;
  abstract readonly officers: Officers;
  /** Milliseconds since the epoch. */
  abstract readonly now: () => number;
}

/** Somebody who has just signed in; the token is told once. */
export type OpenedSession = {
  readonly token: string;
  readonly officer: OfficerId;
  readonly name: string;
  readonly roles: readonly string[];
  readonly expiresAt: Instant;
};

const tokenDigest = (token: string): Digest =>
  createHash('sha256').update(token).digest('hex') as Digest;
const instant = (time: number): Instant => new Date(time).toISOString() as Instant;

/** The accounts and sessions of one agency. Tokens are random and kept as digests only. */
@Injectable()
export class Accounts extends Sessions {
  override readonly realm: string;

  constructor(private readonly options: AccountsOptions) {
    super();
    this.realm = options.agency;
  }

  /**
   * Opens a session. An unknown name, a wrong password, and an account that is closed or locked are answered alike, in
   * the same time: if the right password were answered differently during a lock-out, guessing would simply go on.
   */
  async signIn(id: OfficerId, password: string): Promise<OpenedSession> {
    const { officers, now } = this.options;
    const at = now();
    const account = await officers.byId(id);
    const matches = await passwordMatches(
      account?.active === true ? account.passwordHash : undefined,
      password,
    );
    const refused = new Problem(
      'sign-in-refused',
      'the name or the password is not right, or too many wrong ones have locked the account for a while',
    );
    if (account === undefined) throw refused;
    const locked = account.lockedUntil !== undefined && account.lockedUntil > instant(at);
    if (locked) throw refused;
    if (!matches) {
      await officers.attemptFailed(id, instant(at), LOCK_OUT);
      throw refused;
    }
    const token = randomBytes(32).toString('base64url');
    const expiresAt = instant(at + SESSION_HOURS * 3_600_000);
    // Many guesses at once all begin before any is counted: what counts is whether the account is locked when one is right. And
    // a password that was changed meanwhile, which has ended every session, opens none afterwards.
    const opened = await officers.signedIn(id, {
      token: tokenDigest(token),
      passwordHash: account.passwordHash,
      at: instant(now()),
      expiresAt,
    });
    if (opened !== undefined) throw refused;
    return { token, officer: id, name: account.name, roles: account.roles, expiresAt };
  }

  async signOut(token: string): Promise<void> {
    await this.options.officers.signOut(tokenDigest(token));
  }

  override async officerOf(token: string): Promise<Officer | undefined> {
    const { agency, officers, now } = this.options;
    const session = await officers.session(tokenDigest(token), instant(now()));
    return session && { id: session.officer, agency, roles: session.roles };
  }

  override mayHaveEnded(signal: AbortSignal): Promise<void> {
    return this.options.officers.sessionsMayHaveEnded(signal);
  }
}
