import { type DynamicModule, Module } from '@nestjs/common';
import { Disclosures } from './disclosures.js';
import { Epochs } from './epochs.js';
import { Projector } from './projector.js';
import { ProjectorOptions } from './projector.options.js';

/** Turns what the hub delivers into an agency's own journal and views. */
@Module({})
export class ProjectorModule {
  static with(options: ProjectorOptions): DynamicModule {
    return {
      module: ProjectorModule,
      providers: [{ provide: ProjectorOptions, useValue: options }, Projector, Disclosures, Epochs],
    };
  }
}
