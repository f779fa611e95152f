import { writeFile } from 'node:fs/promises';
import { readTrustAnchor, readTrustPolicy } from '@tripoint/adapters/keys';
import { OpenPgpJs } from '@tripoint/envelope';
import { type ExchangeId, HubError, isDigest } from '@tripoint/kernel';
import {
  type DecidedAgain,
  type Disclosed,
  disclosedAt,
  type ChangedDecision,
  NextBundle,
  ReadRoots,
  type ReadsFault,
  replayedVerdicts,
  type Standing,
  standingsOf,
  type Report,
  verifyLog,
} from '@tripoint/replay';
import { type TrustPolicy } from '@tripoint/transparency';
import { type Command, type ExitCode, type Surroundings, UsageError } from '../command.js';
import { count, optionsOf, required } from '../federation/arguments.js';
import { bundleOf, changedLines, writeDecisions } from './look-again.js';
import { fileAt, LOG_OPTIONS, logOf } from './named-log.js';
import { SavingLog } from './saved-log.js';
import { heldAgainst, shownIn } from '../oversight/reads.js';
import { exchangeLines, readsLines, reportLines, standingLines } from './report.js';

const PROGRESS_EVERY = 1_000;

const policyIn = async (path: string): Promise<TrustPolicy> => {
  await fileAt('policy', path);
  return readTrustPolicy(path);
};

/** Says how far it is, about once a second. */
const progressTo = ({ err, now }: Surroundings) => {
  let said = Date.parse(now());
  return ({ verified, size }: { readonly verified: number; readonly size: number }): void => {
    const time = Date.parse(now());
    if (time - said < PROGRESS_EVERY && verified < size) return;
    said = time;
    err(`${verified} of ${size} leaves recomputed`);
  };
};

