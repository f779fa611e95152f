import {
  entryDigest,
  type OpenPgp,
  mediaType,
  pae,
  parseChainEntry,
  sameBytes,
} from '@tripoint/envelope';
import { formatTrustAnchor, RegistryCopy, type TrustAnchor } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type Fingerprint,
  HubError,
  isRefusal,
} from '@tripoint/kernel';
import { type NeedToKnow } from '@tripoint/policy';
import { parseTrustPolicy, parseVerifierKey, type TrustPolicy } from '@tripoint/transparency';
import { type Bundle, readBundle } from './bundle.js';
import { type Complete, completeIn, type Stands } from './complete.js';
import { type Custody, parseCustody } from './custody.js';
import { type Builder, type Entitled, entitling, fingerprintsOf } from './entitling.js';
import { EvidenceFault } from './fault.js';
import { instructions } from './instructions.js';
import { type LogTrust, verifyLeafFiles } from './leaf-proof.js';
import { type Manifest, MANIFEST_KIND, MANIFEST_SIGNATURE } from './manifest.js';
import * as names from './names.js';
import { type VerifiedEvent, verifyEvent } from './verify-event.js';
import { Opened } from './opened.js';

/** What a verifier believes, had from elsewhere than the bundle. */
export type Believed = {
  readonly anchor: TrustAnchor;
  /** Without it the bundle's own policy says whose cosignatures suffice, and nobody vouches for that but the builder. */
  readonly policy?: TrustPolicy | undefined;
};

/** A bundle in which nothing was found wrong. */
export type VerifiedEvidence = {
  readonly manifest: Manifest;
  /** In log order. */
  readonly events: readonly VerifiedEvent[];
  /** What the builder holds by a grant, and what it was permitted to use. */
  readonly entitled: Entitled;
  readonly statements: number;
  /** Before which leaf no statement of the registry was left out; null where the bundle does not show it. */
  readonly complete: Complete | null;
  /** The builder's word, in form. */
  readonly custody: Custody;
  /** Whose cosignatures suffice was taken from the bundle itself. */
  readonly ownPolicy: boolean;
};

/**
 * Verifies a bundle without a network: its bytes, the registry from the trust anchor, and then everything else from the registry and
 * the witnesses. Answers the first thing wrong and in which file it is. Never throws for what the bytes hold: whoever made the
 * bundle, and whoever carried it, control them.
 * @throws {HubError} when the trust anchor itself is of no use
 */
export const verifyEvidence = async (
  bytes: Uint8Array,
  believed: Believed,
  openpgp: OpenPgp,
): Promise<VerifiedEvidence | EvidenceFault> => {
  const bundle = readBundle(bytes);
  if (bundle instanceof EvidenceFault) return bundle;
  const opened = new Opened(bundle.files);
  const trust = trustOf(opened, believed);
  if (trust instanceof EvidenceFault) return trust;
  const read = await registryIn(opened, believed.anchor, trust, openpgp);
  if (read instanceof EvidenceFault) return read;
  const { registry, statements } = read;
  const complete = completeIn(opened, statements, trust);
  if (complete instanceof EvidenceFault) return complete;
  const signer = await builderOf(bundle, registry, openpgp);
  if (signer instanceof EvidenceFault) return signer;
  const own = takeCertificate(opened, registry, signer);
  if (own !== undefined) return own;

  const { at, builder: agency } = bundle.manifest;
  const builder: Builder = {
    agency,
    at,
    fingerprints: fingerprintsOf(registry.latest, agency),
    isDoubted: (one, leaf) => registry.latest.isTainted(one, BigInt(leaf)),
  };
  const rules = new Map<Digest, NeedToKnow>();
  const events: VerifiedEvent[] = [];
  for (const folder of opened.folders('events')) {
    const event = await verifyEvent(folder, {
      opened,
      trust,
      registry,
      openpgp,
      builder,
      rules,
    });
    if (event instanceof EvidenceFault) return event;
    const unknown = takeCertificate(opened, registry, event.signer);
    if (unknown !== undefined) return unknown;
    events.push(event);
  }
  const entitled = entitling(events, builder);
  const without = entitlingFault(entitled, agency);
  if (without !== undefined) return without;
  const custody = custodyIn(opened, bundle.manifest);
  if (custody instanceof EvidenceFault) return custody;
  return (
    instructionsFault(opened, bundle.manifest, signer, { events, entitled, complete }) ??
    opened.leftOver() ?? {
      manifest: bundle.manifest,
      events,
      entitled,
      statements: statements.length,
      complete,
      custody,
      ownPolicy: believed.policy === undefined,
    }
  );
};

const trustOf = (opened: Opened, { anchor, policy }: Believed): LogTrust | EvidenceFault => {
  const key = parseVerifierKey(anchor.log.vkey);
  if (isRefusal(key)) throw new HubError('anchor-unusable', key.detail, false);
  const anchorBytes = opened.take(names.ANCHOR);
  if (anchorBytes instanceof EvidenceFault) return anchorBytes;
  if (!sameBytes(anchorBytes, formatTrustAnchor(anchor)))
    return new EvidenceFault(
      names.ANCHOR,
      'anchor-differs',
      'the bundle was built under another trust anchor',
    );
  const policyBytes = opened.take(names.POLICY);
  if (policyBytes instanceof EvidenceFault) return policyBytes;
  const own = parseTrustPolicy(policyBytes);
  if (isRefusal(own)) return new EvidenceFault(names.POLICY, 'file-malformed', own.detail);
  return { key, policy: policy ?? own };
};

