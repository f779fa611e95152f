import { type Digest, type Refusal } from '@tripoint/kernel';
import { type Question } from './question.js';

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

export type VerdictRefusal = Refusal<'verdict-malformed'>;

/** Canonical bytes of the record of a verdict (RFC 8785). Strict inverse of {@link parseVerdict}. */
export declare const formatVerdict: (verdict: Verdict) => Uint8Array;

/** Reads a record of a verdict; anything but what {@link formatVerdict} writes is refused. */
export declare const parseVerdict: (bytes: Uint8Array) => Verdict | VerdictRefusal;
