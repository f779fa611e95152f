import {
  type Header,
  mediaType,
  openBody,
  type OpenPgp,
  pae,
  parseDescriptor,
  parseHeader,
  sameBytes,
  sha256,
  unhex,
} from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { type Digest, type Fingerprint, isRefusal } from '@tripoint/kernel';
import { type Leaf, originDigest, parseOrigin, recordDigest } from '@tripoint/ledger';
import { formatVerdict, loadBundle, NeedToKnow, type Verdict } from '@tripoint/policy';
import { parseRecord } from '@tripoint/replay';
import { type Builder, type CarriedCompartment, type CarriedEvent } from './entitling.js';
import { type EvidenceCode, EvidenceFault } from './fault.js';
import { type LogTrust, verifyLeafFiles } from './leaf-proof.js';
import * as names from './names.js';
import { type Opened } from './opened.js';

/** An event that is in the log, said by its issuer. */
export type VerifiedEvent = CarriedEvent & {
  /** When witnesses had seen it, in seconds since 1970; null when the policy asks for none. */
  readonly witnessed: number | null;
  /** The certificate that signed it. */
  readonly signer: Fingerprint;
  /** A statement that came along says that its issuer's key was in other hands by then, and none since that it is its own word. */
  readonly doubted: boolean;
};

type Context = {
  readonly opened: Opened;
  readonly trust: LogTrust;
  readonly registry: RegistryCopy;
  readonly openpgp: OpenPgp;
  readonly builder: Builder;
  /** Rules that were read, by digest: validating them is the most expensive thing here. */
  readonly rules: Map<Digest, NeedToKnow>;
};

/** Verifies one folder of `events`. */
export const verifyEvent = async (
  folder: string,
  context: Context,
): Promise<VerifiedEvent | EvidenceFault> => {
  const { opened, trust } = context;
  const logged = verifyLeafFiles(folder, (name) => opened.take(name), trust);
  if (logged instanceof EvidenceFault) return logged;
  const { leaf, witnessed } = logged;
  const signed = await verifyHeader(folder, leaf, context);
  if (signed instanceof EvidenceFault) return signed;
  const { header, signer } = signed;
  const placed = placeFault(folder, leaf, header, opened);
  if (placed !== undefined) return placed;
  const compartments: CarriedCompartment[] = [];
  for (const name of opened.named(folder, names.descriptorName(''))) {
    const compartment = await verifyCompartment(folder, name, header, context);
    if (compartment instanceof EvidenceFault) return compartment;
    compartments.push(compartment);
  }
  const allowed = allowedIn(folder, leaf, context);
  if (allowed instanceof EvidenceFault) return allowed;
  const doubted = context.registry.latest.isTainted(header.issuer, BigInt(leaf.index));
  return { leaf, witnessed, header, signer, doubted, compartments, allowed };
};

const verifyHeader = async (
  folder: string,
  leaf: Leaf,
  { opened, registry, openpgp }: Context,
): Promise<{ readonly header: Header; readonly signer: Fingerprint } | EvidenceFault> => {
  const fault = (name: string, code: EvidenceCode, detail: string) =>
    new EvidenceFault(`${folder}/${name}`, code, detail);
  const bytes = opened.take(`${folder}/${names.HEADER}`);
  if (bytes instanceof EvidenceFault) return bytes;
  const header = parseHeader(bytes);
  if (isRefusal(header)) return fault(names.HEADER, 'file-malformed', header.refused);
  if (leaf.kind !== 'event' || leaf.entry !== sha256(bytes))
    return fault(names.HEADER, 'leaf-differs', 'its leaf stands for something else');
  const signed = opened.take(`${folder}/${names.SIGNED}`);
  if (signed instanceof EvidenceFault) return signed;
  if (!sameBytes(signed, pae(mediaType('header'), bytes)))
    return fault(names.SIGNED, 'file-malformed', 'it is not the header behind its prefix');
  const signature = opened.take(`${folder}/${names.SIGNATURE}`);
  if (signature instanceof EvidenceFault) return signature;
  if (leaf.signature !== sha256(signature))
    return fault(names.SIGNATURE, 'leaf-differs', 'its leaf stands for another signature');
  for (const { certificate } of registry.latest.certificatesOfAgency(header.issuer)) {
    const subkey = await openpgp.verify(signed, signature, certificate);
    if (isRefusal(subkey)) continue;
    const at = BigInt(leaf.index);
    const then = registry.history.at(at);
    return (registry.latest.agency(header.issuer)?.chains ?? []).some((chain) =>
      then.signerAcceptedAt(chain, subkey, at, Date.parse(leaf.time)),
    )
      ? { header, signer: certificate.fingerprint }
      : fault(names.SIGNATURE, 'signer-not-accepted', 'the key was not good at its leaf');
  }
  return fault(names.SIGNATURE, 'signature-refused', `no key of ${header.issuer} signed it`);
};

/** Where it stands on its issuer's chain, as far as the builder holds that. */
const placeFault = (
  folder: string,
  leaf: Leaf,
  header: Header,
  opened: Opened,
): EvidenceFault | undefined => {
  const routing = opened.takeIfThere(`${folder}/${names.ROUTING}`);
  if (routing !== undefined && sha256(routing) !== header.routing)
    return new EvidenceFault(
      `${folder}/${names.ROUTING}`,
      'leaf-differs',
      'it is not the one in the header',
    );
  const origin = opened.takeIfThere(`${folder}/${names.ORIGIN}`);
  return origin !== undefined &&
    (originDigest(origin) !== leaf.origin || isRefusal(parseOrigin(origin)))
    ? new EvidenceFault(`${folder}/${names.ORIGIN}`, 'leaf-differs', 'it is not the leaf’s')
    : undefined;
};

