import {
  getCedarSDKVersion,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs';
import { HubError } from '@tripoint/kernel';
import { policiesById, type Bundle } from './bundle.js';
import { type CedarRequest } from './cedar-request.js';

/** Name and version of the engine, as verdicts record it. */
export const ENGINE = `cedar/${getCedarSDKVersion()}`;

/** What the engine decided, and by which rules. */
export type Answer = { readonly allowed: boolean; readonly deciding: ReadonlySet<string> };

const prepared = new Set<string>();

/** Hands a bundle to the engine, which parses it once and keeps it under its digest. */
export const prepare = (bundle: Bundle): void => {
  if (prepared.has(bundle.digest)) return;
  const parsed = [
    preparseSchema(bundle.digest, bundle.schema),
    preparsePolicySet(bundle.digest, { staticPolicies: policiesById(bundle.rules) }),
  ];
  if (parsed.some(({ type }) => type === 'failure'))
    throw new HubError('bundle-not-parsed', 'the engine does not take a validated bundle', false);
  prepared.add(bundle.digest);
};

/** Asks a prepared bundle; undefined where there is no clean answer. */
export const ask = (bundle: Bundle, request: CedarRequest): Answer | undefined => {
  const answer = statefulIsAuthorized({
    ...request,
    preparsedSchemaName: bundle.digest,
    preparsedPolicySetId: bundle.digest,
    validateRequest: true,
  });
  if (answer.type === 'failure' || answer.warnings.length > 0) return undefined;
  const { decision, diagnostics } = answer.response;
  // Cedar skips a policy that errors, a forbid like any other, and answers without it: an answer that was not
  // reached cleanly is none.
  if (diagnostics.errors.length > 0) return undefined;
  return { allowed: decision === 'allow', deciding: new Set(diagnostics.reason) };
};
