import {
  type Certificate,
  type OpenPgp,
  parseCanonical,
  sha256,
  type StatementEntry,
  type StatementCode,
  utf8,
  verifyStatement,
} from '@tripoint/envelope';
import {
  type ChainId,
  type Digest,
  type Fingerprint,
  isRefusal,
  type Refusal,
  refuse,
} from '@tripoint/kernel';
import { amend, type AmendmentCode } from './amend.js';
import { claimFault } from './destruction.js';
import { Registry } from './registry.js';
import { isRegistryStatement } from './schema.js';
import { type RegistryStatement, statementFamily } from './statement.js';
import { type TrustAnchor } from './trust-anchor.js';

/** Why a statement does not change the registry. */
export type RegistryCode =
  | StatementCode
  | AmendmentCode
  | 'statement-unknown'
  | 'other-federation'
  | 'out-of-sequence'
  | 'wrong-prev'
  | 'index-behind'
  | 'root-certificate-malformed'
  | 'certificate-malformed'
  | 'claim-refused'
  | 'attachment-unexpected'
  | 'attachment-missing'
  | 'attachment-mismatch';

const NO_DIGEST = '0'.repeat(64) as Digest;

/** The registry before its first statement: the trust anchor's roots and nobody else. */
export const foundRegistry = async (
  openpgp: OpenPgp,
  anchor: TrustAnchor,
): Promise<Registry | Refusal<'root-certificate-malformed'>> => {
  const roots = await certificates(openpgp, anchor.roots);
  if (isRefusal(roots))
    return refuse(
      'root-certificate-malformed',
      'a root certificate of the trust anchor is unusable',
    );
  return new Registry({
    anchor,
    digest: sha256(utf8('tripoint/registry/v1\0'), utf8(anchor.federation), ...anchor.roots),
    index: -1n,
    next: { seq: 0, prev: NO_DIGEST },
    roots,
    threshold: anchor.threshold,
    agencies: new Map(),
    chains: new Map(),
    certificates: [],
    epochs: new Map(),
    attestations: [],
    revoked: new Map(),
    pairs: new Map(),
    custody: undefined,
    policy: undefined,
  });
};

/**
 * The registry after the statement that the log recorded at leaf `index`, or why it stays as it is. Never throws: whoever
 * reaches the registry's door controls every byte of `entry`. Pure but for `openpgp`'s arithmetic; `registry` is untouched.
 */
export const applyStatement = async (
  openpgp: OpenPgp,
  registry: Registry,
  entry: StatementEntry,
  index: bigint,
): Promise<Registry | Refusal<RegistryCode>> => {
  const read = await readEntry(openpgp, registry, entry, index);
  if (isRefusal(read)) return read;
  return (
    (await signedByRoots(openpgp, registry, entry, read)) ?? build(registry, entry, index, read)
  );
};

/**
 * The registry as it would be if enough roots signed: what a root holder looks at before signing. The answer is for
 * eyes only, because nobody may have signed anything.
 */
export const previewStatement = async (
  openpgp: OpenPgp,
  registry: Registry,
  entry: StatementEntry,
  index: bigint,
): Promise<Registry | Refusal<RegistryCode>> => {
  const read = await readEntry(openpgp, registry, entry, index);
  return isRefusal(read) ? read : build(registry, entry, index, read);
};

/** The roots that have signed so far. One bad signature spoils the statement, so none is kept unlooked at. */
export const signersOf = async (
  openpgp: OpenPgp,
  registry: Registry,
  entry: StatementEntry,
): Promise<readonly Fingerprint[] | Refusal<RegistryCode>> => {
  const read = await readEntry(openpgp, registry, entry, registry.index + 1n);
  if (isRefusal(read) || entry.signatures.length === 0) return isRefusal(read) ? read : [];
  return signersAmong(openpgp, registry, entry, read, 1);
};

/** A statement in its place, with what it names at hand; nothing is said of its signatures. */
type ReadEntry = {
  readonly statement: RegistryStatement;
  readonly certificates: readonly Certificate[];
  readonly attachment: Uint8Array | undefined;
};

const readEntry = async (
  openpgp: OpenPgp,
  registry: Registry,
  entry: StatementEntry,
  index: bigint,
): Promise<ReadEntry | Refusal<RegistryCode>> => {
  const statement = parseStatement(entry.body);
  if (isRefusal(statement)) return statement;
  const misplaced = inPlace(registry, statement, index);
  if (misplaced !== undefined) return misplaced;
  if (entry.statement !== statementFamily(statement.kind))
    return refuse('statement-unknown', 'the entry announces another family of statement');
  const attachment = attachmentOf(statement, entry.attachment);
  if (isRefusal(attachment)) return attachment;
  if (statement.kind === 'epoch-destroyed') {
    const fault = await claimFault(openpgp, registry, statement, statement.claim);
    if (fault !== undefined)
      return refuse('claim-refused', `the agency has not signed that: ${fault.refused}`);
  }
  const named = await certificates(openpgp, certificateTexts(statement).map(fromBase64));
  return isRefusal(named)
    ? refuse('certificate-malformed', 'a certificate in the statement is unusable')
    : { statement, certificates: named, attachment };
};

