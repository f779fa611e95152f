import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError, isRefusal } from '@tripoint/kernel';
import { type Bundle, cedarFiles, loadBundle } from '@tripoint/policy';
import {
  type AuditedLeaf,
  type ChangedCounts,
  type ChangedDecision,
  formatRecord,
  type LogState,
} from '@tripoint/replay';

/** Rules out of a file, as they would be activated. @throws {HubError} with the refusal's code */
export const bundleOf = (bytes: Uint8Array): Bundle => {
  const bundle = loadBundle(bytes);
  if (isRefusal(bundle))
    throw new HubError(
      bundle.refused,
      [bundle.detail, ...bundle.reasons.slice(0, 5)].join('; '),
      false,
    );
  return bundle;
};

/** What other rules would have decided otherwise, for people. */
export const changedLines = (
  { decisions, nowAllowed, nowDenied, otherRules }: ChangedCounts,
  changed: readonly ChangedDecision[],
): readonly string[] => [
  `by the next bundle: ${decisions} decided again; ${nowAllowed} would be allowed, ${nowDenied} would be denied, ${otherRules} would be as they are for other reasons`,
  ...changed.map(
    ({ index, compartment, recipient, was, would }) =>
      `  leaf ${index}: ${compartment} for ${recipient}: ${said(was)}; would be ${said(would)}`,
  ),
];

const said = ({ allowed, because }: ChangedDecision['was']): string =>
  `${allowed ? 'given' : 'kept'} (${because})`;

/**
 * Writes what Cedar's own command line needs to decide a leaf again, a folder for each verdict, beside the verdict as the log
 * has it. Answers how many.
 */
export const writeDecisions = async (
  folder: string,
  { leaf, decided }: AuditedLeaf,
  state: LogState,
): Promise<number> => {
  const active = state.registry.policyBundle();
  if (active === undefined || decided.length === 0) return 0;
  const bundle = bundleOf(active.bytes);
  for (const [n, { descriptor, agency, recipient, verdict }] of decided.entries()) {
    const place = join(folder, `${leaf.index}-${n}-${recipient}`);
    await mkdir(place, { recursive: true });
    const files: Readonly<Record<string, string | Uint8Array>> = {
      ...cedarFiles(bundle, verdict.question),
      'recorded.json': formatRecord({ about: 'verdict', descriptor, agency, verdict }),
    };
    for (const [name, content] of Object.entries(files))
      await writeFile(join(place, name), content, { flag: 'wx' });
  }
  return decided.length;
};
