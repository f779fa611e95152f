import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import { type AgencyId, type OfficerId } from '@tripoint/kernel';
import { type Officer, Sessions } from '@tripoint/platform';
import { HubOptions } from '../hub.options.js';

/** The role of whoever may read leaves and ciphertext. */
export const AUDITOR = 'OVERSIGHT_AUDITOR';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The hub has no officers of its own: it knows the oversight body by its token, and nobody else. */
@Injectable()
export class AuditorSessions extends Sessions {
  readonly #expected: Buffer;

  constructor(hub: HubOptions) {
    super();
    this.#expected = digest(hub.auditorToken);
  }

  override officerOf(token: string): Promise<Officer | undefined> {
    const known = timingSafeEqual(digest(token), this.#expected);
    return Promise.resolve(
      known
        ? { id: 'auditor' as OfficerId, agency: 'oversight' as AgencyId, roles: [AUDITOR] }
        : undefined,
    );
  }

  /** The token is good for as long as this process runs. */
  override async mayHaveEnded(signal: AbortSignal): Promise<void> {
    if (!signal.aborted) await once(signal, 'abort');
  }
}
