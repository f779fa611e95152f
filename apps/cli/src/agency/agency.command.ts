import { readPassphrase } from '@tripoint/adapters/keys';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import { isRefusal } from '@tripoint/kernel';
import { type Command, type Surroundings } from '../command.js';
import { postgresIn } from '../database/server.js';
import { dispatch } from '../dispatch.js';
import { agencyId, fingerprint, optionsOf, required } from '../federation/arguments.js';
import { deliveries } from './deliveries.js';
import { drill } from './drill.js';
import { transcript } from './transcript.js';
import { destroyEpoch, epochsOf, type OwnCopy } from './epochs.js';

const OWN = {
  agency: { type: 'string' },
  anchor: { type: 'string' },
} as const;

const OWN_USAGE = [
  '  --anchor FILE      the federation’s trust anchor',
  'Finds the database by the projector’s own variables: TRIPOINT_PROJECTOR_DATABASE, with _USER, _PASSWORD_FILE and _CA_FILE.',
].join('\n');

const withOwn = async <T>(
  values: { readonly agency?: string | undefined; readonly anchor?: string | undefined },
  { environment, now }: Surroundings,
  work: (own: OwnCopy) => Promise<T>,
): Promise<T> => {
  const agency = agencyId('agency', values.agency);
  const anchor = required('anchor', values.anchor);
  const database = new AgencyDatabase(
    await postgresIn(environment, 'TRIPOINT_PROJECTOR', 'database'),
  );
  try {
    await database.check();
    return await work({ openpgp: new OpenPgpJs(), agency, anchor, database, now });
  } finally {
    await database.close();
  }
};

const epochs: Command = {
  summary: 'say where each encryption subkey of an agency stands',
  usage: ['tripoint agency epochs --agency ID --anchor FILE', '', OWN_USAGE].join('\n'),
  run: async (args, surroundings) => {
    const standings = await withOwn(optionsOf(args, OWN), surroundings, epochsOf);
    for (const { subkey, state, left, keptUntil } of standings)
      surroundings.out(
        [
          subkey,
          state,
          ...(state === 'live' ? [`${left} wraps to be carried on`] : []),
          ...(keptUntil === undefined || state === 'destroyed' ? [] : [`kept until ${keptUntil}`]),
        ].join('  '),
      );
    return 0;
  },
};

const destroy: Command = {
  summary: 'destroy the secret of a retired encryption subkey',
  usage: [
    'tripoint agency destroy-epoch --agency ID --anchor FILE --keys FOLDER --out FILE [options]',
    '',
    'Refused while anything live is wrapped to the subkey, and before the time is over for which it is kept. Writes the agency’s',
    'signed word that it is gone; `tripoint federation epoch-destroyed --claim FILE` puts that on record. Afterwards start the',
    'projector again, which has the secret in its memory, and destroy the backups in which it is: nobody else can.',
    '  --keys FOLDER      the projector’s, with decryption.pgp',
    '  --signing FOLDER   the front door’s, with signing.pgp (default: the same)',
    '  --subkey HEX       default: the oldest that is retired and not destroyed',
    '  --out FILE         where the claim is written',
    OWN_USAGE,
  ].join('\n'),
  run: async (args, surroundings) => {
    const values = optionsOf(args, {
      ...OWN,
      keys: { type: 'string' },
      signing: { type: 'string' },
      subkey: { type: 'string' },
      out: { type: 'string' },
    });
    const keys = required('keys', values.keys);
    const out = required('out', values.out);
    const passphrase = await readPassphrase(surroundings.environment);
    const destroyed = await withOwn(values, surroundings, (own) =>
      destroyEpoch(own, {
        subkey: values.subkey === undefined ? undefined : fingerprint('subkey', values.subkey),
        keys,
        signing: values.signing ?? keys,
        out,
        passphrase,
      }),
    );
    if (isRefusal(destroyed)) {
      surroundings.err(`tripoint: ${destroyed.refused}: ${destroyed.detail}`);
      return 1;
    }
    surroundings.out(`epoch ${destroyed} is destroyed here; claim: ${out}`);
    return 0;
  },
};

/** `tripoint agency …`: what an agency does beside its running processes, or asks its own door. */
export const agency: Command = dispatch(
  'tripoint agency',
  'an agency’s own encryption subkeys, and what it tells data subjects',
  {
    epochs,
    'destroy-epoch': destroy,
    drill,
    transcript,
    deliveries,
  },
);
