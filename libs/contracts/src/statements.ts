import { LANGUAGES, STATEMENT_KINDS, type Language, type StatementKind } from '@tripoint/domain';
import { Entities, type AnyEntityBody } from './entities.js';
import { Code, Lines, Nested } from './fields.js';
import { EvaluationBody } from './markings.js';

/** How long running text may be. */
export const PROSE = 8000;
/** How long what H3 restricts may be. */
export const RESTRICTIONS = 2000;

/** Something said, with what it names. */
export class StatementBody {
  @Lines({ about: 'What is said.', most: PROSE, example: 'Crossed at Kapitan Andreevo, lane 4.' })
  readonly text!: string;

  @Code(LANGUAGES, 'Language', { about: 'The language of the text (ISO 639-1).', example: 'en' })
  readonly language!: Language;

  @Code(STATEMENT_KINDS, 'StatementKind', {
    about: 'Whether it reports a fact or a personal assessment.',
  })
  readonly statement!: StatementKind;

  @Nested(() => EvaluationBody, { about: 'Its grading.', optional: true })
  readonly evaluation?: EvaluationBody;

  @Lines({
    about: 'What H3 restricts, in words; needed when H3 applies.',
    most: RESTRICTIONS,
    optional: true,
  })
  readonly restrictions?: string;

  @Entities({ about: 'The persons and things that it names.' })
  readonly entities!: AnyEntityBody[];
}

/** A short explanation between two officers. */
export class RemarkBody {
  @Lines({ about: 'What is said.', most: PROSE, example: 'Which of the two crossings is meant?' })
  readonly text!: string;

  @Code(LANGUAGES, 'Language', { about: 'The language of the text (ISO 639-1).', example: 'en' })
  readonly language!: Language;

  @Entities({ about: 'The persons and things that it names.', optional: true })
  readonly entities?: AnyEntityBody[];
}

/** Who or what something came from, and how. It stays with the agency that wrote it. */
export class SourceBody {
  @Lines({ about: 'Who or what it came from, and how.', most: PROSE })
  readonly text!: string;
}
