import {
  CLASSIFICATIONS,
  HANDLING_CODES,
  INFO_EVALS,
  SOURCE_EVALS,
  type Classification,
  type HandlingCode,
  type InfoEval,
  type SourceEval,
} from '@tripoint/domain';
import { Code, Codes } from './fields.js';

/** How far a piece of information may travel. The hub sees it, so it holds codes only. */
export class MarkingBody {
  @Code(CLASSIFICATIONS, 'Classification', {
    about: 'How it is classified. The network carries nothing above R-UE/EU-R.',
  })
  readonly classification!: Classification;

  @Codes(HANDLING_CODES, 'HandlingCode', {
    about:
      'The handling codes that apply. H2 keeps it from being passed on without release; what H3 says in words stands in `restrictions`, within the content.',
    example: ['H2'],
  })
  readonly handling!: HandlingCode[];
}

/** A 4×4 grading. */
export class EvaluationBody {
  @Code(SOURCE_EVALS, 'SourceEval', { about: 'How reliable the source is.', example: 'B' })
  readonly source!: SourceEval;

  @Code(INFO_EVALS, 'InfoEval', { about: 'How reliable what it said is.', example: '2' })
  readonly info!: InfoEval;
}
