import { examine, type Header, parseDescriptor, parseEntitled, sha256 } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { type AgencyId, type Fingerprint, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import { type Facts, parseFacts } from '@tripoint/policy';
import { type ProjectorOptions } from '../projector.options.js';
import { acceptedAt, certificatesOf } from './accepted.js';

/** Of nobody: it is read, and not opened. */
const NOBODY = '' as Fingerprint;

/** What the log itself tells us: who says it is in the header's signature, what in the descriptor that the header names. */
export type ToldCore = { readonly header: Header; readonly facts: Facts };

/**
 * The core of an event of another agency that was not addressed to us and that we are told of all the same, as it may concern what we
 * said or hold. Nothing of it can be opened here, and nothing has to be: that it counts is what the leaf says. Undefined for
 * whatever else comes; a refusal where it is not what the leaf stands for.
 */
export const readTold = async (
  { agency, openpgp }: ProjectorOptions,
  registry: RegistryCopy,
  source: Uint8Array,
  leaf: Leaf,
): Promise<ToldCore | Refusal | undefined> => {
  const part = parseEntitled(source);
  const [core, ...others] = isRefusal(part) ? [] : part.compartments;
  if (isRefusal(part) || core === undefined || others.length > 0) return undefined;
  const descriptor = parseDescriptor(core.descriptor);
  if (core.opening !== undefined || isRefusal(descriptor) || descriptor.name !== 'core')
    return undefined;
  const erased = new Set([sha256(core.descriptor)]);
  const certificates = (issuer: AgencyId) => certificatesOf(registry, issuer);
  const using = { certificatesOf: certificates, own: NOBODY, erased };
  const examined = await examine(openpgp, part, new Map(), using);
  if (isRefusal(examined)) return examined;
  const { header } = examined;
  if (!TOLD.has(header.type) || header.issuer === agency) return undefined;
  const facts = parseFacts(header.type, descriptor.facts);
  if (isRefusal(facts)) return facts;
  if (leaf.kind !== 'event')
    return refuse('told-without-event', 'what we are told of was not recorded as an event');
  if (sha256(part.header) !== leaf.entry || sha256(part.signature) !== leaf.signature)
    return refuse('leaf-mismatch', 'what we are told is not what the leaf stands for');
  if (!acceptedAt(registry, examined, leaf))
    return refuse('signer-not-accepted', 'the key that signed was not good at this leaf');
  return { header, facts };
};

const TOLD: ReadonlySet<string> = new Set(['erasure', 'disclosure']);
