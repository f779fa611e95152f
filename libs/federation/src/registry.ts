import { type Certificate, type Recipient } from '@tripoint/envelope';
import { type AgencyId, type ChainId, type Digest, type Fingerprint } from '@tripoint/kernel';
import { EU_STATES, type RevocationReason } from './codes.js';
import {
  type AgencyEntry,
  type CustodyAgreement,
  type PairClocks,
  type TransferRules,
} from './statement.js';
import { type TrustAnchor } from './trust-anchor.js';

/** An enrolled agency. */
export type Agency = AgencyEntry & {
  readonly chains: readonly ChainId[];
  readonly suspended: boolean;
};

/** A certificate that was registered at some time, and how long it was good. Indices are those of the log. */
export type RegisteredCertificate = {
  readonly agency: AgencyId;
  readonly certificate: Certificate;
  /** The leaf that registered it. */
  readonly from: bigint;
  /** The leaf that ended it: nothing from there on is accepted. */
  readonly until?: bigint;
  readonly end?: 'superseded' | 'revoked';
  /** From this time of the log's on, in milliseconds since the epoch, nothing more that it signs is accepted. */
  readonly expires?: number;
  /** From this leaf to `until`, the key may have been in other hands. */
  readonly taintedFrom?: bigint;
};

/** An encryption subkey of an agency and what became of it. Indices are those of the log. */
export type Epoch = {
  readonly agency: AgencyId;
  readonly subkey: Fingerprint;
  /** The leaf that registered the first certificate with it. */
  readonly from: bigint;
  /** The leaf from which on nothing may be wrapped to it. */
  readonly retired?: bigint;
  /** How long its secret is kept at the least after that, in seconds of the log's time. */
  readonly keepSeconds?: number;
  /** The leaf at which its agency says that no secret of it is left. */
  readonly destroyed?: bigint;
};

/** A certificate whose key may have been in other hands, as is known by now, and at which leaves. */
export type DoubtedCertificate = {
  readonly agency: AgencyId;
  readonly fingerprint: Fingerprint;
  /** The primary key and those that sign. */
  readonly keys: readonly Fingerprint[];
  readonly reason: RevocationReason;
  readonly since: number;
  /** The first leaf that is no longer in doubt, because nothing more was taken under the certificate. */
  readonly until: number;
};

/** Leaves, both included, of which an agency has said by other keys that what stands there is its own word. */
export type Attestation = {
  readonly agency: AgencyId;
  readonly from: bigint;
  readonly through: bigint;
};

/**
 * How a signer stood at an index. `tainted` signatures were good when they were logged; the key was
 * later said to have been in other hands by then.
 */
export type SignerStanding =
  'active' | 'tainted' | 'unknown' | 'not-yet' | 'superseded' | 'revoked' | 'expired' | 'suspended';

/** What two agencies have agreed, or what holds until they do (`agreed: false`). */
export type PairPolicy = {
  readonly clocks: PairClocks;
  readonly transfer: TransferRules;
  readonly agreed: boolean;
};

/** The policy bundle in force. */
export type ActivePolicy = {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  readonly since: bigint;
};

/** Who may write on a chain, and since when. */
type Chain = {
  readonly id: ChainId;
  readonly agency: AgencyId;
  readonly from: bigint;
  readonly frozen: boolean;
};

type Suspension = { readonly from: bigint; readonly until?: bigint };