const run = async (args: readonly string[], surroundings: Surroundings): Promise<ExitCode> => {
  const values = optionsOf(args, {
    ...LOG_OPTIONS,
    save: { type: 'string' },
    since: { type: 'string' },
    'as-of': { type: 'string' },
    keep: { type: 'string' },
    reads: { type: 'string' },
    'next-bundle': { type: 'string' },
    'from-leaf': { type: 'string' },
    decisions: { type: 'string' },
    descriptor: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const path = required('anchor', values.anchor);
  const { since, keep, save, json } = values;
  const asOf = values['as-of'] === undefined ? undefined : count('as-of', values['as-of']);
  await fileAt('anchor', path);
  if (save !== undefined && asOf !== undefined)
    throw new UsageError('bad-arguments', '--save keeps a whole log, and --as-of reads a part');
  const named = await logOf(values, surroundings);
  const source = save === undefined ? named : await SavingLog.into(save, named);
  const shown = values.reads === undefined ? undefined : await shownIn(values.reads);
  const next =
    values['next-bundle'] === undefined
      ? undefined
      : new NextBundle(
          bundleOf(await fileAt('next-bundle', values['next-bundle'])),
          count('from-leaf', values['from-leaf'] ?? '0'),
        );
  const changed: ChangedDecision[] = [];
  const folder = values.decisions;
  if (folder !== undefined && asOf === undefined)
    throw new UsageError('bad-arguments', '--decisions are those of the leaf that --as-of names');
  const { descriptor } = values;
  if (descriptor !== undefined && (asOf === undefined || !isDigest(descriptor)))
    throw new UsageError(
      'bad-arguments',
      '--descriptor is a digest, as of the leaf that --as-of names',
    );
  let standings: readonly Standing[] | undefined;
  let again: DecidedAgain | undefined;
  const roots = new ReadRoots();
  const faults: ReadsFault[] = [];
  const exchanges = new Map<ExchangeId, Disclosed[]>();
  const report = await verifyLog(source, await readTrustAnchor(path), new OpenPgpJs(), {
    ...(since === undefined ? {} : { since: await fileAt('since', since) }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(values.policy === undefined ? {} : { trustPolicy: await policyIn(values.policy) }),
    now: () => Date.parse(surroundings.now()),
    ...(json ? {} : { progress: progressTo(surroundings) }),
    ...(folder === undefined || asOf === undefined
      ? {}
      : {
          before: {
            index: asOf,
            shown: async (leaf, audit) => {
              again = await audit.again(leaf);
            },
          },
        }),
    heard: (leaf, state) => {
      faults.push(...roots.take(leaf, state.registry));
      if (next !== undefined) changed.push(...next.take(leaf, state));
      if (asOf === undefined) return;
      if (isDigest(descriptor) && leaf.leaf.index === asOf)
        standings = standingsOf(state, descriptor);
      for (const one of disclosedAt(leaf, state)) {
        const known = exchanges.get(one.exchange);
        if (known === undefined) exchanges.set(one.exchange, [one]);
        else known.push(one);
      }
    },
  });
  // Whoever kept a checkpoint knows that there was a log; to anybody else, an address without one is a wrong address.
  if (report.fault?.code === 'checkpoint-missing' && since === undefined)
    throw new HubError(
      'no-log-here',
      `${values.log ?? ''} shows no checkpoint: --log is the address of a hub, or where one was saved`,
      false,
    );
  if (folder !== undefined && asOf !== undefined && again?.rules !== undefined)
    await writeDecisions(folder, asOf, bundleOf(again.rules.bytes), replayedVerdicts(again));
  const held = shown && heldAgainst(roots, shown);
  say(
    report,
    exchanges,
    { roots, faults, held },
    next && { counts: next.counts, terms: next.terms, changed },
    descriptor === undefined ? undefined : { descriptor, standings },
    surroundings,
    json,
  );
  if (report.fault !== null || held?.sound === false) return 1;
  if (keep !== undefined && report.checkpoint !== null)
    await writeFile(keep, report.checkpoint.note);
  return 0;
};

/** What agencies have published over their records of reads, and rows that were held against it. */
type Reads = Parameters<typeof readsLines>[0];

const say = (
  report: Report,
  exchanges: ReadonlyMap<ExchangeId, readonly Disclosed[]>,
  reads: Reads,
  next: Parameters<typeof changedLines>[0] | undefined,
  standing: Parameters<typeof standingLines>[0] | undefined,
  { out }: Surroundings,
  json: boolean,
): void => {
  if (json) {
    out(
      JSON.stringify({
        sound: report.fault === null,
        ...report,
        disclosed: [...exchanges.values()].flat(),
        readsFaults: reads.faults,
        ...(next === undefined ? {} : { nextBundle: next }),
        ...(standing === undefined ? {} : { standings: standing.standings ?? null }),
        ...(reads.held === undefined ? {} : { readsSound: reads.held.sound }),
      }),
    );
    return;
  }
  for (const line of [
    ...reportLines(report),
    ...readsLines(reads),
    ...(next === undefined ? [] : changedLines(next)),
    ...exchangeLines(exchanges),
    ...(standing === undefined ? [] : standingLines(standing)),
  ])
    out(line);
};

/** Recomputes a hub's log from outside. */
export const verify: Command = {
  summary: 'recompute a hub’s log and name the first thing wrong',
  usage: [
    'tripoint verify --log URL|FOLDER --anchor FILE [--policy FILE] [--token-file FILE] [--since FILE] [--as-of N] [--keep FILE]',
    '                [--reads FILE] [--next-bundle FILE [--from-leaf N]] [--decisions FOLDER]',
    '                [--descriptor DIGEST] [--save FOLDER] [--json]',
    '',
    '  --log URL|FOLDER   the hub, or a folder that --save has filled: then nobody is asked',
    '  --anchor FILE      the trust anchor of the federation: everything else is checked from it',
    '  --policy FILE      the trust policy: a quorum of its witnesses has to have cosigned this very log',
    '  --token-file FILE  holds the auditor’s token; leaves are shown to auditors only',
    '  --since FILE       a checkpoint kept from before: the log has to continue it',
    '  --as-of N          only up to leaf N, and who could see what by then',
    '  --keep FILE        keeps the checkpoint there when all is sound, for the next --since',
    '  --reads FILE       rows that `tripoint oversight take-reads` took: they have to stand under the root in this log',
    '  --next-bundle FILE decides all decisions again, or those from leaf N on, by these rules, and lists what would differ',
    '  --decisions FOLDER writes what Cedar’s own command line needs to decide leaf --as-of again, and what is recorded',
    '  --descriptor D     how every agency stands to the compartment with this descriptor, as of leaf --as-of, and why',
    '  --save FOLDER      keeps there, in an empty folder, all that the hub hands over, to be verified and replayed without it',
    '  --json             the result as one line of JSON',
    '',
    'Ends with 0 when all is sound, 1 when something is wrong with the log, 2 when it was not let in or',
    'not understood, 3 when the hub does not answer.',
  ].join('\n'),
  run: async (args, surroundings) => {
    try {
      return await run(args, surroundings);
    } catch (thrown) {
      if (!(thrown instanceof HubError)) throw thrown;
      // 1 is kept for a log that is wrong.
      surroundings.err(`tripoint: ${thrown.code}: ${thrown.message}`);
      return thrown.retriable ? 3 : 2;
    }
  },
};
