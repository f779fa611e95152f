import { mediaType } from '@tripoint/envelope';
import { type Complete } from './complete.js';
import { type CarriedEvent, type Entitled } from './entitling.js';
import { MANIFEST, MANIFEST_KIND, MANIFEST_SIGNATURE } from './manifest.js';
import {
  bodyName,
  certificateName,
  descriptorName,
  eventFolder,
  HEADER,
  SIGNATURE,
  SIGNED,
  sessionKeyName,
} from './names.js';

/** What a bundle's reader is told to look at. */
export type Instructed = {
  readonly builder: string;
  /** The certificate that signed the manifest. */
  readonly builderCertificate: string;
  readonly events: readonly {
    readonly event: CarriedEvent;
    /** The certificate that signed the header. */
    readonly certificate: string;
  }[];
  readonly entitled: Entitled;
  readonly complete: Complete | null;
};

type ToldOf = {
  readonly folder: string;
  readonly leaf: number;
  readonly issuer: string;
  readonly certificate: string;
  readonly compartments: readonly string[];
  /** Those of which the session key is disclosed. */
  readonly disclosed: readonly string[];
};

/** What `VERIFY.md` says: it follows from the bundle, and a bundle that says something else is refused. */
export const instructions = ({
  builder,
  builderCertificate,
  events,
  entitled,
  complete,
}: Instructed): Uint8Array => {
  const told = events.map(({ event: { leaf, header, compartments }, certificate }): ToldOf => ({
    folder: eventFolder(leaf.index),
    leaf: leaf.index,
    issuer: header.issuer,
    certificate,
    compartments: compartments.map(({ descriptor }) => descriptor.name),
    disclosed: compartments.flatMap(({ descriptor, frame }) =>
      frame === undefined ? [] : [descriptor.name],
    ),
  }));
  const ids = new Map(events.map(({ event }) => [event.leaf.index, event.header.id]));
  return Buffer.from(
    [
      ...builtLines(builder, builderCertificate),
      ...saidLines(told),
      ...grantedLines(builder, entitled),
      ...contentLines(told),
      ...permittedLines(builder, entitled, ids),
      ...restLines(builder, complete),
    ].join('\n'),
  );
};

const builtLines = (builder: string, certificate: string): readonly string[] => [
  '# How to verify this bundle',
  '',
  '`tripoint evidence verify FILE --anchor ANCHOR --policy POLICY` checks all of it, without a network. `ANCHOR` and `POLICY` are',
  'the trust anchor and the trust policy of the federation, **had from somebody else than whoever gave you this bundle**: copies lie in',
  '`trust/`, and a copy proves nothing about itself.',
  '',
  'Signatures and content can be checked with nothing but Sequoia’s `sq` (1.0 or newer), `unzip` and what every Unix has, in an empty folder.',
  'Each command ends with 0, or something is wrong:',
  '',
  '    unzip BUNDLE',
  '',
  '## Who put it together',
  '',
  `${builder} signed \`${MANIFEST}\`, which names every other file with its SHA-256. What is signed is the file behind a prefix`,
  'that says what kind of statement it is:',
  '',
  `    { printf 'DSSEv1 %d %s %d ' ${mediaType(MANIFEST_KIND).length} '${mediaType(MANIFEST_KIND)}' "$(wc -c < ${MANIFEST})"; cat ${MANIFEST}; } > ../manifest.signed`,
  `    sq verify --signer-file ${certificateName(certificate)} --signature-file ${MANIFEST_SIGNATURE} ../manifest.signed`,
  '',
  'The other files are what it names:',
  '',
  `    tr '{' '\\n' < ${MANIFEST} | sed -n 's/^"name":"\\([^"]*\\)","sha256":"\\([^"]*\\)".*/\\2  \\1/p' > ../manifest.sha256`,
  '    sha256sum --check --quiet ../manifest.sha256',
  '',
  'A certificate is believed because the registry of the federation has it (`registry/`, signed by its roots), which `sq` cannot see: compare',
  'its fingerprint, `sq inspect FILE`, with what the agency or oversight tells you.',
  '',
];

/** That one file names the SHA-256 of another. */
const names = (place: string, file: string): string =>
  `    grep -q "$(sha256sum < ${file} | cut -d ' ' -f 1)" ${place}`;

