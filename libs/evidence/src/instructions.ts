import { MANIFEST, MANIFEST_KIND, MANIFEST_SIGNATURE } from './manifest.js';
import { mediaType } from '@tripoint/envelope';
import {
  bodyName,
  certificateName,
  eventFolder,
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
    readonly leaf: number;
    readonly issuer: string;
    /** The certificate that signed the header. */
    readonly certificate: string;
    /** Names of compartments of which the session key is disclosed. */
    readonly disclosed: readonly string[];
  }[];
};

/** What `VERIFY.md` says: it follows from the bundle, and a bundle that says something else is refused. */
export const instructions = ({ builder, builderCertificate, events }: Instructed): Uint8Array =>
  Buffer.from(
    [
      '# How to verify this bundle',
      '',
      '`tripoint evidence verify FILE --anchor ANCHOR --policy POLICY` checks all of it, without a network. `ANCHOR` and `POLICY` are',
      'the trust anchor and the trust policy of the federation, **had from somebody else than whoever gave you this bundle**: copies lie in',
      '`trust/`, and a copy proves nothing about itself.',
      '',
      'Signatures and content can be checked with nothing but Sequoia’s `sq` (1.0 or newer) and `unzip`, in an empty folder:',
      '',
      '    unzip BUNDLE',
      '',
      '## Who put it together',
      '',
      `${builder} signed \`${MANIFEST}\`, which names every other file with its SHA-256. What is signed is the file behind a prefix`,
      'that says what kind of statement it is:',
      '',
      `    { printf 'DSSEv1 %d %s %d ' ${mediaType(MANIFEST_KIND).length} '${mediaType(MANIFEST_KIND)}' "$(wc -c < ${MANIFEST})"; cat ${MANIFEST}; } > ../manifest.signed`,
      `    sq verify --signer-file ${certificateName(builderCertificate)} --signature-file ${MANIFEST_SIGNATURE} ../manifest.signed`,
      '',
      'A certificate is believed because the registry of the federation has it (`registry/`, signed by its roots), which `sq` cannot see: compare',
      'its fingerprint, `sq inspect FILE`, with what the agency or oversight tells you.',
      '',
      '## Who said it',
      '',
      'Each folder of `events/` is one event. `header.signed` is what its issuer signed; behind the prefix it is `header.json`, byte for byte.',
      '',
      ...events.map(
        ({ leaf, issuer, certificate }) =>
          `    sq verify --signer-file ${certificateName(certificate)} --signature-file ${eventFolder(leaf)}/${SIGNATURE} ${eventFolder(leaf)}/${SIGNED}   # ${issuer}`,
      ),
      '',
      'The header names the SHA-256 of every descriptor (`sha256sum *.descriptor.json`), a descriptor that of its body.',
      '',
      '## What was said',
      '',
      ...(events.every(({ disclosed }) => disclosed.length === 0)
        ? [
            'No session key is disclosed: the bundle proves what was recorded, and shows nothing of it.',
          ]
        : [
            'A session key opens one compartment of one event, and nothing else. What comes out is CBOR (RFC 8949), filled up with zeros.',
            '',
            ...events.flatMap(({ leaf, disclosed }) =>
              disclosed.map((name) => {
                const at = `${eventFolder(leaf)}/`;
                return `    sq decrypt --session-key "$(cat ${at}${sessionKeyName(name)})" --output ../${leaf}-${name}.cbor ${at}${bodyName(name)}`;
              }),
            ),
          ]),
      '',
      '## What only `tripoint` checks',
      '',
      'That each leaf is in the log and under a checkpoint that witnesses have cosigned (`inclusion.txt`, `consistency.txt`, `checkpoint.txt`), that',
      'the registry follows from the trust anchor, that a key was good when its event was logged, that each decision (`record-….json`) is',
      'what the rules in `policy/` say, and that a session key is the one that the issuer committed to.',
      '',
      `\`custody.json\` is ${builder}’s word: whenever somebody there looked at what is in here, for what purpose. Its rows can be held against`,
      'the agency’s read log, which oversight may ask for.',
      '',
    ].join('\n'),
  );
