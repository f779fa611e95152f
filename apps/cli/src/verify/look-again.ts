import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError, isRefusal } from '@tripoint/kernel';
import { type Bundle, cedarFiles, loadBundle } from '@tripoint/policy';
import {
  type ChangedCounts,
  type ChangedDecision,
  type ChangedTerm,
  type ReplayedVerdict,
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
export const changedLines = ({
  counts: { decisions, nowAllowed, nowDenied, otherRules },
  terms,
  changed,
}: {
  readonly counts: ChangedCounts;
  readonly terms: readonly ChangedTerm[];
  readonly changed: readonly ChangedDecision[];
}): readonly string[] => [
  `by the next bundle: ${decisions} decided again; ${nowAllowed} would be allowed, ${nowDenied} would be denied, ${otherRules} would be as they are for other reasons`,
  ...terms.map(
    ({ retention, was, would, parts }) =>
      `  ${retention}: ${parts} parts were to be kept ${term(was)}; would be ${term(would)}`,
  ),
  ...changed.map(
    ({ index, compartment, recipient, was, would }) =>
      `  leaf ${index}: ${compartment} for ${recipient}: ${said(was)}; would be ${said(would)}`,
  ),
];

const DAY = 86_400;
const term = (seconds: number | null): string =>
  seconds === null
    ? 'for good'
    : seconds % DAY === 0
      ? `for ${seconds / DAY} days`
      : `for ${seconds} seconds`;

const said = ({ allowed, because }: ChangedDecision['was']): string =>
  `${allowed ? 'given' : 'kept'} (${because})`;

/**
 * Writes what Cedar's own command line needs to decide a leaf again, a folder for each verdict, beside the verdict as the log has it
 * and as it comes out again. Answers how many.
 */
export const writeDecisions = async (
  folder: string,
  index: number,
  bundle: Bundle,
  verdicts: readonly ReplayedVerdict[],
): Promise<number> => {
  for (const [n, { agency, recipient, verdict, recorded, again }] of verdicts.entries()) {
    const place = join(folder, `${index}-${n}-${recipient ?? agency}`);
    await mkdir(place, { recursive: true });
    const files: Readonly<Record<string, string>> = {
      ...cedarFiles(bundle, verdict.question),
      ...(recorded === null ? {} : { 'recorded.json': recorded }),
      ...(again === null ? {} : { 'again.json': again }),
    };
    for (const [name, content] of Object.entries(files))
      await writeFile(join(place, name), content, { flag: 'wx' });
  }
  return verdicts.length;
};
