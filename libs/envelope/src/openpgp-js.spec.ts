import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Fingerprint, type Instant } from '@tripoint/kernel';
import * as pgp from 'openpgp';
import { concat, OpenPgpJs, utf8 } from './index.js';
import { splitPackets, writePacket } from './packets.js';
import { accepted, enrol, type TestAgency } from './testing/index.js';

const openpgp = new OpenPgpJs(() => new Date('2026-02-01T00:00:00.000Z'));
const at = '2026-01-01T00:00:00.000Z' as Instant;
const sessionKey = new Uint8Array(32).fill(7);
let agency: TestAgency;
let other: TestAgency;
beforeAll(async () => {
  [agency, other] = await Promise.all([enrol(openpgp, 'gr-police'), enrol(openpgp, 'tr-police')]);
});

describe('an agency’s keys', () => {
  it('stand in three files with one secret each', async () => {
    const primary = accepted(await openpgp.secretKey(agency.files.primary));
    expect(primary).toEqual({ fingerprint: agency.fingerprint, signing: [], encryption: [] });
    expect(agency.signing).toEqual({
      fingerprint: agency.fingerprint,
      signing: agency.certificate.signing,
      encryption: [],
    });
    expect(agency.decryption).toEqual({
      fingerprint: agency.fingerprint,
      signing: [],
      encryption: agency.certificate.encryption,
    });
  });

  it('may be locked, and open to the passphrase only', async () => {
    const files = await openpgp.generate({ name: 'locked', at, passphrase: 'long' });
    const { unlocks } = openpgp.counts;
    expect(await openpgp.secretKey(files.signing, 'wrong')).toMatchObject({
      refused: 'wrong-passphrase',
    });
    expect(await openpgp.secretKey(files.signing)).toMatchObject({ refused: 'wrong-passphrase' });
    const key = accepted(await openpgp.secretKey(files.signing, 'long'));
    expect(openpgp.counts.unlocks - unlocks).toBe(3);
    const certificate = accepted(await openpgp.certificate(files.certificate));
    const signature = await openpgp.sign(utf8('x'), key);
    expect(await openpgp.verify(utf8('x'), signature, certificate)).toBe(certificate.signing[0]);
    const next = await openpgp.addEncryptionSubkey(
      files,
      '2026-06-01T00:00:00.000Z' as Instant,
      'long',
    );
    expect(accepted(await openpgp.secretKey(next.decryption, 'long')).encryption).toHaveLength(2);
  });

  it('get another encryption subkey for the next epoch and keep the old one', async () => {
    const next = await openpgp.addEncryptionSubkey(
      agency.files,
      '2026-06-01T00:00:00.000Z' as Instant,
    );
    const certificate = accepted(await openpgp.certificate(next.certificate));
    const key = accepted(await openpgp.secretKey(next.decryption));
    expect(certificate.fingerprint).toBe(agency.fingerprint);
    expect(certificate.encryption.slice(1)).toEqual(agency.certificate.encryption);
    expect(key.encryption).toEqual(certificate.encryption);
    for (const subkey of certificate.encryption)
      expect(
        await openpgp.unwrap(await openpgp.wrap(sessionKey, certificate, subkey), key),
      ).toEqual(sessionKey);
    const wrap = await openpgp.wrap(sessionKey, certificate, certificate.encryption[0]!);
    expect(await openpgp.unwrap(wrap, agency.decryption)).toMatchObject({
      refused: 'cannot-unwrap',
    });
    const later = await openpgp.addEncryptionSubkey(next, '2026-09-01T00:00:00.000Z' as Instant);
    expect(accepted(await openpgp.certificate(later.certificate)).encryption).toHaveLength(3);
  });

  it('forget the secret of one epoch and keep the others', async () => {
    const at = '2026-06-01T00:00:00.000Z' as Instant;
    for (const passphrase of [undefined, 'long']) {
      const files = await openpgp.generate({
        name: 'x',
        at,
        ...(passphrase === undefined ? {} : { passphrase }),
      });
      const next = await openpgp.addEncryptionSubkey(files, at, passphrase);
      const certificate = accepted(await openpgp.certificate(next.certificate));
      const [current, old] = certificate.encryption as [Fingerprint, Fingerprint];
      const left = await openpgp.forgetEncryptionSubkey(next.decryption, old, passphrase);
      const key = accepted(await openpgp.secretKey(left, passphrase));
      expect(key.encryption).toEqual([current]);
      const wrap = (subkey: Fingerprint) => openpgp.wrap(sessionKey, certificate, subkey);
      expect(await openpgp.unwrap(await wrap(current), key)).toEqual(sessionKey);
      expect(await openpgp.unwrap(await wrap(old), key)).toMatchObject({
        refused: 'cannot-unwrap',
      });
      // Once more changes nothing, and the next epoch comes as before.
      const again = await openpgp.forgetEncryptionSubkey(left, old, passphrase);
      expect(accepted(await openpgp.secretKey(again, passphrase)).encryption).toEqual([current]);
      const later = await openpgp.addEncryptionSubkey(
        { ...next, decryption: again },
        at,
        passphrase,
      );
      expect(accepted(await openpgp.secretKey(later.decryption, passphrase)).encryption).toContain(
        current,
      );
    }
  });

  it('are parsed once, however often they are used', async () => {
    const before = openpgp.counts;
    for (let count = 0; count < 3; count++) {
      expect(await openpgp.certificate(agency.files.certificate)).toBe(agency.certificate);
      expect(await openpgp.secretKey(agency.files.signing)).toBe(agency.signing);
      const wrap = await openpgp.wrap(
        sessionKey,
        agency.certificate,
        agency.certificate.encryption[0]!,
      );
      await openpgp.unwrap(wrap, agency.decryption);
      await openpgp.verify(
        utf8('x'),
        await openpgp.sign(utf8('x'), agency.signing),
        agency.certificate,
      );
    }
    expect(openpgp.counts).toEqual(before);
  });

  it.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['noise', () => new Uint8Array(100).fill(0xc6)],
    ['a private key file', () => agency.files.signing],
    ['too much', () => new Uint8Array(70_000)],
    [
      'a version 4 key',
      async () =>
        await generated({ type: 'ecc', curve: 'curve25519Legacy', config: { v6Keys: false } }),
    ],
    ['Curve448', async () => await generated({ type: 'curve448', config: { v6Keys: true } })],
    [
      'a primary key alone',
      async () => await generated({ type: 'curve25519', subkeys: [], config: { v6Keys: true } }),
    ],
    [
      'a subkey that another key bound',
      () => {
        const own = splitPackets(agency.files.certificate, 20)!;
        const theirs = splitPackets(other.files.certificate, 20)!;
        return concat(
          ...[...own.slice(0, -2), ...theirs.slice(-2)].map(({ tag, body }) =>
            writePacket(tag, body),
          ),
        );
      },
    ],
  ])('are refused as a certificate when they are %s', async (_case, bytes) => {
    expect(await openpgp.certificate(await bytes())).toMatchObject({ refused: 'bad-certificate' });
  });

  it('are refused as a key file when they are a certificate, or damaged', async () => {
    expect(await openpgp.secretKey(agency.files.certificate)).toMatchObject({ refused: 'bad-key' });
    const damaged = agency.files.signing.slice();
    damaged[60]! ^= 1;
    expect(await openpgp.secretKey(damaged)).toMatchObject({ refused: 'bad-key' });
  });
});

