import { canonical, parseCanonical } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  isAgencyId,
  isDigest,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';

/**
 * One line of what an agency is owed, in stream `mailbox-<agency>` at revision `number`. Each names the
 * digest of the one before, so that a dropped or exchanged line shows.
 */
export type MailboxEntry = {
  readonly v: 1;
  readonly agency: AgencyId;
  readonly number: number;
  /** SHA-256 of the previous entry's bytes; 64 zeros for number 0. */
  readonly previous: Digest;
  /** Index of the leaf that this entry hands over. */
  readonly leaf: number;
  /** RFC 6962 leaf hash of that leaf. */
  readonly leafHash: Digest;
  /** Digests of the descriptors that the agency may open; sorted. */
  readonly entitled: readonly Digest[];
};

export const NO_PREVIOUS = '0'.repeat(64) as Digest;

const MEMBERS = 'agency,entitled,leaf,leafHash,number,previous,v';

export const formatMailboxEntry = (entry: MailboxEntry): Uint8Array => canonical(entry);

/** Reads mailbox bytes that the hub controls. The inverse of {@link formatMailboxEntry}. */
export const parseMailboxEntry = (
  bytes: Uint8Array,
): MailboxEntry | Refusal<'malformed-mailbox-entry'> => {
  const malformed = refuse('malformed-mailbox-entry', 'the entry is not of the agreed form');
  const value = parseCanonical(bytes, { size: 16 * 1024, depth: 2 });
  if (isRefusal(value) || typeof value !== 'object' || value === null) return malformed;
  if (Object.keys(value).sort().join() !== MEMBERS) return malformed;
  const { v, agency, number, previous, leaf, leafHash, entitled } = value as Record<
    string,
    unknown
  >;
  const wellFormed =
    v === 1 &&
    isAgencyId(agency) &&
    Number.isSafeInteger(number) &&
    (number as number) >= 0 &&
    isDigest(previous) &&
    Number.isSafeInteger(leaf) &&
    (leaf as number) >= 0 &&
    isDigest(leafHash) &&
    Array.isArray(entitled) &&
    entitled.length <= 16 &&
    entitled.every((digest, at) => isDigest(digest) && (at === 0 || entitled[at - 1] < digest));
  return wellFormed ? (value as unknown as MailboxEntry) : malformed;
};
