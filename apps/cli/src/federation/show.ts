import { type CustodyAgreement, parseStatement, type Registry } from '@tripoint/federation';
import { isRefusal } from '@tripoint/kernel';
import { type Ceremony, openRegistry } from './ceremony.js';

/** The registry as plain values, for a person or a program. */
export type Shown = {
  readonly federation: string;
  readonly log: { readonly name: string; readonly vkey: string };
  readonly roots: readonly string[];
  readonly threshold: number;
  readonly statements: number;
  readonly pending: string | undefined;
  readonly policy: string | undefined;
  readonly custody: CustodyAgreement | undefined;
  readonly agencies: readonly {
    readonly id: string;
    readonly name: Readonly<Record<string, string>>;
    readonly kind: string;
    readonly state: string;
    readonly clearance: string;
    readonly suspended: boolean;
    readonly chains: readonly string[];
    readonly certificates: readonly {
      readonly fingerprint: string;
      readonly epoch: string;
      readonly standing: string;
      readonly expires: string | undefined;
    }[];
  }[];
};

/** What the folder's statements add up to. */
export const show = async (ceremony: Pick<Ceremony, 'openpgp' | 'dir'>): Promise<Shown> => {
  const { registry, pending } = await openRegistry(ceremony);
  const statement = pending && parseStatement(pending.body);
  return {
    federation: registry.anchor.federation,
    log: registry.anchor.log,
    roots: registry.roots.map(({ fingerprint }) => fingerprint),
    threshold: registry.threshold,
    statements: registry.next.seq,
    pending: statement === undefined || isRefusal(statement) ? undefined : statement.kind,
    policy: registry.policyBundle()?.digest,
    custody: registry.custody,
    agencies: registry.agencies().map((agency) => ({
      ...agency,
      certificates: certificatesOf(registry, agency.id),
    })),
  };
};

const certificatesOf = (
  registry: Registry,
  agency: Parameters<Registry['certificatesOfAgency']>[0],
): Shown['agencies'][number]['certificates'] =>
  registry
    .certificatesOfAgency(agency)
    .map(({ certificate, end, expires, taintedFrom }, at, all) => {
      const { fingerprint } = certificate;
      // The newest come first: of a key that was registered again only the newer registration says how it stands.
      const again =
        end === 'superseded' &&
        all.slice(0, at).some((newer) => newer.certificate.fingerprint === fingerprint);
      const standing = again ? 'registered again' : (end ?? 'active');
      return {
        fingerprint,
        epoch: certificate.encryption[0] ?? '',
        standing: `${standing}${taintedFrom === undefined ? '' : ', once in other hands'}`,
        expires: expires === undefined ? undefined : new Date(expires).toISOString(),
      };
    });

/** The same, a line for each thing. */
export const lines = (shown: Shown): readonly string[] => [
  `federation ${shown.federation}, log ${shown.log.name}`,
  `${shown.threshold} of ${shown.roots.length} roots:`,
  ...shown.roots.map((root) => `  ${root}`),
  `${shown.statements} statements${shown.pending === undefined ? '' : `, and a ${shown.pending} that lacks signatures`}`,
  `policy ${shown.policy ?? 'none'}`,
  ...(shown.custody === undefined
    ? []
    : [
        `custody of ${shown.custody.compartments.join(', ')}: ${shown.custody.threshold} of ${shown.custody.custodians.join(', ')}`,
      ]),
  ...shown.agencies.flatMap((agency) => [
    `${agency.id}  ${agency.kind} ${agency.state} ${agency.clearance}${agency.suspended ? ' SUSPENDED' : ''}  ${Object.values(agency.name).join(' / ')}`,
    `  chains ${agency.chains.join(', ')}`,
    ...agency.certificates.map(
      ({ fingerprint, standing, expires }) =>
        `  ${standing}  ${fingerprint}${expires === undefined ? '' : `  until ${expires}`}`,
    ),
  ]),
];