const generated = async (options: object): Promise<Uint8Array> => {
  const { publicKey } = await pgp.generateKey({
    userIDs: [{ name: 'x' }],
    format: 'object',
    ...options,
  });
  return publicKey.write();
};

describe('a signature', () => {
  it('names its subkey, and fits neither other bytes nor another certificate', async () => {
    const signature = await openpgp.sign(utf8('x'), agency.signing);
    expect(await openpgp.verify(utf8('x'), signature, agency.certificate)).toBe(
      agency.certificate.signing[0],
    );
    expect(await openpgp.verify(utf8('y'), signature, agency.certificate)).toMatchObject({
      refused: 'bad-signature',
    });
    expect(await openpgp.verify(utf8('x'), signature, other.certificate)).toMatchObject({
      refused: 'unknown-signer',
    });
    expect(await openpgp.verify(utf8('x'), signature.slice(1), agency.certificate)).toMatchObject({
      refused: 'signature-profile',
    });
  });

  it('is made with a key that is younger than the clock says', async () => {
    const young = await enrol(openpgp, 'young', '2027-01-01T00:00:00.000Z' as Instant);
    const signature = await openpgp.sign(utf8('x'), young.signing);
    expect(await openpgp.verify(utf8('x'), signature, young.certificate)).toBe(
      young.certificate.signing[0],
    );
  });
});

