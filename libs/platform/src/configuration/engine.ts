import { isIP } from 'node:net';
import {
  type Setting,
  SettingError,
  type SettingFault,
  type Source,
  unusable,
} from './configuration.js';
import { isLoopback } from './loopback.js';
import { fileNamed, secretNamed } from './settings.js';

/** One server of an engine. */
export type EngineHost = { readonly host: string; readonly port: number };

/** Where an engine answers, and as whom we come. The password is a value: it goes to a driver and nowhere else. */
export type Engine<Kind extends string = string> = {
  readonly kind: Kind;
  /** Never empty; more than one only where the engine is a cluster. */
  readonly hosts: readonly EngineHost[];
  /** Of PostgreSQL; empty elsewhere. */
  readonly database: string;
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
  /** Undefined means plaintext. Without `ca`, the system's roots are trusted. */
  readonly tls: { readonly ca: string | undefined } | undefined;
};

/**
 * What an engine that we know looks like. `open`: where plaintext is spoken: on this machine by itself, elsewhere when that is said;
 * only when it is said, and then without a password; never, and only to somebody whose certificates we were given.
 */
type EngineForm = {
  readonly port: number;
  readonly many: boolean;
  readonly database: boolean;
  readonly anonymous: boolean;
  readonly open: 'here' | 'nameless' | 'never';
};
const ENGINES = {
  postgres: { port: 5432, many: false, database: true, anonymous: false, open: 'here' },
  kafka: { port: 9092, many: true, database: false, anonymous: false, open: 'never' },
  esdb: { port: 2113, many: true, database: false, anonymous: true, open: 'nameless' },
} as const satisfies Readonly<Record<string, EngineForm>>;

/** Engines by the scheme of their URL. */
export type EngineKind = keyof typeof ENGINES;

const USER = '_USER';
const PASSWORD = '_PASSWORD_FILE';
const CA = '_CA_FILE';
const PLAINTEXT = '_PLAINTEXT';

const FORM = /^([a-z]+):\/\/([^/?#]+)(?:\/([^/?#]*))?$/;
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,252}[A-Za-z0-9])?$/;
const DATABASE = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,62}$/;
const AUTHORITY = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/;

const hostIn = (authority: string, usual: number): EngineHost | undefined => {
  const [, six, name, digits] = AUTHORITY.exec(authority) ?? [];
  const host = six ?? name;
  const at = digits === undefined ? usual : Number(digits);
  if (host === undefined || at < 1 || at > 65_535) return undefined;
  return (six === undefined ? NAME.test(host) : isIP(host) === 6) ? { host, port: at } : undefined;
};

const PEM = /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/;

/**
 * An engine of one of these kinds, in up to five variables: `NAME` is its URL, without user and password
 * (`postgres://host:5432/database`, `kafka://a:9093,b:9093`, `esdb://a:2113`); `NAME_USER` and `NAME_PASSWORD_FILE` say as
 * whom we come; `NAME_CA_FILE` names the certificates that its own is checked against, instead of the system's.
 *
 * Every connection that leaves the machine is TLS, unless `NAME_PLAINTEXT` says `true` in so many words; with Kafka, even then, and
 * with EventStoreDB, where a password is given.
 */
export const engine = <const Kind extends EngineKind>(
  kinds: readonly Kind[],
): Setting<Engine<Kind>> => ({
  endings: ['', USER, PASSWORD, CA, PLAINTEXT],
  read: async (source) => {
    const faults: SettingFault[] = [];
    const place = await taking(faults, () => placeOf(source.given(''), kinds));
    const credentials = await credentialsOf(source, place?.kind, faults);
    const tls = await taking(faults, () => tlsOf(source, place));
    if (place === undefined || faults.length > 0) throw new SettingError(faults);
    return { ...place, credentials, tls };
  },
});

/** What `read` gives; its faults are added to those that are known. */
const taking = async <T>(
  faults: SettingFault[],
  read: () => Promise<T> | T,
): Promise<T | undefined> => {
  try {
    return await read();
  } catch (thrown) {
    if (!(thrown instanceof SettingError)) throw thrown;
    faults.push(...thrown.faults);
    return undefined;
  }
};

const placeOf = <Kind extends EngineKind>(
  given: string | undefined,
  kinds: readonly Kind[],
): Pick<Engine<Kind>, 'kind' | 'hosts' | 'database'> => {
  if (given === undefined) throw unusable('is missing');
  const [, scheme, authorities = '', path = ''] = FORM.exec(given) ?? [];
  const kind = kinds.find((known) => known === scheme);
  if (kind === undefined)
    throw unusable(`is not a URL of ${kinds.map((known) => `${known}:`).join(' or ')}`);
  if (authorities.includes('@'))
    throw unusable('carries a user name or a password, which belong in settings of their own');
  const { port, many, database } = ENGINES[kind];
  const hosts = authorities.split(',').flatMap((authority) => hostIn(authority, port) ?? []);
  if (hosts.length < authorities.split(',').length || (hosts.length > 1 && !many))
    throw unusable(many ? 'does not name hosts as a:1,b:2' : 'does not name one host as a:1');
  if (database ? !DATABASE.test(path) : path !== '')
    throw unusable(database ? 'does not end with the name of a database' : 'has a path');
  return { kind, hosts, database: path };
};

const credentialsOf = async (
  source: Source,
  kind: EngineKind | undefined,
  faults: SettingFault[],
): Promise<Engine['credentials']> => {
  const needed = kind !== undefined && !ENGINES[kind].anonymous;
  const isAnybody = source.given(USER) !== undefined || source.given(PASSWORD) !== undefined;
  if (!needed && !isAnybody) return undefined;
  const user = await taking(faults, () => userIn(source.given(USER)));
  const password = await taking(faults, () => secretNamed(source, PASSWORD));
  return user === undefined || password === undefined ? undefined : { user, password };
};

const userIn = (given: string | undefined): string => {
  if (given === undefined) throw unusable('is missing', USER);
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,127}$/.test(given))
    throw unusable('is not the name of a user', USER);
  return given;
};

const tlsOf = async (
  source: Source,
  place: Pick<Engine<EngineKind>, 'kind' | 'hosts'> | undefined,
): Promise<Engine['tls']> => {
  const plaintext = source.given(PLAINTEXT);
  if (plaintext !== undefined && plaintext !== 'true' && plaintext !== 'false')
    throw unusable('is neither true nor false', PLAINTEXT);
  const bytes = await fileNamed(source, CA, false);
  const ca = bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  if (ca !== undefined && !PEM.test(ca.trimStart()))
    throw unusable('names a file that does not hold certificates', CA);
  const isSaid = plaintext === 'true';
  if (isSaid && ca !== undefined)
    throw unusable('says true, and certificates are given as well', PLAINTEXT);
  switch (place === undefined ? undefined : ENGINES[place.kind].open) {
    case 'never':
      if (isSaid) throw unusable('says true, and this engine is reached by TLS alone', PLAINTEXT);
      if (ca === undefined) throw unusable('is missing', CA);
      return { ca };
    case 'nameless':
      if (isSaid && source.given(USER) !== undefined)
        throw unusable('says true, and a password would travel in the open', PLAINTEXT);
      return isSaid ? undefined : { ca };
    case 'here':
    case undefined: {
      const isHere = place?.hosts.every(({ host }) => isLoopback(host)) === true;
      return isSaid || (plaintext === undefined && ca === undefined && isHere) ? undefined : { ca };
    }
  }
};
