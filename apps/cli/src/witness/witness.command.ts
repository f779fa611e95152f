import {
  createWitnessKey,
  readTrustAnchor,
  readWhole,
  WitnessFolder,
} from '@tripoint/adapters/keys';
import { isRefusal } from '@tripoint/kernel';
import { logKey } from '@tripoint/replay';
import { openLogEvidence, type VerifierKey } from '@tripoint/transparency';
import { type Command, type ExitCode, type Surroundings, UsageError } from '../command.js';
import { dispatch } from '../dispatch.js';
import { code, optionsOf, required } from '../federation/arguments.js';

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
    'tripoint witness evidence --anchor FILE (--file FILE | --store FOLDER)',
    '',
    '  --anchor FILE   the trust anchor: the log’s key is in it',
    '  --file FILE     evidence that somebody has handed over',
    '  --store FOLDER  a witness’s store: all that it keeps',
    '',
    'Ends with 0 when each of them is evidence against the log, 1 when one is not.',
  ].join('\n'),
  run: async (args, { out }) => {
    const values = optionsOf(args, {
      anchor: { type: 'string' },
      file: { type: 'string' },
      store: { type: 'string' },
    });
    const log = logKey(await readTrustAnchor(required('anchor', values.anchor)));
    const { file, store } = values;
    if ((file === undefined) === (store === undefined))
      throw new UsageError('bad-arguments', 'one of --file and --store has to be given');
    const given =
      store === undefined
        ? new Map([[file ?? '', await readWhole(file ?? '', false)]])
        : await new WitnessFolder(store).evidence();
    let exit: ExitCode = 0;
    for (const [name, bytes] of given) if (!judged(name, bytes, log, out)) exit = 1;
    if (given.size === 0) out('there is no evidence');
    return exit;
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
});
