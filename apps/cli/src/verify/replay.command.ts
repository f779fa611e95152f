import { readTrustAnchor, readTrustPolicy } from '@tripoint/adapters/keys';
import { OpenPgpJs } from '@tripoint/envelope';
import { HubError } from '@tripoint/kernel';
import { type ReplayedDecision, replayDecision, type ReplayedVerdict } from '@tripoint/replay';
import { type Command, type ExitCode, type Surroundings } from '../command.js';
import { count, optionsOf, required } from '../federation/arguments.js';
import { bundleOf, writeDecisions } from './look-again.js';
import { fileAt, LOG_OPTIONS, logOf } from './named-log.js';

const lines = ({ index, leaf, rules, verdicts, report, agrees }: ReplayedDecision): string[] => [
  `leaf ${index}: ${leaf === undefined ? 'nothing was decided at it' : `${leaf.kind}, ${leaf.time}`}`,
  ...(rules === undefined ? [] : [`by the rules of bundle ${rules.digest}`]),
  ...verdicts.flatMap(verdictLines),
  report.fault === null
    ? `agrees: ${verdicts.length} decisions came out byte for byte as they are recorded`
    : `WRONG${report.fault.index === null ? '' : ` at leaf ${report.fault.index}`}: ${report.fault.code}: ${report.fault.detail}`,
  ...(agrees || report.fault !== null ? [] : ['WRONG: a decision is recorded otherwise']),
];

const verdictLines = ({
  recipient,
  agency,
  verdict: { allowed, rules, because, question },
  inputs,
  recorded,
  again,
  equal,
}: ReplayedVerdict): readonly string[] => [
  '',
  `${question.compartment} for ${recipient ?? agency}: ${allowed ? 'given' : 'kept'} (${rules.join(', ')}): ${because}`,
  ...inputs.map(({ name, value }) => `  ${name} = ${value}`),
  ...(equal
    ? ['  equal to the byte']
    : [`  DIFFERS`, `  recorded: ${recorded ?? 'nothing'}`, `  again:    ${again ?? 'nothing'}`]),
];

const run = async (args: readonly string[], surroundings: Surroundings): Promise<ExitCode> => {
  const values = optionsOf(args, {
    ...LOG_OPTIONS,
    leaf: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const index = count('leaf', required('leaf', values.leaf));
  const anchor = required('anchor', values.anchor);
  await fileAt('anchor', anchor);
  const source = await logOf(values, surroundings);
  const replayed = await replayDecision(
    source,
    await readTrustAnchor(anchor),
    new OpenPgpJs(),
    index,
    {
      ...(values.policy === undefined ? {} : { trustPolicy: await readTrustPolicy(values.policy) }),
      now: () => Date.parse(surroundings.now()),
    },
  );
  const { rules, verdicts, report, agrees } = replayed;
  if (values.out !== undefined && rules !== undefined)
    await writeDecisions(values.out, index, bundleOf(rules.bytes), verdicts);
  if (values.json)
    surroundings.out(
      JSON.stringify({
        index,
        agrees,
        bundle: rules?.digest ?? null,
        fault: report.fault,
        verdicts,
      }),
    );
  else for (const line of lines(replayed)) surroundings.out(line);
  return agrees ? 0 : 1;
};

/** Decides one leaf again. */
export const replay: Command = {
  summary: 'decide one leaf again by the rules of its day, from a hub or a log that was saved',
  usage: [
    'tripoint replay --log URL|FOLDER --anchor FILE --leaf N [--policy FILE] [--token-file FILE] [--out FOLDER] [--json]',
    '',
    '  --log URL|FOLDER   the hub, or a folder that `tripoint verify --save` has filled: then nobody is asked',
    '  --anchor FILE      the trust anchor of the federation: everything else is checked from it',
    '  --leaf N           the leaf: each decision at it is shown with all that went into it, and held against its record',
    '  --policy FILE      the trust policy: a quorum of its witnesses has to have cosigned this very log',
    '  --token-file FILE  holds the auditor’s token; a hub shows leaves to auditors only',
    '  --out FOLDER       writes the rules of that day and each question as Cedar’s own command line takes them, and both records',
    '  --json             the result as one line of JSON',
    '',
    'Ends with 0 when every decision came out byte for byte as it is recorded, 1 when one did not or the log is',
    'wrong before it, 2 when it was not let in or not understood, 3 when the hub does not answer.',
  ].join('\n'),
  run: async (args, surroundings) => {
    try {
      return await run(args, surroundings);
    } catch (thrown) {
      if (!(thrown instanceof HubError)) throw thrown;
      surroundings.err(`tripoint: ${thrown.code}: ${thrown.message}`);
      return thrown.retriable ? 3 : 2;
    }
  },
};
