import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Certificate,
  formatChainEntry,
  type OpenPgp,
  parseChainEntry,
  type SecretKey,
  type StatementEntry,
} from '@tripoint/envelope';
import {
  applyStatement,
  foundRegistry,
  formatTrustAnchor,
  parseTrustAnchor,
  type Registry,
  type TrustAnchor,
} from '@tripoint/federation';
import { type AgencyId, type Instant, isRefusal } from '@tripoint/kernel';
import { createRoot, FileSigningKeyring, type NewKeys, readCertificate } from './agency-keys.js';
import { namesIn, readWhole, settle, writeWhole } from './files.js';
import { KeysError } from './keys-error.js';
import { createLogKey } from './log-key.js';

// The folder of a ceremony:
//   anchor.json              what every process starts from; public
//   roots/<name>/            one root each; in earnest, each on its holder's own medium
//   log/                     the log's signing key
//   keys/<agency>/           an agency's keys
//   statements/000000.cbor   the registry's chain, as submitted

const ANCHOR = 'anchor.json';
const ROOTS = 'roots';
const LOG = 'log';
const KEYS = 'keys';
const STATEMENTS = 'statements';
/** The folder does not know at which leaves the log recorded its statements: they stand behind all that are dated. */
const FIRST_INDEX = BigInt(Number.MAX_SAFE_INTEGER);

/** What a federation is founded with. */
export type Founding = {
  readonly federation: string;
  readonly logName: string;
  /** Names of the roots' folders. */
  readonly roots: readonly string[];
  readonly threshold: number;
  readonly at: Instant;
  readonly passphrase?: string | undefined;
};

/** The registry as the folder's statements make it, and the one that still lacks signatures. */
export type FolderRegistry = {
  readonly registry: Registry;
  readonly pending: StatementEntry | undefined;
};

/** The files of a federation's ceremony. */
export class FederationFolder {
  private constructor(
    readonly path: string,
    readonly anchor: TrustAnchor,
    private readonly openpgp: OpenPgp,
  ) {}

  /**
   * Makes root keys, the log's key and the trust anchor.
   * @throws {KeysError} `key-exists` when the folder holds a federation, or keys, already
   */
  static async found(
    openpgp: OpenPgp,
    path: string,
    founding: Founding,
  ): Promise<FederationFolder> {
    const { federation, logName, roots, threshold, at, passphrase } = founding;
    const certificates: Uint8Array[] = [];
    for (const root of roots) {
      const keys = { name: `${federation} ${root}`, at, passphrase };
      certificates.push((await createRoot(openpgp, join(path, ROOTS, root), keys)).bytes);
    }
    const vkey = await createLogKey(join(path, LOG), logName);
    const anchor = { federation, roots: certificates, threshold, log: { name: logName, vkey } };
    // Last: a folder with an anchor is a founded federation.
    await writeWhole(join(path, ANCHOR), formatTrustAnchor(anchor), {
      secret: false,
      replace: false,
    });
    return new FederationFolder(path, anchor, openpgp);
  }

  /** @throws {KeysError} when there is no readable trust anchor */
  static async open(openpgp: OpenPgp, path: string): Promise<FederationFolder> {
    return new FederationFolder(path, await readTrustAnchor(join(path, ANCHOR)), openpgp);
  }

  /** Where an agency's keys are. */
  keysOf(agency: AgencyId): string {
    return join(this.path, KEYS, agency);
  }

  /** Where the log's key is. */
  get logFolder(): string {
    return join(this.path, LOG);
  }

  /** Names of the roots whose keys are in this folder. */
  async roots(): Promise<readonly string[]> {
    return namesIn(join(this.path, ROOTS));
  }

  /** The certificate of a root of this folder, whose keys are made where there are none yet. */
  async rootCertificate(root: string, keys: Omit<NewKeys, 'name'>): Promise<Certificate> {
    const folder = join(this.path, ROOTS, root);
    return (await this.roots()).includes(root)
      ? readCertificate(this.openpgp, folder)
      : createRoot(this.openpgp, folder, { name: `${this.anchor.federation} ${root}`, ...keys });
  }

  /** The signing key of a root: a name in this folder, or the path of its own folder on another medium. */
  async rootKey(root: string, passphrase?: string): Promise<SecretKey> {
    const folder = root.includes('/') || root.includes('\\') ? root : join(this.path, ROOTS, root);
    return (await FileSigningKeyring.load(this.openpgp, folder, passphrase)).key;
  }

  /**
   * Folds the folder's statements.
   * @throws {KeysError} `registry-broken` when one of them does not follow from those before
   */
  async registry(): Promise<FolderRegistry> {
    const founded = await foundRegistry(this.openpgp, this.anchor);
    if (isRefusal(founded)) throw new KeysError('folder-malformed', founded.detail);
    let registry = founded;
    const entries = await this.statements();
    for (const [place, entry] of entries.entries()) {
      const next = await applyStatement(this.openpgp, registry, entry, FIRST_INDEX + BigInt(place));
      if (!isRefusal(next)) registry = next;
      else if (next.refused === 'below-threshold' && place === entries.length - 1)
        return { registry, pending: entry };
      else throw new KeysError('registry-broken', `statement ${place}: ${next.refused}`);
    }
    return { registry, pending: undefined };
  }

  /** Every statement of the folder, in order, the unfinished last one included. */
  async statements(): Promise<readonly StatementEntry[]> {
    const entries: StatementEntry[] = [];
    for (const [place, name] of (await namesIn(join(this.path, STATEMENTS))).entries()) {
      const bytes = await readWhole(join(this.path, STATEMENTS, name), false);
      const entry = parseChainEntry(bytes);
      if (isRefusal(entry) || entry.kind !== 'statement' || name !== statementName(place))
        throw new KeysError('folder-malformed', `${name} is not statement ${place}`);
      entries.push(entry);
    }
    return entries;
  }

  /** Keeps the statement that stands at `seq`; one that got another signature takes its own place again. Answers its path. */
  async keep(seq: number, entry: StatementEntry): Promise<string> {
    const path = join(this.path, STATEMENTS, statementName(seq));
    await writeWhole(path, formatChainEntry(entry), { secret: false, replace: true });
    return path;
  }

  /** Takes the statement at `seq` out again, which no hub has; nothing may follow it. */
  async takeBack(seq: number): Promise<void> {
    await unlink(join(this.path, STATEMENTS, statementName(seq)));
    await settle(join(this.path, STATEMENTS));
  }
}

const statementName = (seq: number): string => `${seq.toString().padStart(6, '0')}.cbor`;

/** The trust anchor in a file. */
export const readTrustAnchor = async (path: string): Promise<TrustAnchor> => {
  const anchor = parseTrustAnchor(await readWhole(path, false));
  if (isRefusal(anchor)) throw new KeysError('folder-malformed', `${path} is not a trust anchor`);
  return anchor;
};
