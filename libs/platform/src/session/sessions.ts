import { type AgencyId, type OfficerId } from '@tripoint/kernel';

/** Who is asking: an officer of one agency, by the session of the request. */
export type Officer = {
  readonly id: OfficerId;
  readonly agency: AgencyId;
  readonly roles: readonly string[];
};

/**
 * The sessions of one application. Implemented by the app that keeps the accounts; an app without
 * it serves public routes only.
 */
export abstract class Sessions {
  /** Whose sessions they are, as browsers tell them apart; without one, no cookie counts. */
  readonly realm?: string;

  /**
   * The officer behind a bearer token, or nothing when the token is unknown, over or revoked: the
   * three are not told apart. The token comes from the network and may be any visible ASCII of up to 512 characters.
   */
  abstract officerOf(token: string): Promise<Officer | undefined>;

  /**
   * Resolves when some session may have ended, on abort, and otherwise after a few seconds at most: whoever serves one for
   * longer than a moment looks again. What ends after the call is never missed. Never rejects.
   */
  abstract mayHaveEnded(signal: AbortSignal): Promise<void>;
}
