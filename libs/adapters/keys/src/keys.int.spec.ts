import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId, type Instant } from '@tripoint/kernel';
import {
  createAgencyKeys,
  FileDecryptionKeyring,
  FileSigningKeyring,
  replaceAgencyKeys,
  startEpoch,
} from './agency-keys.js';
import { isExposed, writeWhole } from './files.js';
import { createLogKey, loadLogKey } from './log-key.js';
import { readPassphrase } from './passphrase.js';
import { FilePositionMark } from './position-mark.js';

const at = '2026-11-23T12:00:00.000Z' as Instant;
const later = '2026-11-24T12:00:00.000Z' as Instant;
const openpgp = new OpenPgpJs();
let parent: string;
let counter = 0;
const place = (): string => join(parent, `${counter++}`);

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tripoint-keys-'));
});
afterAll(() => rm(parent, { recursive: true }));

describe('an agency’s folder', () => {
  it('is its owner’s alone, secrets and folder', async () => {
    const folder = place();
    await createAgencyKeys(openpgp, folder, { name: 'a', at });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of ['primary.pgp', 'signing.pgp', 'decryption.pgp'])
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual([
      'certificate.pgp',
      'decryption.pgp',
      'primary.pgp',
      'signing.pgp',
    ]);
  });

  it('gives each process the one secret it needs', async () => {
    const folder = place();
    await createAgencyKeys(openpgp, folder, { name: 'a', at });
    const signing = await FileSigningKeyring.load(openpgp, folder);
    const decryption = await FileDecryptionKeyring.load(openpgp, folder);
    expect([signing.key.signing.length, signing.key.encryption.length]).toEqual([1, 0]);
    expect([decryption.key.signing.length, decryption.key.encryption.length]).toEqual([0, 1]);
    await rm(join(folder, 'decryption.pgp'));
    await rm(join(folder, 'primary.pgp'));
    await expect(FileSigningKeyring.load(openpgp, folder)).resolves.toBeDefined();
  });

  it.each([0o640, 0o604, 0o620])('is refused when a secret has mode %i', async (mode) => {
    const folder = place();
    await createAgencyKeys(openpgp, folder, { name: 'a', at });
    await chmod(join(folder, 'signing.pgp'), mode);
    await expect(FileSigningKeyring.load(openpgp, folder)).rejects.toMatchObject({
      code: 'key-exposed',
    });
  });

  it('is refused when it mixes two agencies’ keys', async () => {
    const [one, other] = [place(), place()];
    await createAgencyKeys(openpgp, one, { name: 'a', at });
    const { bytes } = await createAgencyKeys(openpgp, other, { name: 'b', at });
    await writeWhole(join(one, 'certificate.pgp'), bytes, { secret: false, replace: true });
    await expect(FileSigningKeyring.load(openpgp, one)).rejects.toMatchObject({
      code: 'key-unusable',
    });
  });

  it('is never overwritten by new keys', async () => {
    const folder = place();
    await createAgencyKeys(openpgp, folder, { name: 'a', at });
    await expect(createAgencyKeys(openpgp, folder, { name: 'a', at })).rejects.toMatchObject({
      code: 'key-exists',
    });
  });

  it('opens with its passphrase and no other', async () => {
    const folder = place();
    await createAgencyKeys(openpgp, folder, { name: 'a', at, passphrase: 'correct horse' });
    await expect(FileSigningKeyring.load(openpgp, folder, 'correct horse')).resolves.toBeDefined();
    await expect(FileSigningKeyring.load(openpgp, folder, 'wrong')).rejects.toMatchObject({
      code: 'key-locked',
    });
  });

  it('keeps what opens older wraps, through epochs and through a replacement', async () => {
    const folder = place();
    const first = await createAgencyKeys(openpgp, folder, { name: 'a', at });
    const second = await startEpoch(openpgp, folder, later);
    expect(second.fingerprint).toBe(first.fingerprint);
    const third = await replaceAgencyKeys(openpgp, folder, { name: 'a', at: later });
    const keyring = await FileDecryptionKeyring.load(openpgp, folder);
    for (const certificate of [first, second, third]) {
      const subkey = certificate.encryption[0]!;
      const sessionKey = new Uint8Array(32).fill(7);
      const wrap = await openpgp.wrap(sessionKey, certificate, subkey);
      expect(await openpgp.unwrap(wrap, (await keyring.keyFor(subkey))!)).toEqual(sessionKey);
    }
  });
});

