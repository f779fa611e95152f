import {
  type AgencyId,
  type ChainId,
  type Digest,
  type Fingerprint,
  type Instant,
} from '@tripoint/kernel';
import {
  type AgencyKind,
  type Clearance,
  type OnwardTransfer,
  type RevocationReason,
  type UnfreezeReason,
} from './codes.js';

/** A name in one or more languages, by ISO 639-1 code. */
export type LocalName = Readonly<Record<string, string>>;

/** What the registry says of an agency, apart from its keys. */
export type AgencyEntry = {
  readonly id: AgencyId;
  readonly name: LocalName;
  readonly kind: AgencyKind;
  /** ISO 3166 alpha-2. */
  readonly state: string;
  readonly clearance: Clearance;
};

/** How long an answer may take, in seconds from receipt; `grace` is how long a receipt may take. */
export type PairClocks = {
  readonly urgentDirect: number;
  readonly urgentIndirect: number;
  readonly routine: number;
  readonly grace: number;
};

/** What may pass between two agencies at all. */
export type TransferRules = {
  readonly permitted: boolean;
  readonly ceiling: Clearance;
  readonly onward: OnwardTransfer;
};

/** Who keeps shares of session keys, and how many of them it takes to open something. */
export type CustodyAgreement = {
  /** Sorted; each is entrusted with one share, in this order. */
  readonly custodians: readonly AgencyId[];
  readonly threshold: number;
  /** Of what; sorted. Never what an item is, nor privileged advice. */
  readonly compartments: readonly string[];
};

/** What every registry statement opens with. */
export type StatementHeading = {
  readonly v: 1;
  /** The federation that it was made for: roots that serve two federations cannot have it replayed. */
  readonly federation: string;
  /** Counts from 0 without gaps; equals the revision in the ledger stream of the registry's chain. */
  readonly seq: number;
  /** Digest of the statement before; 64 zeros before the first. */
  readonly prev: Digest;
  readonly at: Instant;
};

/** What a registry statement says, without its place in the chain. Certificates are base64 of their packets. */
export type StatementBody =
  | {
      readonly kind: 'agency-enrolled';
      readonly agency: AgencyEntry;
      readonly certificate: string;
      /** From this instant of the log's time on nothing is accepted that it signs; without it, never by time alone. */
      readonly expires?: Instant;
      /** Sorted, at least one. */
      readonly chains: readonly ChainId[];
    }
  /** After a restore, so that nothing is ever signed twice at one number. */
  | { readonly kind: 'chain-opened'; readonly agency: AgencyId; readonly chain: ChainId }
  | { readonly kind: 'chain-unfrozen'; readonly chain: ChainId; readonly reason: UnfreezeReason }
  | {
      readonly kind: 'certificate-rotated';
      readonly agency: AgencyId;
      /** The one in force again, with another term, renews it. */
      readonly certificate: string;
      readonly expires?: Instant;
    }
  | {
      readonly kind: 'certificate-revoked';
      readonly fingerprint: Fingerprint;
      readonly reason: RevocationReason;
      /** With `compromised` alone: the log index from which the key may have been in other hands. */
      readonly since?: number;
    }
  /** Nothing is wrapped to the subkey from here on; another one is in force. */
  | {
      readonly kind: 'epoch-retired';
      readonly agency: AgencyId;
      readonly subkey: Fingerprint;
      /** How long its secret is kept at the least, in the log's time from this leaf. */
      readonly keepSeconds: number;
    }
  /** The agency says that no copy of the subkey's secret is left. Its word, which nobody can prove. */
  | {
      readonly kind: 'epoch-destroyed';
      readonly agency: AgencyId;
      readonly subkey: Fingerprint;
      /** The agency's own signature, base64: see `destructionClaim`. */
      readonly claim: string;
    }
  /** What stands in the log under the agency's name, of these leaves, both included, is its own word. */
  | {
      readonly kind: 'history-attested';
      readonly agency: AgencyId;
      readonly from: number;
      readonly through: number;
    }
  | { readonly kind: 'agency-suspended'; readonly agency: AgencyId }
  | { readonly kind: 'agency-reinstated'; readonly agency: AgencyId }
  | {
      readonly kind: 'pair-agreed';
      /** Sorts before `b`. */
      readonly a: AgencyId;
      readonly b: AgencyId;
      readonly clocks: PairClocks;
      readonly transfer: TransferRules;
    }
  /** In whose hands a share of each session key is put, and for which compartments. */
  | ({ readonly kind: 'custody-agreed' } & CustodyAgreement)
  /** The bundle itself travels beside the statement; this is the SHA-256 of its bytes. */
  | { readonly kind: 'policy-activated'; readonly bundle: Digest }
  /** Signed by a threshold of the old roots and by a threshold of the new ones. */
  | {
      readonly kind: 'root-rotated';
      readonly certificates: readonly string[];
      readonly threshold: number;
    };

export type StatementKind = StatementBody['kind'];

/** One line of the registry's history. Its bytes are the JCS of this and are what the roots sign. */
export type RegistryStatement = StatementHeading & StatementBody;

/**
 * The word that goes into the media type under which a statement is signed, and into its entry's `statement`.
 * Policy has its own, so that a signature for a line of the registry never activates a policy.
 */
export const statementFamily = (kind: StatementKind): 'registry' | 'policy' =>
  kind === 'policy-activated' ? 'policy' : 'registry';
