// openpgp.js as it is, with the profile's settings and nothing around the calls that sealing and opening cannot do without.
import { type TestAgency } from '@tripoint/envelope/testing';
import * as pgp from 'openpgp';

const CONFIG: pgp.Config = {
  ...pgp.config,
  v6Keys: true,
  aeadProtect: true,
  preferredSymmetricAlgorithm: pgp.enums.symmetric.aes256,
  preferredAEADAlgorithm: pgp.enums.aead.gcm,
  preferredHashAlgorithm: pgp.enums.hash.sha512,
  preferredCompressionAlgorithm: pgp.enums.compression.uncompressed,
  aeadChunkSizeByte: 12,
  showVersion: false,
  showComment: false,
};
const SESSION_KEY = { algorithm: 'aes256', aeadAlgorithm: 'gcm' } as const;

/** An agency's keys, parsed once. */
export type BareKeys = {
  readonly certificate: pgp.PublicKey;
  readonly signing: pgp.PrivateKey;
  readonly decryption: pgp.PrivateKey;
};

const subkey = (key: pgp.Key, algorithm: pgp.enums.publicKey): pgp.Subkey =>
  key.subkeys.find(({ keyPacket }) => keyPacket.algorithm === algorithm)!;

export const bareKeys = async ({ files }: TestAgency): Promise<BareKeys> => ({
  certificate: await pgp.readKey({ binaryKey: files.certificate, config: CONFIG }),
  signing: await pgp.readPrivateKey({ binaryKey: files.signing.slice(), config: CONFIG }),
  decryption: await pgp.readPrivateKey({ binaryKey: files.decryption.slice(), config: CONFIG }),
});

/** What one seal comes to. */
export type BareSealed = {
  readonly body: Uint8Array;
  readonly wraps: readonly Uint8Array[];
  readonly signature: Uint8Array;
};

/** One body, a wrap for each recipient beside it, one signature. */
export const bareSeal = async (
  content: Uint8Array,
  statement: Uint8Array,
  sessionKey: Uint8Array,
  signer: BareKeys,
  recipients: readonly BareKeys[],
): Promise<BareSealed> => {
  const key = { data: sessionKey, ...SESSION_KEY };
  const [body, ...wraps] = await Promise.all([
    pgp
      .createMessage({ binary: content })
      .then((message) =>
        pgp.encrypt({ message, sessionKey: key, format: 'binary', config: CONFIG }),
      ),
    ...recipients.map(({ certificate }) =>
      pgp.encryptSessionKey({
        ...key,
        encryptionKeys: certificate,
        encryptionKeyIDs: [subkey(certificate, pgp.enums.publicKey.x25519).getKeyID()],
        format: 'binary',
        config: CONFIG,
      }),
    ),
  ]);
  const signature = await pgp.sign({
    message: await pgp.createMessage({ binary: statement }),
    signingKeys: signer.signing,
    signingKeyIDs: subkey(signer.signing, pgp.enums.publicKey.ed25519).getKeyID(),
    detached: true,
    format: 'binary',
    config: CONFIG,
  });
  return { body, wraps, signature };
};

/** Verifies one detached signature, without asking anything of the certificate but the key. */
export const bareVerify = async (
  statement: Uint8Array,
  signature: Uint8Array,
  { certificate }: Pick<BareKeys, 'certificate'>,
): Promise<void> => {
  const [packet] = (await pgp.readSignature({ binarySignature: signature, config: CONFIG }))
    .packets;
  const [content] = (await pgp.createMessage({ binary: statement })).packets;
  await packet!.verify(
    subkey(certificate, pgp.enums.publicKey.ed25519).keyPacket,
    pgp.enums.signature.binary,
    content!,
    packet!.created!,
    true,
    CONFIG,
  );
};

/** Verifies, unwraps, decrypts. */
export const bareOpen = async (
  statement: Uint8Array,
  { signature, body }: BareSealed,
  wrap: Uint8Array,
  signer: BareKeys,
  reader: BareKeys,
): Promise<Uint8Array> => {
  await bareVerify(statement, signature, signer);
  const [sessionKey] = await pgp.decryptSessionKeys({
    message: await pgp.readMessage({ binaryMessage: wrap, config: CONFIG }),
    decryptionKeys: reader.decryption,
    config: CONFIG,
  });
  const message = await pgp.readMessage({ binaryMessage: body, config: CONFIG });
  const opened = await message.decrypt(
    undefined,
    undefined,
    [{ ...sessionKey!, ...SESSION_KEY }],
    undefined,
    CONFIG,
  );
  return opened.getLiteralData() as Uint8Array;
};
