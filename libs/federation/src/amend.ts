import { type Certificate, sameBytes } from '@tripoint/envelope';
import {
  type AgencyId,
  type ChainId,
  type Fingerprint,
  type Instant,
  isRefusal,
  type Refusal,
  refuse,
} from '@tripoint/kernel';
import { type RevocationReason } from './codes.js';
import {
  type Epoch,
  holds,
  pairKey,
  type RegisteredCertificate,
  type RegistryState,
} from './registry.js';
import { type AgencyEntry, type CustodyAgreement, type RegistryStatement } from './statement.js';

/** Why a well-signed statement in its place still makes no sense. */
export type AmendmentCode =
  | 'agency-known'
  | 'agency-unknown'
  | 'agency-suspended'
  | 'agency-not-suspended'
  | 'chain-known'
  | 'chain-unknown'
  | 'chain-misnamed'
  | 'certificate-incomplete'
  | 'certificate-in-use'
  | 'certificate-known'
  | 'certificate-unknown'
  | 'certificate-revoked'
  | 'already-revoked'
  | 'compromise-in-future'
  | 'compromise-attested'
  | 'attestation-in-future'
  | 'epoch-unknown'
  | 'epoch-in-force'
  | 'epoch-retired'
  | 'epoch-not-retired'
  | 'epoch-destroyed'
  | 'custodian-unfit'
  | 'policy-in-force'
  | 'threshold-lowered'
  | 'root-repeated';

type Context = {
  readonly index: bigint;
  /** The statement's certificates, parsed. */
  readonly certificates: readonly Certificate[];
  readonly attachment: Uint8Array | undefined;
};

type Changes = Partial<
  Pick<
    RegistryState,
    | 'agencies'
    | 'chains'
    | 'certificates'
    | 'epochs'
    | 'attestations'
    | 'revoked'
    | 'pairs'
    | 'custody'
    | 'policy'
    | 'roots'
    | 'threshold'
  >
>;

/** What one statement changes. Pure; place and signatures have been checked. */
export const amend = (
  state: RegistryState,
  statement: RegistryStatement,
  { index, certificates, attachment }: Context,
): Changes | Refusal<AmendmentCode> => {
  switch (statement.kind) {
    case 'agency-enrolled': {
      const { agency, chains } = statement;
      if (state.agencies.has(agency.id))
        return refuse('agency-known', `${agency.id} is enrolled already`);
      const opened = openChains(state, agency, chains, index);
      if (isRefusal(opened)) return opened;
      const registered = register(state, agency.id, certificates, index, statement.expires);
      if (isRefusal(registered)) return registered;
      return {
        agencies: new Map(state.agencies).set(agency.id, { ...agency, suspensions: [] }),
        chains: opened,
        ...registered,
      };
    }
    case 'chain-opened': {
      const agency = state.agencies.get(statement.agency);
      if (agency === undefined) return unknownAgency(statement.agency);
      const opened = openChains(state, agency, [statement.chain], index);
      return isRefusal(opened) ? opened : { chains: opened };
    }
    case 'chain-unfrozen': {
      // A copy of the registry that never heard of the fork has to accept this too, or it would
      // fall behind for good: only the registry's own chain may decide whether a statement holds.
      const chain = state.chains.get(statement.chain);
      return chain === undefined
        ? refuse('chain-unknown', `${statement.chain} is not registered`)
        : { chains: new Map(state.chains).set(chain.id, { ...chain, frozen: false }) };
    }
    case 'certificate-rotated': {
      if (!state.agencies.has(statement.agency)) return unknownAgency(statement.agency);
      return register(state, statement.agency, certificates, index, statement.expires);
    }
    case 'certificate-revoked':
      return revoke(state, statement.fingerprint, statement.reason, statement.since, index);
    case 'epoch-retired':
      return retire(state, statement, index);
    case 'epoch-destroyed':
      return destroy(state, statement, index);
    case 'history-attested': {
      const { agency, from, through } = statement;
      if (!state.agencies.has(agency)) return unknownAgency(agency);
      if (BigInt(through) >= index)
        return refuse('attestation-in-future', 'what is attested stands in the log already');
      const attested = { agency, from: BigInt(from), through: BigInt(through) };
      return { attestations: [...state.attestations, attested] };
    }
    case 'agency-suspended':
    case 'agency-reinstated':
      return suspend(state, statement.agency, statement.kind === 'agency-suspended', index);
    case 'pair-agreed': {
      const { a, b, clocks, transfer } = statement;
      const stranger = [a, b].find((id) => !state.agencies.has(id));
      return stranger === undefined
        ? { pairs: new Map(state.pairs).set(pairKey(a, b), { clocks, transfer }) }
        : unknownAgency(stranger);
    }
    case 'custody-agreed':
      return agreeCustody(state, statement);
    case 'policy-activated':
      if (state.policy?.digest === statement.bundle)
        return refuse('policy-in-force', 'this bundle is in force already');
      return {
        policy: {
          digest: statement.bundle,
          bytes: attachment ?? new Uint8Array(),
          since: index,
        },
      };
    case 'root-rotated':
      return replaceRoots(state, certificates, statement.threshold);
  }
};

