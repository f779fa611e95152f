import { jsonEvent, type JSONEventType } from '@eventstore/db-client';
import { HubError } from '@tripoint/kernel';

import { type ConnectionSettings } from './connection-settings.js';
import { meaningOf } from './faults.js';
import { Server } from './server.js';

/** Users or groups of the server, by the name it knows them under. */
export type LedgerRoles = {
  /** The hub's processes: they append, and read. */
  readonly writers: readonly string[];
  /** Whoever follows the log: oversight. */
  readonly readers: readonly string[];
};

/** An access control list in the server's own spelling. */
type Acl = {
  readonly $r: readonly string[];
  readonly $w: readonly string[];
  readonly $d: readonly string[];
  readonly $mr: readonly string[];
  readonly $mw: readonly string[];
};

type Stored = Readonly<Record<string, unknown>>;

const ADMINS = '$admins';
/** Where the server keeps what holds for every stream that has no list of its own. */
const SETTINGS = '$settings';
/** Where it keeps who may read everything in the order of the log. */
const ALL_METADATA = '$$$all';
const PATIENCE = 3000;

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

const aclFor = ({
  writers,
  readers,
}: LedgerRoles): { readonly streams: Acl; readonly all: Acl } => {
  const everybody = unique([ADMINS, ...writers, ...readers]);
  const nobodyElse = [ADMINS];
  return {
    // Nobody in the federation deletes a stream or gives it an end; its operator can, and the Merkle log shows it.
    streams: {
      $r: everybody,
      $w: unique([...writers]),
      $d: nobodyElse,
      $mr: everybody,
      $mw: nobodyElse,
    },
    all: { $r: everybody, $w: nobodyElse, $d: nobodyElse, $mr: nobodyElse, $mw: nobodyElse },
  };
};

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/u;

/** What {@link provisionLedger} did: the streams it has changed, none when everything was so already. */
export type Provisioned = { readonly changed: readonly string[] };

/**
 * Says on the server who may append to the ledger and who may read it. Run it as an administrator, before the hub is
 * started for the first time; repeated, it changes nothing. It goes for every stream that has no list of its own, so the
 * server should hold nothing but the ledger. Users and their passwords are made with the server's tools.
 * @throws {HubError} `ledger-roles-unfit`, `ledger-denied`, or `ledger-away`
 */
export const provisionLedger = async (
  settings: ConnectionSettings,
  roles: LedgerRoles,
): Promise<Provisioned> => {
  const names = [...roles.writers, ...roles.readers];
  const unfit = names.filter((name) => !NAME.test(name));
  if (roles.writers.length === 0 || unfit.length > 0)
    throw new HubError(
      'ledger-roles-unfit',
      unfit.length > 0 ? `\`${unfit.join('`, `')}\` is no user or group` : 'nobody would write',
      false,
    );
  const { streams, all } = aclFor(roles);
  const server = new Server(settings, PATIENCE);
  try {
    const changed = [
      await keep(server, SETTINGS, 'update-default-acl', '$userStreamAcl', streams),
      await keep(server, ALL_METADATA, '$metadata', '$acl', all),
    ];
    return { changed: changed.flat() };
  } finally {
    await server.close();
  }
};

/** Replaces one key of what a system stream says last, and nothing else of it. */
const keep = (
  server: Server,
  stream: string,
  type: string,
  key: string,
  acl: Acl,
): Promise<readonly string[]> =>
  server.patiently(stream, async (driver) => {
    const newest = await server.last(driver, stream);
    const before: Stored =
      newest?.isJson === true && typeof newest.data === 'object' ? (newest.data as Stored) : {};
    if (JSON.stringify(before[key]) === JSON.stringify(acl)) return [];
    const event = jsonEvent<JSONEventType>({ type, data: { ...before, [key]: acl } });
    try {
      await server.append(driver, stream, newest?.revision ?? -1n, [event]);
    } catch (error) {
      if (meaningOf(error) !== 'overtaken') throw error;
      throw new HubError(
        'ledger-away',
        `somebody else is changing ${stream}; run this again`,
        true,
        { cause: error },
      );
    }
    return [stream];
  });
