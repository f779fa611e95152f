import { type DynamicModule, Module } from '@nestjs/common';
import { Witness } from '@tripoint/transparency';
import { AnyBodies } from './http/any-bodies.js';
import { CheckpointController } from './http/checkpoint.controller.js';
import { EvidenceController } from './http/evidence.controller.js';
import { Tally } from './tally.js';
import { WitnessOptions } from './witness.options.js';

/** A witness: cosigns what continues what it has cosigned before, for whoever asks (C2SP tlog-witness). */
@Module({})
export class WitnessModule {
  static with(options: WitnessOptions): DynamicModule {
    const { logs, signer, store } = options;
    return {
      module: WitnessModule,
      controllers: [CheckpointController, EvidenceController],
      providers: [
        { provide: WitnessOptions, useValue: options },
        { provide: Witness, useValue: new Witness(logs, signer, store) },
        AnyBodies,
        Tally,
      ],
    };
  }
}
