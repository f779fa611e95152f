import { type Provider } from '@nestjs/common';
import { CatchingUp } from '../chain/catching-up.js';
import { ChainGuard } from '../chain/chain-guard.js';
import { Freshness } from '../chain/freshness.js';
import { JudicialChain } from '../evidence/judicial-chain.js';
import { RegisteredFederation } from '../federation/registered-federation.js';
import { Background } from '../relay/background.js';
import { ReadRootLoop } from '../relay/read-root.js';
import { Countersigner } from '../relay/countersigner.js';
import { Relay } from '../relay/relay.js';
import { RemadeLoop } from '../relay/remade.js';
import { ToSignLoop } from '../relay/to-sign.js';
import { Audience } from '../sealing/audience.js';
import { Envelopes } from '../sealing/envelopes.js';
import { OwnKey } from '../sealing/own-key.js';
import { SubmitCommandHandler } from './submit-command.handler.js';
import { TryCommandHandler } from './try-command.js';

export { SubmitCommand, type CommandIdentity, type Submitted } from './submit-command.js';
export { TryCommand } from './try-command.js';

/** Everything that decides, seals and relays; needs `AgencyOptions` and the command bus. */
export const decidingProviders: Provider[] = [
  Audience,
  Background,
  CatchingUp,
  ChainGuard,
  Countersigner,
  Envelopes,
  Freshness,
  JudicialChain,
  OwnKey,
  ReadRootLoop,
  RegisteredFederation,
  Relay,
  RemadeLoop,
  SubmitCommandHandler,
  ToSignLoop,
  TryCommandHandler,
];
