import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { type CosignatureUse, cosignedMessage, uint64 } from './cosignature.js';
import {
  formatVerifierKey,
  type NoteKeyUse,
  type VerifierKey,
  verifierKey,
} from './verifier-key.js';

/** Whoever can sign a note: a key in memory, or one in a device that gives no key away. */
export abstract class NoteSigner {
  /** What verifies this signer's signatures. */
  abstract readonly verifierKey: VerifierKey;
  /** The signature over `text`, which ends in a newline. May be asked again for the same text. */
  abstract sign(text: string): Promise<Uint8Array>;
}

/** Signs the text of notes: what a log does to its checkpoints. */
export class Ed25519NoteSigner extends NoteSigner {
  override readonly verifierKey: VerifierKey;
  readonly #privateKey: KeyObject;

  constructor(name: string, privateKey: KeyObject) {
    super();
    this.verifierKey = verifierKey(name, 'ed25519', createPublicKey(privateKey));
    this.#privateKey = privateKey;
  }

  /** @throws when `pem` is not an unencrypted Ed25519 private key in PKCS #8 */
  static fromPem(name: string, pem: string): Ed25519NoteSigner {
    return new Ed25519NoteSigner(name, createPrivateKey(pem));
  }

  override sign(text: string): Promise<Uint8Array> {
    return Promise.resolve(sign(null, Buffer.from(text), this.#privateKey));
  }
}

/**
 * Cosigns checkpoints as a witness (C2SP tlog-cosignature), with Ed25519 or with ML-DSA-44 as its key is. It checks nothing: a
 * witness signs only after it has verified consistency with the last checkpoint it signed, and stored the new size.
 */
export class Cosigner extends NoteSigner {
  override readonly verifierKey: VerifierKey;
  readonly #use: CosignatureUse;
  readonly #privateKey: KeyObject;
  readonly #clock: () => Date;

  constructor(name: string, privateKey: KeyObject, clock: () => Date) {
    super();
    this.#use =
      privateKey.asymmetricKeyType === 'ml-dsa-44' ? 'cosignature-ml-dsa-44' : 'cosignature-v1';
    this.verifierKey = verifierKey(name, this.#use, createPublicKey(privateKey));
    this.#privateKey = privateKey;
    this.#clock = clock;
  }

  /** @throws when `pem` is not an unencrypted Ed25519 or ML-DSA-44 private key in PKCS #8 */
  static fromPem(name: string, pem: string, clock: () => Date): Cosigner {
    return new Cosigner(name, createPrivateKey(pem), clock);
  }

  override sign(text: string): Promise<Uint8Array> {
    const time = Math.floor(this.#clock().getTime() / 1000);
    const message = cosignedMessage({ name: this.verifierKey.name, use: this.#use }, time, text);
    if (message === undefined)
      return Promise.reject(new RangeError('cosigning a text that is not a checkpoint'));
    const signature = sign(null, message, this.#privateKey);
    return Promise.resolve(Buffer.concat([uint64(time), signature]));
  }
}

/** A new key pair: the private key in PKCS #8 PEM, to be kept, and the verifier key, to be published. */
export const generateNoteKey = (
  name: string,
  use: NoteKeyUse,
): { readonly privateKeyPem: string; readonly verifierKey: string } => {
  const { privateKey, publicKey } =
    use === 'cosignature-ml-dsa-44'
      ? generateKeyPairSync('ml-dsa-44')
      : generateKeyPairSync('ed25519');
  return {
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    verifierKey: formatVerifierKey(verifierKey(name, use, publicKey)),
  };
};
