import { HubError } from '@tripoint/kernel';
import {
  configuration,
  ConfigurationError,
  engine,
  NODE_SETTINGS,
  type ReadFile,
  secret,
  type Shape,
} from '@tripoint/platform';
import { agencySettings } from '../../apps/agency/src/agency.settings.js';
import { hubSettings } from '../../apps/hub/src/hub.settings.js';
import { oversightSettings } from '../../apps/oversight/src/oversight.settings.js';
import { projectorSettings } from '../../apps/projector/src/projector.settings.js';
import { witnessSettings } from '../../apps/witness/src/witness.settings.js';

/** What each app can be told, as its own main reads it. */
const SHAPES: Readonly<Record<string, Shape>> = {
  HUB: { ...NODE_SETTINGS, ...hubSettings },
  AGENCY: { ...NODE_SETTINGS, ...agencySettings },
  PROJECTOR: { ...NODE_SETTINGS, ...projectorSettings },
  OVERSIGHT: { ...NODE_SETTINGS, ...oversightSettings },
  WITNESS: { ...NODE_SETTINGS, ...witnessSettings },
};
/** What the command line is told: the server for `database prepare` and the one for `ledger provision`, and the part of an app's settings that `officer add` needs. */
const COMMANDS: readonly (readonly [string, Shape])[] = [
  ['TRIPOINT', { server: engine(['postgres']) }],
  ['TRIPOINT', { eventstoredb: secret() }],
  ['TRIPOINT_AGENCY', { database: engine(['postgres']) }],
  ['TRIPOINT_OVERSIGHT', { accounts: engine(['postgres']) }],
];
/** The files that a folder of keys has to hold, and all that it may hold. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  TRIPOINT_HUB_KEYS: ['certificate.pgp', 'signing.pgp'],
  TRIPOINT_HUB_LOG_KEY: ['log.name', 'log.pem'],
  TRIPOINT_WITNESS_KEY: ['witness.name', 'witness.pem'],
  TRIPOINT_AGENCY_KEYS: ['certificate.pgp', 'signing.pgp'],
  TRIPOINT_PROJECTOR_KEYS: ['certificate.pgp', 'decryption.pgp'],
};

export type Variables = Readonly<Record<string, string>>;

const PEM = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';

const parsed = async (
  prefix: string,
  shape: Shape,
  variables: Variables,
  files: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const readFile: ReadFile = (path, secret) =>
    files.has(path)
      ? Promise.resolve(new TextEncoder().encode(secret ? 'x'.repeat(64) : PEM))
      : Promise.reject(new HubError('key-missing', 'it is not mounted', false));
  try {
    await configuration(prefix, shape, variables, readFile);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof ConfigurationError)) throw thrown;
    return thrown.faults;
  }
};

/**
 * What an app would say of these variables when it starts, where these files are mounted: the app's own parser answers, so a name
 * that is misspelt, a value that is none and a secret that is not there are all found. `app` undefined is the command line.
 */
export const faultsOfTold = async (
  app: string | undefined,
  variables: Variables,
  files: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const names = Object.keys(variables).filter((name) => name.startsWith('TRIPOINT'));
  if (app === undefined) {
    const [prefix, shape] = COMMANDS.find(([begin, members]) =>
      names.every((name) =>
        name.startsWith(`${begin}_${Object.keys(members).join().toUpperCase()}`),
      ),
    ) ?? ['TRIPOINT', {}];
    return names.length === 0 ? [] : parsed(prefix, shape, variables, files);
  }
  const prefix = `TRIPOINT_${app.toUpperCase()}`;
  const shape = SHAPES[app.toUpperCase()];
  if (shape === undefined) return [`there is no app \`${app}\``];
  const strange = names.filter((name) => !name.startsWith(`${prefix}_`));
  const anchor = variables[`${prefix}_ANCHOR`] ?? '';
  return [
    ...(await parsed(prefix, shape, variables, files)),
    ...strange.map((name) => `\`${name}\` is not for this app`),
    ...(files.has(anchor) ? [] : [`\`${prefix}_ANCHOR\` names a file that is not mounted`]),
    ...Object.entries(FOLDERS).flatMap(([name, wanted]) => {
      if (!name.startsWith(`${prefix}_`)) return [];
      const folder = `${variables[name] ?? ''}/`;
      // What was sealed to a key that was replaced whole opens with the old one.
      const held = [...files]
        .filter((path) => path.startsWith(folder) && !path.startsWith(`${folder}retired/`))
        .sort();
      return held.join() === wanted.map((file) => folder + file).join()
        ? []
        : [`\`${name}\` is to hold ${wanted.join(' and ')}, and nothing else`];
    }),
  ];
};

const SECRET_NAME = /PASSWORD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL/;

/** Variables whose name says that a secret is in them, and not in a file that they name; and values that carry one. */
export const secretsTold = (variables: Variables): readonly string[] =>
  Object.entries(variables).flatMap(([name, value]) => [
    ...(SECRET_NAME.test(name) && !(name.endsWith('_FILE') && value.startsWith('/'))
      ? [`\`${name}\` holds a secret, not the path of one`]
      : []),
    ...(/:\/\/[^/\s]*:[^/\s]*@/.test(value) ? [`\`${name}\` carries a password in a URL`] : []),
  ]);
