import { ApiProperty } from '@nestjs/swagger';
import { type AgencyId, type Digest, type Fingerprint } from '@tripoint/kernel';
import { Agency, Count, Hex, Lines, Nested, NestedList, Words, YesNo } from './fields.js';

/** The rules of the day, as Cedar's own command line takes them. */
export class RulesOfTheDayResponse {
  @Hex({ about: 'The digest of their bundle.' })
  readonly bundle!: Digest;

  @Lines({ about: '`policies.cedar`.', most: 1_048_576 })
  readonly policies!: string;

  @Lines({ about: '`schema.cedarschema`.', most: 1_048_576 })
  readonly schema!: string;
}

/** One member of what the rules were asked. */
export class DecisionInputResponse {
  @Words({ about: 'Its name.', most: 128, example: 'relation.participant' })
  readonly name!: string;

  @Lines({ about: 'What it was.', most: 8000, example: 'true' })
  readonly value!: string;
}

/** One decision: what went into it, what is on record, what comes out again. */
export class ReplayedVerdictResponse {
  @Hex({ about: 'The digest of the descriptor.' })
  readonly descriptor!: Digest;

  @Hex({ about: 'The primary key as which the recipient was addressed.' })
  readonly certificate!: Fingerprint;

  @Agency({ about: 'The recipient; absent where nobody would have asked.', optional: true })
  readonly recipient?: AgencyId;

  @NestedList(() => DecisionInputResponse, { about: 'What was asked, by name.', most: 256 })
  readonly inputs!: DecisionInputResponse[];

  @Lines({
    about: 'The record, to the byte; absent where there is none.',
    most: 32_768,
    optional: true,
  })
  readonly recorded?: string;

  @Lines({
    about: 'The record as it comes out again; absent where none does.',
    most: 32_768,
    optional: true,
  })
  readonly again?: string;

  @YesNo({ about: 'Whether both are the same to the byte.' })
  readonly equal!: boolean;

  @Lines({ about: '`request.json` for Cedar’s own command line.', most: 1_048_576 })
  readonly request!: string;

  @Lines({ about: '`entities.json` for Cedar’s own command line.', most: 1_048_576 })
  readonly entities!: string;
}

/** What was decided at a leaf, decided again from the log's first leaf on. */
export class ReplayedDecisionResponse {
  @Count({ about: 'The leaf.' })
  readonly index!: string;

  @YesNo({ about: 'Whether every verdict came out byte for byte as it was recorded.' })
  readonly agrees!: boolean;

  @ApiProperty({
    description: 'The verdicts as they come out again.',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    example: [],
  })
  readonly decided!: readonly unknown[];

  @NestedList(() => ReplayedVerdictResponse, {
    about: 'Each decision, with what went into it and both records.',
    most: 1024,
  })
  readonly verdicts!: ReplayedVerdictResponse[];

  @Nested(() => RulesOfTheDayResponse, {
    about: 'The rules that were in force; absent before the first.',
    optional: true,
  })
  readonly rules?: RulesOfTheDayResponse;

  @Lines({ about: 'The first thing that differs, if anything does.', most: 600, optional: true })
  readonly fault?: string;
}
