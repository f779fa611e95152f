import {
  type Entitled,
  mediaType,
  openBody,
  type OpenPgp,
  pae,
  parseChainEntry,
  parseDescriptor,
  parseHeader,
  type SecretKey,
  sha256,
  utf8,
  hex,
} from '@tripoint/envelope';
import {
  formatTrustAnchor,
  type Registry,
  RegistryCopy,
  type TrustAnchor,
} from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  HubError,
  type Instant,
  isRefusal,
  type Refusal,
} from '@tripoint/kernel';
import { parseLeaf, type SaltedRecord } from '@tripoint/ledger';
import { parseRecord } from '@tripoint/replay';
import { formatTrustPolicy, type TrustPolicy } from '@tripoint/transparency';
import { formatBundle } from './bundle.js';
import { type Complete, type CompleteEvidence, completeFiles } from './complete.js';
import { type Consultation, formatCustody } from './custody.js';
import { type Builder, type CarriedEvent, entitling, fingerprintsOf } from './entitling.js';
import { type Instructed, instructions } from './instructions.js';
import { leafFiles, type ProvedLeaf } from './leaf-proof.js';
import { formatManifest, inOrder, MANIFEST_KIND } from './manifest.js';
import * as names from './names.js';

/** An event, as far as the builder was given it. */
export type EventEvidence = {
  readonly proved: ProvedLeaf;
  /** The compartments that go into the bundle, and no others. */
  readonly part: Entitled;
  readonly routing?: Uint8Array;
  readonly origin: Uint8Array | null;
  /** Verdicts on these compartments that the builder was given. */
  readonly records: readonly SaltedRecord[];
  /** Session keys to be disclosed, by descriptor. */
  readonly keys: ReadonlyMap<Digest, Uint8Array>;
};

/** A line of the registry's chain, and its leaf. */
export type StatementEvidence = { readonly proved: ProvedLeaf; readonly entry: Uint8Array };

/** All that goes into a bundle. */
export type EvidenceDraft = {
  readonly builder: AgencyId;
  readonly at: Instant;
  readonly courtFile: string;
  readonly anchor: TrustAnchor;
  readonly policy: TrustPolicy;
  readonly events: readonly EventEvidence[];
  /** In log order, from the first. */
  readonly statements: readonly StatementEvidence[];
  /** By which the log says how much there is of the registry; the newest that is held. */
  readonly complete?: CompleteEvidence | undefined;
  readonly consultations: readonly Consultation[];
};

/**
 * The bundle, signed by its builder. The same draft and the same signature are the same bytes. What it holds is not checked: whoever
 * hands it out verifies it first, as its reader will.
 * @throws {HubError} `evidence-inconsistent` when what is held does not fit together
 */
export const buildEvidence = async (
  openpgp: OpenPgp,
  draft: EvidenceDraft,
  signing: SecretKey,
): Promise<Buffer> => {
  const registry = await registryOf(openpgp, draft);
  const files = new Map<string, Uint8Array>();
  const put = (folder: string, some: ReadonlyMap<string, Uint8Array>): void => {
    for (const [name, bytes] of some) files.set(`${folder}/${name}`, bytes);
  };
  const bundles = new Set<Digest>();
  const builder: Builder = {
    agency: draft.builder,
    at: draft.at,
    fingerprints: fingerprintsOf(registry, draft.builder),
    isDoubted: (agency, leaf) => registry.isTainted(agency, BigInt(leaf)),
  };
  const events: Instructed['events'][number][] = [];
  for (const event of [...draft.events].sort((a, b) => a.proved.index - b.proved.index)) {
    const folder = names.eventFolder(event.proved.index);
    const { issuer } = readable(parseHeader(event.part.header));
    const certificate = await signerOf(openpgp, registry, issuer, event.part);
    files.set(names.certificateName(certificate.fingerprint), certificate.bytes);
    put(folder, leafFiles(event.proved));
    put(folder, eventFiles(event));
    for (const { record } of event.records) {
      const read = readable(parseRecord(record));
      if (read.about === 'verdict') bundles.add(read.verdict.bundle);
    }
    events.push({
      event: await carried(openpgp, event, builder),
      certificate: certificate.fingerprint,
    });
  }
  for (const { proved, entry } of draft.statements) {
    const folder = names.statementFolder(proved.index);
    put(folder, leafFiles(proved));
    files.set(`${folder}/${names.STATEMENT}`, entry);
    const statement = readable(parseChainEntry(entry));
    const attachment = statement.kind === 'statement' ? statement.attachment : undefined;
    if (attachment !== undefined && bundles.has(sha256(attachment)))
      files.set(names.bundleName(sha256(attachment)), attachment);
  }
  const { complete } = draft;
  if (complete !== undefined)
    for (const [name, bytes] of completeFiles(complete)) files.set(name, bytes);
  const own = registry
    .certificatesOfAgency(draft.builder)
    .find(({ certificate }) => signing.signing.some((key) => certificate.signing.includes(key)));
  if (own === undefined) throw inconsistent('the builder’s key is not in the registry');
  const { certificate } = own;
  files.set(names.certificateName(certificate.fingerprint), certificate.bytes);
  files.set(names.ANCHOR, formatTrustAnchor(draft.anchor));
  files.set(names.POLICY, formatTrustPolicy(draft.policy));
  const { consultations } = draft;
  files.set(names.CUSTODY, formatCustody({ v: 1, agency: draft.builder, consultations }));
  const entitled = entitling(
    events.map(({ event }) => event),
    builder,
  );
  files.set(
    names.INSTRUCTIONS,
    instructions({
      builder: draft.builder,
      builderCertificate: certificate.fingerprint,
      entitled,
      complete: complete === undefined ? null : placeOf(complete),
      events,
    }),
  );
  return signed(openpgp, draft, files, signing);
};

