import { type OpenPgp, sameBytes } from '@tripoint/envelope';
import { type ActivePolicy, type TrustAnchor } from '@tripoint/federation';
import { type AgencyId, type Digest, type Fingerprint, isRefusal } from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import { type Question, type Verdict } from '@tripoint/policy';
import { type LogSource } from './log-source.js';
import { formatRecord, parseRecord } from './records.js';
import { type DecidedAgain } from './verify-leaf.js';
import { type Report, verifyLog, type VerifyOptions } from './verify-log.js';

/** One member of what was asked, by its name, and what it was. */
export type Input = { readonly name: string; readonly value: string };

/** One decision: what went into it, what is recorded of it, and what comes out again. */
export type ReplayedVerdict = {
  readonly descriptor: Digest;
  /** As whom the recipient was addressed. */
  readonly agency: Fingerprint;
  /** Absent where something is recorded that nobody would have asked. */
  readonly recipient?: AgencyId;
  /** As it comes out again; where nothing does, as it is recorded. */
  readonly verdict: Verdict;
  readonly inputs: readonly Input[];
  /** The record's bytes, which are text; null where there is none. */
  readonly recorded: string | null;
  readonly again: string | null;
  /** Whether both are the same to the byte. */
  readonly equal: boolean;
};

/** A leaf decided again by all that stood before it, and what is wrong with the log up to there. */
export type ReplayedDecision = {
  readonly index: number;
  readonly leaf: Leaf | undefined;
  /** The rules of that day. */
  readonly rules: ActivePolicy | undefined;
  readonly verdicts: readonly ReplayedVerdict[];
  readonly agrees: boolean;
  readonly report: Report;
};

/**
 * Decides the leaf at `index` again, from the log's first leaf on: the leaf may be wrong, what stands before it may not. Nothing
 * that the log does not say goes into it.
 */
export const replayDecision = async (
  source: LogSource,
  anchor: TrustAnchor,
  openpgp: OpenPgp,
  index: number,
  options: Pick<VerifyOptions, 'trustPolicy' | 'now' | 'progress'> = {},
): Promise<ReplayedDecision> => {
  let again: DecidedAgain | undefined;
  const report = await verifyLog(source, anchor, openpgp, {
    ...options,
    asOf: index,
    before: {
      index,
      shown: async (leaf, audit) => {
        again = await audit.again(leaf);
      },
    },
  });
  const verdicts = again === undefined ? [] : replayedVerdicts(again);
  return {
    index,
    leaf: again?.leaf,
    rules: again?.rules,
    verdicts,
    agrees: report.fault === null && verdicts.every(({ equal }) => equal),
    report,
  };
};

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** Every decision at a leaf, held against its record. */
export const replayedVerdicts = ({
  recorded,
  decided,
}: DecidedAgain): readonly ReplayedVerdict[] => {
  const left = new Map<string, { readonly bytes: Uint8Array; readonly verdict: Verdict }>();
  for (const bytes of recorded) {
    const record = parseRecord(bytes);
    if (!isRefusal(record) && record.about === 'verdict')
      left.set(`${record.descriptor} ${record.agency}`, { bytes, verdict: record.verdict });
  }
  const asked = decided.map(({ descriptor, agency, recipient, verdict }): ReplayedVerdict => {
    const name = `${descriptor} ${agency}`;
    const kept = left.get(name);
    left.delete(name);
    const again = formatRecord({ about: 'verdict', descriptor, agency, verdict });
    return {
      descriptor,
      agency,
      recipient,
      verdict,
      inputs: inputsOf(verdict.question),
      recorded: kept === undefined ? null : textOf(kept.bytes),
      again: textOf(again),
      equal: kept !== undefined && sameBytes(kept.bytes, again),
    };
  });
  const unasked = [...left].map(([name, { bytes, verdict }]): ReplayedVerdict => {
    const [descriptor, agency] = name.split(' ') as [Digest, Fingerprint];
    const inputs = inputsOf(verdict.question);
    const recorded = textOf(bytes);
    return { descriptor, agency, verdict, inputs, recorded, again: null, equal: false };
  });
  return [...asked, ...unasked];
};

/** A question, member by member, by name: what the rules were asked, and nothing that they were not. */
export const inputsOf = (question: Question): readonly Input[] => membersOf('', question);

const membersOf = (name: string, value: unknown): readonly Input[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([member, one]) => membersOf(name === '' ? member : `${name}.${member}`, one))
    : [{ name, value: Array.isArray(value) ? value.join(', ') : String(value) }];
