import { type Digest, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { sha256 } from './bytes.js';
import { type Parts } from './container.js';
import {
  type Descriptor,
  type Header,
  parseDescriptor,
  parseHeader,
  parseRouting,
  type ReadCode,
  type Routing,
} from './envelope.js';

/** One compartment's statement and the digest that names it. */
export type ReadDescriptor = { readonly digest: Digest; readonly descriptor: Descriptor };

/** What the statements of an envelope say. */
export type ReadEvent = {
  readonly header: Header;
  readonly headerDigest: Digest;
  readonly routing: Routing;
  /** By the order of their digests. */
  readonly compartments: readonly ReadDescriptor[];
};

/** Why descriptors are not those of a header. */
export type DescriptorsCode =
  ReadCode<'descriptor'> | 'descriptor-mismatch' | 'compartment-repeated';

/** Why an envelope's statements are not read. */
export type ReadEventCode =
  ReadCode<'header'> | ReadCode<'routing'> | 'routing-mismatch' | DescriptorsCode;

/**
 * The statements of a recorded envelope, each canonical, in schema and where the header commits to it; the signature is not
 * looked at. The ledger's operator controls the entry.
 */
export const readEvent = (parts: Parts): ReadEvent | Refusal<ReadEventCode> => {
  const header = parseHeader(parts.header);
  if (isRefusal(header)) return header;
  const routing = parseRouting(parts.routing);
  if (isRefusal(routing)) return routing;
  if (sha256(parts.routing) !== header.routing)
    return refuse('routing-mismatch', 'the routing statement is not the one in the header');
  const compartments = readDescriptors(header, parts.descriptors);
  if (isRefusal(compartments)) return compartments;
  return { header, headerDigest: sha256(parts.header), routing, compartments };
};

/** Descriptors that a header commits to, in the order of their digests, with names of their own. */
export const readDescriptors = (
  header: Header,
  descriptors: readonly Uint8Array[],
): readonly ReadDescriptor[] | Refusal<DescriptorsCode> => {
  const mismatch = refuse('descriptor-mismatch', 'the descriptors are not those in the header');
  if (descriptors.length === 0) return mismatch;
  const compartments: ReadDescriptor[] = [];
  const names = new Set<string>();
  let previous = '';
  for (const bytes of descriptors) {
    const descriptor = parseDescriptor(bytes);
    if (isRefusal(descriptor)) return descriptor;
    const digest = sha256(bytes);
    if (digest <= previous || !header.compartments.includes(digest)) return mismatch;
    if (names.has(descriptor.name))
      return refuse('compartment-repeated', 'two descriptors have one name');
    previous = digest;
    names.add(descriptor.name);
    compartments.push({ digest, descriptor });
  }
  return compartments;
};
