export type { AmendmentCode } from './amend.js';
export * from './apply-statement.js';
export * from './codes.js';
export * from './draft-statement.js';
export {
  type ActivePolicy,
  type Agency,
  DIRECTIVE_CLOCKS,
  type PairPolicy,
  type RegisteredCertificate,
  type Registry,
  type SignerStanding,
} from './registry.js';
export * from './registry-history.js';
export * from './statement.js';
export * from './trust-anchor.js';
export * from './registry-copy.js';
