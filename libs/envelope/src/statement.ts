import { type Fingerprint, type Refusal } from '@tripoint/kernel';
import { type JsonObject } from './jcs.js';
import { type Certificate, type OpenPgp, type SecretKey } from './openpgp.js';

/** Why a statement is not believed. */
export type StatementCode =
  | 'statement-malformed'
  | 'statement-not-canonical'
  | 'signature-profile'
  | 'unknown-signer'
  | 'bad-signature'
  | 'signer-repeated'
  | 'below-threshold';

/** A statement and one signature over it. */
export type SignedStatement = { readonly bytes: Uint8Array; readonly signature: Uint8Array };

/** A statement that enough of the named certificates signed. */
export type VerifiedStatement = {
  readonly body: JsonObject;
  readonly signers: readonly Fingerprint[];
};

/** `application/vnd.tripoint.<kind>+json;v=1`: a signature for one kind of statement can never serve as another. */
export const mediaType = (kind: string): string => `application/vnd.tripoint.${kind}+json;v=1`;

/** Canonical bytes of `body` and a signature over them as a statement of `kind` (a lower-case word). */
export const signStatement = async (
  openpgp: OpenPgp,
  kind: string,
  body: JsonObject,
  signer: SecretKey,
): Promise<SignedStatement> =>
  Promise.reject(
    new Error(`not built: ${kind} ${typeof body} ${signer.fingerprint} ${typeof openpgp}`),
  );

/**
 * The body, if at least `threshold` of `certificates` signed these bytes as a statement of `kind`, each counted once, and
 * nobody else did. Anybody controls bytes and signatures.
 */
export const verifyStatement = async (
  openpgp: OpenPgp,
  kind: string,
  bytes: Uint8Array,
  signatures: readonly Uint8Array[],
  certificates: readonly Certificate[],
  threshold: number,
): Promise<VerifiedStatement | Refusal<StatementCode>> =>
  Promise.reject(
    new Error(
      `not built: ${kind} ${bytes.length} ${signatures.length} ${certificates.length} ${threshold} ${typeof openpgp}`,
    ),
  );
