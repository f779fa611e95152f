import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from '@tripoint/platform';
import { HttpLogSource, LogSource } from '@tripoint/replay';
import { DecisionsController } from './http/decisions.controller.js';
import { DisclosuresController } from './http/disclosures.controller.js';
import { DoubtsController } from './http/doubts.controller.js';
import { ErasuresController } from './http/erasures.controller.js';
import { FindingsController } from './http/findings.controller.js';
import { LogController } from './http/log.controller.js';
import { ReadsController } from './http/reads.controller.js';
import { StandingController } from './http/standing.controller.js';
import { VerificationController } from './http/verification.controller.js';
import { OversightOptions } from './oversight.options.js';
import { Findings } from './watch/findings.js';
import { LogWatch } from './watch/log-watch.js';
import { SplitViews } from './watch/split-views.js';
import { VerifiedLeaves } from './watch/verified-leaves.js';
import { VerifiedLog } from './watch/verified-log.js';

export { oversightProblems } from './http/oversight-problems.js';

/** The auditors' side: recomputes the record from outside, and shows metadata, decisions and proofs to whom it may concern. */
@Module({})
export class OversightModule {
  static with(options: OversightOptions): DynamicModule {
    const { agency, officers, now, hub, auditorToken } = options;
    return {
      module: OversightModule,
      imports: [AccountsModule.with({ agency, door: 'OVERSIGHT', officers, now })],
      controllers: [
        LogController,
        DecisionsController,
        VerificationController,
        FindingsController,
        ErasuresController,
        ReadsController,
        StandingController,
        DoubtsController,
        DisclosuresController,
      ],
      providers: [
        { provide: OversightOptions, useValue: options },
        { provide: LogSource, useValue: new HttpLogSource({ url: hub, token: auditorToken }) },
        Findings,
        LogWatch,
        SplitViews,
        VerifiedLeaves,
        VerifiedLog,
      ],
    };
  }
}