describe('a body', () => {
  it.each([0, 1, 191, 1024, 8384, 300_000])(
    'of %d bytes comes back as it was, in one packet of a definite length',
    async (length) => {
      const content = new Uint8Array(length).fill(3);
      const body = await openpgp.encrypt(sessionKey, content);
      expect(openpgp.inBodyProfile(body)).toBe(true);
      expect(splitPackets(body, 1)).toMatchObject([{ tag: 18, definite: true }]);
      expect(Buffer.compare(accepted(await openpgp.decrypt(sessionKey, body)), content)).toBe(0);
    },
  );

  it('gives nothing when a bit of its last tag is wrong, or of its key', async () => {
    const body = await openpgp.encrypt(sessionKey, new Uint8Array(2048));
    const damaged = body.slice();
    damaged[damaged.length - 1]! ^= 1;
    expect(await openpgp.decrypt(sessionKey, damaged)).toMatchObject({ refused: 'cannot-decrypt' });
    expect(await openpgp.decrypt(new Uint8Array(32), body)).toMatchObject({
      refused: 'cannot-decrypt',
    });
    expect(await openpgp.decrypt(sessionKey, body.slice(1))).toMatchObject({
      refused: 'body-profile',
    });
  });

  it('gives nothing when it holds a signature beside its content', async () => {
    const message = await pgp.createMessage({ binary: utf8('x') });
    const key = await pgp.readPrivateKey({ binaryKey: agency.files.signing.slice() });
    const signed = await message.sign([key]);
    const bytes = await pgp.encrypt({
      message: signed,
      sessionKey: { data: sessionKey, algorithm: 'aes256', aeadAlgorithm: 'gcm' },
      format: 'binary',
    });
    const [packet] = splitPackets(bytes, 1)!;
    expect(await openpgp.decrypt(sessionKey, writePacket(18, packet!.body))).toMatchObject({
      refused: 'cannot-decrypt',
    });
  });
});

describe('a wrap', () => {
  it('names its subkey and opens to its key only', async () => {
    const [subkey] = agency.certificate.encryption;
    const wrap = await openpgp.wrap(sessionKey, agency.certificate, subkey!);
    expect(openpgp.wrappedFor(wrap)).toBe(subkey);
    expect(await openpgp.unwrap(wrap, agency.decryption)).toEqual(sessionKey);
    expect(await openpgp.unwrap(wrap, other.decryption)).toMatchObject({
      refused: 'cannot-unwrap',
    });
    expect(await openpgp.unwrap(wrap.slice(1), agency.decryption)).toMatchObject({
      refused: 'wrap-profile',
    });
    const damaged = wrap.slice();
    damaged[damaged.length - 1]! ^= 1;
    expect(await openpgp.unwrap(damaged, agency.decryption)).toMatchObject({
      refused: 'cannot-unwrap',
    });
  });

  it('is not made of a 16 byte key, for a subkey of another, or with another instance’s handle', async () => {
    const [subkey] = agency.certificate.encryption;
    await expect(openpgp.wrap(new Uint8Array(16), agency.certificate, subkey!)).rejects.toThrow(
      'outside the profile',
    );
    await expect(
      openpgp.wrap(sessionKey, agency.certificate, '0'.repeat(64) as Fingerprint),
    ).rejects.toThrow(TypeError);
    await expect(new OpenPgpJs().wrap(sessionKey, agency.certificate, subkey!)).rejects.toThrow(
      'another instance',
    );
    await expect(openpgp.sign(utf8('x'), agency.decryption)).rejects.toThrow('no signing secret');
  });
});

describe('the packet splitter', () => {
  it.each<[string, readonly number[]]>([
    ['no packet', [0x12]],
    ['the legacy format', [0x92, 0]],
    ['no length', [0xd2]],
    ['half a length of two octets', [0xd2, 200]],
    ['half a length of five octets', [0xd2, 255, 0, 0, 0]],
    ['less than its length', [0xd2, 2, 0]],
    ['a partial length for a key', [0xc6, 0xe9, ...Array<number>(512).fill(0), 0]],
    ['a first part that is too small', [0xd2, 0xe1, 0, 0, 0]],
    ['more packets than wanted', [0xd2, 0, 0xd2, 0, 0xd2, 0]],
  ])('refuses %s', (_case, octets) => {
    expect(splitPackets(Uint8Array.from(octets), 2)).toBeUndefined();
  });
});