/** Oversight and the hub are to know no content, and no part of a key to any. */
const agreeCustody = (
  state: RegistryState,
  { custodians, threshold, compartments }: CustodyAgreement,
): Changes | Refusal<AmendmentCode> => {
  for (const id of custodians) {
    const agency = state.agencies.get(id);
    if (agency === undefined) return unknownAgency(id);
    if (agency.kind === 'HUB' || agency.kind === 'OVERSIGHT')
      return refuse('custodian-unfit', `${id} is the hub or oversight`);
  }
  return { custody: { custodians, threshold, compartments } };
};

const unknownAgency = (id: AgencyId): Refusal<AmendmentCode> =>
  refuse('agency-unknown', `${id} is not enrolled`);

/** `<agency>-<n>`, so that nobody's chain reads like another's; the hub's own is its bare name. */
const namedAfter = ({ id, kind }: AgencyEntry, chain: ChainId): boolean =>
  chain.startsWith(id) &&
  (kind === 'HUB' ? /^(-[1-9]\d{0,5})?$/ : /^-[1-9]\d{0,5}$/).test(chain.slice(id.length));

const openChains = (
  state: RegistryState,
  agency: AgencyEntry,
  ids: readonly ChainId[],
  index: bigint,
): RegistryState['chains'] | Refusal<AmendmentCode> => {
  const chains = new Map(state.chains);
  for (const id of ids) {
    if (!namedAfter(agency, id))
      return refuse('chain-misnamed', `${id} is no chain of ${agency.id}`);
    if (id === 'registry' || chains.has(id)) return refuse('chain-known', `${id} is taken`);
    chains.set(id, { id, agency: agency.id, from: index, frozen: false });
  }
  return chains;
};

const keysOf = ({ fingerprint, signing, encryption }: Certificate): readonly Fingerprint[] => [
  fingerprint,
  ...signing,
  ...encryption,
];

/** Ends the agency's current certificate and registers the new one. */
const register = (
  state: RegistryState,
  agency: AgencyId,
  [certificate]: readonly Certificate[],
  index: bigint,
  expires: Instant | undefined,
): Pick<RegistryState, 'certificates' | 'epochs'> | Refusal<AmendmentCode> => {
  if (
    certificate === undefined ||
    certificate.signing.length === 0 ||
    certificate.encryption.length === 0
  )
    return refuse('certificate-incomplete', 'an agency needs a signing and an encryption subkey');
  const keys = new Set(keysOf(certificate));
  const shares = (other: Certificate): boolean => keysOf(other).some((key) => keys.has(key));
  if (
    state.roots.some(shares) ||
    state.certificates.some((one) => one.agency !== agency && shares(one.certificate))
  )
    return refuse('certificate-in-use', 'one of these keys is somebody else’s');
  if ([...keys].some((key) => state.revoked.has(key)))
    return refuse('certificate-revoked', 'one of these keys has been revoked');
  const own = state.certificates.filter((one) => one.agency === agency);
  const current = own.find(({ until }) => until === undefined);
  const epoch = certificate.encryption[0];
  // A retired epoch's subkey is due to be destroyed: nobody may be talked into wrapping to it again.
  const term = expires === undefined ? undefined : Date.parse(expires);
  const isSame = (one: RegisteredCertificate): boolean =>
    sameBytes(one.certificate.bytes, certificate.bytes);
  // The one in force may be given another term.
  const isRenewal = current !== undefined && isSame(current) && current.expires !== term;
  if (
    (!isRenewal && own.some(isSame)) ||
    own.some(
      (one) =>
        one !== current &&
        one.certificate.encryption[0] === epoch &&
        epoch !== current?.certificate.encryption[0],
    )
  )
    return refuse(
      'certificate-known',
      'this certificate, or its epoch, has been registered before',
    );
  if (epoch !== undefined && state.epochs.get(epoch)?.retired !== undefined)
    return refuse('epoch-retired', 'its epoch has been retired: nothing may be wrapped to it');
  const epochs = new Map(state.epochs);
  // A certificate has the newest first.
  for (const subkey of certificate.encryption.toReversed())
    if (!epochs.has(subkey)) epochs.set(subkey, { agency, subkey, from: index });
  return {
    certificates: [
      ...state.certificates.map((one) =>
        one === current ? { ...one, until: index, end: 'superseded' as const } : one,
      ),
      {
        agency,
        certificate,
        from: index,
        ...(term === undefined ? {} : { expires: term }),
      },
    ],
    epochs,
  };
};

const epochOf = (
  state: RegistryState,
  { agency, subkey }: { readonly agency: AgencyId; readonly subkey: Fingerprint },
): Epoch | Refusal<AmendmentCode> => {
  const epoch = state.epochs.get(subkey);
  return epoch?.agency === agency
    ? epoch
    : refuse('epoch-unknown', `${agency} has never had this encryption subkey`);
};

