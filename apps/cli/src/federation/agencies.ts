import { join } from 'node:path';
import { createAgencyKeys, namesIn, readCertificate, readGiven } from '@tripoint/adapters/keys';
import { type AgencyEntry, certificateText, type RegistryCode } from '@tripoint/federation';
import { type ChainId, type Instant, type Refusal, refuse } from '@tripoint/kernel';
import { type Ceremony, openForNext, openRegistry, type Proposed, propose } from './ceremony.js';

/** What `enrol` is told. */
export type EnrolArguments = {
  readonly agency: AgencyEntry;
  /** None: the agency's first chain, or the hub's own. */
  readonly chains: readonly ChainId[];
  /** A certificate that the agency made itself. Without it, the keys in the folder, made where there are none. */
  readonly certificate?: string | undefined;
  /** From when on nothing that it signs is accepted any more; never by time alone unless given. */
  readonly expires?: Instant | undefined;
};

/** Enrols an agency. May be repeated when it was stopped: keys that are there are not made again. */
export const enrol = async (
  ceremony: Ceremony,
  { agency, chains, certificate, expires }: EnrolArguments,
): Promise<Proposed | Refusal<RegistryCode>> => {
  const { openpgp, at, passphrase } = ceremony;
  const { folder, registry } = await openForNext(ceremony);
  // Before any key is made for it.
  if (registry.agency(agency.id) !== undefined)
    return refuse('agency-known', `${agency.id} is enrolled already`);
  const keys = folder.keysOf(agency.id);
  const bytes =
    certificate !== undefined
      ? await readGiven(certificate)
      : (await namesIn(keys)).includes('certificate.pgp')
        ? (await readCertificate(openpgp, keys)).bytes
        : (await createAgencyKeys(openpgp, keys, { name: agency.id, at, passphrase })).bytes;
  return propose(ceremony, {
    kind: 'agency-enrolled',
    agency,
    certificate: certificateText(bytes),
    ...(expires === undefined ? {} : { expires }),
    chains: chains.length > 0 ? [...chains].sort() : [firstChain(agency)],
  });
};

const firstChain = ({ id, kind }: AgencyEntry): ChainId =>
  (kind === 'HUB' ? id : `${id}-1`) as ChainId;

/** Opens the agency's next chain, as after a restore from a backup. */
export const openChain = async (
  ceremony: Ceremony,
  agency: AgencyEntry['id'],
): Promise<Proposed | Refusal<RegistryCode>> => {
  const { registry } = await openRegistry(ceremony);
  const known = registry.agency(agency);
  if (known === undefined) return refuse('agency-unknown', `${agency} is not enrolled`);
  const numbers = known.chains.map((chain) => Number(chain.slice(agency.length + 1)));
  const chain = `${agency}-${Math.max(0, ...numbers) + 1}` as ChainId;
  return propose(ceremony, { kind: 'chain-opened', agency, chain });
};

/** Makes keys for an agency on a machine of its own; only the certificate leaves it. */
export const makeKeys = async (
  { openpgp, at, passphrase }: Pick<Ceremony, 'openpgp' | 'at' | 'passphrase'>,
  folder: string,
  name: string,
): Promise<string> => {
  await createAgencyKeys(openpgp, folder, { name, at, passphrase });
  return join(folder, 'certificate.pgp');
};
