import { type OpenPgp, sha256, type StatementEntry, verifyBytes } from '@tripoint/envelope';
import { type Registry } from '@tripoint/federation';
import { isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import {
  COUNTERSIGNATURE,
  COUNTERSIGNED,
  type Countersignature,
  type MailboxEnd,
  mailboxEndDigest,
  parseCountersignature,
  parseCountersigned,
  parseMailboxEnd,
  parseSignedCountersignature,
  type SignedCountersignature,
} from '@tripoint/ledger';

/** A countersignature that was read; its signature is another matter. */
export type ReadCountersignature = {
  readonly said: Countersignature;
  /** Undefined where it was left out. */
  readonly end: MailboxEnd | undefined;
  readonly signed: SignedCountersignature;
};

const malformed = (detail: string): Refusal<'malformed-countersignature'> =>
  refuse('malformed-countersignature', detail);

/** What the hub states on its chain, read. Anybody controls the bytes. */
export const readCountersigned = ({
  statement,
  body,
  attachment,
}: StatementEntry): ReadCountersignature | Refusal<'malformed-countersignature'> => {
  const stated = parseCountersigned(body);
  if (isRefusal(stated)) return stated;
  if (statement !== COUNTERSIGNED || attachment === undefined)
    return malformed('the statement is of another kind');
  const signed = parseSignedCountersignature(attachment);
  if (isRefusal(signed)) return signed;
  return sha256(signed.body) === stated.countersignature
    ? readCountersignature(signed)
    : malformed('what was signed is not what the hub states');
};

/** What an agency has signed, read. It controls the bytes. */
export const readCountersignature = (
  signed: SignedCountersignature,
): ReadCountersignature | Refusal<'malformed-countersignature'> => {
  const said = parseCountersignature(signed.body);
  if (isRefusal(said)) return said;
  const { mailbox } = signed;
  if (mailbox === null) return { said, end: undefined, signed };
  const end = parseMailboxEnd(mailbox);
  if (isRefusal(end)) return end;
  return mailboxEndDigest(mailbox) === said.mailbox
    ? { said, end, signed }
    : malformed('the end of the mailbox is not the one that was signed');
};

/** Whether a key of the agency that is good at the leaf has signed it. */
export const countersigner = async (
  openpgp: OpenPgp,
  { said: { agency }, signed: { body, signature } }: ReadCountersignature,
  registry: Registry,
  at: { readonly index: number; readonly time: number },
): Promise<Refusal | undefined> => {
  const certificates = registry.certificatesOfAgency(agency).map(({ certificate }) => certificate);
  const signer = await verifyBytes(openpgp, COUNTERSIGNATURE, body, signature, certificates);
  if (isRefusal(signer)) return signer;
  const accepted = (registry.agency(agency)?.chains ?? []).some((chain) =>
    registry.signerAcceptedAt(chain, signer.subkey, BigInt(at.index), at.time),
  );
  return accepted
    ? undefined
    : refuse('signer-not-accepted', 'the key that signed was not good at this leaf');
};
