import { type DynamicModule, Module } from '@nestjs/common';
import { Correspondence } from './dispatcher/correspondence.js';
import { Deliveries } from './dispatcher/deliveries.js';
import { Dispatcher } from './dispatcher/dispatcher.js';
import { Publisher } from './dispatcher/publisher.js';
import { Sessions } from '@tripoint/platform';
import { AuditorSessions } from './http/auditor-sessions.js';
import { CborBodies } from './http/cbor-bodies.js';
import { LogController } from './http/log.controller.js';
import { RegistryController } from './http/registry.controller.js';
import { Hub } from './hub.js';
import { HubOptions } from './hub.options.js';
import { LogReadiness } from './log/log-readiness.js';
import { RecordedLog } from './log/recorded-log.js';
import { Tally } from './log/tally.js';
import { Countersignatures } from './registrar/countersignatures.js';
import { Forks } from './registrar/forks.js';
import { HubChain } from './registrar/hub-chain.js';
import { Registrar } from './registrar/registrar.js';
import { VerifiedSigners } from './registrar/verified-signers.js';
import { Office } from './office/office.js';
import { Sequencer } from './sequencer/sequencer.js';
import { Cosigned } from './witnesses/cosigned.js';
import { Cosigning } from './witnesses/cosigning.js';

export { hubProblems } from './http/problems.js';

/** The blind hub: registrar, sequencer, dispatcher and vault, over whatever engines it is given. */
@Module({})
export class HubModule {
  static with(options: HubOptions): DynamicModule {
    return {
      module: HubModule,
      controllers: [LogController, RegistryController],
      providers: [
        { provide: HubOptions, useValue: options },
        { provide: Sessions, useClass: AuditorSessions },
        CborBodies,
        Correspondence,
        Cosigned,
        Cosigning,
        Countersignatures,
        Deliveries,
        Dispatcher,
        Forks,
        Hub,
        HubChain,
        LogReadiness,
        Office,
        Publisher,
        RecordedLog,
        Registrar,
        Sequencer,
        Tally,
        VerifiedSigners,
      ],
      exports: [RecordedLog],
    };
  }
}
