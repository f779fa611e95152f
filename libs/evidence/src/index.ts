export * from './build.js';
export { type Complete, type CompleteEvidence } from './complete.js';
export { type Bundle, formatBundle, readBundle } from './bundle.js';
export * from './consistency.js';
export * from './custody.js';
export {
  type ByGrant,
  type ByPermission,
  type CarriedCompartment,
  type Entitled,
} from './entitling.js';
export * from './delivered.js';
export * from './fault.js';
export { type ProvedLeaf } from './leaf-proof.js';
export { LARGEST_BUNDLE, type ListedFile, type Manifest } from './manifest.js';
export * from './verify.js';
export { type VerifiedEvent } from './verify-event.js';