const KEY = /^[0-9a-f]{64}\n$/;

const verifyCompartment = async (
  folder: string,
  name: string,
  header: Header,
  { opened, openpgp }: Context,
): Promise<CarriedCompartment | EvidenceFault> => {
  const fault = (file: string, code: EvidenceCode, detail: string) =>
    new EvidenceFault(`${folder}/${file}`, code, detail);
  const bytes = opened.take(`${folder}/${names.descriptorName(name)}`);
  if (bytes instanceof EvidenceFault) return bytes;
  const digest = sha256(bytes);
  const descriptor = parseDescriptor(bytes);
  if (isRefusal(descriptor))
    return fault(names.descriptorName(name), 'file-malformed', descriptor.refused);
  if (descriptor.name !== name || !header.compartments.includes(digest))
    return fault(names.descriptorName(name), 'descriptor-differs', 'the header names another one');
  const body = opened.take(`${folder}/${names.bodyName(name)}`);
  if (body instanceof EvidenceFault) return body;
  if (
    body.length !== descriptor.length ||
    sha256(body) !== descriptor.body ||
    !openpgp.inBodyProfile(body)
  )
    return fault(names.bodyName(name), 'body-differs', 'the descriptor names another one');
  const written = opened.takeIfThere(`${folder}/${names.sessionKeyName(name)}`);
  if (written === undefined) return { digest, descriptor, frame: undefined };
  const text = written.length > 65 ? '' : Buffer.from(written).toString('latin1');
  if (!KEY.test(text))
    return fault(names.sessionKeyName(name), 'file-malformed', 'it is not a session key');
  const frame = await openBody(openpgp, header, descriptor, body, unhex(text.trim()));
  return isRefusal(frame)
    ? fault(names.sessionKeyName(name), 'key-refused', frame.refused)
    : { digest, descriptor, frame };
};

/** What the rules in force allowed the builder, and what else was decided, decided again. */
const allowedIn = (
  folder: string,
  leaf: Leaf,
  { opened, registry, builder, rules }: Context,
): ReadonlySet<Digest> | EvidenceFault => {
  const fault = (file: string, code: EvidenceCode, detail: string) =>
    new EvidenceFault(`${folder}/${file}`, code, detail);
  const allowed = new Set<Digest>();
  const left = new Set(leaf.records);
  for (let at = 0; ; at += 1) {
    const record = opened.takeIfThere(`${folder}/${names.recordName(at)}`);
    if (record === undefined) break;
    const salt = opened.take(`${folder}/${names.saltName(at)}`);
    if (salt instanceof EvidenceFault) return salt;
    const text = salt.length > 65 ? '' : Buffer.from(salt).toString('latin1');
    if (!KEY.test(text)) return fault(names.saltName(at), 'file-malformed', 'it is not a salt');
    if (!left.delete(recordDigest({ salt: unhex(text.trim()), record })))
      return fault(
        names.recordName(at),
        'record-not-committed',
        'the leaf commits to another one, or to this one once',
      );
    const read = parseRecord(record);
    if (isRefusal(read) || read.about !== 'verdict')
      return fault(names.recordName(at), 'file-malformed', 'it is no verdict');
    const wrong = decisionFault(`${folder}/${names.recordName(at)}`, read.verdict, leaf, {
      opened,
      registry,
      rules,
    });
    if (wrong !== undefined) return wrong;
    if (read.verdict.allowed && builder.fingerprints.has(read.agency)) allowed.add(read.descriptor);
  }
  return allowed;
};

const decisionFault = (
  file: string,
  verdict: Verdict,
  leaf: Leaf,
  { opened, registry, rules }: Pick<Context, 'opened' | 'registry' | 'rules'>,
): EvidenceFault | undefined => {
  const inForce = registry.history.at(BigInt(leaf.index)).policyBundle();
  if (inForce?.digest !== verdict.bundle)
    return new EvidenceFault(file, 'bundle-not-in-force', 'other rules were in force then');
  const known = rules.get(verdict.bundle) ?? rulesIn(opened, verdict.bundle);
  if (known instanceof EvidenceFault) return known;
  rules.set(verdict.bundle, known);
  const again = known.decide(verdict.question);
  // Another version of the engine may say so, and has to say the same.
  return sameBytes(formatVerdict({ ...again, engine: verdict.engine }), formatVerdict(verdict))
    ? undefined
    : new EvidenceFault(file, 'decision-differs', 'the rules in force say otherwise');
};

const rulesIn = (opened: Opened, digest: Digest): NeedToKnow | EvidenceFault => {
  const name = names.bundleName(digest);
  const bytes = opened.take(name);
  if (bytes instanceof EvidenceFault) return bytes;
  if (sha256(bytes) !== digest)
    return new EvidenceFault(name, 'bundle-not-in-force', 'the registry activated other rules');
  const bundle = loadBundle(bytes);
  return isRefusal(bundle)
    ? new EvidenceFault(name, 'file-malformed', bundle.refused)
    : new NeedToKnow(bundle, 1);
};