/** What a snapshot holds; only `evolve.ts` makes the next one out of it. */
export type RegistryState = {
  readonly anchor: TrustAnchor;
  readonly digest: Digest;
  readonly index: bigint;
  readonly next: { readonly seq: number; readonly prev: Digest };
  /** Parsed, in the order of the statement that named them. */
  readonly roots: readonly Certificate[];
  readonly threshold: number;
  readonly agencies: ReadonlyMap<
    AgencyId,
    AgencyEntry & { readonly suspensions: readonly Suspension[] }
  >;
  readonly chains: ReadonlyMap<ChainId, Chain>;
  /** Oldest first. */
  readonly certificates: readonly RegisteredCertificate[];
  /** Oldest first; every encryption subkey that was ever registered. */
  readonly epochs: ReadonlyMap<Fingerprint, Epoch>;
  readonly attestations: readonly Attestation[];
  /** Keys that a statement revoked, and the worst that was said of them. */
  readonly revoked: ReadonlyMap<Fingerprint, RevocationReason>;
  readonly pairs: ReadonlyMap<string, Omit<PairPolicy, 'agreed'>>;
  readonly custody: CustodyAgreement | undefined;
  readonly policy: ActivePolicy | undefined;
};

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** The clocks of Directive (EU) 2023/977, article 5, and an hour for the receipt. */
export const DIRECTIVE_CLOCKS: PairClocks = {
  urgentDirect: 8 * HOUR,
  urgentIndirect: 3 * DAY,
  routine: 7 * DAY,
  grace: HOUR,
};

/** Whether the key is the certificate's primary or one of its signing subkeys. */
export const holds = ({ certificate }: RegisteredCertificate, key: Fingerprint): boolean =>
  certificate.fingerprint === key || certificate.signing.includes(key);

export const pairKey = (a: AgencyId, b: AgencyId): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/**
 * Who is who, as of one index of the log: an immutable value, made only by applying statements.
 * A snapshot shares with its predecessor everything that the statement between them did not change.
 */
export class Registry {
  readonly #state: RegistryState;
  readonly #agencies: ReadonlyMap<AgencyId, Agency>;

