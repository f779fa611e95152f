import {
  type CallHandler,
  type DynamicModule,
  type ExecutionContext,
  Injectable,
  Module,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AccountsModule } from '@tripoint/platform';
import { AgencyOptions } from './agency.options.js';
import { CatchingUp } from './chain/catching-up.js';
import { ChainReadiness } from './chain/chain-readiness.js';
import { decidingProviders } from './commands/index.js';
import { AudienceController } from './http/audience.controller.js';
import { ContributionsController } from './http/contributions.controller.js';
import { Desk, explained } from './http/desk.js';
import { CourtBundle } from './evidence/court-bundle.js';
import { DisclosuresController } from './http/disclosures.controller.js';
import { EvidenceController } from './http/evidence.controller.js';
import { EventsController } from './http/events.controller.js';
import { ExchangesController } from './http/exchanges.controller.js';
import { OfficersController } from './http/officers.controller.js';
import { OrdersController } from './http/orders.controller.js';
import { ProposalsController } from './http/proposals.controller.js';
import { KeysController } from './http/keys.controller.js';
import { ReadsController } from './http/reads.controller.js';
import { ReferralsController } from './http/referrals.controller.js';
import { HoldsController } from './http/holds.controller.js';
import { ErasuresController } from './http/erasures.controller.js';
import { RecallsController } from './http/recalls.controller.js';
import { ReleasesController } from './http/releases.controller.js';
import { RequestsController } from './http/requests.controller.js';
import { TranscriptsController } from './http/transcripts.controller.js';
import { TrafficController } from './http/traffic.controller.js';
import { LogTime } from './queries/log-time.js';
import { Released } from './queries/released.js';
import { Transcripts } from './queries/transcript.js';

export { MAY_NEED_TWO } from './http/duties.js';
export { agencyProblems } from './http/problems.js';
export { type FourEyes } from './agency.options.js';

/** What answers out of what the agency holds, or decides upon it. Only accounts are not of that. */
const SHOWING = [
  AudienceController,
  ContributionsController,
  DisclosuresController,
  EventsController,
  EvidenceController,
  ExchangesController,
  KeysController,
  OrdersController,
  ProposalsController,
  ReadsController,
  ReferralsController,
  HoldsController,
  RecallsController,
  ErasuresController,
  ReleasesController,
  RequestsController,
  TrafficController,
  TranscriptsController,
];

/** Lets nothing be shown, whoever asks, while it is not known that the database was not put back. */
@Injectable()
class CaughtUp implements NestInterceptor {
  constructor(private readonly catchingUp: CatchingUp) {}

  async intercept(
    context: ExecutionContext,
    next: CallHandler,
  ): Promise<ReturnType<CallHandler['handle']>> {
    if (SHOWING.some((controller) => controller === context.getClass()))
      await this.catchingUp.check().catch((thrown: unknown) => {
        throw explained(thrown);
      });
    return next.handle();
  }
}

/** An agency's front door: what its officers decide is sealed here, and what it holds is shown here. */
@Module({})
export class AgencyModule {
  static with(options: AgencyOptions): DynamicModule {
    const { agency, officers, now } = options;
    return {
      module: AgencyModule,
      imports: [
        CqrsModule.forRoot(),
        AccountsModule.with({ agency, door: 'AGENCY', officers, now }),
      ],
      controllers: [...SHOWING, OfficersController],
      providers: [
        { provide: APP_INTERCEPTOR, useClass: CaughtUp },
        { provide: AgencyOptions, useValue: options },
        ...decidingProviders,
        ChainReadiness,
        CourtBundle,
        Desk,
        LogTime,
        Released,
        Transcripts,
      ],
    };
  }
}
