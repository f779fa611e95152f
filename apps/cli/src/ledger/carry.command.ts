import { readGiven, readTrustAnchor } from '@tripoint/adapters/keys';
import { HubError } from '@tripoint/kernel';
import { Fault, logKey, openedCheckpoint } from '@tripoint/replay';
import { type Checkpoint } from '@tripoint/transparency';
import { type Command, type Surroundings, UsageError } from '../command.js';
import { optionsOf, required } from '../federation/arguments.js';
import { carry, type CarryOptions } from './carry.js';
import { ledgerNamed } from './named-ledger.js';

const PROGRESS_EVERY = 1_000;

const OPTIONS = {
  from: { type: 'string' },
  'from-user': { type: 'string' },
  'from-password-file': { type: 'string' },
  'from-ca-file': { type: 'string' },
  'from-plaintext': { type: 'boolean' },
  to: { type: 'string' },
  'to-user': { type: 'string' },
  'to-password-file': { type: 'string' },
  'to-ca-file': { type: 'string' },
  'to-plaintext': { type: 'boolean' },
  checkpoint: { type: 'string' },
  anchor: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** What the log has signed, as it was fetched from the hub and checked against the anchor's key. */
const checkpointIn = async (path: string, anchor: string): Promise<Checkpoint> => {
  const note = await readGiven(path);
  const checkpoint = openedCheckpoint(note, logKey(await readTrustAnchor(anchor)));
  if (checkpoint instanceof Fault)
    throw new HubError(checkpoint.code, `${path}: ${checkpoint.detail}`, false);
  return checkpoint;
};

/** Says how far it is, about once a second. */
const progressTo = ({ err, now }: Surroundings): NonNullable<CarryOptions['progress']> => {
  let said = Date.parse(now());
  return ({ step, done, of }) => {
    const time = Date.parse(now());
    if (time - said < PROGRESS_EVERY) return;
    said = time;
    err(`${done} of ${of} entries ${step}`);
  };
};

/** `tripoint ledger carry`. */
export const carryCommand: Command = {
  summary: 'carry a ledger over to another engine, and prove that the two are the same',
  usage: [
    'tripoint ledger carry --from ENGINE --to ENGINE [--checkpoint FILE --anchor FILE] [--json]',
    '',
    '  --from ENGINE        postgres://HOST:PORT/DATABASE, esdb://HOST:PORT[,…], or the data folder of an npm start',
    '  --to ENGINE          postgres:// (its schema already made) or esdb:// (already provisioned)',
    '  --from-user NAME     as whom to come there; with it',
    '  --from-password-file FILE  which nobody else may read',
    '  --from-ca-file FILE  what the server’s certificate is checked against, instead of the system’s authorities',
    '  --from-plaintext     without TLS to another machine; --to- has the same four',
    '  --checkpoint FILE    a checkpoint that the hub has signed: what is carried has to have its root',
    '  --anchor FILE        the trust anchor of the federation, which names the key of the log',
    '  --json               the result as one line of JSON',
    '',
    'Stop the hub first. Every entry of every stream is added to the target in the order of the source; then both',
    'are read again from the start, compared byte by byte, and the root of the log is recomputed from each. Nothing',
    'that is in either is changed. Killed on the way, run it again: it goes on where it was.',
    '',
    'Ends with 0 when both are the same, 1 when the target holds something else or more, or a root is wrong,',
    '2 when it was not understood, 3 when the source grew or a server is away.',
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, OPTIONS);
    const { out } = surroundings;
    const { json, anchor } = values;
    if (required('from', values.from) === required('to', values.to))
      throw new UsageError('bad-arguments', '--from and --to name the same ledger');
    const checkpoint =
      values.checkpoint === undefined
        ? undefined
        : await checkpointIn(values.checkpoint, required('anchor', anchor));
    const from = await ledgerNamed('from', values);
    try {
      const to = await ledgerNamed('to', values);
      try {
        const { streams, entries, added, log } = await carry(from.ledger, to.ledger, {
          ...(checkpoint === undefined ? {} : { checkpoint }),
          ...(json ? {} : { progress: progressTo(surroundings) }),
        });
        const root = log.root.toString('hex');
        if (json)
          out(
            JSON.stringify({
              same: true,
              streams,
              entries,
              added,
              log: { size: log.size, root },
              checkpoint: checkpoint?.size ?? null,
            }),
          );
        else {
          out(`carried: ${added} entries; ${entries - added} were there already`);
          out(`the same: ${entries} entries in ${streams} streams, byte for byte and in one order`);
          out(`log: ${log.size} leaves, on both sides with root ${root}`);
          if (checkpoint !== undefined)
            out(`checkpoint: at ${checkpoint.size} leaves both have the root that was signed`);
        }
        return 0;
      } finally {
        await to.close();
      }
    } finally {
      await from.close();
    }
  },
};