const saidLines = (events: readonly ToldOf[]): readonly string[] => [
  '## Who said it',
  '',
  'Each folder of `events/` is one event. `header.signed` is what its issuer signed; behind the prefix it is `header.json`, byte for byte.',
  '',
  ...events.map(
    ({ folder, issuer, certificate }) =>
      `    sq verify --signer-file ${certificateName(certificate)} --signature-file ${folder}/${SIGNATURE} ${folder}/${SIGNED}   # ${issuer}`,
  ),
  '',
  'The header names the SHA-256 of every descriptor, a descriptor that of its body:',
  '',
  ...events.flatMap(({ folder, compartments }) =>
    compartments.flatMap((name) => {
      const descriptor = `${folder}/${descriptorName(name)}`;
      return [
        names(`${folder}/${SIGNED}`, descriptor),
        names(descriptor, `${folder}/${bodyName(name)}`),
      ];
    }),
  ),
  '',
];

/** What the builder holds because whoever said it handed it on. */
const grantedLines = (builder: string, { grants }: Entitled): readonly string[] =>
  grants.length === 0
    ? []
    : [
        '## What was handed on',
        '',
        `${builder} was not given this when it was said. Whoever said it granted it afterwards, in an event whose core names the SHA-256 of`,
        'the header and of the descriptor:',
        '',
        ...grants.flatMap(({ leaf, name, grantedAt }) => {
          const grant = `${eventFolder(grantedAt)}/${descriptorName('core')}`;
          return [
            names(grant, `${eventFolder(leaf)}/${HEADER}`),
            names(grant, `${eventFolder(leaf)}/${descriptorName(name)}`),
          ];
        }),
        '',
      ];

const contentLines = (events: readonly ToldOf[]): readonly string[] => [
  '## What was said',
  '',
  ...(events.every(({ disclosed }) => disclosed.length === 0)
    ? ['No session key is disclosed: the bundle proves what was recorded, and shows nothing of it.']
    : [
        'A session key opens one compartment of one event, and nothing else. What comes out is CBOR (RFC 8949), filled up with zeros.',
        '',
        ...events.flatMap(({ folder, leaf, disclosed }) =>
          disclosed.map(
            (name) =>
              `    sq decrypt --session-key "$(cat ${folder}/${sessionKeyName(name)})" --output ../${leaf}-${name}.cbor ${folder}/${bodyName(name)}`,
          ),
        ),
      ]),
  '',
];

/** What may be used in proceedings because whoever said it permits it. */
const permittedLines = (
  builder: string,
  { permissions }: Entitled,
  ids: ReadonlyMap<number, string>,
): readonly string[] =>
  permissions.length === 0
    ? []
    : [
        '## What may be used',
        '',
        `What is marked H1 may be used in proceedings where the agency that said it permits that. ${builder} asked it, naming the event, and was`,
        'permitted it, for the parts and the time that the permission names. Both are among what was opened above:',
        '',
        ...[
          ...new Set(
            permissions.map(
              ({ leaf, askedAt, permittedAt }) =>
                `    grep -qaF ${ids.get(leaf) ?? ''} ../${askedAt}-core.cbor && grep -qaF JudicialUsePermitted ../${permittedAt}-core.cbor`,
            ),
          ),
        ],
        '',
      ];

const restLines = (builder: string, complete: Complete | null): readonly string[] => [
  '## What only `tripoint` checks',
  '',
  'That each leaf is in the log and under a checkpoint that witnesses have cosigned (`inclusion.txt`, `consistency.txt`, `checkpoint.txt`), that',
  'the registry follows from the trust anchor, that a key was good when its event was logged, that each decision (`record-….json`) is',
  'what the rules in `policy/` say, that a grant or a permission was for whoever built this and was running then, and that a session key is the',
  'one that the issuer committed to.',
  '',
  ...(complete === null
    ? [
        '**Nothing here shows that the registry is all there**: a statement after the newest one, such as that a key was in other hands, may have',
        'been left out. Ask oversight for the registry, or for a bundle that was built later.',
      ]
    : [
        `That no statement of the registry before leaf ${complete.leaf} (${complete.at}) was left out (\`complete/\`): what was said after that may be missing. The`,
        'later you ask for a bundle, the later that is.',
      ]),
  '',
  `\`custody.json\` is ${builder}’s word: whenever somebody there looked at what is in here, for what purpose. Its rows can be held against`,
  'the agency’s read log, which oversight may ask for.',
  '',
];
