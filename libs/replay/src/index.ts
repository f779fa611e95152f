export { type Wrapped } from './epochs.js';
export {
  type Erasure,
  type ErasureStanding,
  type Ordered,
  RECEIPTS_WITHIN,
  standingOf,
} from './erasures.js';
export { ATTESTED_WITHIN, type AttestationStanding } from './attestations.js';
export { type Grant } from './grants.js';
export * from './bring-evidence.js';
export { forkedChain } from './forked-chain.js';
export * from './handed-on.js';
export {
  type Disclosure as OrderedDisclosure,
  type DrillSince,
  type HandedOver,
  type InCustody,
  type Reviewed,
} from './disclosures.js';
export * from './disclosure-standing.js';
export * from './disclosing.js';
export { type Recall } from './recalls.js';
export * from './clocks.js';
export * from './countersignature.js';
export * from './countersigns.js';
export { type Decided } from './decided.js';
export { type SaidBefore } from './sayings.js';
export * from './doubts.js';
export * from './forgetting.js';
export * from './key-loss.js';
export * from './leaf-time.js';
export * from './log-state.js';
export { HEADS_EVERY, type MailboxLine, Mailboxes } from './mailboxes.js';
export * from './next-bundle.js';
export type { ChangedTerm } from './proposed-terms.js';
export * from './read-roots.js';
export { itemOf } from './retention.js';
export * from './records.js';
export * from './replay-decision.js';
export * from './log-export.js';
export * from './http-log-source.js';
export * from './log-source.js';
export * from './shown-reads.js';
export * from './shown-record.js';
export * from './standing.js';
export * from './verify-fault.js';
export { signerOf } from './verify-source.js';
export {
  type AuditedLeaf,
  type DecidedAgain,
  type Handed,
  type LeafToRead,
  LogAudit,
  type PreparedLeaf,
  readHanded,
} from './verify-leaf.js';
export * from './verify-log.js';
export * from './who-could-see.js';
