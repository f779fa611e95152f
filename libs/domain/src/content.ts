import {
  also,
  integer,
  listOf,
  oneOf,
  optional,
  shape,
  text,
  type Check,
  type ContentRefusal,
} from './check.js';
import { entities, type Entity } from './entities/index.js';
import {
  CLASSIFICATIONS,
  HANDLING_CODES,
  INFO_EVALS,
  LANGUAGES,
  SOURCE_EVALS,
  STATEMENT_KINDS,
  type Classification,
  type Compartment,
  type Evaluation,
  type HandlingCode,
  type Language,
  type StatementKind,
} from './vocabulary/index.js';

/** How content is marked; the hub sees it, so it holds codes only. */
export type Marking = {
  readonly classification: Classification;
  /** Sorted; empty: no handling restriction. */
  readonly handling: readonly HandlingCode[];
};

/** What a status event without content is marked with. */
export const UNMARKED: Marking = { classification: 'UNCLASSIFIED', handling: [] };

/** Something said, with what it names. */
export type Statement = {
  readonly text: string;
  readonly language: Language;
  readonly statement: StatementKind;
  readonly evaluation?: Evaluation;
  /** What H3 says in words; content, so that the hub does not read it. */
  readonly restrictions?: string;
  readonly entities: readonly Entity[];
};

/** A short explanation between two officers. */
export type Remark = {
  readonly text: string;
  readonly language: Language;
  readonly restrictions?: string;
  readonly entities?: readonly Entity[];
};

/** Who or what something came from, and how: stays with the agency that wrote it. */
export type Source = { readonly text: string };

export const PROSE = 8000;
export const LINE = 500;

/** What H3 says in words. */
export const restrictions = optional(text(2000));

export const evaluation: Check<Evaluation> = shape<Evaluation>({
  source: oneOf(SOURCE_EVALS),
  info: oneOf(INFO_EVALS),
});

export const statement: Check<Statement> = shape<Statement>({
  text: text(PROSE),
  language: oneOf(LANGUAGES),
  statement: oneOf(STATEMENT_KINDS),
  evaluation: optional(evaluation),
  restrictions,
  entities,
});

export const remark: Check<Remark> = shape<Remark>({
  text: text(PROSE),
  language: oneOf(LANGUAGES),
  restrictions,
  entities: optional(entities),
});

export const source: Check<Source> = shape<Source>({ text: text(PROSE) });

/** Codes in the order of their list, so that equal sets are equal bytes. */
export const inOrder =
  (codes: readonly string[]) =>
  (values: readonly string[], at: string): ContentRefusal | undefined =>
    codes.filter((code) => values.includes(code)).join() === values.join()
      ? undefined
      : { refused: 'malformed', detail: `\`${at}\` has to be in the order of its code list` };

export const marking: Check<Marking> = shape<Marking>({
  classification: oneOf(CLASSIFICATIONS),
  handling: also(listOf(oneOf(HANDLING_CODES), { max: 4 }), inOrder(HANDLING_CODES)),
});

/** At most ten years: far more than any clock, far less than what overflows. */
export const seconds: Check<number> = integer(1, 315_360_000);

/** What an event type's content consists of: its core, and the parts it may have beside it. */
export type Content = {
  readonly core: object;
  readonly parts: Partial<Readonly<Record<Exclude<Compartment, 'core'>, object>>>;
};

/** How the content of one event type is checked. */
export type ContentChecks<C extends Content> = {
  readonly core: Check<C['core']>;
  readonly parts: { readonly [P in keyof C['parts']]-?: Check<Exclude<C['parts'][P], undefined>> };
};

/** An event without anything in its core: that it happened is all there is to say. */
export type Bare = Readonly<Record<string, never>>;
export const bare: Check<Bare> = shape<Bare>({});