  constructor(state: RegistryState) {
    this.#state = state;
    const chains = [...state.chains.values()];
    this.#agencies = new Map(
      [...state.agencies.values()]
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .map(({ suspensions, ...entry }) => [
          entry.id,
          {
            ...entry,
            chains: chains.filter(({ agency }) => agency === entry.id).map(({ id }) => id),
            suspended: suspensions.some(({ until }) => until === undefined),
          },
        ]),
    );
  }

  get anchor(): TrustAnchor {
    return this.#state.anchor;
  }

  /** Changes with every statement and freeze: a key for whatever was computed from this snapshot. */
  get digest(): Digest {
    return this.#state.digest;
  }

  /** The leaf of the newest statement or freeze; -1n before the first. */
  get index(): bigint {
    return this.#state.index;
  }

  /** Where the next statement stands in the registry's chain. */
  get next(): { readonly seq: number; readonly prev: Digest } {
    return this.#state.next;
  }

  /** The roots whose signatures count now. */
  get roots(): readonly Certificate[] {
    return this.#state.roots;
  }

  /** How many different roots must sign a statement. */
  get threshold(): number {
    return this.#state.threshold;
  }

  /** Every agency ever enrolled, sorted by id. */
  agencies(): readonly Agency[] {
    return [...this.#agencies.values()];
  }

  agency(id: AgencyId): Agency | undefined {
    return this.#agencies.get(id);
  }

  /** The agency that a primary key belongs to, or once belonged to. */
  byFingerprint(fingerprint: Fingerprint): Agency | undefined {
    const found = this.#state.certificates.find(
      (known) => known.certificate.fingerprint === fingerprint,
    );
    return found && this.#agencies.get(found.agency);
  }

  /** Whose primary or signing key this is, or once was. */
  ownerOfKey(key: Fingerprint): AgencyId | undefined {
    return this.#state.certificates.find((known) => holds(known, key))?.agency;
  }

  /** The agency that writes on `chain`. */
  chainOwner(chain: ChainId): Agency | undefined {
    const found = this.#state.chains.get(chain);
    return found && this.#agencies.get(found.agency);
  }

  /** Every certificate ever registered for the owner of `chain`, newest first: a signature on it is tried against no other. */
  certificatesOf(chain: ChainId): readonly RegisteredCertificate[] {
    const owner = this.#state.chains.get(chain)?.agency;
    return owner === undefined ? [] : this.certificatesOfAgency(owner);
  }

  /** Every certificate ever registered for an agency, newest first. */
  certificatesOfAgency(agency: AgencyId): readonly RegisteredCertificate[] {
    return this.#state.certificates.filter((one) => one.agency === agency).reverse();
  }

  /**
   * Encryption subkeys that a wrap for this agency may be made to: those of its certificate that no statement has retired, so
   * that what was sealed to the epoch before, a moment before the next one came, is not stranded. An agency is addressed by the
   * primary key that it has now.
   */
  encryptionSubkeys(primary: Fingerprint): readonly Fingerprint[] {
    const agency = this.byFingerprint(primary);
    const current = agency && this.encryptionCertificate(agency.id);
    if (current?.certificate.fingerprint !== primary) return [];
    return current.certificate.encryption.filter((subkey) => !this.isRetired(subkey));
  }

  /** Every encryption subkey that an agency has ever had, oldest first. */
  epochs(agency: AgencyId): readonly Epoch[] {
    return [...this.#state.epochs.values()].filter((one) => one.agency === agency);
  }

  epoch(subkey: Fingerprint): Epoch | undefined {
    return this.#state.epochs.get(subkey);
  }

  /** Whether nothing may be wrapped to the subkey any more. */
  isRetired(subkey: Fingerprint): boolean {
    return this.#state.epochs.get(subkey)?.retired !== undefined;
  }

  /**
   * The epochs to which a key may have been wrapped that an agency was given at leaf `from` and had until leaf `until`: all that were
   * registered by then and not destroyed before it was given. Live wraps follow the epochs, and to which of them a wrap was made
   * stands in the wrap alone. One that was retired counts as well: that nothing came to it is the hub's word.
   */
  epochsBetween(agency: AgencyId, from: bigint, until: bigint): readonly Epoch[] {
    return this.epochs(agency).filter(
      (one) => one.from <= until && (one.destroyed === undefined || from < one.destroyed),
    );
  }

  /**
   * How a key stood on `chain` at leaf `index`, whose time is `time`. Name the signing subkey that made the signature where it
   * is known: the primary's fingerprint stays the same when a rotation replaces only the subkeys.
   * Ask the newest snapshot to learn of taint; ask the snapshot of the leaf to repeat what was decided then.
   */
  signerStanding(
    chain: ChainId,
    fingerprint: Fingerprint,
    index: bigint,
    time: number,
  ): SignerStanding {
    const { chains, certificates, agencies } = this.#state;
    const writes = chains.get(chain);
    if (writes === undefined) return 'unknown';
    const known = certificates.filter(
      (one) => one.agency === writes.agency && holds(one, fingerprint),
    );
    const newest = known.at(-1);
    if (newest === undefined) return 'unknown';
    if (index < writes.from || known.every(({ from }) => index < from)) return 'not-yet';

    const valid = known.filter(
      ({ from, until }) => from <= index && (until === undefined || index < until),
    );
    if (valid.length === 0) {
      const ended = known.filter(({ from }) => from <= index);
      return ended.some(({ end }) => end === 'revoked') ? 'revoked' : 'superseded';
    }
    if (valid.every(({ expires }) => expires !== undefined && expires <= time)) return 'expired';
    const suspensions = agencies.get(writes.agency)?.suspensions ?? [];
    if (
      suspensions.some(({ from, until }) => from <= index && (until === undefined || index < until))
    )
      return 'suspended';
    return this.isTainted(writes.agency, index) ? 'tainted' : 'active';
  }

  /**
   * Whether what an agency said at leaf `index` was signed by a key that, as is known by now, may have been in other hands, and
   * the agency has not said since that it was its own word. At most one certificate of an agency is good at a leaf.
   */
  isTainted(agency: AgencyId, index: bigint): boolean {
    const { certificates, attestations } = this.#state;
    const doubted = certificates.some(
      ({ agency: owner, from, until, taintedFrom }) =>
        owner === agency &&
        taintedFrom !== undefined &&
        from <= index &&
        taintedFrom <= index &&
        (until === undefined || index < until),
    );
    return (
      doubted &&
      !attestations.some(
        (one) => one.agency === agency && one.from <= index && index <= one.through,
      )
    );
  }

  /** Every certificate that puts leaves in doubt, attested since or not, the oldest first. */
  doubtedCertificates(): readonly DoubtedCertificate[] {
    const { certificates, revoked } = this.#state;
    return certificates.flatMap(({ agency, certificate, until, taintedFrom }) => {
      if (taintedFrom === undefined || until === undefined) return [];
      const { fingerprint, signing } = certificate;
      const keys = [fingerprint, ...signing];
      const reasons = keys.flatMap((key) => revoked.get(key) ?? []);
      const reason = reasons.find((one) => one !== 'superseded') ?? 'unknown';
      const leaves = { since: Number(taintedFrom), until: Number(until) };
      return [{ agency, fingerprint, keys, reason, ...leaves }];
    });
  }

  /** Whether what the key signed on `chain`, logged at `index` and `time`, is accepted without reservation. */
  signerAcceptedAt(chain: ChainId, fingerprint: Fingerprint, index: bigint, time: number): boolean {
    return this.signerStanding(chain, fingerprint, index, time) === 'active';
  }

  /** The certificate that an agency speaks under; none when all of its certificates have ended. Whether its time is over is not asked. */
  certificateInForce(agency: AgencyId): RegisteredCertificate | undefined {
    return this.#state.certificates.findLast(
      (one) => one.agency === agency && one.until === undefined,
    );
  }

  /** The certificate to wrap to now; none while the agency is suspended or all of its certificates have ended. */
  encryptionCertificate(agency: AgencyId): RegisteredCertificate | undefined {
    if (this.#agencies.get(agency)?.suspended !== false) return undefined;
    return this.certificateInForce(agency);
  }

  /** What an author seals to: the certificate of `encryptionCertificate` and its epoch's subkey. */
  recipient(agency: AgencyId): Recipient | undefined {
    const certificate = this.encryptionCertificate(agency)?.certificate;
    const subkey = certificate?.encryption[0];
    return certificate === undefined || subkey === undefined ? undefined : { certificate, subkey };
  }

  /**
   * What holds between two agencies. Without an agreement: the directive's clocks; free transfer inside one
   * state and between member states of the Union; none to or from anywhere else.
   */
  pair(a: AgencyId, b: AgencyId): PairPolicy {
    const agreed = this.#state.pairs.get(pairKey(a, b));
    if (agreed !== undefined) return { ...agreed, agreed: true };
    const one = this.#agencies.get(a)?.state;
    const other = this.#agencies.get(b)?.state;
    const permitted =
      one !== undefined &&
      other !== undefined &&
      (one === other || (EU_STATES.has(one) && EU_STATES.has(other)));
    return {
      clocks: DIRECTIVE_CLOCKS,
      transfer: permitted
        ? { permitted, ceiling: 'R-UE/EU-R', onward: 'ALLOWED' }
        : { permitted, ceiling: 'UNCLASSIFIED', onward: 'FORBIDDEN' },
      agreed: false,
    };
  }

  /** Who keeps shares of session keys, where that is agreed. */
  get custody(): CustodyAgreement | undefined {
    return this.#state.custody;
  }

  /** The policy bundle in force. */
  policyBundle(): ActivePolicy | undefined {
    return this.#state.policy;
  }

  /** Whether `chain` forked and no threshold of roots has let it go on yet. */
  frozen(chain: ChainId): boolean {
    return this.#state.chains.get(chain)?.frozen ?? false;
  }

  /** What the fold builds the next snapshot from. @internal */
  get state(): RegistryState {
    return this.#state;
  }
}
