import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { HealthController } from '../health/health.controller.js';
import { Readiness } from '../health/readiness.js';
import { EventStreams } from '../http/event-streams.js';
import { JsonLog } from '../log/json-log.js';
import { Problems } from '../problem/problem-table.js';
import { ProblemsController } from '../problem/problems.controller.js';

/** What every application has: `Readiness`, `EventStreams`, `JsonLog` and `Problems` can be injected anywhere. */
@Module({})
export class PlatformModule {
  static around(
    module: Type | DynamicModule,
    { log, problems, readiness }: { log: JsonLog; problems: Problems; readiness: Readiness },
  ): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [module],
      controllers: [HealthController, ProblemsController],
      providers: [
        { provide: JsonLog, useValue: log },
        { provide: Problems, useValue: problems },
        { provide: Readiness, useValue: readiness },
        EventStreams,
      ],
      exports: [JsonLog, Problems, Readiness, EventStreams],
    };
  }
}
