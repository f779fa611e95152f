// What the product makes, in the hands of programs that others have written: which of them open it, which verify it, and which
// cannot. What cannot is part of the table: an agency that is told "any OpenPGP program" would be told wrong.
import { execFile } from 'node:child_process';
import { existsSync, writeSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Instant } from '@tripoint/kernel';
import * as pgp from 'openpgp';
import { missingOpenPgpTool, openPgpTool } from '../../../scripts/openpgp-tools.mjs';
import { concat, hex, pae, regrant, utf8 } from './index.js';
import { splitPackets, TAG, writePacket } from './packets.js';
import { mediaType } from './statement.js';
import { accepted, compartment, frame, type TestAgency, world } from './testing/index.js';

/** How many envelopes, each with keys of its own, every program is given. */
const COUNT = Number(process.env['TRIPOINT_INTEROP'] ?? 1);

/** What happens: what was sealed comes out, or what was signed is vouched for; or neither, and the program says so. */
type Outcome = 'good' | 'refused';

/** What is tried, in the words of the table in INTEROP.md. */
const TRIED = [
  ...['own', 'joined', 'granted', 'rotated', 'anonymous', 'disclosed', 'header'],
  ...['stranger', 'changed', 'old body', 'old signature'],
] as const;
type Tried = (typeof TRIED)[number];
type Row = Readonly<Record<Tried, Outcome>>;

const row = (good: readonly Tried[]): Row =>
  Object.fromEntries(
    TRIED.map((tried) => [tried, good.includes(tried) ? 'good' : 'refused']),
  ) as Row;

const NEVER: readonly Tried[] = ['stranger', 'changed'];
const EVERYTHING = TRIED.filter((tried) => !NEVER.includes(tried));
/** What shows that a program that came before RFC 9580 was asked rightly. */
const OLD: readonly Tried[] = ['old body', 'old signature'];

/** How a program is asked. What it answers is its exit and its standard output. */
type Asked = {
  readonly opens: (key: string, message: string) => readonly string[];
  readonly opensWith: (sessionKey: string, body: string) => readonly string[];
  readonly verifies: (certificate: string, signature: string, data: string) => readonly string[];
  /** Puts a key or certificate into the program's own store before. */
  readonly takes?: (file: string) => readonly string[];
  /** The last argument is not one, but what comes by standard input. */
  readonly reads?: true;
};

const SQ: Asked = {
  opens: (key, message) => ['decrypt', '--recipient-file', key, message],
  opensWith: (sessionKey, body) => ['decrypt', '--session-key', sessionKey, body],
  verifies: (certificate, signature, data) => [
    ...['verify', '--signer-file', certificate, '--signature-file', signature, data],
  ],
};
const OLD_SQ: Asked = {
  ...SQ,
  opens: (key, message) => ['decrypt', '--recipient-key', key, message],
  verifies: (certificate, signature, data) => [
    ...['verify', '--signer-cert', certificate, '--detached', signature, data],
  ],
};
const SOP: Asked = {
  opens: (key, message) => ['decrypt', key, message],
  opensWith: (_sessionKey, body) => ['decrypt', '--with-session-key=session-key', body],
  verifies: (certificate, signature, data) => ['verify', signature, certificate, data],
  reads: true,
};
const quiet = ['--batch', '--no-autostart', '--homedir', '.'];
const GPG: Asked = {
  takes: (file) => [...quiet, '--import', file],
  opens: (_key, message) => [...quiet, '--decrypt', message],
  opensWith: (sessionKey, body) => [
    ...[...quiet, '--override-session-key', `9:${sessionKey}`, '--decrypt', body],
  ],
  verifies: (_certificate, signature, data) => [...quiet, '--verify', signature, data],
};

type Program = {
  readonly name: string;
  readonly at: string;
  readonly why: string | null;
  readonly asked: Asked;
  readonly expected: Row;
};

const debian = (release: string, name: string, asked: Asked, expected: Row): Program => ({
  name: `${name} of Debian's ${release}`,
  at: openPgpTool(release, name),
  why: missingOpenPgpTool(release, name),
  asked,
  expected,
});

const named = process.env['TRIPOINT_TEST_SQ'];
const PROGRAMS: readonly Program[] = [
  debian('trixie', 'sq', SQ, row(EVERYTHING)),
  debian('trixie', 'sqop', SOP, row(EVERYTHING)),
  debian('trixie', 'gosop', SOP, row(EVERYTHING)),
  // It knows no stubs in a key file, and no body that comes without any wrap.
  debian(
    'trixie',
    'rsop',
    SOP,
    row(['joined', 'granted', 'rotated', 'anonymous', 'header', 'old signature']),
  ),
  debian('trixie', 'gpg', GPG, row(OLD)),
  debian('bookworm', 'gpg', GPG, row(OLD)),
  debian('bookworm', 'sq', OLD_SQ, row(OLD)),
  ...(named === undefined
    ? []
    : [
        {
          name: `sq at ${named}`,
          at: named,
          why: existsSync(named) ? null : 'TRIPOINT_TEST_SQ names nothing',
          asked: SQ,
          expected: row(EVERYTHING),
        },
      ]),
];

