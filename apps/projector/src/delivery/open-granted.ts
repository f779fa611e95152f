import { join } from '@tripoint/domain';
import { open, sha256 } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type Fingerprint,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { type KeptWrap, type RecordedEntry } from '@tripoint/read-model';
import { type ProjectorOptions } from '../projector.options.js';
import { acceptedAt, certificatesOf, journalEntry } from './accepted.js';
import { heldKey, isRemade, subkeyOf } from './held-key.js';
import { type VerifiedLine } from './verified-line.js';

/** A grant that was verified and opened, and what came with it. */
export type Granted = {
  readonly grant: RecordedEntry;
  readonly part: NonNullable<VerifiedLine['granted']>;
  readonly wraps: ReadonlyMap<Digest, Uint8Array>;
  /** What the log allowed us at the grant's leaf. */
  readonly allowed: ReadonlySet<Digest>;
  /** What has been taken back or erased meanwhile. */
  readonly erased: ReadonlySet<Digest>;
  readonly own: Fingerprint;
};

/** What was granted, as an entry of the journal at its own leaf. */
export type OpenedGrant = {
  readonly entry: RecordedEntry;
  readonly wraps: readonly KeptWrap[];
};

/**
 * Opens what is granted. The grant stands in for the author's `to`, so it has to be the author's own: by who said it, in the
 * exchange where it was said, of the header that the earlier leaf stands for. Undefined when all of it is gone by now.
 */
export const openGranted = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  { grant, part: { leaf, part, digests }, wraps, allowed, erased, own }: Granted,
): Promise<OpenedGrant | Refusal | undefined> => {
  const { agency, openpgp } = projector;
  const fact = grant.facts.grant;
  const core = grant.recorded.event.type === 'GrantMade' ? grant.recorded.event.core : undefined;
  if (fact === undefined || core === undefined || fact.agency !== agency)
    return refuse('grant-not-ours', 'something is handed on to us without a grant to us');
  if (
    fact.header !== leaf.entry ||
    sha256(part.header) !== leaf.entry ||
    sha256(part.signature) !== leaf.signature
  )
    return refuse('grant-of-something-else', 'the grant names another header than was delivered');
  const named = new Map(fact.wraps.map(({ descriptor, wrap }) => [descriptor, wrap]));
  if (digests.every((digest) => erased.has(digest))) return undefined;
  if (!digests.every((digest) => allowed.has(digest) && named.has(digest)))
    return refuse('no-verdict', 'something is granted without a verdict that allows it');

  const subkey = subkeyOf(
    projector,
    digests.flatMap((digest) => wraps.get(digest) ?? []).map((wrap) => ({ wrap })),
  );
  const key = subkey && (await heldKey(projector, subkey));
  if (subkey === undefined || key === undefined)
    return refuse('no-key', 'no key of ours opens what was granted');
  const opened = await open(openpgp, part, wraps, {
    certificatesOf: (issuer: AgencyId) => certificatesOf(registry, issuer),
    key,
    own,
    granted: named,
    ...(isRemade(registry, projector, subkey) ? { remade: true as const } : {}),
    erased,
  });
  if (isRefusal(opened)) return opened;
  const { header } = opened;
  if (header.issuer !== grant.recorded.issuer || header.stream !== grant.exchange)
    return refuse('grant-not-by-provider', 'it is granted by another than who said it there');
  if (header.id !== core.event)
    return refuse('grant-of-something-else', 'the grant is of another event than was delivered');
  if (!acceptedAt(registry, opened, leaf))
    return refuse('signer-not-accepted', 'the key that signed was not good at this leaf');
  const compartments = opened.compartments.map(({ descriptor, descriptorDigest }) => ({
    descriptor,
    digest: descriptorDigest,
  }));
  const event = join(
    opened.compartments.map(({ descriptor, frame }) => ({
      compartment: descriptor.name,
      content: frame.event.data,
    })),
  );
  const read = { ...opened, compartments, event, officer: undefined };
  const entry = journalEntry(read, leaf, false);
  if (isRefusal(entry)) return entry;
  return {
    entry,
    wraps: compartments.map(({ digest, descriptor }) => {
      const wrap = wraps.get(digest) ?? new Uint8Array();
      return {
        descriptor: digest,
        event: header.id,
        compartment: descriptor.name,
        subkey: subkeyOf(projector, [{ wrap }]) ?? subkey,
        wrap,
      };
    }),
  };
};
