import { canonical, isJsonObject, type Json, parseCanonical } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type Instant,
  isAgencyId,
  isDigest,
  isInstant,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';

/** One file, as the manifest names it. */
export type ListedFile = { readonly name: string; readonly size: number; readonly sha256: Digest };

/** What a bundle holds, and who made it. Its signature covers every other file by its digest. */
export type Manifest = {
  readonly v: 1;
  readonly federation: string;
  /** The agency that built and signed the bundle. */
  readonly builder: AgencyId;
  readonly at: Instant;
  /** The number under which the builder has recorded what it disclosed. */
  readonly courtFile: string;
  /** Every file but the manifest and its signature, in the order of the zip. */
  readonly files: readonly ListedFile[];
};

export const MANIFEST = 'manifest.json';
export const MANIFEST_SIGNATURE = 'manifest.sig';
/** The kind of statement that a manifest is signed as. */
export const MANIFEST_KIND = 'evidence';

/** Files of one bundle, and bytes of all of them together. */
export const MOST_FILES = 20_000;
export const LARGEST_BUNDLE = 256 * 1024 * 1024;
export const LARGEST_MANIFEST = 4 * 1024 * 1024;

/** The order of the folders; within each, names ascend. */
const ORDER = [
  'events',
  'policy',
  'registry',
  'complete',
  'certificates',
  'trust',
  'custody.json',
  'VERIFY.md',
] as const;
const NAME = /^[A-Za-z0-9][A-Za-z0-9.-]{0,79}(\/[a-z0-9][a-z0-9.-]{0,79}){0,3}$/;
const COURT_FILE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const FEDERATION = /^[a-z0-9][a-z0-9.-]{0,63}$/;

const rank = (name: string): number =>
  (ORDER as readonly string[]).indexOf(name.split('/', 1)[0] ?? '');

/** The order in which files stand in a bundle; negative when `one` comes first. */
export const inOrder = (one: string, other: string): number =>
  rank(one) - rank(other) || (one < other ? -1 : one > other ? 1 : 0);

export const formatManifest = (manifest: Manifest): Uint8Array =>
  canonical({ ...manifest, files: manifest.files.map((file) => ({ ...file })) });

const members = (value: object): string => Object.keys(value).sort().join();

/** Reads a manifest that whoever made the bundle controls. The inverse of {@link formatManifest}. */
export const parseManifest = (bytes: Uint8Array): Manifest | Refusal<'manifest-malformed'> => {
  const malformed = (why: string) => refuse('manifest-malformed', why);
  const value = parseCanonical(bytes, { size: LARGEST_MANIFEST, depth: 3 });
  if (isRefusal(value) || !isJsonObject(value) || members(value) !== MEMBERS)
    return malformed('it is not canonical JSON of the agreed form');
  const { v, federation, builder, at, courtFile, files } = value;
  const isHeading =
    v === 1 &&
    typeof federation === 'string' &&
    FEDERATION.test(federation) &&
    isAgencyId(builder) &&
    isInstant(at) &&
    typeof courtFile === 'string' &&
    COURT_FILE.test(courtFile);
  if (!isHeading) return malformed('its heading is not of the agreed form');
  if (!Array.isArray(files) || files.length > MOST_FILES || !files.every(isListed))
    return malformed('a file is not named in the agreed form');
  const names = files.map(({ name }) => name);
  if (names.some((name, n) => n > 0 && inOrder(names[n - 1] ?? '', name) >= 0))
    return malformed('the files are not in their order');
  return { v, federation, builder, at, courtFile, files };
};

const MEMBERS = 'at,builder,courtFile,federation,files,v';

const isListed = (value: Json): value is ListedFile =>
  isJsonObject(value) &&
  members(value) === 'name,sha256,size' &&
  typeof value['name'] === 'string' &&
  NAME.test(value['name']) &&
  rank(value['name']) >= 0 &&
  isDigest(value['sha256']) &&
  Number.isSafeInteger(value['size']) &&
  (value['size'] as number) >= 0 &&
  (value['size'] as number) <= LARGEST_BUNDLE;
