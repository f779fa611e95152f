import { sameBytes, sha256 } from '@tripoint/envelope';
import { isRefusal } from '@tripoint/kernel';
import { crc32 } from 'node:zlib';
import { EvidenceFault } from './fault.js';
import {
  LARGEST_BUNDLE,
  LARGEST_MANIFEST,
  type Manifest,
  MANIFEST,
  MANIFEST_SIGNATURE,
  parseManifest,
} from './manifest.js';
import {
  type BundleFile,
  DIRECTORY_END,
  END_OF_ZIP,
  LOCAL_HEADER,
  localHeader,
  placeOf,
  writeZip,
} from './zip.js';

/** A bundle whose every byte is where its manifest says. Nothing in it is believed yet. */
export type Bundle = {
  readonly manifest: Manifest;
  readonly manifestBytes: Uint8Array;
  readonly signature: Uint8Array;
  /** Without the manifest and its signature, in the order of the manifest. */
  readonly files: ReadonlyMap<string, Uint8Array>;
};

/** The bundle as a zip: the manifest, its signature, and the files in the manifest's order. */
export const formatBundle = ({ manifestBytes, signature, files }: Omit<Bundle, 'manifest'>) =>
  writeZip([
    { name: MANIFEST, bytes: manifestBytes },
    { name: MANIFEST_SIGNATURE, bytes: signature },
    ...[...files].map(([name, bytes]) => ({ name, bytes })),
  ]);

const LARGEST_SIGNATURE = 1024;

/**
 * The strict inverse of {@link formatBundle}; never throws. A stranger controls the bytes. The first file is the manifest, and every
 * other byte follows from it: what is read is written again and has to be the same, so no byte is overlooked, and the one that
 * differs is known by its file.
 */
export const readBundle = (bytes: Uint8Array): Bundle | EvidenceFault => {
  if (bytes.length > LARGEST_BUNDLE)
    return new EvidenceFault(END_OF_ZIP, 'bundle-too-large', 'no bundle is as large as that');
  const manifestBytes = fileAt(bytes, 0, MANIFEST, LARGEST_MANIFEST);
  if (manifestBytes instanceof EvidenceFault) return manifestBytes;
  const manifest = parseManifest(manifestBytes);
  if (isRefusal(manifest)) return new EvidenceFault(MANIFEST, manifest.refused, manifest.detail);
  let offset = LOCAL_HEADER + MANIFEST.length + manifestBytes.length;
  const signature = fileAt(bytes, offset, MANIFEST_SIGNATURE, LARGEST_SIGNATURE);
  if (signature instanceof EvidenceFault) return signature;
  offset += LOCAL_HEADER + MANIFEST_SIGNATURE.length + signature.length;

  const files = new Map<string, Uint8Array>();
  for (const { name, size, sha256: digest } of manifest.files) {
    offset += LOCAL_HEADER + name.length;
    const content = bytes.subarray(offset, offset + size);
    if (content.length < size) return cutShort(name);
    if (sha256(content) !== digest)
      return new EvidenceFault(name, 'content-differs', 'it is not what the manifest says');
    files.set(name, content);
    offset += size;
  }
  const bundle = { manifest, manifestBytes, signature, files };
  return structureFault(bytes, bundle) ?? bundle;
};

const cutShort = (file: string): EvidenceFault =>
  new EvidenceFault(file, 'bundle-cut-short', 'the zip ends before it does');

/** One of the two files that the manifest does not list: its header says how long it is. */
const fileAt = (
  bytes: Uint8Array,
  offset: number,
  name: string,
  largest: number,
): Uint8Array | EvidenceFault => {
  const notOfForm = (detail: string): EvidenceFault =>
    new EvidenceFault(name, 'zip-not-of-form', detail);
  const start = offset + LOCAL_HEADER + name.length;
  if (bytes.length < start + DIRECTORY_END) return cutShort(name);
  const header = Buffer.from(bytes.buffer, bytes.byteOffset + offset, LOCAL_HEADER + name.length);
  const size = header.readUInt32LE(18);
  if (size !== header.readUInt32LE(22) || size > largest)
    return notOfForm('its header in the zip says two sizes, or one beyond all bounds');
  const content = bytes.subarray(start, start + size);
  if (content.length < size) return cutShort(name);
  const crc = crc32(content);
  if (crc !== header.readUInt32LE(14))
    return new EvidenceFault(name, 'content-differs', 'its content and its checksum differ');
  return sameBytes(header, localHeader(name, size, crc))
    ? content
    : notOfForm('its header in the zip is not of the agreed form');
};

const structureFault = (bytes: Uint8Array, bundle: Bundle): EvidenceFault | undefined => {
  const written = formatBundle(bundle);
  if (written.length === bytes.length && Buffer.compare(written, bytes) === 0) return undefined;
  const shorter = Math.min(written.length, bytes.length);
  let offset = 0;
  while (offset < shorter && written[offset] === bytes[offset]) offset += 1;
  const all: readonly BundleFile[] = [
    { name: MANIFEST, bytes: bundle.manifestBytes },
    { name: MANIFEST_SIGNATURE, bytes: bundle.signature },
    ...[...bundle.files].map(([name, content]) => ({ name, bytes: content })),
  ];
  const { file, part } = placeOf(all, offset);
  return new EvidenceFault(file, 'zip-not-of-form', `byte ${offset} of the zip differs (${part})`);
};