describe('a key ring', () => {
  const second = 1_000;

  it('finds the key of an epoch that began after it was loaded', async () => {
    const folder = place();
    await createAgencyKeys(openpgp, folder, { name: 'a', at });
    const keyring = await FileDecryptionKeyring.load(openpgp, folder);
    const { encryption } = await startEpoch(openpgp, folder, later);
    const sessionKey = new Uint8Array(32).fill(7);
    const wrap = await openpgp.wrap(sessionKey, keyring.certificate, keyring.key.encryption[0]!);
    const keys = await Promise.all(encryption.map((subkey) => keyring.keyFor(subkey)));
    expect(keys.map((key) => key !== undefined)).toEqual(encryption.map(() => true));
    expect(await openpgp.unwrap(wrap, keyring.key)).toEqual(sessionKey);
  });

  it('finds the keys of a certificate that took the place of the one it was loaded with', async () => {
    const folder = place();
    const first = await createAgencyKeys(openpgp, folder, { name: 'a', at });
    const opening = await FileDecryptionKeyring.load(openpgp, folder);
    const signing = await FileSigningKeyring.load(openpgp, folder);
    const second = await replaceAgencyKeys(openpgp, folder, { name: 'a', at: later });
    expect(await opening.keyFor(second.encryption[0]!)).toBeDefined();
    expect(await opening.keyFor(first.encryption[0]!)).toBeDefined();
    await signing.reread();
    expect(signing.key.signing).toEqual(second.signing);
    expect(signing.certificate.fingerprint).toBe(second.fingerprint);
  });

  it('looks for what is nowhere once a second and no more', async () => {
    const folder = place();
    let time = 0;
    await createAgencyKeys(openpgp, folder, { name: 'a', at });
    const keyring = await FileDecryptionKeyring.load(openpgp, folder, undefined, () => time);
    const other = await createAgencyKeys(openpgp, place(), { name: 'b', at });
    expect(await keyring.keyFor(other.encryption[0]!)).toBeUndefined();
    const { encryption } = await startEpoch(openpgp, folder, later);
    const [next = encryption[0]!] = encryption.filter(
      (one) => !keyring.key.encryption.includes(one),
    );
    time = second - 1;
    expect(await keyring.keyFor(next)).toBeUndefined();
    time = second;
    expect(await keyring.keyFor(next)).toBeDefined();
  });

  it('lets go of a secret that is said to be destroyed, once it is in no file any more', async () => {
    const folder = place();
    let time = 0;
    const first = await createAgencyKeys(openpgp, folder, { name: 'a', at });
    const subkey = first.encryption[0]!;
    const next = await startEpoch(openpgp, folder, later);
    const keyring = await FileDecryptionKeyring.load(openpgp, folder, undefined, () => time);
    expect(await keyring.drop(subkey)).toBe(false);
    const file = join(folder, 'decryption.pgp');
    const whole = await readFile(file);
    await writeFile(file, await openpgp.forgetEncryptionSubkey(whole, subkey));
    time = second;
    expect(await keyring.drop(subkey)).toBe(true);
    expect(await keyring.drop(subkey)).toBe(true);
    expect(await keyring.keyFor(subkey)).toBeUndefined();
    expect(await keyring.keyFor(next.encryption[0]!)).toBeDefined();
    // Nor is it remembered by the bytes of the file that it was in.
    const { unlocks, parses } = openpgp.counts;
    await openpgp.secretKey(whole);
    expect(openpgp.counts).toEqual({ unlocks, parses: parses + 1 });
  });

  it('keeps what it has while what is in the folder cannot be used, and says why', async () => {
    const folder = place();
    let time = 0;
    await createAgencyKeys(openpgp, folder, { name: 'a', at });
    const keyring = await FileDecryptionKeyring.load(openpgp, folder, undefined, () => time);
    const signing = await FileSigningKeyring.load(openpgp, folder, undefined, () => time);
    const before = signing.key;
    await startEpoch(openpgp, folder, later);
    for (const name of ['decryption.pgp', 'signing.pgp']) await chmod(join(folder, name), 0o640);
    const other = await createAgencyKeys(openpgp, place(), { name: 'b', at });
    await expect(keyring.keyFor(other.encryption[0]!)).rejects.toMatchObject({
      code: 'key-exposed',
    });
    await expect(signing.reread()).rejects.toMatchObject({ code: 'key-exposed' });
    expect(signing.key).toBe(before);
    expect(await keyring.keyFor(keyring.key.encryption[0]!)).toBe(keyring.key);
    time = second;
    for (const name of ['decryption.pgp', 'signing.pgp']) await chmod(join(folder, name), 0o600);
    await expect(signing.reread()).resolves.toBeUndefined();
  });
});

