import { type RegistryCopy } from '@tripoint/federation';
import { type RecordedEntry } from '@tripoint/read-model';
import { type LeafRecord } from '@tripoint/replay';

/**
 * An order to disclose without its order, where the log has not let it be one: a share of whoever acts upon it would be wrapped for
 * somebody to whom the rules have denied it, and a hub need not let the log say anything else to hand it over. As the log counts it:
 * something is allowed, and nothing is denied but what is erased, or what its reader has already.
 */
export const asOrdered = (
  { facts, ...entry }: RecordedEntry,
  registry: RegistryCopy,
  records: readonly LeafRecord[],
): RecordedEntry => {
  const { order, ...others } = facts;
  if (order === undefined) return { ...entry, facts };
  const verdicts = records.flatMap((record) =>
    record.about === 'verdict' &&
    record.verdict.question.order !== undefined &&
    registry.latest.byFingerprint(record.agency)?.id === order.agency
      ? [record.verdict]
      : [],
  );
  const counts =
    verdicts.some(({ allowed }) => allowed) &&
    verdicts.every(
      ({ allowed, question }) =>
        allowed || question.order?.held === true || question.order?.inCustody === false,
    );
  return counts ? { ...entry, facts } : { ...entry, facts: others };
};