const retire = (
  state: RegistryState,
  statement: Extract<RegistryStatement, { kind: 'epoch-retired' }>,
  index: bigint,
): Changes | Refusal<AmendmentCode> => {
  const epoch = epochOf(state, statement);
  if (isRefusal(epoch)) return epoch;
  const { agency, subkey, keepSeconds } = statement;
  if (epoch.retired !== undefined) return refuse('epoch-retired', 'it has been retired already');
  const current = state.certificates.find(
    (one) => one.agency === agency && one.until === undefined,
  );
  if (current?.certificate.encryption[0] === subkey)
    return refuse('epoch-in-force', 'the next epoch has to be registered first');
  return {
    epochs: new Map(state.epochs).set(subkey, { ...epoch, retired: index, keepSeconds }),
  };
};

/** When it may be, in the log's time, is for the log to say: the registry knows no time. */
const destroy = (
  state: RegistryState,
  statement: Extract<RegistryStatement, { kind: 'epoch-destroyed' }>,
  index: bigint,
): Changes | Refusal<AmendmentCode> => {
  const epoch = epochOf(state, statement);
  if (isRefusal(epoch)) return epoch;
  if (epoch.retired === undefined)
    return refuse('epoch-not-retired', 'what may still be wrapped to is not destroyed');
  if (epoch.destroyed !== undefined)
    return refuse('epoch-destroyed', 'it has been said already that it is destroyed');
  return { epochs: new Map(state.epochs).set(epoch.subkey, { ...epoch, destroyed: index }) };
};

const revoke = (
  state: RegistryState,
  key: Fingerprint,
  reason: RevocationReason,
  since: number | undefined,
  index: bigint,
): Changes | Refusal<AmendmentCode> => {
  if (!state.certificates.some((one) => holds(one, key)))
    return refuse('certificate-unknown', 'no agency ever had this key');
  const before = state.revoked.get(key);
  // Worse may come to light about a key that was merely replaced; nothing is ever taken back.
  if (before !== undefined && (before !== 'superseded' || reason === 'superseded'))
    return refuse('already-revoked', 'this key has been revoked already');
  if (since !== undefined && BigInt(since) > index)
    return refuse('compromise-in-future', 'a compromise is dated at a leaf that exists');
  const owners = state.certificates.filter((one) => holds(one, key)).map(({ agency }) => agency);
  // What another key has vouched for is not put in doubt by the loss of this one.
  if (
    since !== undefined &&
    state.attestations.some(
      ({ agency, through }) => owners.includes(agency) && BigInt(since) <= through,
    )
  )
    return refuse('compromise-attested', 'the agency has attested leaves after that one since');
  return {
    revoked: new Map(state.revoked).set(key, reason),
    certificates: state.certificates.map((one) =>
      holds(one, key) ? ended(one, reason, since, index) : one,
    ),
  };
};

const ended = (
  one: RegisteredCertificate,
  reason: RevocationReason,
  since: number | undefined,
  index: bigint,
): RegisteredCertificate => {
  const until = one.until ?? index;
  const end = one.end ?? (reason === 'superseded' ? 'superseded' : 'revoked');
  if (reason === 'superseded') return { ...one, until, end };
  // With no reason given nothing speaks for any signature that the key ever made.
  const suspect = since === undefined ? one.from : BigInt(since);
  const taintedFrom = suspect > one.from ? suspect : one.from;
  return taintedFrom < until ? { ...one, until, end, taintedFrom } : { ...one, until, end };
};

const suspend = (
  state: RegistryState,
  id: AgencyId,
  suspending: boolean,
  index: bigint,
): Changes | Refusal<AmendmentCode> => {
  const agency = state.agencies.get(id);
  if (agency === undefined) return unknownAgency(id);
  const open = agency.suspensions.find(({ until }) => until === undefined);
  if (suspending && open !== undefined)
    return refuse('agency-suspended', `${id} is suspended already`);
  if (!suspending && open === undefined)
    return refuse('agency-not-suspended', `${id} is not suspended`);
  const suspensions = suspending
    ? [...agency.suspensions, { from: index }]
    : agency.suspensions.map((one) => (one === open ? { ...one, until: index } : one));
  return { agencies: new Map(state.agencies).set(id, { ...agency, suspensions }) };
};

const replaceRoots = (
  state: RegistryState,
  roots: readonly Certificate[],
  threshold: number,
): Changes | Refusal<AmendmentCode> => {
  if (new Set(roots.map(({ fingerprint }) => fingerprint)).size < roots.length)
    return refuse('root-repeated', 'a root counts once');
  if (roots.some(({ signing }) => signing.length === 0))
    return refuse('certificate-incomplete', 'a root needs a key that signs');
  if (threshold < state.threshold)
    return refuse('threshold-lowered', 'fewer signatures than before would be enough');
  const keys = new Set(roots.flatMap(keysOf));
  if (
    state.certificates.some(({ certificate }) => keysOf(certificate).some((key) => keys.has(key)))
  )
    return refuse('certificate-in-use', 'a root key is never also an agency’s');
  return { roots, threshold };
};
