// Writes and reads the vectors of testdata: lines `name: value`, blocks apart by an empty line; bytes in hexadecimal.
import { type Digest, type Fingerprint } from '@tripoint/kernel';
import { hex, pae, sha256, unhex, utf8 } from '../bytes.js';
import { encodeCbor, decodeCbor, type Cbor } from '../cbor.js';
import { audienceDigest, commitmentOf, contextOf } from '../commitment.js';
import { type HeaderCore, parseDescriptor, parseHeader, parseRouting } from '../envelope.js';
import { formatFrame } from '../frame.js';
import { canonical, type Json, parseCanonical } from '../jcs.js';
import { mediaType } from '../statement.js';
import { isRefusal } from '@tripoint/kernel';
import { accepted } from './agencies.js';
import { frame } from './drafts.js';

/** One block of a vector file, by name. */
export type Vector = Readonly<Record<string, string>>;

const core: HeaderCore = {
  v: 1,
  id: '0b5a2c1e-7f7e-4d0f-9c39-3f1c0c1b7a01' as HeaderCore['id'],
  stream: '5d3f0a52-1c8b-4b69-8f0e-6a3b9d1e2f02' as HeaderCore['stream'],
  type: 'request',
  schema: 1,
  issuer: 'gr-police' as HeaderCore['issuer'],
  at: '2026-03-01T12:00:00.000Z' as HeaderCore['at'],
};
const digest = (digit: string): Digest => digit.repeat(64) as Digest;
const outcome = (value: unknown): string => (isRefusal(value) ? value.refused : 'accepted');
const json = (text: string): Vector => ({
  kind: 'json',
  bytes: hex(utf8(text)),
  outcome: outcome(parseCanonical(utf8(text))),
});
const cbor = (digits: string): Vector => ({
  kind: 'cbor',
  bytes: digits,
  outcome: outcome(decodeCbor(unhex(digits))),
});
const statement = (kind: string, parse: (bytes: Uint8Array) => unknown, value: Json): Vector => ({
  kind,
  bytes: hex(canonical(value)),
  outcome: outcome(parse(canonical(value))),
});

/** Every vector that needs no randomness of an OpenPGP implementation. */
export const vectors = (): readonly Vector[] => {
  const to = [digest('1'), digest('2'), digest('3'), digest('4')];
  const context = contextOf(core, 'core', to);
  const header = { ...core, routing: digest('a'), compartments: to };
  const routing = { salt: digest('a'), chain: 'gr-police-1', seq: 0, prev: digest('0') };
  const descriptor = {
    salt: digest('a'),
    name: 'core',
    classification: 'R-UE/EU-R',
    handling: ['H1', 'H2'],
    retention: 'P3Y',
    facts: { opens: true },
    to,
    length: 1150,
    body: digest('b'),
    key: digest('c'),
  };
  const value: Cbor = { b: [1, -1, 24, 65536, null, true], aa: new Uint8Array(2), '': 'я' };
  return [
    {
      kind: 'pae',
      type: mediaType('header'),
      body: hex(utf8('{}')),
      encoded: hex(pae(mediaType('header'), utf8('{}'))),
    },
    {
      kind: 'to',
      salt: digest('a'),
      agency: digest('b'),
      wrap: digest('c'),
      digest: audienceDigest(digest('a'), digest('b') as string as Fingerprint, digest('c')),
    },
    {
      kind: 'context',
      header: hex(canonical(core)),
      name: 'core',
      to: to.join(' '),
      context: hex(context),
    },
    {
      kind: 'commitment',
      key: '07'.repeat(32),
      context: hex(context),
      commitment: commitmentOf(new Uint8Array(32).fill(7), context),
    },
    {
      kind: 'frame',
      length: '1024',
      digest: sha256(accepted(formatFrame(frame({ plate: 'XKA 4821' })))),
    },
    { kind: 'cbor', bytes: hex(encodeCbor(value)), outcome: 'accepted' },
    ...['1817', 'a2616200616100', 'f93c00', 'c000', '5f41aaff', '1b0020000000000000'].map(cbor),
    ...[
      '{"a":1,"b":[true,null,"я"]}',
      '{"b":1,"a":1}',
      '{"a":1,"a":1}',
      '0.5',
      '-0',
      '1e2',
      '"e\u0301"',
      '[[[[[[[1]]]]]]]',
    ].map(json),
    statement('header', parseHeader, header),
    statement('header', parseHeader, { ...header, compartments: to.slice(1) }),
    statement('header', parseHeader, { ...header, at: '2026-02-30T00:00:00.000Z' }),
    statement('routing', parseRouting, routing),
    statement('routing', parseRouting, { ...routing, seq: -1 }),
    statement('descriptor', parseDescriptor, descriptor),
    statement('descriptor', parseDescriptor, { ...descriptor, handling: ['H2', 'H1'] }),
  ];
};

/** The text of a vector file. */
export const formatVectors = (list: readonly Vector[]): string =>
  list
    .map((vector) =>
      Object.entries(vector)
        .map(([name, value]) => `${name}: ${value}\n`)
        .join(''),
    )
    .join('\n');
