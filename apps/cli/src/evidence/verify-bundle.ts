import { readTrustAnchor, readTrustPolicy } from '@tripoint/adapters/keys';
import { OpenPgpJs } from '@tripoint/envelope';
import {
  EvidenceFault,
  LARGEST_BUNDLE,
  type VerifiedEvidence,
  verifyEvidence,
} from '@tripoint/evidence';
import { readFile, stat } from 'node:fs/promises';
import { type Command, UsageError } from '../command.js';
import { optionsOf, required } from '../federation/arguments.js';
import { visibleJson } from '../unseen.js';

/** Verifies a bundle without a network. */
export const verifyBundle: Command = {
  summary: 'verify a bundle without a network, and name the first file in which something is wrong',
  usage: [
    'tripoint evidence verify FILE --anchor FILE [--policy FILE] [--content] [--json]',
    '',
    '  --anchor FILE  the trust anchor of the federation, had from somebody else than whoever made the bundle',
    '  --policy FILE  its trust policy: whose cosignatures make a checkpoint one that the world has seen. Without it the bundle’s',
    '                 own is taken, and its builder might have named any witnesses',
    '  --content      also shows what was said, as far as session keys were disclosed',
    '  --json         the result as one line of JSON',
    '',
    'Ends with 0 when all is sound, 1 when something is wrong with the bundle, 2 when the question is.',
  ].join('\n'),
  run: async ([path, ...args], { out }) => {
    if (path === undefined || path.startsWith('-'))
      throw new UsageError('bad-arguments', 'the bundle’s file comes first');
    const { anchor, policy, content, json } = optionsOf(args, {
      anchor: { type: 'string' },
      policy: { type: 'string' },
      content: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const believed = {
      anchor: await readTrustAnchor(required('anchor', anchor)),
      policy: policy === undefined ? undefined : await readTrustPolicy(policy),
    };
    const outcome = await verifyEvidence(await bundleAt(path), believed, new OpenPgpJs());
    if (outcome instanceof EvidenceFault) {
      const { file, code, detail } = outcome;
      out(
        json
          ? JSON.stringify({ sound: false, fault: { file, code, detail } })
          : `WRONG in ${file}: ${code}: ${detail}`,
      );
      return 1;
    }
    const lines = json ? [visibleJson(shown(outcome, content))] : told(outcome, content);
    for (const line of lines) out(line);
    return 0;
  },
};

const bundleAt = async (path: string): Promise<Buffer> => {
  try {
    if ((await stat(path)).size > LARGEST_BUNDLE)
      throw new UsageError('bad-arguments', `${path} is larger than any bundle`);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError('bad-arguments', `${path} cannot be read`, { cause });
  }
};

const instantOf = (seconds: number | null): string =>
  seconds === null ? 'no witness asked for' : new Date(seconds * 1000).toISOString();

const shown = (
  { manifest, events, entitled, statements, complete, custody, ownPolicy }: VerifiedEvidence,
  content: boolean,
) => ({
  sound: true,
  builder: manifest.builder,
  at: manifest.at,
  courtFile: manifest.courtFile,
  ownPolicy,
  statements,
  complete,
  events: events.map(({ leaf, witnessed, header, doubted, compartments }) => ({
    leaf: leaf.index,
    recordedAt: leaf.time,
    witnessedAt: instantOf(witnessed),
    event: header.id,
    issuer: header.issuer,
    doubted,
    compartments: compartments.map(({ descriptor, frame }) => ({
      name: descriptor.name,
      classification: descriptor.classification,
      handling: descriptor.handling,
      disclosed: frame !== undefined,
      ...entitlement(entitled, leaf.index, descriptor.name),
      ...(content && frame !== undefined ? { content: frame.event } : {}),
    })),
  })),
  consultations: custody.consultations,
});

/** At which leaves it was granted, or its use was permitted, where that is why the builder may carry it. */
const entitlement = (
  { grants, permissions }: VerifiedEvidence['entitled'],
  leaf: number,
  name: string,
): { readonly grantedAt?: number; readonly permittedAt?: number } => {
  const isIt = (one: { readonly leaf: number; readonly name: string }): boolean =>
    one.leaf === leaf && one.name === name;
  const [grant, permission] = [grants.find(isIt), permissions.find(isIt)];
  return {
    ...(grant === undefined ? {} : { grantedAt: grant.grantedAt }),
    ...(permission === undefined ? {} : { permittedAt: permission.permittedAt }),
  };
};

/** What somebody else may have signed with a key that was revoked since, and nobody has attested. */
export const inDoubt = (issuer: string): string =>
  `IN DOUBT: a key of ${issuer} was in other hands by then, as the registry has said since; whether it is its own word nobody has attested`;

const told = (evidence: VerifiedEvidence, content: boolean): readonly string[] => {
  const { builder, at, courtFile, events, consultations, statements, complete, ownPolicy } = shown(
    evidence,
    content,
  );
  return [
    `built by ${builder} at ${at}, court file ${courtFile}; ${statements} statements of the registry`,
    complete === null
      ? 'NOT SHOWN: that no newer statement of the registry was left out, such as one that a key was in other hands'
      : `no statement of the registry before leaf ${complete.leaf}, ${complete.at}, was left out; what came after that may be missing`,
    ...events.flatMap((event) => [
      '',
      `leaf ${event.leaf}: event ${event.event} of ${event.issuer}, recorded ${event.recordedAt}, witnessed ${event.witnessedAt}`,
      ...(event.doubted ? [`  ${inDoubt(event.issuer)}`] : []),
      ...event.compartments.flatMap(({ name, classification, handling, disclosed, ...what }) => [
        [
          `  ${name} (${[classification, ...handling].join(', ')})`,
          ...(disclosed ? [] : ['sealed']),
          ...(what.grantedAt === undefined ? [] : [`granted at leaf ${what.grantedAt}`]),
          ...(what.permittedAt === undefined ? [] : [`permitted at leaf ${what.permittedAt}`]),
        ].join(', '),
        ...('content' in what ? [`    ${visibleJson(what.content)}`] : []),
      ]),
    ]),
    '',
    `looked at ${consultations.length} times at ${builder}:`,
    ...consultations.map(
      ({ number, officer, purpose, at: when }) =>
        `  read ${number}: ${when} by ${officer.slice(0, 12)} for ${purpose}`,
    ),
    '',
    ...(ownPolicy
      ? ['the witnesses are those that the bundle itself names: give --policy to know better']
      : []),
    `sound: every file, signature, proof, decision and key is as it has to be${events.some(({ doubted }) => doubted) ? '; what is IN DOUBT above may be somebody else’s word' : ''}`,
  ];
};
