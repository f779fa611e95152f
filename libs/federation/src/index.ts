export type { AmendmentCode } from './amend.js';
export * from './apply-statement.js';
export * from './codes.js';
export { type Destroyed, destructionClaim } from './destruction.js';
export * from './draft-statement.js';
export {
  type ActivePolicy,
  type Agency,
  type Attestation,
  type DoubtedCertificate,
  DIRECTIVE_CLOCKS,
  type Epoch,
  type PairPolicy,
  type RegisteredCertificate,
  type Registry,
  type SignerStanding,
} from './registry.js';
export * from './registry-history.js';
export * from './statement.js';
export * from './trust-anchor.js';
export * from './registry-copy.js';
export * from './registry-sum.js';
export { isInCustody } from './schema.js';