const build = (
  registry: Registry,
  entry: StatementEntry,
  index: bigint,
  { statement, ...named }: ReadEntry,
): Registry | Refusal<AmendmentCode> => {
  const changes = amend(registry.state, statement, { index, ...named });
  if (isRefusal(changes)) return changes;
  const digest = sha256(entry.body);
  return new Registry({
    ...registry.state,
    ...changes,
    index,
    digest: sha256(utf8(`${registry.digest} ${index.toString()} ${digest}`)),
    next: { seq: statement.seq + 1, prev: digest },
  });
};

/** The statement in these bytes; its signatures are not looked at. */
export const parseStatement = (
  bytes: Uint8Array,
):
  | RegistryStatement
  | Refusal<'statement-malformed' | 'statement-not-canonical' | 'statement-unknown'> => {
  const value = parseCanonical(bytes);
  if (isRefusal(value))
    return value.refused === 'json-not-canonical'
      ? refuse('statement-not-canonical', 'a statement is canonical JSON')
      : refuse('statement-malformed', 'a statement is JSON within bounds');
  return isRegistryStatement(value)
    ? value
    : refuse('statement-unknown', 'no registry statement of this version looks like this');
};

/**
 * The chain forked at leaf `index`: nothing more is admitted on it until a threshold of roots says so. Freezing is the
 * log's doing and no statement, so it may be repeated, and a chain that nobody registered stays unknown.
 */
export const freezeChain = (registry: Registry, chain: ChainId, index: bigint): Registry => {
  const found = registry.state.chains.get(chain);
  if (found === undefined || found.frozen) return registry;
  return new Registry({
    ...registry.state,
    index: index > registry.index ? index : registry.index,
    digest: sha256(utf8(`${registry.digest} ${index.toString()} frozen ${chain}`)),
    chains: new Map(registry.state.chains).set(chain, { ...found, frozen: true }),
  });
};

const inPlace = (
  registry: Registry,
  statement: RegistryStatement,
  index: bigint,
): Refusal<RegistryCode> | undefined => {
  if (statement.federation !== registry.anchor.federation)
    return refuse('other-federation', 'the statement was made for another federation');
  if (statement.seq !== registry.next.seq)
    return refuse('out-of-sequence', `the registry expects statement ${registry.next.seq}`);
  if (statement.prev !== registry.next.prev)
    return refuse('wrong-prev', 'the statement does not follow the newest one');
  if (index <= registry.index)
    return refuse('index-behind', 'the registry already stands at a later leaf');
  return undefined;
};

const attachmentOf = (
  statement: RegistryStatement,
  attachment: Uint8Array | undefined,
): Uint8Array | undefined | Refusal<RegistryCode> => {
  if (statement.kind !== 'policy-activated')
    return attachment === undefined
      ? undefined
      : refuse('attachment-unexpected', `nothing is attached to ${statement.kind}`);
  if (attachment === undefined)
    return refuse('attachment-missing', 'the policy bundle travels with its activation');
  return sha256(attachment) === statement.bundle
    ? attachment
    : refuse('attachment-mismatch', 'the bundle is not the one that the statement names');
};

const certificateTexts = (statement: RegistryStatement): readonly string[] =>
  'certificates' in statement
    ? statement.certificates
    : 'certificate' in statement
      ? [statement.certificate]
      : [];

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

const certificates = async (
  openpgp: OpenPgp,
  all: readonly Uint8Array[],
): Promise<readonly Certificate[] | Refusal<'bad-certificate'>> => {
  const parsed: Certificate[] = [];
  for (const bytes of all) {
    const certificate = await openpgp.certificate(bytes);
    if (isRefusal(certificate)) return certificate;
    parsed.push(certificate);
  }
  return parsed;
};

/** Two people at the least put a policy into force, however few a federation asks for otherwise. */
const LEAST_POLICY_SIGNERS = 2;

const signedByRoots = async (
  openpgp: OpenPgp,
  registry: Registry,
  entry: StatementEntry,
  read: ReadEntry,
): Promise<Refusal<RegistryCode> | undefined> => {
  const { statement, certificates: named } = read;
  const needed =
    statement.kind === 'policy-activated'
      ? Math.max(registry.threshold, LEAST_POLICY_SIGNERS)
      : registry.threshold;
  const signers = await signersAmong(openpgp, registry, entry, read, needed);
  if (isRefusal(signers)) return signers;
  const count = (roots: readonly Certificate[]): number =>
    roots.filter(({ fingerprint }) => signers.includes(fingerprint)).length;
  // INVARIANT: signatures of incoming roots never make up for missing ones of those in office.
  if (count(registry.roots) < needed)
    return refuse('below-threshold', `${needed} of the roots in office must sign`);
  if (statement.kind === 'root-rotated' && count(named) < statement.threshold)
    return refuse('below-threshold', 'the incoming roots must sign too, as many as will be needed');
  return undefined;
};

/** Who signed; a refusal when one signature is bad, repeated or by anybody but the roots, or when there are fewer than `least`. */
const signersAmong = async (
  openpgp: OpenPgp,
  registry: Registry,
  entry: StatementEntry,
  { statement, certificates: named }: ReadEntry,
  least: number,
): Promise<readonly Fingerprint[] | Refusal<RegistryCode>> => {
  const incoming = statement.kind === 'root-rotated' ? named : [];
  const known = new Set(registry.roots.map(({ fingerprint }) => fingerprint));
  const verified = await verifyStatement(
    openpgp,
    statementFamily(statement.kind),
    entry.body,
    entry.signatures,
    [...registry.roots, ...incoming.filter(({ fingerprint }) => !known.has(fingerprint))],
    least,
  );
  return isRefusal(verified) ? verified : verified.signers;
};
