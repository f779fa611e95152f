import { type Digest, type Refusal } from '@tripoint/kernel';
import { type CompartmentRow } from './compartments.js';

/** A classification, its rank, and whether this federation may handle it at all. */
export type ClassificationRow = {
  readonly classification: string;
  readonly rank: number;
  readonly accredited: boolean;
};

/** What a bundle is made from. */
export type BundleSources = {
  /** Cedar policies; each carries an `@id` and a `@because`. */
  readonly policies: string;
  readonly compartments: readonly CompartmentRow[];
  readonly classifications: readonly ClassificationRow[];
};

/** One rule, for people. */
export type Rule = {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly because: string;
  /** Its Cedar text. */
  readonly text: string;
};

/** Validated rules, named by the SHA-256 of their canonical bytes. Made only by {@link publishBundle} and {@link loadBundle}. */
export type Bundle = {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  /** Cedar schema, generated from the tables. */
  readonly schema: string;
  readonly rules: readonly Rule[];
  readonly compartments: readonly CompartmentRow[];
  readonly classifications: readonly ClassificationRow[];
};

export type BundleRefusal = Refusal<'bundle-malformed' | 'bundle-not-valid'> & {
  /** Everything that was found wrong. */
  readonly reasons: readonly string[];
};

/** Validates rules strictly; any error or warning of Cedar's validator refuses them. */
export declare const publishBundle: (sources: BundleSources) => Bundle | BundleRefusal;

/** Reads a published bundle, with the same validation. */
export declare const loadBundle: (bytes: Uint8Array) => Bundle | BundleRefusal;

/** The rules that Tripoint ships with. */
export declare const firstBundle: () => Bundle;
