import { refuse, type Digest, type Refusal } from '@tripoint/kernel';
import { canonicalBytes, parseCanonical } from './canonical.js';
import { questionShape, type Question } from './question.js';
import { conforms, type Shape } from './shape.js';

/** The answer to one question, with all that is needed to ask it again. */
export type Verdict = {
  readonly allowed: boolean;
  /** Ids of the rules that decided, in the bundle's order; empty when nothing permitted. */
  readonly rules: readonly string[];
  /** The deciding rules' own sentences, for people. */
  readonly because: string;
  readonly question: Question;
  /** Digest of the rules that answered. */
  readonly bundle: Digest;
  /** Name and version of the engine that answered. */
  readonly engine: string;
};

/** The bytes are not those of a verdict's record. */
export type VerdictRefusal = Refusal<'verdict-malformed'>;

const shape: Shape = {
  v: 'count',
  allowed: 'boolean',
  rules: ['code'],
  because: 'text',
  question: questionShape,
  bundle: 'code',
  engine: 'code',
};

// Verdicts are frozen and recur: their bytes are made once.
const written = new WeakMap<Verdict, Uint8Array>();

/** Canonical bytes of the record of a verdict (RFC 8785). Strict inverse of {@link parseVerdict}. */
export const formatVerdict = (verdict: Verdict): Uint8Array => {
  let bytes = written.get(verdict);
  if (bytes === undefined) {
    bytes = canonicalBytes({ v: 1, ...verdict });
    if (Object.isFrozen(verdict)) written.set(verdict, bytes);
  }
  return bytes.slice();
};

/** Reads the record of a verdict; anything but what {@link formatVerdict} writes is refused. */
export const parseVerdict = (bytes: Uint8Array): Verdict | VerdictRefusal =>
  readVerdict(parseCanonical(bytes));

/** As {@link parseVerdict}, of what stood in canonical bytes that were parsed already. */
export const readVerdict = (record: unknown): Verdict | VerdictRefusal => {
  if (!conforms(shape, record) || (record as { v: number }).v !== 1)
    return refuse('verdict-malformed', 'these bytes are not the record of a verdict');
  const { allowed, rules, because, question, bundle, engine } = record as Verdict;
  return { allowed, rules, because, question, bundle, engine };
};
