import { type Fingerprint, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { pae } from './bytes.js';
import { canonical, isJsonObject, type JsonLimits, type JsonObject, readCanonical } from './jcs.js';
import { type Certificate, type OpenPgp, type SecretKey } from './openpgp.js';

/** Why a signature over a statement is not believed. */
export type SignatureCode = 'signature-profile' | 'unknown-signer' | 'bad-signature';

/** Why a statement is not believed. */
export type StatementCode =
  | SignatureCode
  | 'statement-malformed'
  | 'statement-not-canonical'
  | 'signer-repeated'
  | 'below-threshold';

/** A statement and one signature over it. */
export type SignedStatement = { readonly bytes: Uint8Array; readonly signature: Uint8Array };

/** A statement that enough of the named certificates signed. */
export type VerifiedStatement = {
  readonly body: JsonObject;
  /** Fingerprints of the certificates, in the order of their signatures. */
  readonly signers: readonly Fingerprint[];
};

/** Who made a signature. */
export type Signer = { readonly certificate: Fingerprint; readonly subkey: Fingerprint };

const MOST_SIGNATURES = 32;

/** `application/vnd.tripoint.<kind>+json;v=1`: a signature for one kind of statement can never serve as another. */
export const mediaType = (kind: string): string => `application/vnd.tripoint.${kind}+json;v=1`;

/** Signs bytes that are canonical already. */
export const signBytes = async (
  openpgp: OpenPgp,
  kind: string,
  bytes: Uint8Array,
  signer: SecretKey,
): Promise<Uint8Array> => openpgp.sign(pae(mediaType(kind), bytes), signer);

/** Which of `certificates` signed these bytes as a statement of `kind`. Anybody controls bytes and signature. */
export const verifyBytes = async (
  openpgp: OpenPgp,
  kind: string,
  bytes: Uint8Array,
  signature: Uint8Array,
  certificates: readonly Certificate[],
): Promise<Signer | Refusal<SignatureCode>> => {
  const signed = pae(mediaType(kind), bytes);
  for (const certificate of certificates) {
    const subkey = await openpgp.verify(signed, signature, certificate);
    if (!isRefusal(subkey)) return { certificate: certificate.fingerprint, subkey };
    // Another certificate may still hold the subkey; any other refusal is final.
    if (subkey.refused !== 'unknown-signer') return subkey;
  }
  return refuse('unknown-signer', 'the signature is by none of the expected certificates');
};

/** Canonical bytes of `body` and a signature over them as a statement of `kind` (a lower-case word). */
export const signStatement = async (
  openpgp: OpenPgp,
  kind: string,
  body: JsonObject,
  signer: SecretKey,
): Promise<SignedStatement> => {
  const bytes = canonical(body);
  return { bytes, signature: await signBytes(openpgp, kind, bytes, signer) };
};

/**
 * The body, if at least `threshold` of `certificates` signed these bytes as a statement of `kind` and nobody else did. A
 * certificate that signed twice is refused, not counted once: nobody honest sends that. Anybody controls bytes and
 * signatures; the caller checks the members of the body.
 */
export const verifyStatement = async (
  openpgp: OpenPgp,
  kind: string,
  bytes: Uint8Array,
  signatures: readonly Uint8Array[],
  certificates: readonly Certificate[],
  threshold: number,
  limits?: JsonLimits,
): Promise<VerifiedStatement | Refusal<StatementCode>> => {
  if (!Number.isSafeInteger(threshold) || threshold < 1)
    throw new RangeError('a threshold is at least one');
  if (signatures.length < threshold || signatures.length > MOST_SIGNATURES)
    return refuse('below-threshold', 'the statement has not as many signatures as it needs');
  const signers: Fingerprint[] = [];
  for (const signature of signatures) {
    const signer = await verifyBytes(openpgp, kind, bytes, signature, certificates);
    if (isRefusal(signer)) return signer;
    if (signers.includes(signer.certificate))
      return refuse('signer-repeated', 'one certificate signed the statement twice');
    signers.push(signer.certificate);
  }
  const outcome = readCanonical(bytes, limits);
  if (outcome === 'json-not-canonical')
    return refuse('statement-not-canonical', 'the statement is not in canonical form');
  return typeof outcome === 'object' && isJsonObject(outcome.value)
    ? { body: outcome.value, signers }
    : refuse('statement-malformed', 'the statement is not of its form');
};