describe('a container’s secret', () => {
  const inGroup = { uid: 1000, groups: [1000, 2000] };

  it.each([0o440, 0o640])(
    'is not exposed by mode %o: root’s, for the process’s own group',
    (mode) => {
      expect(isExposed({ mode, uid: 0, gid: 2000 }, inGroup)).toBe(false);
    },
  );

  it.each<[string, Parameters<typeof isExposed>]>([
    ['others may read it', [{ mode: 0o444, uid: 0, gid: 2000 }, inGroup]],
    ['its group may change it', [{ mode: 0o660, uid: 0, gid: 2000 }, inGroup]],
    ['its group may run it', [{ mode: 0o450, uid: 0, gid: 2000 }, inGroup]],
    ['it is of a group that is not ours', [{ mode: 0o440, uid: 0, gid: 3000 }, inGroup]],
    ['it is our own file, open to a group', [{ mode: 0o440, uid: 1000, gid: 2000 }, inGroup]],
    ['it is another user’s, who could change it', [{ mode: 0o440, uid: 7, gid: 2000 }, inGroup]],
    [
      'the group is root’s',
      [
        { mode: 0o440, uid: 0, gid: 0 },
        { uid: 1000, groups: [0] },
      ],
    ],
    [
      'root reads it',
      [
        { mode: 0o440, uid: 0, gid: 2000 },
        { uid: 0, groups: [0, 2000] },
      ],
    ],
  ])('is exposed when %s', (_why, given) => {
    expect(isExposed(...given)).toBe(true);
  });

  it('is not exposed when it is its owner’s alone', () => {
    expect(isExposed({ mode: 0o400, uid: 1000, gid: 1000 }, inGroup)).toBe(false);
  });
});

describe('the log’s key', () => {
  it('is loaded under its name', async () => {
    const folder = place();
    const vkey = await createLogKey(folder, 'test/log');
    expect(vkey).toMatch(/^test\/log\+[0-9a-f]{8}\+/);
    expect((await loadLogKey(folder)).verifierKey.name).toBe('test/log');
  });
});

describe('a passphrase', () => {
  it('comes from the environment or from a secret file, and from one of them', async () => {
    const path = join(place(), 'secret');
    await writeWhole(path, Buffer.from('correct horse\n'), { secret: true, replace: false });
    expect(await readPassphrase({})).toBeUndefined();
    expect(await readPassphrase({ TRIPOINT_KEY_PASSPHRASE: 'x' })).toBe('x');
    expect(await readPassphrase({ TRIPOINT_KEY_PASSPHRASE_FILE: path })).toBe('correct horse');
    await expect(
      readPassphrase({ TRIPOINT_KEY_PASSPHRASE: 'x', TRIPOINT_KEY_PASSPHRASE_FILE: path }),
    ).rejects.toMatchObject({ code: 'key-locked' });
  });
});

describe('the mark of a mailbox', () => {
  const GR = 'gr-police' as AgencyId;

  it('is what it was moved to, on a disk', async () => {
    const path = place();
    const mark = new FilePositionMark(path, GR);
    await expect(mark.read()).resolves.toBeUndefined();
    await mark.move(7n);
    await mark.move(123456n);
    await expect(new FilePositionMark(path, GR).read()).resolves.toBe(123456n);
    expect(await readFile(path, 'utf8')).toBe('tripoint.eu/position@v1\ngr-police\n123456\n');
  });

  it.each([
    ['nothing', ''],
    ['another form', 'tripoint.eu/position@v2\ngr-police\n7\n'],
    ['another agency', 'tripoint.eu/position@v1\nbg-police\n7\n'],
    ['no number', 'tripoint.eu/position@v1\ngr-police\n-7\n'],
    ['more', 'tripoint.eu/position@v1\ngr-police\n7\n\n'],
    ['half of it', 'tripoint.eu/position@v1\ngr-police\n7'],
  ])('vouches for nothing when there is %s in it', async (_what, text) => {
    const path = place();
    await writeFile(path, text);
    await expect(new FilePositionMark(path, GR).read()).resolves.toBeUndefined();
  });

  it('says so when it cannot be kept', async () => {
    const path = place();
    await mkdir(join(path, 'mark'), { recursive: true });
    await expect(new FilePositionMark(join(path, 'mark'), GR).move(7n)).rejects.toMatchObject({
      code: 'keys-away',
      retriable: true,
    });
  });
});
