import {
  createWitnessKey,
  readGiven,
  readTrustAnchor,
  WitnessFolder,
} from '@tripoint/adapters/keys';
import { isRefusal } from '@tripoint/kernel';
import { logKey } from '@tripoint/replay';
import { openLogEvidence, type VerifierKey } from '@tripoint/transparency';
import { type Command, type ExitCode, type Surroundings, UsageError } from '../command.js';
import { dispatch } from '../dispatch.js';
import { code, optionsOf, required } from '../federation/arguments.js';
import { WitnessDoor } from './witness-door.js';

const USES = { ed25519: 'cosignature-v1', 'ml-dsa-44': 'cosignature-ml-dsa-44' } as const;

const key: Command = {
  summary: 'make the key of a witness and show its verifier key',
  usage: [
    'tripoint witness key --folder FOLDER --name NAME [--algorithm ed25519|ml-dsa-44]',
    '',
    '  --folder FOLDER   where witness.pem and witness.name go; nothing there is replaced',
    '  --name NAME       as whom it cosigns, such as witness.example/bg',
    '  --algorithm WORD  default: ed25519, which the reference tools of C2SP know',
    '',
    'The verifier key belongs into the trust policy: `witness <name there> <verifier key> <its address>`.',
  ].join('\n'),
  run: async (args, { out }) => {
    const values = optionsOf(args, {
      folder: { type: 'string' },
      name: { type: 'string' },
      algorithm: { type: 'string', default: 'ed25519' },
    });
    const folder = required('folder', values.folder);
    const name = required('name', values.name);
    const algorithm = code('algorithm', values.algorithm, ['ed25519', 'ml-dsa-44']);
    try {
      out(await createWitnessKey(folder, name, USES[algorithm]));
    } catch (thrown) {
      if (thrown instanceof RangeError) throw new UsageError('bad-arguments', `--name: ${name}`);
      throw thrown;
    }
    return 0;
  },
};

const evidence: Command = {
  summary: 'check notes of a log that do not go together',
  usage: [
    'tripoint witness evidence --anchor FILE (--file FILE | --store FOLDER | --witness URL)',
    '',
    '  --anchor FILE   the trust anchor: the log’s key is in it',
    '  --file FILE     evidence that somebody has handed over',
    '  --store FOLDER  a witness’s store: all that it keeps',
    '  --witness URL   all that a witness shows, from anywhere',
    '',
    'Ends with 0 when each of them is evidence against the log, 1 when one is not.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const { out } = surroundings;
    const values = optionsOf(args, {
      anchor: { type: 'string' },
      file: { type: 'string' },
      store: { type: 'string' },
      witness: { type: 'string' },
    });
    const log = logKey(await readTrustAnchor(required('anchor', values.anchor)));
    const { file, store, witness: url } = values;
    if ([file, store, url].filter((one) => one !== undefined).length !== 1)
      throw new UsageError('bad-arguments', 'one of --file, --store and --witness has to be given');
    const given =
      url !== undefined
        ? await shownBy(new WitnessDoor(url, surroundings.fetch))
        : store !== undefined
          ? await new WitnessFolder(store).evidence()
          : new Map([[file ?? '', await readGiven(file ?? '')]]);
    let exit: ExitCode = 0;
    for (const [name, bytes] of given) if (!judged(name, bytes, log, out)) exit = 1;
    if (given.size === 0) out('there is no evidence');
    return exit;
  },
};

const shownBy = async (door: WitnessDoor): Promise<ReadonlyMap<string, Uint8Array>> => {
  const given = new Map<string, Uint8Array>();
  for (const name of await door.names()) given.set(name, await door.evidence(name));
  return given;
};

const report: Command = {
  summary: 'hand evidence against a log to a witness, which keeps it for everybody',
  usage: [
    'tripoint witness report --anchor FILE --file FILE --witness URL',
    '',
    '  --anchor FILE   the trust anchor: the log’s key is in it',
    '  --file FILE     two trees of one size that the log has signed',
    '  --witness URL   whose witness is to keep it; tell every one of them',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      anchor: { type: 'string' },
      file: { type: 'string' },
      witness: { type: 'string' },
    });
    const log = logKey(await readTrustAnchor(required('anchor', values.anchor)));
    const file = required('file', values.file);
    const door = new WitnessDoor(required('witness', values.witness), surroundings.fetch);
    const bytes = await readGiven(file);
    if (!judged(file, bytes, log, surroundings.out)) return 1;
    surroundings.out(`kept as ${await door.bring(bytes)}`);
    return 0;
  },
};

const judged = (
  name: string,
  bytes: Uint8Array,
  log: VerifierKey,
  out: Surroundings['out'],
): boolean => {
  const opened = openLogEvidence(bytes, log);
  if (isRefusal(opened)) {
    out(`${name}: no evidence: ${opened.refused}: ${opened.detail}`);
    return false;
  }
  const [first, second] = opened.sizes;
  out(
    opened.finding === 'split-view'
      ? `${name}: split view: ${opened.origin} has signed two trees of ${first} leaves`
      : `${name}: unproven: ${opened.origin} has signed ${first} and ${second} leaves, and was not shown to continue; ask it to`,
  );
  return true;
};

/** `tripoint witness …`: what whoever runs a witness needs. */
export const witness = dispatch('tripoint witness', 'keys of witnesses, and evidence', {
  evidence,
  key,
  report,
});
