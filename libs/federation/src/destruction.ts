import {
  canonical,
  type OpenPgp,
  type SecretKey,
  signStatement,
  type StatementCode,
  verifyStatement,
} from '@tripoint/envelope';
import { type AgencyId, type Fingerprint, isRefusal, type Refusal } from '@tripoint/kernel';
import { type Registry } from './registry.js';

/** Word of the media type under which an agency signs that a subkey of its own is gone. */
const FAMILY = 'epoch-destroyed';

/** Whose subkey, in which federation. */
export type Destroyed = {
  readonly federation: string;
  readonly agency: AgencyId;
  readonly subkey: Fingerprint;
};

const claimed = ({ federation, agency, subkey }: Destroyed) => ({
  v: 1,
  federation,
  agency,
  subkey,
});

/**
 * The agency's own word that no copy of the subkey's secret is left, base64, as the statement of the roots carries it. Nobody can
 * prove it: whoever kept a copy keeps it. But it is the agency's, and stands in the log.
 */
export const destructionClaim = async (
  openpgp: OpenPgp,
  destroyed: Destroyed,
  key: SecretKey,
): Promise<string> => {
  const { signature } = await signStatement(openpgp, FAMILY, claimed(destroyed), key);
  return Buffer.from(signature).toString('base64');
};

/** What is wrong with a claim: it is by no key that speaks for the agency, or of something else. Anybody may have written it. */
export const claimFault = async (
  openpgp: OpenPgp,
  registry: Registry,
  { agency, subkey }: Omit<Destroyed, 'federation'>,
  claim: string,
): Promise<Refusal<StatementCode> | undefined> => {
  const { federation } = registry.anchor;
  const own = registry.certificatesOfAgency(agency).filter(({ until }) => until === undefined);
  const bytes = canonical(claimed({ federation, agency, subkey }));
  const verified = await verifyStatement(
    openpgp,
    FAMILY,
    bytes,
    [new Uint8Array(Buffer.from(claim, 'base64'))],
    own.map(({ certificate }) => certificate),
    1,
  );
  return isRefusal(verified) ? verified : undefined;
};