/** Of each packet that holds a key, version, time, algorithm and public key come first. */
const PUBLIC = 42;

/** The first of an agency's files, with the secrets of all of them in place of its stubs. */
const joined = (...files: readonly Uint8Array[]): Uint8Array => {
  const [first, ...others] = files.map((file) => splitPackets(file, 40) ?? []);
  const keys = [...(first ?? []), ...others.flat()].filter(
    ({ tag }) => tag === TAG.secretKey || tag === TAG.secretSubkey,
  );
  return concat(
    ...(first ?? []).map((packet) => {
      const own = hex(packet.body.subarray(0, PUBLIC));
      const [longest] = keys
        .filter(({ tag, body }) => tag === packet.tag && hex(body.subarray(0, PUBLIC)) === own)
        .sort((a, b) => b.body.length - a.body.length);
      return writePacket(packet.tag, (longest ?? packet).body);
    }),
  );
};

/** The same wrap with a recipient of no length, as OpenPGP hides one. */
const anonymous = (wrap: Uint8Array): Uint8Array => {
  const { body } = splitPackets(wrap, 1)![0]!;
  return writePacket(TAG.pkesk, concat(Uint8Array.of(6, 0), body.subarray(2 + body[1]!)));
};

/** What OpenPGP was before RFC 9580, made by nothing of ours: a signature, and a body with its session key. */
const made = async () => {
  const config = { v6Keys: false, aeadProtect: false };
  const { privateKey, publicKey } = await pgp.generateKey({
    ...{ userIDs: [{ name: 'old' }], format: 'object', type: 'ecc', curve: 'ed25519Legacy' },
    config,
  });
  const content = utf8('as it was');
  const message = await pgp.createMessage({ binary: content });
  const sessionKey = new Uint8Array(32).fill(5);
  return {
    content,
    certificate: publicKey.write(),
    sessionKey: hex(sessionKey),
    signature: await pgp.sign({
      ...{ message, signingKeys: privateKey, detached: true, format: 'binary', config },
    }),
    body: await pgp.encrypt({
      ...{
        message,
        sessionKey: { data: sessionKey, algorithm: 'aes256' },
        format: 'binary',
        config,
      },
    }),
  };
};

type Written = {
  readonly folder: string;
  /** What is in the sealed body. */
  readonly content: Uint8Array;
  readonly old: { readonly content: Uint8Array; readonly sessionKey: string };
  readonly sessionKey: string;
};

