import { COMPARTMENTS, type Compartment } from '@tripoint/domain';
import { type ItemId } from '@tripoint/kernel';
import { Codes, Uuid, YesNo } from './fields.js';

/** What is to be taken to a court. */
export class BuildEvidenceBody {
  @Uuid({ about: 'The item whose events go into the bundle.' })
  readonly item!: ItemId;

  @Codes(COMPARTMENTS, 'Compartment', {
    about: 'Which parts of them. Of the others the bundle says nothing.',
    least: 1,
    example: ['core', 'facts'],
  })
  readonly compartments!: Compartment[];

  @YesNo({
    about:
      'Whether the session keys go along, so that whoever has the bundle can read these parts for good.',
  })
  readonly keys!: boolean;
}
