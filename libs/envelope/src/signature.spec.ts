import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Fingerprint, isRefusal } from '@tripoint/kernel';
import fc from 'fast-check';
import * as pgp from 'openpgp';
import { concat, OpenPgpJs, utf8 } from './index.js';
import { signatureSubkey, splitPackets, TAG, writePacket } from './packets.js';
import { accepted, enrol, type TestAgency } from './testing/index.js';

const openpgp = new OpenPgpJs();
let agency: TestAgency;
let other: TestAgency;
let key: pgp.PublicKey;
beforeAll(async () => {
  [agency, other] = await Promise.all([enrol(openpgp, 'gr-police'), enrol(openpgp, 'tr-police')]);
  key = await pgp.readKey({ binaryKey: agency.files.certificate });
});

/** What openpgp.js makes of it, asked about the signature alone. */
const byOpenPgpJs = async (bytes: Uint8Array, signature: Uint8Array): Promise<boolean> => {
  const named = signatureSubkey(signature);
  const subkey = key.subkeys.find((one) => (one.getFingerprint() as Fingerprint) === named);
  if (subkey === undefined) return false;
  try {
    const [packet] = (await pgp.readSignature({ binarySignature: signature })).packets;
    const [content] = (await pgp.createMessage({ binary: bytes })).packets;
    await packet!.verify(
      subkey.keyPacket,
      pgp.enums.signature.binary,
      content!,
      packet!.created!,
      true,
    );
    return true;
  } catch {
    return false;
  }
};

const byOurs = async (bytes: Uint8Array, signature: Uint8Array): Promise<boolean> =>
  !isRefusal(await openpgp.verify(bytes, signature, agency.certificate));

describe('a signature at byte level', () => {
  it('is good where openpgp.js finds it good, whatever it signs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        const signature = await openpgp.sign(bytes, agency.signing);
        expect([await byOurs(bytes, signature), await byOpenPgpJs(bytes, signature)]).toEqual([
          true,
          true,
        ]);
      }),
      { numRuns: 40 },
    );
  });

  it('made by openpgp.js with the settings of the profile is one of ours', async () => {
    const bytes = utf8('what is said');
    const signature = await pgp.sign({
      message: await pgp.createMessage({ binary: bytes }),
      signingKeys: await pgp.readPrivateKey({ binaryKey: agency.files.signing.slice() }),
      signingKeyIDs: key.subkeys[0]!.getKeyID(),
      detached: true,
      format: 'binary',
      config: { v6Keys: true, preferredHashAlgorithm: pgp.enums.hash.sha512 },
    });
    expect(await byOurs(bytes, signature)).toBe(true);
  });

  it('says when it was made, to the second', async () => {
    const at = new Date('2026-02-01T12:34:56.789Z');
    const signer = new OpenPgpJs(() => at);
    const secret = accepted(await signer.secretKey(agency.files.signing));
    const { packets } = await pgp.readSignature({
      binarySignature: await signer.sign(utf8('x'), secret),
    });
    expect(packets[0]?.created).toEqual(new Date('2026-02-01T12:34:56.000Z'));
  });

  it('is made by no secret that is another key’s', async () => {
    const damaged = splitPackets(agency.files.signing, 16)!.map(({ tag, body }) => {
      const octets = body.slice();
      // The only subkey with a secret here ends with it.
      if (tag === TAG.secretSubkey && octets[5] === 27) octets[octets.length - 1]! ^= 1;
      return writePacket(tag, octets);
    });
    expect(await openpgp.secretKey(concat(...damaged))).toMatchObject({ refused: 'bad-key' });
  });

  it('is no longer good with any octet changed, for openpgp.js neither', async () => {
    const bytes = utf8('what is said');
    const signature = await openpgp.sign(bytes, agency.signing);
    for (let at = 0; at < signature.length; at += 1) {
      const damaged = signature.slice();
      damaged[at]! ^= 1 << (at % 8);
      expect([at, await byOurs(bytes, damaged)]).toEqual([at, false]);
      if (signatureSubkey(damaged) !== undefined)
        expect([at, await byOpenPgpJs(bytes, damaged)]).toEqual([at, false]);
    }
  });

  it('is judged as openpgp.js judges it when its curve point or its scalar is out of the ordinary', async () => {
    const bytes = utf8('what is said');
    const signature = await openpgp.sign(bytes, agency.signing);
    // S + L is the same scalar once more; RFC 8032 has it refused, or signatures had two spellings.
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const scalar = BigInt(`0x${Buffer.from(signature.slice(-32).toReversed()).toString('hex')}`);
    const above = Buffer.from((scalar + order).toString(16).padStart(64, '0'), 'hex').toReversed();
    const odd = [
      [...signature.slice(0, -32), ...above],
      [...signature.slice(0, -32), ...Array<number>(32).fill(0)],
      [...signature.slice(0, -64), ...Array<number>(64).fill(0)],
      [...signature.slice(0, -64), 1, ...Array<number>(63).fill(0)],
      [...signature.slice(0, -64), ...Array<number>(64).fill(0xff)],
    ].map((octets) => Uint8Array.from(octets));
    for (const one of odd)
      expect([await byOurs(bytes, one), await byOpenPgpJs(bytes, one)]).toEqual([false, false]);
  });

  it('is good over nothing but what it signs, and by nobody but its subkey', async () => {
    const signature = await openpgp.sign(utf8('what is said'), agency.signing);
    expect(await byOurs(utf8('what is said '), signature)).toBe(false);
    const theirs = await openpgp.sign(utf8('what is said'), other.signing);
    // Another's signature under this one's name, over the hash that results.
    const renamed = theirs.slice();
    renamed.set(signature.subarray(19, 51), 19);
    expect(await byOurs(utf8('what is said'), renamed)).toBe(false);
  });
});