const signed = async (
  openpgp: OpenPgp,
  { anchor, builder, at, courtFile }: EvidenceDraft,
  files: ReadonlyMap<string, Uint8Array>,
  signing: SecretKey,
): Promise<Buffer> => {
  const ordered = [...files].sort(([one], [other]) => inOrder(one, other));
  const manifestBytes = formatManifest({
    v: 1,
    federation: anchor.federation,
    builder,
    at,
    courtFile,
    files: ordered.map(([name, bytes]) => ({ name, size: bytes.length, sha256: sha256(bytes) })),
  });
  const signature = await openpgp.sign(pae(mediaType(MANIFEST_KIND), manifestBytes), signing);
  return formatBundle({ manifestBytes, signature, files: new Map(ordered) });
};

const eventFiles = ({
  part,
  routing,
  origin,
  records,
  keys,
}: EventEvidence): ReadonlyMap<string, Uint8Array> => {
  const files = new Map<string, Uint8Array>([
    [names.HEADER, part.header],
    [names.SIGNED, pae(mediaType('header'), part.header)],
    [names.SIGNATURE, part.signature],
  ]);
  if (routing !== undefined) files.set(names.ROUTING, routing);
  if (origin !== null) files.set(names.ORIGIN, origin);
  for (const { descriptor, body } of part.compartments) {
    const { name } = readable(parseDescriptor(descriptor));
    files.set(names.descriptorName(name), descriptor);
    files.set(names.bodyName(name), body);
    const key = keys.get(sha256(descriptor));
    if (key !== undefined) files.set(names.sessionKeyName(name), utf8(`${hex(key)}\n`));
  }
  for (const [at, { salt, record }] of records.entries()) {
    files.set(names.recordName(at), record);
    files.set(names.saltName(at), utf8(`${hex(salt)}\n`));
  }
  return files;
};

/** What a reader will make of it. What a key does not open is left to the reader to find. */
const carried = async (
  openpgp: OpenPgp,
  { proved, part, records, keys }: EventEvidence,
  { fingerprints }: Builder,
): Promise<CarriedEvent> => {
  const header = readable(parseHeader(part.header));
  const compartments: CarriedEvent['compartments'][number][] = [];
  for (const { descriptor: bytes, body } of part.compartments) {
    const digest = sha256(bytes);
    const descriptor = readable(parseDescriptor(bytes));
    const key = keys.get(digest);
    const frame = key && (await openBody(openpgp, header, descriptor, body, key));
    compartments.push({ digest, descriptor, frame: isRefusal(frame) ? undefined : frame });
  }
  const allowed = records.flatMap(({ record }) => {
    const read = readable(parseRecord(record));
    return read.about === 'verdict' && read.verdict.allowed && fingerprints.has(read.agency)
      ? [read.descriptor]
      : [];
  });
  return {
    leaf: readable(parseLeaf(proved.leaf)),
    header,
    // As a reader of the bundle finds them.
    compartments: compartments.sort((one, other) =>
      one.descriptor.name < other.descriptor.name ? -1 : 1,
    ),
    allowed: new Set(allowed),
  };
};

const registryOf = async (
  openpgp: OpenPgp,
  { anchor, statements }: EvidenceDraft,
): Promise<Registry> => {
  const copy = await RegistryCopy.begin(openpgp, anchor);
  for (const { entry, proved } of statements)
    copy.take(readable(await copy.read(entry, proved.index)));
  return copy.latest;
};

const signerOf = async (
  openpgp: OpenPgp,
  registry: Registry,
  issuer: AgencyId,
  { header, signature }: Entitled,
) => {
  for (const { certificate } of registry.certificatesOfAgency(issuer))
    if (!isRefusal(await openpgp.verify(pae(mediaType('header'), header), signature, certificate)))
      return certificate;
  throw inconsistent('an event that is held is signed by nobody in the registry');
};

const placeOf = ({ proved }: CompleteEvidence): Complete => {
  const { index, time } = readable(parseLeaf(proved.leaf));
  return { leaf: index, at: time };
};

const inconsistent = (detail: string): HubError =>
  new HubError('evidence-inconsistent', detail, false);

const readable = <T>(outcome: T | Refusal): T => {
  if (isRefusal(outcome)) throw inconsistent(`what is held cannot be read: ${outcome.refused}`);
  return outcome;
};
