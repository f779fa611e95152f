import { ApiProperty } from '@nestjs/swagger';
import { Agency, Count, Hex, Lines, Nested, NestedList, Whole, Words, YesNo } from './fields.js';

/** Rules that are proposed. */
export class NextBundleBody {
  @Lines({
    about: 'The bundle, as `tripoint policy bundle` writes it: JSON in canonical form.',
    most: 200_000,
    example: '{"v":1}',
  })
  readonly bundle!: string;

  @Count({ about: 'The first leaf whose decisions count; 0 unless told.', optional: true })
  readonly since?: string;
}

/** How a set of rules decides. */
export class OtherDecisionResponse {
  @YesNo({ about: 'Whether the compartment is given.' })
  readonly allowed!: boolean;

  @ApiProperty({ description: 'The rules that decide.', type: [String], example: [] })
  readonly rules!: readonly string[];

  @Lines({ about: 'Their sentences.', most: 8000 })
  readonly because!: string;
}

/** A decision that the proposed rules would make otherwise. */
export class ChangedDecisionResponse {
  @Count({ about: 'The leaf.' })
  readonly index!: string;

  @Hex({ about: 'The descriptor.' })
  readonly descriptor!: string;

  @Agency({ about: 'The recipient.' })
  readonly recipient!: string;

  @Words({ about: 'The compartment.', most: 32, example: 'core' })
  readonly compartment!: string;

  @Nested(() => OtherDecisionResponse, { about: 'As it was decided.' })
  readonly was!: OtherDecisionResponse;

  @Nested(() => OtherDecisionResponse, { about: 'As it would be.' })
  readonly would!: OtherDecisionResponse;
}

/** A class of which the proposed rules would keep for another time what was said. */
export class ChangedTermResponse {
  @Words({ about: 'The class.', most: 32, example: 'STANDARD' })
  readonly retention!: string;

  @Whole({
    about: 'For how many seconds it was to be kept; absent: for good.',
    most: Number.MAX_SAFE_INTEGER,
    example: 0,
    optional: true,
  })
  readonly was?: number;

  @Whole({
    about: 'For how many it would be.',
    most: Number.MAX_SAFE_INTEGER,
    example: 0,
    optional: true,
  })
  readonly would?: number;

  @Whole({
    about: 'How many parts were said under it, cores not counted.',
    most: 2_147_483_647,
    example: 0,
  })
  readonly parts!: number;
}

/** What the proposed rules would decide otherwise. */
export class NextBundleResponse {
  @YesNo({ about: 'Whether the log is sound as far as it was decided again.' })
  readonly sound!: boolean;

  @Whole({ about: 'How many were decided again.', most: 2_147_483_647, example: 0 })
  readonly decisions!: number;

  @Whole({ about: 'Denied, and would be allowed.', most: 2_147_483_647, example: 0 })
  readonly nowAllowed!: number;

  @Whole({ about: 'Allowed, and would be denied.', most: 2_147_483_647, example: 0 })
  readonly nowDenied!: number;

  @Whole({ about: 'As it is, by other rules.', most: 2_147_483_647, example: 0 })
  readonly otherRules!: number;

  @NestedList(() => ChangedTermResponse, {
    about: 'What would be kept for another time, by class and by the term under which it was said.',
    most: 1000,
  })
  readonly terms!: ChangedTermResponse[];

  @NestedList(() => ChangedDecisionResponse, { about: 'The first of them.', most: 1000 })
  readonly rows!: ChangedDecisionResponse[];
}
