import { parseEntrusted, SHARES_ENTRUSTED } from '@tripoint/custody';
import {
  type Entitled,
  formatEntitled,
  open,
  type OpenWith,
  parseDescriptor,
  sha256,
} from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { type Digest, type Fingerprint, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import { custodianOf } from '@tripoint/policy';
import { type KeptShare, type KeptWrap, type NewFinding } from '@tripoint/read-model';
import { type ProjectorOptions } from '../projector.options.js';
import { acceptedAt } from './accepted.js';

/** What a custodian keeps of an event. */
export type Kept = {
  readonly shares: readonly KeptShare[];
  readonly wraps: readonly KeptWrap[];
  readonly findings: readonly NewFinding[];
};

export const NOTHING_KEPT: Kept = { shares: [], wraps: [], findings: [] };

/** Whether a compartment holds a custodian's share; nothing of it is verified yet. */
export const isShare = ({ descriptor }: Entitled['compartments'][number]): boolean => {
  const parsed = parseDescriptor(descriptor);
  return !isRefusal(parsed) && custodianOf(parsed.name) !== -1;
};

/**
 * Takes what we are entrusted with as a custodian: verified and opened once, to see that it is of its form, and kept sealed. A share
 * that is not of its form is a finding, so that nobody learns of it only when it is needed; the rest of the event is taken. The author controls it.
 */
export const entrustedIn = async (
  { openpgp }: ProjectorOptions,
  registry: RegistryCopy,
  part: Entitled,
  wraps: ReadonlyMap<Digest, Uint8Array>,
  { leaf, subkey, ...using }: OpenWith & { readonly leaf: Leaf; readonly subkey: Fingerprint },
): Promise<Kept | Refusal> => {
  const own: Entitled = { ...part, compartments: part.compartments.filter(isShare) };
  const opened = await open(openpgp, own, wraps, using);
  if (isRefusal(opened)) return opened;
  if (!acceptedAt(registry, opened, leaf))
    return refuse('signer-not-accepted', 'the key that signed was not good at this leaf');
  const shares: KeptShare[] = [];
  const kept: KeptWrap[] = [];
  const findings: NewFinding[] = [];
  for (const { descriptor, descriptorDigest, frame, sessionKey } of opened.compartments) {
    sessionKey.fill(0);
    const { id: event } = opened.header;
    const entrusted =
      frame.event.type === SHARES_ENTRUSTED ? parseEntrusted(frame.event.data) : undefined;
    if (entrusted === undefined) {
      const detail = 'what we are entrusted with is no share of a key';
      findings.push({ code: 'share-malformed', detail, event });
      continue;
    }
    const compartments = own.compartments.filter(
      (one) => sha256(one.descriptor) === descriptorDigest,
    );
    shares.push({
      descriptor: descriptorDigest,
      event,
      compartment: descriptor.name,
      part: formatEntitled({ ...own, compartments }),
      // What is of no such event opens nothing, and has no share stay.
      opens: entrusted.shares
        .map((one) => one.descriptor)
        .filter((one) => opened.header.compartments.includes(one)),
    });
    kept.push({
      descriptor: descriptorDigest,
      event,
      compartment: descriptor.name,
      subkey,
      wrap: wraps.get(descriptorDigest) ?? new Uint8Array(),
    });
  }
  return { shares, wraps: kept, findings };
};
