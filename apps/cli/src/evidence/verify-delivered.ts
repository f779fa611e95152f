import { readTrustAnchor, readTrustPolicy } from '@tripoint/adapters/keys';
import { OpenPgpJs } from '@tripoint/envelope';
import {
  EvidenceFault,
  type ShownDelivery,
  type ShownLine,
  verifyDelivered,
} from '@tripoint/evidence';
import { readFile } from 'node:fs/promises';
import { type Command, UsageError } from '../command.js';
import { optionsOf, required } from '../federation/arguments.js';
import { inDoubt } from './verify-bundle.js';

/** Verifies, without a network, to whom an event was delivered. */
export const verifyDeliveries: Command = {
  summary: 'verify without a network to whom an event was delivered, and who has signed for it',
  usage: [
    'tripoint evidence delivered FILE --anchor FILE [--policy FILE]',
    '',
    '  FILE           what `tripoint agency deliveries` has written',
    '  --anchor FILE  the trust anchor of the federation, had from somebody else than whoever shows the file',
    '  --policy FILE  its trust policy; without it nobody is asked whether witnesses have seen the log',
    '',
    'Ends with 0 when all is sound, 1 when something is wrong with the file, 2 when the question is.',
  ].join('\n'),
  run: async ([path, ...args], { out }) => {
    if (path === undefined || path.startsWith('-'))
      throw new UsageError('bad-arguments', 'the file comes first');
    const { anchor, policy } = optionsOf(args, {
      anchor: { type: 'string' },
      policy: { type: 'string' },
    });
    const believed = {
      anchor: await readTrustAnchor(required('anchor', anchor)),
      policy: policy === undefined ? undefined : await readTrustPolicy(policy),
    };
    const verified = await verifyDelivered(await shownIn(path), believed, new OpenPgpJs());
    if (verified instanceof EvidenceFault) {
      out(`WRONG in ${verified.file}: ${verified.code}: ${verified.detail}`);
      return 1;
    }
    const { event, issuer, leaf, doubted, named, proven, witnessed } = verified;
    out(`event ${event} of ${issuer}, leaf ${leaf.index}, recorded ${leaf.time}`);
    if (doubted) out(`  ${inDoubt(issuer)}`);
    for (const agency of named) {
      const proof = proven.find((one) => one.agency === agency);
      out(
        proof === undefined
          ? `  ${agency}: was to have it; nothing in here shows that it came`
          : `  ${agency}: has signed that it came: leaf ${proof.leaf}, ${proof.at}, countersignature ${proof.countersignature}`,
      );
      if (proof?.doubted === true) out(`    ${inDoubt(agency)}`);
    }
    out(
      witnessed
        ? 'sound, and under a quorum of witnesses'
        : 'sound; whether witnesses have seen the log was not asked: give --policy',
    );
    return 0;
  },
};

const shownIn = async (path: string): Promise<ShownDelivery> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError('bad-arguments', `${path} cannot be read`, { cause });
  });
  const value = jsonIn(text) as Readonly<Record<string, unknown>> | undefined;
  const [said, statements, proofs] = [
    lineIn(value?.['said']),
    linesIn(value?.['statements']),
    linesIn(value?.['proofs']),
  ];
  if (said === undefined || statements === undefined || proofs === undefined)
    throw new UsageError('bad-arguments', `${path} is not what a door has written`);
  return { said, statements, proofs };
};

const jsonIn = (text: string): unknown => {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

const linesIn = (value: unknown): readonly ShownLine[] | undefined => {
  const lines = Array.isArray(value) ? value.map(lineIn) : [undefined];
  return lines.every((line) => line !== undefined) ? lines : undefined;
};

const lineIn = (value: unknown): ShownLine | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { delivery, cosigned } = value as Readonly<Record<string, unknown>>;
  if (typeof delivery !== 'string') return undefined;
  const bytes = Buffer.from(delivery, 'base64');
  if (cosigned === undefined) return { delivery: bytes };
  const { note, path } = (cosigned ?? {}) as Readonly<Record<string, unknown>>;
  return typeof note === 'string' && Array.isArray(path)
    ? {
        delivery: bytes,
        cosigned: { note, hashes: path.map((hash) => Buffer.from(String(hash), 'hex')) },
      }
    : undefined;
};
