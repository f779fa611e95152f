import { hex, unhex, utf8 } from '@tripoint/envelope';
import { NO_STATEMENTS, type RegistrySum, withStatement } from '@tripoint/federation';
import { type Digest, type Instant, isRefusal } from '@tripoint/kernel';
import { recordDigest, type SaltedRecord } from '@tripoint/ledger';
import { parseRecord } from '@tripoint/replay';
import { EvidenceFault } from './fault.js';
import { leafFiles, type LogTrust, type ProvedLeaf, verifyLeafFiles } from './leaf-proof.js';
import * as names from './names.js';
import { type Opened } from './opened.js';

const SALT = /^[0-9a-f]{64}\n$/;

/** What the log said of how much there is of the registry: a leaf of kind `heads`, and its record. */
export type CompleteEvidence = { readonly proved: ProvedLeaf; readonly record: SaltedRecord };

/** No statement that the log took before this leaf is missing. */
export type Complete = { readonly leaf: number; readonly at: Instant };

/** A statement as it stands in the log. */
export type Stands = { readonly leaf: number; readonly entry: Digest };

/** Its files, by their whole names. */
export const completeFiles = ({
  proved,
  record: { salt, record },
}: CompleteEvidence): ReadonlyMap<string, Uint8Array> => {
  const folder = names.completeFolder(proved.index);
  const files: readonly (readonly [string, Uint8Array])[] = [
    ...leafFiles(proved),
    [names.recordName(0), record],
    [names.saltName(0), utf8(`${hex(salt)}\n`)],
  ];
  return new Map(files.map(([name, bytes]) => [`${folder}/${name}`, bytes]));
};

/**
 * Holds the statements of a bundle against what the log said last of all of them. Null where the bundle shows nothing of the kind: of
 * what was said after the newest statement in it, nobody can tell.
 */
export const completeIn = (
  opened: Opened,
  statements: readonly Stands[],
  trust: LogTrust,
): Complete | EvidenceFault | null => {
  const [folder, another] = opened.folders('complete');
  if (folder === undefined) return null;
  // A second one is looked at by nobody, and is found as a file too many.
  if (another !== undefined)
    return new EvidenceFault(`${another}/${names.LEAF}`, 'file-unexpected', 'one is enough');
  const logged = verifyLeafFiles(folder, (name) => opened.take(name), trust);
  if (logged instanceof EvidenceFault) return logged;
  const { leaf } = logged;
  if (leaf.kind !== 'heads')
    return new EvidenceFault(`${folder}/${names.LEAF}`, 'leaf-differs', 'it says nothing of that');
  const file = `${folder}/${names.recordName(0)}`;
  const record = opened.take(file);
  if (record instanceof EvidenceFault) return record;
  const saltFile = `${folder}/${names.saltName(0)}`;
  const salt = opened.take(saltFile);
  if (salt instanceof EvidenceFault) return salt;
  const text = salt.length > 65 ? '' : Buffer.from(salt).toString('latin1');
  if (!SALT.test(text)) return new EvidenceFault(saltFile, 'file-malformed', 'it is not a salt');
  const said = parseRecord(record);
  if (isRefusal(said) || said.about !== 'registry')
    return new EvidenceFault(file, 'file-malformed', 'it is no record of the registry');
  if (!leaf.records.includes(recordDigest({ salt: unhex(text.trim()), record })))
    return new EvidenceFault(file, 'leaf-differs', 'the leaf does not record it');
  const before = statements.filter((one) => one.leaf < leaf.index);
  const sum = before.reduce<RegistrySum>(
    (so, one) => withStatement(so, one.leaf, one.entry),
    NO_STATEMENTS,
  );
  return sum.count === said.count && sum.digest === said.digest
    ? { leaf: leaf.index, at: leaf.time }
    : new EvidenceFault(
        file,
        'statements-missing',
        `the log had taken ${said.count} statements of the registry before this leaf, and not these ${sum.count}`,
      );
};