/** The registry as its statements make it, each signed by the roots and in the log. */
const registryIn = async (
  opened: Opened,
  anchor: TrustAnchor,
  trust: LogTrust,
  openpgp: OpenPgp,
): Promise<
  { readonly registry: RegistryCopy; readonly statements: readonly Stands[] } | EvidenceFault
> => {
  const statements: Stands[] = [];
  const copy = await RegistryCopy.begin(openpgp, anchor);
  for (const folder of opened.folders('registry')) {
    const logged = verifyLeafFiles(folder, (name) => opened.take(name), trust);
    if (logged instanceof EvidenceFault) return logged;
    const file = `${folder}/${names.STATEMENT}`;
    const bytes = opened.take(file);
    if (bytes instanceof EvidenceFault) return bytes;
    const entry = parseChainEntry(bytes);
    if (isRefusal(entry)) return new EvidenceFault(file, 'file-malformed', entry.refused);
    const { leaf } = logged;
    if ((leaf.kind !== 'registry' && leaf.kind !== 'policy') || leaf.entry !== entryDigest(entry))
      return new EvidenceFault(file, 'leaf-differs', 'its leaf stands for something else');
    const next = await copy.read(bytes, leaf.index);
    if (isRefusal(next)) return new EvidenceFault(file, 'statement-refused', next.refused);
    copy.take(next);
    statements.push({ leaf: leaf.index, entry: next.digest });
  }
  return { registry: copy, statements };
};

/** The certificate that signed the manifest. */
const builderOf = async (
  { manifest, manifestBytes, signature }: Bundle,
  { latest }: RegistryCopy,
  openpgp: OpenPgp,
): Promise<Fingerprint | EvidenceFault> => {
  const signed = pae(mediaType(MANIFEST_KIND), manifestBytes);
  for (const { certificate } of latest.certificatesOfAgency(manifest.builder)) {
    const subkey = await openpgp.verify(signed, signature, certificate);
    if (isRefusal(subkey)) continue;
    const chains = latest.agency(manifest.builder)?.chains ?? [];
    // When it was built is the builder's word, as everything else that it signs here.
    const builtAt = Date.parse(manifest.at);
    return chains.some((chain) => latest.signerAcceptedAt(chain, subkey, latest.index, builtAt))
      ? certificate.fingerprint
      : new EvidenceFault(
          MANIFEST_SIGNATURE,
          'signer-not-accepted',
          'the key that signed the manifest was not good any more',
        );
  }
  return new EvidenceFault(
    MANIFEST_SIGNATURE,
    'signature-refused',
    `no key of ${manifest.builder} in the registry signed the manifest`,
  );
};

const takeCertificate = (
  opened: Opened,
  { latest }: RegistryCopy,
  fingerprint: Fingerprint,
): EvidenceFault | undefined => {
  const name = names.certificateName(fingerprint);
  const bytes = opened.take(name);
  if (bytes instanceof EvidenceFault) return bytes;
  const agency = latest.byFingerprint(fingerprint);
  const known =
    agency !== undefined &&
    latest
      .certificatesOfAgency(agency.id)
      .some(({ certificate }) => sameBytes(certificate.bytes, bytes));
  return known
    ? undefined
    : new EvidenceFault(name, 'certificate-unknown', 'the registry has no such certificate');
};

/** The first thing that the builder had no right to carry. */
const entitlingFault = (
  { missing: [first] }: Entitled,
  builder: AgencyId,
): EvidenceFault | undefined => {
  if (first === undefined) return undefined;
  const file = `${names.eventFolder(first.leaf)}/${names.descriptorName(first.name)}`;
  return first.what === 'verdict'
    ? new EvidenceFault(file, 'no-verdict', `no decision allowed it to ${builder}`)
    : new EvidenceFault(
        file,
        'use-not-permitted',
        `whoever said it has not permitted ${builder} to use it in proceedings (H1)`,
      );
};

const custodyIn = (opened: Opened, { builder }: Manifest): Custody | EvidenceFault => {
  const bytes = opened.take(names.CUSTODY);
  if (bytes instanceof EvidenceFault) return bytes;
  const custody = parseCustody(bytes);
  if (isRefusal(custody)) return new EvidenceFault(names.CUSTODY, 'file-malformed', custody.detail);
  return custody.agency === builder
    ? custody
    : new EvidenceFault(names.CUSTODY, 'file-malformed', 'it is of another agency');
};

const instructionsFault = (
  opened: Opened,
  { builder }: Manifest,
  builderCertificate: Fingerprint,
  { events, entitled, complete }: Pick<VerifiedEvidence, 'events' | 'entitled' | 'complete'>,
): EvidenceFault | undefined => {
  const bytes = opened.take(names.INSTRUCTIONS);
  if (bytes instanceof EvidenceFault) return bytes;
  const expected = instructions({
    builder,
    builderCertificate,
    entitled,
    complete,
    events: events.map((event) => ({ event, certificate: event.signer })),
  });
  return sameBytes(bytes, expected)
    ? undefined
    : new EvidenceFault(
        names.INSTRUCTIONS,
        'instructions-differ',
        'it is not what follows from the bundle',
      );
};
