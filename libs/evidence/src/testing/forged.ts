// What whoever made a bundle, or carried it, can do to it.
import { mediaType, pae, sha256 } from '@tripoint/envelope';
import { buildEvidence, type EvidenceDraft } from '../build.js';
import { type Bundle, formatBundle, readBundle } from '../bundle.js';
import { EvidenceFault } from '../fault.js';
import {
  formatManifest,
  inOrder,
  MANIFEST,
  MANIFEST_KIND,
  MANIFEST_SIGNATURE,
} from '../manifest.js';
import { verifyEvidence } from '../verify.js';
import { type BundleFile } from '../zip.js';
import { type LittleEvidence } from './little-evidence.js';

type Name = Parameters<LittleEvidence['federation']['member']>[0];

/** The bundle of a draft, signed by its builder. */
export const built = (
  { federation, draft }: LittleEvidence,
  changes: Partial<EvidenceDraft> = {},
): Promise<Buffer> =>
  buildEvidence(
    federation.openpgp,
    { ...draft, ...changes },
    federation.member((changes.builder ?? draft.builder) as string as Name).signing,
  );

export const verifying = ({ federation, policy }: LittleEvidence, bytes: Uint8Array) =>
  verifyEvidence(bytes, { anchor: federation.anchor, policy }, federation.openpgp);

/** A bundle that can be read, whatever it says. */
export const readable = (bytes: Uint8Array): Bundle => {
  const bundle = readBundle(bytes);
  if (bundle instanceof EvidenceFault) throw new Error(`${bundle.file}: ${bundle.code}`);
  return bundle;
};

/** Every file of a bundle, in the order of its zip. */
export const filesOf = ({ manifestBytes, signature, files }: Bundle): readonly BundleFile[] => [
  { name: MANIFEST, bytes: manifestBytes },
  { name: MANIFEST_SIGNATURE, bytes: signature },
  ...[...files].map(([name, bytes]) => ({ name, bytes })),
];

/** What whoever holds a builder's key can do: change files and sign a manifest over them. */
export const resigned = async (
  { federation, draft }: LittleEvidence,
  zip: Uint8Array,
  change: (files: Map<string, Uint8Array>) => void,
  by = draft.builder as string as Name,
): Promise<Buffer> => {
  const { manifest, files: before } = readable(zip);
  const changed = new Map(before);
  change(changed);
  const files = new Map([...changed].sort(([a], [b]) => inOrder(a, b)));
  const manifestBytes = formatManifest({
    ...manifest,
    files: [...files].map(([name, bytes]) => ({ name, size: bytes.length, sha256: sha256(bytes) })),
  });
  const { openpgp } = federation;
  const signature = await openpgp.sign(
    pae(mediaType(MANIFEST_KIND), manifestBytes),
    federation.member(by).signing,
  );
  return formatBundle({ manifestBytes, signature, files });
};

/** One bit of the file in the middle of it turned round. */
export const damaged = (files: Map<string, Uint8Array>, name: string): void => {
  const bytes = Buffer.from(files.get(name) ?? []);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  files.set(name, bytes);
};
