import { Injectable } from '@nestjs/common';
import { HubError } from '@tripoint/kernel';
import { Readiness } from '@tripoint/platform';
import { CatchingUp } from './catching-up.js';
import { ChainGuard } from './chain-guard.js';
import { Freshness } from './freshness.js';

/**
 * Nothing can be shown before it is known that the database was not put back. Nothing can be sealed, so no command be given, before the hub has said where the chain stands, and while nothing new is
 * known to be under a quorum of witnesses.
 */
@Injectable()
export class ChainReadiness {
  constructor(
    readiness: Readiness,
    guard: ChainGuard,
    freshness: Freshness,
    catchingUp: CatchingUp,
  ) {
    readiness.add('caught-up', () => catchingUp.check());
    readiness.add('witnesses', () => freshness.check());
    readiness.add('hub', () => {
      if (guard.confirmed === undefined)
        throw new HubError('chain-unconfirmed', 'the hub has not confirmed the chain', true);
    });
  }
}
