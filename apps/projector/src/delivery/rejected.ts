import { type Entitled, mediaType, pae } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { type Fingerprint, isRefusal, type EventId } from '@tripoint/kernel';
import { type Leaf } from '@tripoint/ledger';
import { type NewFinding, type PendingEntry } from '@tripoint/read-model';
import { type ProjectorOptions } from '../projector.options.js';

type Rejected = {
  readonly event: EventId;
  /** Header and signature are what the leaf stands for. */
  readonly part: Pick<Entitled, 'header' | 'signature'>;
  readonly leaf: Leaf;
  /** What we hold of it, if it is just what we have sealed. */
  readonly sealed: PendingEntry | undefined;
};

const CODE_OF_SIGNER = 'issuer-';
/** By what others have said, and by forks: an auditor sees whether they are so. */
const NOT_OURS_TO_TELL = ['chain-frozen', 'event-id-reused', 'descriptor-reused', 'item-elsewhere'];

/**
 * Whoever holds the log's key can reject what it likes, and its author alone is told. An author judges again what of it follows from
 * the registry and from what it has sealed; a rejection that does not is a finding.
 */
export const rejectedFalsely = async (
  projector: Pick<ProjectorOptions, 'agency' | 'openpgp'>,
  registry: RegistryCopy,
  rejected: Rejected,
): Promise<readonly NewFinding[]> => {
  const { event, leaf } = rejected;
  if (await follows(projector, registry, rejected)) return [];
  return [
    {
      code: 'rejected-falsely',
      detail: `the log rejects it as ${leaf.code ?? 'nothing'}, which does not follow from what it was judged by`,
      event,
      leaf: leaf.index,
    },
  ];
};

const follows = async (
  { agency, openpgp }: Pick<ProjectorOptions, 'agency' | 'openpgp'>,
  { history, latest }: RegistryCopy,
  { part, leaf: { index, time, code }, sealed }: Rejected,
): Promise<boolean> => {
  if (code === null) return false;
  if (NOT_OURS_TO_TELL.includes(code)) return true;
  const at = BigInt(index);
  const then = history.at(at);
  if (code === 'no-rules') return then.policyBundle() === undefined;
  // What we have sealed is of its form, and on a chain of ours.
  if (code === 'entry-malformed' || code === 'issuer-not-on-chain') return sealed === undefined;
  if (!code.startsWith(CODE_OF_SIGNER)) return false;
  const signer = await signerIn(openpgp, part, latest.certificatesOfAgency(agency));
  const said = code.slice(CODE_OF_SIGNER.length);
  if (signer === undefined) return said === 'unknown';
  // On which of our chains it stands is not always said.
  return (latest.agency(agency)?.chains ?? []).some(
    (chain) => then.signerStanding(chain, signer, at, Date.parse(time)) === said,
  );
};

const signerIn = async (
  openpgp: ProjectorOptions['openpgp'],
  { header, signature }: Rejected['part'],
  certificates: ReturnType<RegistryCopy['latest']['certificatesOfAgency']>,
): Promise<Fingerprint | undefined> => {
  const signed = pae(mediaType('header'), header);
  for (const { certificate } of certificates) {
    const signer = await openpgp.verify(signed, signature, certificate);
    if (!isRefusal(signer)) return signer;
  }
  return undefined;
};
