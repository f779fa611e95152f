export * from './add-checkpoint.js';
export * from './checkpoint.js';
export { type CosignatureUse } from './cosignature.js';
export { emptyRoot, HASH_BYTES, leafHash, nodeHash } from './hash.js';
export * from './log-evidence.js';
export * from './log-proof.js';
export * from './merkle-tree.js';
export * from './note.js';
export * from './note-signer.js';
export * from './open-note.js';
export * from './tile-path.js';
export * from './tiles.js';
export {
  formatVerifierKey,
  isKeyName,
  type NoteKeyUse,
  parseVerifierKey,
  type VerifierKey,
  verifierKey,
} from './verifier-key.js';
export * from './verify-proofs.js';
export * from './trust-policy.js';
export * from './witness.js';