/** Files of one envelope, made as the product makes them. */
const written = async (folder: string, size: number): Promise<Written> => {
  const w = await world();
  const sealed = await w.seal([
    compartment('core', [w.author.recipient, w.reader.recipient], {
      frame: frame({ text: 'x'.repeat(size) }),
    }),
  ]);
  const part = w.part(sealed, w.reader, ['core']);
  const { body } = part.compartments[0]!;
  const [wrap] = w.wraps(sealed, w.reader).values();
  const sessionKey = accepted(await w.openpgp.unwrap(wrap!, w.reader.decryption));
  const { wraps: granted } = accepted(
    await regrant(
      w.openpgp,
      w.part(sealed, w.author, ['core']),
      w.wraps(sealed, w.author),
      {
        certificatesOf: () => [w.author.certificate],
        key: w.author.decryption,
        own: w.author.fingerprint,
      },
      w.other.recipient,
    ),
  );
  const next = await w.openpgp.addEncryptionSubkey(
    w.reader.files,
    '2026-06-01T00:00:00.000Z' as Instant,
  );
  const ofReader = [w.reader.files.primary, w.reader.files.signing];
  const joinedOf = ({ files }: TestAgency): Uint8Array =>
    joined(files.decryption, files.primary, files.signing);
  const header = pae(mediaType('header'), part.header);
  const hidden = anonymous(wrap!);
  // Ours is stricter than any of them: a wrap says for whom it is.
  expect(await w.openpgp.unwrap(hidden, w.reader.decryption)).toMatchObject({
    refused: 'wrap-profile',
  });
  const old = await made();
  const files = {
    'author.cert': w.author.files.certificate,
    'own.key': w.reader.files.decryption,
    'joined.key': joinedOf(w.reader),
    'rotated.key': joined(next.decryption, ...ofReader),
    'grantee.key': joinedOf(w.other),
    'stranger.key': joinedOf(w.stranger),
    'own.msg': concat(wrap!, body),
    'granted.msg': concat(granted[0]!.wrap, body),
    'anonymous.msg': concat(hidden, body),
    'body.msg': body,
    'header.signed': header,
    'header.changed': header.map((octet, at) => (at === header.length - 2 ? octet ^ 1 : octet)),
    'header.sig': part.signature,
    'old.cert': old.certificate,
    'old.msg': old.body,
    'old.signed': old.content,
    'old.sig': old.signature,
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return {
    folder,
    content: accepted(await w.openpgp.decrypt(sessionKey, body)),
    sessionKey: hex(sessionKey),
    old,
  };
};

/** Each way in which a program is tried, with files of `written`. */
const attempts = (asked: Asked, { content, sessionKey, old }: Written) => {
  const open = (key: string, message: string) => ({
    ...{ takes: `${key}.key`, says: content },
    args: asked.opens(`${key}.key`, `${message}.msg`),
  });
  const openWith = (key: string, body: string, says: Uint8Array) => ({
    ...{ takes: undefined, says, sessionKey: key },
    args: asked.opensWith(key, `${body}.msg`),
  });
  const verify = (certificate: string, signature: string, data: string) => ({
    ...{ takes: `${certificate}.cert`, says: undefined },
    args: asked.verifies(`${certificate}.cert`, `${signature}.sig`, data),
  });
  return {
    own: open('own', 'own'),
    joined: open('joined', 'own'),
    granted: open('grantee', 'granted'),
    rotated: open('rotated', 'own'),
    anonymous: open('joined', 'anonymous'),
    disclosed: openWith(sessionKey, 'body', content),
    header: verify('author', 'header', 'header.signed'),
    stranger: open('stranger', 'own'),
    changed: verify('author', 'header', 'header.changed'),
    'old body': openWith(old.sessionKey, 'old', old.content),
    'old signature': verify('old', 'old', 'old.signed'),
  } satisfies Record<Tried, unknown>;
};

type Ended = { readonly ok: boolean; readonly out: Uint8Array };

/** Runs a program in `cwd`, which is its home as well. */
const ran = async (
  { at, asked: { reads } }: Program,
  args: readonly string[],
  cwd: string,
): Promise<Ended> => {
  const input = reads === true ? await readFile(join(cwd, args.at(-1)!)) : undefined;
  return new Promise((resolve) => {
    const child = execFile(
      at,
      reads === true ? args.slice(0, -1) : args,
      {
        ...{ cwd, encoding: 'buffer', maxBuffer: 1 << 24 },
        env: { PATH: process.env['PATH'], HOME: cwd, SEQUOIA_HOME: cwd },
      },
      (error, out) => {
        resolve({ ok: error === null, out });
      },
    );
    // Who refuses need not have read all of it.
    child.stdin?.on('error', () => undefined).end(input);
  });
};

/** What a program makes of everything. Anything that is neither of the two outcomes is told as it is. */
const outcomes = async (program: Program, files: Written): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const [tried, attempt] of Object.entries(attempts(program.asked, files))) {
    const { takes, says, args } = attempt;
    if (takes !== undefined && program.asked.takes !== undefined)
      await ran(program, program.asked.takes(takes), files.folder);
    if ('sessionKey' in attempt)
      await writeFile(join(files.folder, 'session-key'), `9:${attempt.sessionKey}\n`);
    const { ok, out } = await ran(program, args, files.folder);
    const opened = says === undefined || Buffer.compare(out, says) === 0;
    found[tried] = !ok ? 'refused' : opened ? 'good' : 'said to be good, and is something else';
  }
  return found;
};

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tripoint-interop-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

describe('what the product makes', () => {
  for (const program of PROGRAMS) {
    if (program.why !== null) {
      // Past the reporter, which says nothing of a suite in which nothing failed.
      writeSync(2, `\nSKIPPED: what ${program.name} makes of an envelope: ${program.why}\n`);
      it.skip(`is tried by ${program.name} (skipped: ${program.why})`, () => undefined);
      continue;
    }
    it(
      `is to ${program.name} what the table says, ${COUNT} times`,
      async () => {
        for (let count = 0; count < COUNT; count += 1) {
          const folder = await mkdtemp(join(parent, 'files-'));
          const files = await written(folder, 37 ** (count % 4));
          expect(await outcomes(program, files)).toEqual(program.expected);
        }
      },
      120_000 + COUNT * 30_000,
    );
  }
});
